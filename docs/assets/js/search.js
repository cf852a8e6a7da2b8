// The results page. The engine is lunr; the index is one small file per language, fetched when this page is opened.
(function () {
  "use strict";
  var list = document.getElementById("search-results");
  var status = document.getElementById("search-status");
  var field = document.querySelector("input[data-search]");
  var query = "";

  // Swedish letters are folded so that a keyboard without them finds the same pages.
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function words(text) {
    return fold(text).split(/[^a-z0-9§]+/).filter(function (word) { return word; });
  }

  function search(documents) {
    var engine = lunr(function () {
      var builder = this;
      builder.pipeline.reset();
      builder.searchPipeline.reset();
      builder.ref("id");
      builder.field("id", { boost: 20 });
      builder.field("title", { boost: 10 });
      builder.field("synonyms", { boost: 8 });
      builder.field("description", { boost: 4 });
      builder.field("headings", { boost: 3 });
      builder.field("text");
      documents.forEach(function (page) {
        builder.add({
          id: fold(page.id), title: fold(page.title), synonyms: fold(page.synonyms), description: fold(page.description),
          headings: fold(page.headings), text: fold(page.text)
        });
      });
    });
    var asked = words(query.slice(0, 200)).slice(0, 20);
    var long = asked.filter(function (word) { return word.length > 1; });
    if (long.length) asked = long; // a single letter says nothing beside a whole word
    return engine.query(function (builder) {
      asked.forEach(function (word) {
        builder.term(word, { boost: 10 });
        if (word.length > 3) {
          builder.term(word, { boost: 3, wildcard: lunr.Query.wildcard.TRAILING });
          builder.term(word, { boost: 1, editDistance: word.length > 6 ? 2 : 1 });
        }
      });
    });
  }

  function show(documents) {
    var pages = {};
    documents.forEach(function (page) { pages[fold(page.id)] = page; });
    var hits = search(documents).slice(0, 20);
    hits.forEach(function (hit) {
      var page = pages[hit.ref];
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = new URL(page.address, new URL(document.body.dataset.root + "/", location.href)).href;
      if (location.protocol === "file:") link.href += "index.html";
      link.textContent = page.id + " " + page.title;
      var text = document.createElement("p");
      text.textContent = page.description;
      item.append(link, text);
      list.append(item);
    });
    status.textContent = hits.length
      ? hits.length + " " + status.dataset.some + " ”" + query + "”"
      : status.dataset.none + " ”" + query + "”";
    list.setAttribute("data-ready", "");
  }

  function run() {
    query = new URLSearchParams(location.hash.slice(1)).get("q") || new URLSearchParams(location.search).get("q") || "";
    field.value = query.slice(0, 200);
    list.removeAttribute("data-ready");
    list.textContent = "";
    if (!query.trim()) {
      status.textContent = "";
      list.setAttribute("data-ready", "");
      field.focus();
      return;
    }
    status.textContent = status.dataset.loading;
    fetch(list.dataset.index)
      .then(function (response) {
        if (!response.ok) throw new Error(String(response.status));
        return response.json();
      })
      .then(show)
      .catch(function () {
        status.textContent = status.dataset.failed;
        list.setAttribute("data-ready", "");
      });
  }

  window.addEventListener("hashchange", run);
  run();
})();
