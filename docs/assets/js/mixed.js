// The mixed test: fetches every module's questions as a script, picks as many as the reader wants and starts the quiz.
(function () {
  "use strict";
  var form = document.querySelector(".kb-mixed-form");
  if (!form) return;
  var words = JSON.parse(form.dataset.words);
  var blank = document.querySelector("ol[data-mixed]");
  var status = form.querySelector("[role=status]");
  var root = new URL((document.body.dataset.root || ".") + "/", location.href);
  var shown = null;

  // A question as a tree, [tag, attributes, children...], made into elements. Links are written from the site's root.
  function build(tree) {
    if (typeof tree === "string") return document.createTextNode(tree);
    var element = document.createElement(tree[0]);
    Object.keys(tree[1]).forEach(function (name) {
      element.setAttribute(name, name === "href" ? place(tree[1][name]) : tree[1][name]);
    });
    tree.slice(2).forEach(function (child) { element.append(build(child)); });
    return element;
  }

  function place(href) {
    if (/^[a-z]+:/.test(href)) return href;
    var target = new URL(href, root);
    if (target.protocol === "file:" && target.pathname.endsWith("/")) target.pathname += "index.html";
    return target.href;
  }

  function pick(number) {
    var all = [];
    window.kbQuestions.modules.forEach(function (module) {
      module.questions.forEach(function (question) { all.push({ module: module, question: question, key: Math.random() }); });
    });
    all.sort(function (one, two) { return one.key - two.key; });
    return all.slice(0, number);
  }

  function begin() {
    if (shown) shown.remove();
    shown = document.createElement("div");
    var list = blank.cloneNode(true);
    var picked = pick(Number(form.querySelector("select").value));
    picked.forEach(function (one) {
      var item = build(one.question);
      var from = document.createElement("p");
      from.className = "kb-small kb-question-from";
      from.append(JSON.parse(blank.dataset.words)["quiz-from"] + " ", build(["a", { href: one.module.address }, one.module.title]));
      item.querySelector(".kb-answer").append(from);
      list.append(item);
    });
    list.hidden = false;
    shown.append(list);
    blank.after(shown);
    window.kbQuiz.start(list, { id: blank.dataset.mixed, shuffle: true });
    status.textContent = words["mixed-ready"].replace("{of}", picked.length);
    list.querySelector("input, select, button").focus();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (window.kbQuestions) {
      begin();
      return;
    }
    status.textContent = words["mixed-loading"];
    var script = document.createElement("script");
    script.src = new URL(form.dataset.source, root).href;
    script.onload = begin;
    script.onerror = function () {
      status.textContent = words["mixed-failed"];
      document.querySelector(".kb-mixed-links").hidden = false;
    };
    document.head.append(script);
  });

  document.querySelector(".kb-mixed-links").hidden = true;
  form.hidden = false;
})();
