// What is late for review on the day it is read. The built pages do not know that day: the reader's browser says it,
// by the calendar in Sweden, on the screen and on paper. Without script the days stand for the reader to compare.
(function () {
  "use strict";
  var DAY = 864e5;
  var swedish = null; // made when first needed: it costs a slow phone a moment

  // Today as YYYY-MM-DD: days written so can be compared as text.
  function dayOf(moment) {
    var part = {};
    swedish = swedish || new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Stockholm", year: "numeric", month: "2-digit", day: "2-digit" });
    swedish.formatToParts(moment).forEach(function (piece) { part[piece.type] = piece.value; });
    return part.year + "-" + part.month + "-" + part.day;
  }

  function mark(element, late) {
    var there = element.nextElementSibling;
    var marked = there && there.classList.contains("kb-late");
    if (marked && !late) there.remove();
    if (marked || !late) return;
    var name = element.dataset.late === "review" ? "lateReview" : "lateCheck";
    var note = document.createElement("span");
    note.className = "kb-mark kb-late";
    note.textContent = document.body.dataset[name].replace("{date}", element.dataset.due);
    element.after(note);
    note.before(" ");
  }

  // A cell of the review list: how many days late, and the number to sort by.
  function fill(cell, today, late) {
    var words = cell.closest("table").dataset;
    var days = Math.round((Date.parse(today) - Date.parse(cell.dataset.due)) / DAY);
    var text = words.lateNo;
    if (late) text = words.lateDays.replace("{n}", days);
    else if (days > 0) text = words.latePostponed;
    cell.textContent = text;
    cell.dataset.value = days;
  }

  function show() {
    var dated = document.querySelectorAll("[data-late]");
    if (!dated.length) return;
    var today = dayOf(new Date());
    dated.forEach(function (element) {
      var late = today > (element.dataset.until || element.dataset.due);
      if (element.dataset.late === "cell") fill(element, today, late);
      else mark(element, late);
    });
  }

  window.addEventListener("pageshow", show);
  document.addEventListener("visibilitychange", show); // a page left open over midnight
  show();
})();
