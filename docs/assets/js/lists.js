// Lists to tick off and forms to fill in: boxes, progress, the time of each tick, print, clear. All of it lives in the page
// alone and is gone with it: nothing is stored or sent. Without script the lists and forms stand as they are.
(function () {
  "use strict";
  var store = document.getElementById("kb-lists");
  if (!store) return;
  var words = store.dataset;
  var parts = store.content.cloneNode(true);
  var toggle = parts.querySelector(".kb-tick-switch");
  var note = parts.querySelector(".kb-tick-note");
  var tools = parts.querySelector(".kb-tick-tools");
  var total = parts.querySelector(".kb-tick-total");
  var dialog = parts.querySelector("dialog");
  var form = document.querySelector("form.kb-form");
  var ticks = []; // { input, time, at } for each box and each given answer
  var lists = []; // { root, items: [function: is it done], place, text } for each list or part of a form
  var asking = false;

  var announcer = document.getElementById("kb-said"); // made by site.js

  function swedish(moment) {
    // "2026-11-24 02:31": Swedish time wherever the device believes it is
    return moment.toLocaleString("sv-SE", { timeZone: "Europe/Stockholm" }).slice(0, 16);
  }

  function said(text, n, of) {
    return text.replace("{n}", n).replace("{of}", of);
  }

  function element(name, css, inside) {
    var made = document.createElement(name);
    made.className = css;
    if (inside) made.append(inside);
    return made;
  }

  // ---- steps ----

  function addBox(step) {
    var text = step.querySelector(".kb-step-text");
    var input = document.createElement("input");
    input.type = "checkbox";
    input.id = "bock-" + step.id;
    input.autocomplete = "off"; // a browser that restores boxes would restore them without their times
    var label = element("label", "kb-step-label");
    label.append.apply(label, Array.from(text.childNodes));
    text.append(label);
    step.prepend(element("label", "kb-tick-box", input)); // the large target; the name is the step's own text
    var time = element("p", "kb-tick-time kb-small");
    step.append(time);
    ticks.push({ input: input, time: time, word: words.done, at: null, step: step, label: label });
    return function () { return input.checked; };
  }

  document.querySelectorAll(".kb-steps-list").forEach(function (list) {
    var place = element("p", "kb-tick-progress");
    list.after(place);
    lists.push({ root: list, items: Array.from(list.children).map(addBox), place: place, text: words.progress });
  });

  // ---- forms ----

  function filled(field) {
    return Array.from(field.querySelectorAll("input, textarea")).some(function (input) {
      return /^(checkbox|radio)$/.test(input.type) ? input.checked : input.value.trim() !== "";
    });
  }

  if (form) {
    form.addEventListener("submit", function (event) { event.preventDefault(); }); // what is written must not land in an address
    form.querySelectorAll(".kb-option").forEach(function (option) {
      var time = element("p", "kb-tick-time kb-small");
      option.after(time);
      ticks.push({ input: option.querySelector("input"), time: time, word: words.chosen, at: null });
    });
    form.querySelectorAll(":scope > fieldset").forEach(function (part) {
      var place = element("p", "kb-tick-progress");
      part.append(place);
      var fields = Array.from(part.querySelectorAll(".kb-field"));
      lists.push({ root: part, items: fields.map(function (field) { return filled.bind(null, field); }), place: place, text: words.filled });
    });
  }

  // ---- what is shown ----

  function count(list) {
    return list.items.filter(function (done) { return done(); }).length;
  }

  function warn(event) {
    event.preventDefault();
  }

  function show() {
    var today = swedish(new Date()).slice(0, 10);
    var done = 0, of = 0;
    lists.forEach(function (list) {
      var n = count(list);
      done += n;
      of += list.items.length;
      list.place.textContent = said(list.text, n, list.items.length);
    });
    ticks.forEach(function (tick) {
      if (!tick.input.checked) tick.at = null;
      var at = tick.at && swedish(tick.at);
      tick.time.textContent = at ? tick.word + " " + (at.slice(0, 10) === today ? at.slice(11) : at) : "";
      if (tick.step) tick.step.classList.toggle("kb-done", tick.input.checked);
    });
    total.textContent = said(form ? words.filledTotal : words.total, done, of);
    // The browser asks before the page is left only while there is something to lose: a night's ticks cannot be had again.
    if (done && !asking) window.addEventListener("beforeunload", warn);
    if (!done && asking) window.removeEventListener("beforeunload", warn);
    asking = done > 0;
    document.body.classList.toggle("kb-begun", asking);
  }

  document.addEventListener("change", function (event) {
    var tick = ticks.find(function (one) { return one.input === event.target; });
    if (!tick && !(form && form.contains(event.target))) return;
    if (tick) tick.at = tick.input.checked ? new Date() : null;
    show();
    var list = lists.find(function (one) { return one.root.contains(event.target); });
    announcer.textContent = (list ? list.place.textContent : "") + (tick && tick.at ? ". " + tick.time.textContent : "");
  });
  if (form) form.addEventListener("input", show);
  document.addEventListener("visibilitychange", show); // after midnight yesterday's ticks get their date

  window.addEventListener("beforeprint", function () {
    show();
    // A text box prints only what it has room for; the text stands beneath it instead, whole.
    if (form) form.querySelectorAll("textarea, input:not([type=checkbox], [type=radio])").forEach(function (input) {
      var copy = input.nextElementSibling;
      if (!copy) {
        copy = element("p", "kb-filled");
        input.after(copy);
      }
      copy.textContent = input.value.trim().replace(/^(\d{4}-\d\d-\d\d)T/, "$1 ");
      input.classList.toggle("kb-written", copy.textContent !== "");
      input.classList.toggle("kb-empty", copy.textContent === ""); // a date's own pattern is in the way of a pen
    });
  });

  // ---- tools ----

  function clear() {
    ticks.forEach(function (tick) { tick.input.checked = false; });
    if (form) form.reset();
    show();
    announcer.textContent = words.cleared;
  }

  tools.addEventListener("click", function (event) {
    var wanted = event.target.dataset.do;
    if (wanted === "print") window.print();
    if (wanted === "clear") {
      if (asking) dialog.showModal();
      else announcer.textContent = words.nothing;
    }
  });
  dialog.addEventListener("close", function () { // focus goes back to the button by itself
    if (dialog.returnValue === "clear") clear();
    dialog.returnValue = "";
  });
  document.body.append(dialog);

  function open(on) {
    document.body.classList.toggle("kb-ticking", on);
    toggle.setAttribute("aria-pressed", String(on));
    note.hidden = tools.hidden = !on;
    ticks.forEach(function (tick) {
      tick.input.disabled = !on; // hidden boxes must not be ticked by a tap on their text
      if (!tick.label) return;
      if (on) tick.label.htmlFor = tick.input.id;
      else tick.label.removeAttribute("for"); // and no text points to a box that is not there
    });
  }

  var first = lists[0].root.closest(".kb-block");
  first.before(note);
  lists[lists.length - 1].root.closest(".kb-block").after(tools);

  var standing = form || document.body.dataset.page.charAt(0) === "M"; // these pages are lists to tick: no switch
  if (!standing) {
    // In the row of the last second-level heading above the first step: no step moves down for it.
    var rows = Array.from(document.querySelectorAll(".kb-heading-2")).filter(function (row) {
      return row.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    if (rows.length) rows[rows.length - 1].append(toggle);
    else first.before(toggle);
    toggle.addEventListener("click", function () {
      var on = toggle.getAttribute("aria-pressed") !== "true";
      open(on);
      announcer.textContent = on ? words.shown : words.hidden;
    });
  }
  open(Boolean(standing));
  show();
})();
