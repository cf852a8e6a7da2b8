// Print-outs: the time of printing in the foot, and an answer to who comes by a print-out's address (?v=), or by the dated
// address of the version in force (?from=, permalink.js).
(function () {
  "use strict";

  window.addEventListener("beforeprint", function () {
    // Swedish time wherever the reader is: 2026-11-24 02:31
    var now = new Date().toLocaleString("sv-SE", { timeZone: "Europe/Stockholm" }).slice(0, 16);
    document.querySelectorAll("[data-printed]").forEach(function (place) {
      place.textContent = " · " + place.dataset.printed + " " + now;
    });
  });

  var store = document.getElementById("kb-printed");
  var query = new URLSearchParams(location.search);
  if (!store) return;
  var words = store.dataset;
  // A day that is not the one on which this version began is not believed.
  var since = words.from && query.get("from") === words.from;
  if (!query.has("v") && !since) return;

  var note = store.content.firstElementChild.cloneNode(true);
  var now = Number(words.version);
  var printed = /^[1-9]\d{0,3}$/.test(query.get("v")) ? Number(query.get("v")) : 0;
  var id = document.body.dataset.page;
  note.querySelectorAll("[data-log]").forEach(function (log) {
    // A retired id has a log of its own; an id that is none of them is not believed.
    if (log.dataset.log === query.get("id")) id = log.dataset.log;
  });
  var replaced = id !== document.body.dataset.page;
  var log = note.querySelector("[data-log='" + id + "']");
  var newest = replaced ? Number(log.dataset.version) : now;

  var text;
  if (!query.has("v")) text = words.since;
  else if (!printed) text = words.unknown;
  else if (replaced) text = words.replaced;
  else if (printed > newest) text = words.newer;
  else if (printed < newest) text = words.older;
  else text = words.holds;
  note.querySelector("strong").textContent = text.replace(/\{v\}/g, printed || now).replace(/\{date\}/g, words.from).replace(/\{now\}/g, now).replace(/\{id\}/g, id);

  // What came after the printed version; of changes in wording within it only the log's order is known, so they are shown.
  var shown = 0;
  Array.from(log.children).forEach(function (entry) {
    var version = Number(entry.dataset.version);
    var later = version > printed || (version === printed && entry.dataset.material === "false");
    if (printed && printed <= newest && later) shown += 1;
    else entry.remove();
  });
  note.querySelectorAll("[data-log]").forEach(function (other) { if (other !== log) other.remove(); });
  if (text === words.holds) note.querySelector(".kb-printed-changes p").textContent = words.wording;
  if (text === words.since) note.setAttribute("aria-label", words.label);
  if (!shown) note.querySelector(".kb-printed-changes").remove();
  if (location.protocol !== "file:") note.querySelector(".kb-printed-offline").remove();

  var article = document.querySelector(".kb-article") || document.querySelector("main");
  var place = document.createElement("div");
  place.setAttribute("role", "status");
  article.prepend(place);
  place.append(note);

  // The other language answers the same question.
  document.querySelectorAll("a[data-language]").forEach(function (link) { link.search = location.search; });
})();
