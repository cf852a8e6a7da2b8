// Results kept in the reader's own browser: only when the reader asks, only module, day and score, and erased at a press.
(function () {
  "use strict";
  var KEY = "kunskapsbanken-utbildning";
  var panel = document.querySelector("[data-saved-results]");
  if (!panel) return;
  var words = JSON.parse(panel.dataset.words);
  var titles = JSON.parse(panel.dataset.titles);
  var box = panel.querySelector("input");
  var status = panel.querySelector("[role=status]");
  var saved = panel.querySelector(".kb-progress-saved");
  var latest = null; // the result of this visit, kept in memory until the reader asks to save it

  // A browser may forbid storage, above all for a page opened from a file: every touch can throw.
  function touch(act) {
    try {
      return { value: act(window.localStorage) };
    } catch (error) {
      return { failed: true };
    }
  }

  // The saved results, or null when the reader has not asked to save. What was not written by this page counts as nothing.
  function results() {
    var found = touch(function (store) { return JSON.parse(store.getItem(KEY)); });
    if (!found.value) return null;
    return Array.isArray(found.value.results) ? found.value.results.filter(sound) : [];
  }

  function sound(row) {
    return row && row.module in titles && /^\d{4}-\d{2}-\d{2}$/.test(row.date) && Number.isInteger(row.right) && Number.isInteger(row.of);
  }

  function today() {
    var now = new Date();
    return now.getFullYear() + "-" + String(now.getMonth() + 1).padStart(2, "0") + "-" + String(now.getDate()).padStart(2, "0");
  }

  function save() {
    var rows = (results() || []).filter(function (row) { return !latest || row.module !== latest.module; });
    if (latest) rows.push(latest);
    rows.sort(function (one, two) { return one.module < two.module ? -1 : 1; });
    return !touch(function (store) { store.setItem(KEY, JSON.stringify({ results: rows })); }).failed;
  }

  function show() {
    var rows = results();
    box.checked = rows !== null;
    saved.hidden = rows === null;
    var body = saved.querySelector("tbody");
    body.replaceChildren();
    (rows || []).forEach(function (row) {
      var line = body.insertRow();
      [titles[row.module], row.date, words["progress-of"].replace("{right}", row.right).replace("{of}", row.of)].forEach(function (text) {
        line.insertCell().textContent = text;
      });
    });
    return rows;
  }

  function erase() {
    touch(function (store) { store.removeItem(KEY); });
    latest = null;
    show();
    status.textContent = words["progress-erased"];
  }

  box.addEventListener("change", function () {
    if (!box.checked) {
      erase();
      return;
    }
    var kept = save();
    show();
    status.textContent = words[kept ? "progress-saving" : "progress-failed"];
  });
  saved.querySelector("button").addEventListener("click", function () {
    erase();
    box.focus();
  });

  panel.querySelector(".kb-progress-without").hidden = true;
  box.closest("p").hidden = false;
  if (touch(function (store) { return store.length; }).failed) {
    box.disabled = true;
    status.textContent = words["progress-failed"];
  } else {
    status.textContent = words[show() ? "progress-saving" : "progress-none"];
  }

  window.kbProgress = {
    done: function (module, right, of) {
      latest = { module: module, date: today(), right: right, of: of };
      if (results() === null) return;
      if (!save()) status.textContent = words["progress-failed"];
      show();
    }
  };
})();
