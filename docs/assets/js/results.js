// The results page: everything found for what stands behind # in the address, by part of the bank.
(function () {
  "use strict";
  var tools = window.KunskapsbankenSearchField;
  var form = document.querySelector("form[data-results]");
  var field = form.querySelector("input");
  var list = document.getElementById("search-results");
  var status = document.getElementById("search-status");
  var filter = document.getElementById("search-parts");
  var help = document.getElementById("search-help");
  var near = document.getElementById("search-near");
  var more = document.getElementById("search-more");
  var FIRST = 10;
  var part = ""; // the letters of the chosen part; empty for all
  var query = "";
  var found = [];
  var engine = null;
  var turn = 0; // counts what is asked

  // Whether the text of the pages is searched too.
  function whole() {
    return Boolean(engine && engine.whole);
  }

  function inPart(letters) {
    return found.filter(function (hit) { return !letters || letters.indexOf(hit.page.id[0]) >= 0; });
  }

  function item(hit) {
    var made = tools.element("li");
    var link = tools.marked("a", tools.name(hit.page), query);
    link.href = tools.address(hit.page);
    made.append(link, tools.marked("p", hit.page.description, query));
    if (tools.reason(hit)) {
      var why = tools.element("p", list.dataset.why + " ", "kb-why");
      why.append(tools.marked("span", tools.reason(hit), query));
      made.append(why);
    }
    var sections = tools.element("p", "", "kb-sections");
    if (!whole()) sections.classList.add("kb-awaited"); // more may come: its place is kept, so that nothing moves
    fill(sections, hit);
    made.append(sections);
    return made;
  }

  function fill(sections, hit) {
    sections.replaceChildren();
    hit.sections.forEach(function (section) {
      var inner = tools.marked("a", section.heading, query);
      inner.href = tools.address(hit.page, section.anchor);
      sections.append(inner, " ");
    });
  }

  function show(all) {
    var hits = inPart(part);
    list.replaceChildren.apply(list, hits.slice(0, all ? hits.length : FIRST).map(item));
    count(hits);
  }

  // The text has come after the first hits were shown: these stand where they stand, their parts and further hits are added.
  function complete() {
    var hits = inPart(part), shown = list.children.length;
    Array.from(list.children).forEach(function (made, number) { fill(made.querySelector(".kb-sections"), hits[number]); });
    list.append.apply(list, hits.slice(shown, Math.max(shown, FIRST)).map(item));
    count(hits);
  }

  function count(hits) {
    more.hidden = list.children.length >= hits.length;
    filter.querySelectorAll("button").forEach(function (button) {
      var number = inPart(button.dataset.part).length;
      button.setAttribute("aria-pressed", String(button.dataset.part === part));
      button.querySelector("[data-count]").textContent = String(number);
      button.hidden = !number && button.dataset.part !== part;
    });
    filter.hidden = !found.length;
    help.hidden = found.length > 0;
    if (!found.length) suggest();
  }

  // Say how many there are, and that something is missing if it is.
  function announce(missing) {
    var number = inPart(part).length;
    var text = (number ? number + " " + status.dataset.some : status.dataset.none) + " ”" + query + "”" + (missing ? ". " + status.dataset.partial : "");
    if (status.textContent !== text) status.textContent = text;
  }

  function suggest() {
    var pages = engine.near(query);
    near.hidden = !pages.length;
    near.querySelector("ul").replaceChildren.apply(near.querySelector("ul"), pages.map(function (page) {
      var made = tools.element("li");
      var link = tools.element("a", tools.name(page));
      link.href = tools.address(page);
      made.append(link);
      return made;
    }));
  }

  function clear(text) {
    found = [];
    list.replaceChildren();
    filter.hidden = more.hidden = help.hidden = true;
    status.textContent = text;
    list.setAttribute("data-ready", "");
  }

  // The hits are seen before anything more is fetched and read. A page that is not looked at is never painted.
  function afterPaint(next) {
    if (document.hidden) return next();
    requestAnimationFrame(function () { requestAnimationFrame(function () { setTimeout(next, 0); }); });
  }

  function take(hits) {
    found = hits;
    if (!inPart(part).length) part = "";
  }

  function stand() {
    announce(!whole());
    list.setAttribute("data-ready", "");
  }

  function fail() {
    list.removeAttribute("data-loading");
    clear(status.dataset.failed);
    help.hidden = false;
    near.hidden = true;
  }

  function answer() {
    var hits = engine.search(query);
    if (!hits) return fail();
    list.removeAttribute("data-loading");
    take(hits);
    show(false);
    stand();
  }

  function search(next) {
    query = next.slice(0, 200);
    turn += 1;
    list.removeAttribute("data-ready");
    list.removeAttribute("data-loading");
    if (!query.trim()) return clear("");
    if (!whole()) {
      status.textContent = status.dataset.loading;
      list.setAttribute("data-loading", ""); // keeps the place: what stands below does not jump away under the reader
    }
    var mine = turn;
    function still(step) { // nothing of an earlier question is shown
      return function (given) { return mine === turn ? step(given) : undefined; };
    }

    tools.loadNames(still(function (ready) {
      engine = ready;
      if (!ready) return fail();
      if (ready.whole) return answer();
      var hits = ready.search(query);
      if (!hits || !hits.length) return tools.load(still(answer));
      tools.inPieces([
        still(function () {
          take(hits);
          show(false);
          announce(false);
          list.removeAttribute("data-loading");
          afterPaint(still(function () { tools.load(still(goOn)); }));
        })
      ], fail);
    }));

    function goOn() {
      if (!whole()) return stand();
      tools.inPieces([
        still(function () { take(engine.complete(query, found)); }),
        still(complete),
        still(stand)
      ], fail);
    }
  }

  // What is searched for stands behind # in the address: it never reaches the server or its log.
  function fromAddress() {
    var asked = new URLSearchParams(location.hash.slice(1)).get("q") || new URLSearchParams(location.search).get("q") || "";
    if (asked !== field.value) field.value = asked.slice(0, 200);
    search(asked);
  }

  field.addEventListener("input", function () {
    history.replaceState(null, "", location.pathname + "#q=" + encodeURIComponent(field.value));
    search(field.value);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    history.replaceState(null, "", location.pathname + "#q=" + encodeURIComponent(field.value));
    search(field.value);
    status.focus();
  }, true);
  field.addEventListener("focus", function () { tools.load(function () {}); });
  filter.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    part = button.dataset.part;
    show(false);
    announce(!whole() && list.hasAttribute("data-ready"));
  });
  more.addEventListener("click", function () {
    var next = list.children.length;
    show(true);
    if (list.children[next]) list.children[next].querySelector("a").focus();
  });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
  if (!field.value) field.focus();
})();
