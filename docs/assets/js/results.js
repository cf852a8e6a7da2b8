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
    if (hit.sections.length) {
      var sections = tools.element("p", "", "kb-sections");
      hit.sections.forEach(function (section) {
        var inner = tools.marked("a", section.heading, query);
        inner.href = tools.address(hit.page, section.anchor);
        sections.append(inner, " ");
      });
      made.append(sections);
    }
    return made;
  }

  function show(all) {
    var hits = inPart(part);
    list.replaceChildren.apply(list, hits.slice(0, all ? hits.length : FIRST).map(item));
    more.hidden = all || hits.length <= FIRST;
    filter.querySelectorAll("button").forEach(function (button) {
      var count = inPart(button.dataset.part).length;
      button.setAttribute("aria-pressed", String(button.dataset.part === part));
      button.querySelector("[data-count]").textContent = String(count);
      button.hidden = !count && button.dataset.part !== part;
    });
    filter.hidden = !found.length;
    help.hidden = found.length > 0;
    if (!found.length) suggest();
    status.textContent = (hits.length ? hits.length + " " + status.dataset.some : status.dataset.none) + " ”" + query + "”";
    list.setAttribute("data-ready", "");
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

  function search(next) {
    query = next.slice(0, 200);
    list.removeAttribute("data-ready");
    list.removeAttribute("data-loading");
    if (!query.trim()) return clear("");
    if (!engine) {
      status.textContent = status.dataset.loading;
      list.setAttribute("data-loading", ""); // keeps the place: what stands below does not jump away under the reader
    }
    var asked = query;
    tools.load(function (ready) {
      if (asked !== query) return;
      list.removeAttribute("data-loading");
      engine = ready;
      if (!ready) {
        clear(status.dataset.failed);
        help.hidden = false;
        near.hidden = true;
        return;
      }
      found = ready.search(query);
      if (!inPart(part).length) part = "";
      show(false);
    });
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
