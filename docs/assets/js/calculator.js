// The calculator of time limits. What is entered lives in the fields alone: nothing is stored, nothing is sent.
// Every text and link of the result is made with the page (the template in the block); this file fills in days and times.
(function () {
  "use strict";
  var root = document.querySelector("[data-calc]");
  if (!root) return;
  var counting = window.kbCounting;
  var language = document.documentElement.lang;
  var form = root.querySelector("form");
  var status = root.querySelector(".kb-calc-status");
  var result = root.querySelector("[data-calc-result]");
  var parts = root.querySelector("template").content;
  var fields = Array.from(form.querySelectorAll("[data-event]"));
  var words = {}, free = {}, years = {}, byEvent = {};
  var shown = []; // what stands in the list: {item, due, name}

  parts.querySelectorAll("[data-word]").forEach(function (item) { words[item.dataset.word] = item.textContent; });
  parts.querySelectorAll("[data-days]").forEach(function (item) {
    item.dataset.days.split(" ").forEach(function (day) {
      free[day] = item.textContent;
      years[day.slice(0, 4)] = true;
    });
  });
  fields.forEach(function (field) { byEvent[field.dataset.event] = field; });

  function list(text) {
    return (text || "").split(" ").filter(Boolean);
  }

  function say(name, values) {
    return words["calc-" + name].replace(/\{(\w+)\}/g, function (all, key) { return values && key in values ? values[key] : all; });
  }

  function upper(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  // Days and times in words

  var dayFormat = new Intl.DateTimeFormat(language === "sv" ? "sv-SE" : "en-GB", {
    timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric"
  });

  function dayWords(day) {
    var part = {};
    dayFormat.formatToParts(counting.fromDay(day)).forEach(function (piece) { part[piece.type] = piece.value; });
    return [part.weekday, part.day, part.month, part.year].join(" ");
  }

  function clockText(ms) {
    return new Date(counting.wall(ms)).toISOString().slice(0, 16);
  }

  function momentWords(clock, ms) {
    var text = dayWords(clock.slice(0, 10)) + " " + say("clock", { time: clock.slice(11, 16) });
    if (ms !== undefined && counting.instants(clock).length > 1) {
      text += " (" + say(counting.wall(ms) - ms > 3600000 ? "summer" : "winter") + ")";
    }
    return text;
  }

  function dueWords(due) {
    return typeof due.keep === "string" ? dayWords(due.keep) : momentWords(clockText(due.keep), due.keep);
  }

  function startWords(field) {
    return field.type === "date" ? dayWords(field.value) : momentWords(field.value);
  }

  function timeWords(ms) {
    var minutes = Math.floor(ms / 60000);
    return Math.floor(minutes / 60) + " h " + minutes % 60 + " min";
  }

  // How long is left, or how long ago the time ran out, in words. Where the act may have moved the last day, or the first day may
  // not count, the time is not said to have run out: a child must not be let go on a miscount.
  function left(entry, now) {
    var due = entry.due, how = entry.item.dataset.how;
    if (typeof due.keep !== "string") {
      var ms = due.keep - now;
      return ms >= 0 ? { text: say("in-time", { time: timeWords(ms) }) } : { text: say("passed-time", { time: timeWords(-ms) }), passed: true };
    }
    var today = clockText(now).slice(0, 10);
    var days = Math.round((counting.fromDay(due.keep) - counting.fromDay(today)) / 86400000);
    if (days >= 0) return { text: days === 0 ? say("today") : days === 1 ? say("tomorrow") : say("in-days", { n: days }) };
    if (latest(due, how) >= today) return { text: say("may-have", { latest: dayWords(latest(due, how)) }), passed: true };
    var text = days === -1 ? say("yesterday") : say("passed-days", { n: -days });
    return { text: how === "done-by" ? text + " " + say("ask") : text, passed: true };
  }

  // Days on which an act may wait for the next weekday

  function freeName(day) {
    var weekday = new Date(counting.fromDay(day)).getUTCDay();
    return free[day] || (weekday === 6 ? say("saturday") : weekday === 0 ? say("sunday") : "");
  }

  function step(day, days) {
    do day = counting.addDays(day, days); while (freeName(day));
    return day;
  }

  // The last day there could be, if every doubt were to give more time. Never shown as the time to keep.
  function latest(due, how) {
    var day = due.later || due.keep;
    return how === "done-by" && freeName(day) ? step(day, 1) : day;
  }

  // What is entered, and what is wrong with it

  function fault(field) {
    if (field.validity.badInput) return say(field.type === "date" ? "bad-day" : "bad-moment");
    if (!field.value) return "";
    var year = Number(field.value.slice(0, field.value.indexOf("-")));
    if (!(year >= 2000 && year <= 2099)) return say("bad-year");
    if (field.type !== "date" && !counting.instants(field.value).length) return say("skipped");
    return "";
  }

  function faults() {
    var found = {};
    fields.forEach(function (field) {
      var text = fault(field);
      if (text) found[field.dataset.event] = text;
    });
    fields.forEach(function (field) {
      list(field.dataset.notBefore).forEach(function (id) {
        var earlier = byEvent[id];
        if (!field.value || !earlier.value || found[field.dataset.event] || found[id] || field.value.slice(0, 10) >= earlier.value.slice(0, 10)) return;
        // Either may be the wrong one: the line stands at the later field, and neither is counted from.
        found[field.dataset.event] = say("order", { later: upper(field.dataset.name), earlier: earlier.dataset.name });
        found[id] = found[id] || " ";
      });
    });
    return found;
  }

  function remark(field, now) {
    if (field.value.slice(0, 10) > clockText(now).slice(0, 10)) return say("future");
    if (field.type !== "date" && counting.instants(field.value).length > 1) return say("twice");
    return "";
  }

  // The result

  function fill(item, name, text) {
    var place = item.querySelector('[data-fill="' + name + '"]');
    if (place) place.textContent = text;
    var whole = item.querySelector('[data-show="' + name + '"]');
    if (whole) whole.hidden = !text;
  }

  function rule(limit) {
    return say({ hour: "by-hour", day: "by-day", week: "by-week", month: "by-month", year: "by-month" }[limit.dataset.unit]);
  }

  function freeText(limit, due) {
    if (typeof due.keep !== "string") return "";
    var name = freeName(due.keep), how = limit.dataset.how;
    if (!years[due.keep.slice(0, 4)] && how !== "at-least") return say("years-out");
    if (!name || how === "at-least") return "";
    if (how === "ends") return say("free-ends", { name: name });
    return say("free-act", { name: name, before: dayWords(step(due.keep, -1)), next: dayWords(step(due.keep, 1)) });
  }

  function dated(limit, field) {
    var due = counting.due(field.value, Number(limit.dataset.value), limit.dataset.unit);
    var item = limit.cloneNode(true);
    item.dataset.due = typeof due.keep === "string" ? due.keep : clockText(due.keep);
    fill(item, "when", say(limit.dataset.how, { due: dueWords(due) }));
    fill(item, "counted", say("counted", { event: field.dataset.name, start: startWords(field), rule: rule(limit) }));
    fill(item, "clamped", due.clamped ? say("clamped", { n: due.clamped }) : "");
    fill(item, "later", due.later ? say("later", { later: dayWords(due.later) }) : "");
    fill(item, "free", freeText(limit, due));
    return { item: item, due: due, name: limit.dataset.name };
  }

  function order(due) {
    return typeof due.keep === "string" ? counting.instants(due.keep + "T23:59")[0] : due.keep;
  }

  function tick() {
    var now = Date.now();
    shown.forEach(function (entry) {
      var state = left(entry, now);
      entry.passed = !!state.passed;
      fill(entry.item, "left", state.text);
      entry.item.classList.toggle("kb-passed", entry.passed);
    });
  }

  function replaceAll(list, items) {
    list.textContent = "";
    items.forEach(function (item) { list.append(item); });
  }

  function place(name, items) {
    var whole = root.querySelector('[data-calc-list="' + name + '"]');
    replaceAll(whole.tagName === "OL" ? whole : whole.querySelector("ul"), items);
    whole.hidden = !items.length;
  }

  function listItem(text) {
    var item = document.createElement("li");
    item.textContent = text;
    return item;
  }

  // What would be worked out next: a field that comes after one that is filled in.
  function waiting(good) {
    return fields.filter(function (field) {
      return !field.value && !field.validity.badInput &&
        list(field.dataset.follows).some(function (id) { return good[id]; });
    }).map(function (field) {
      var names = Array.from(parts.querySelectorAll("[data-limit]")).filter(function (limit) {
        return list(limit.dataset.from).indexOf(field.dataset.event) >= 0;
      }).map(function (limit) { return limit.dataset.name + " (" + limit.dataset.length + ")"; });
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = "#" + field.id;
      link.textContent = form.querySelector('label[for="' + field.id + '"]').textContent;
      item.append(link, " " + say("asks") + " " + names.join(", ") + ".");
      return item;
    });
  }

  function showFaults(found, busy, now) {
    fields.forEach(function (field) {
      var line = document.getElementById(field.id + "-fel");
      var text = field === busy ? "" : (found[field.dataset.event] || "").trim();
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      line.classList.toggle("kb-calc-fault", !!text);
      line.textContent = text || (!field.value || found[field.dataset.event] ? "" : remark(field, now));
    });
  }

  function count(one, many, n) {
    return n === 1 ? say(one) : say(many, { n: n });
  }

  // busy: the field being typed in; its half-written value is not called wrong yet.
  function run(busy) {
    var now = Date.now(), found = faults(), good = {}, undated = [];
    showFaults(found, busy, now);
    fields.forEach(function (field) {
      if (field.value && !found[field.dataset.event]) good[field.dataset.event] = field;
    });
    shown = [];
    parts.querySelectorAll("[data-limit]").forEach(function (limit) {
      list(limit.dataset.from).forEach(function (id) {
        if (good[id]) shown.push(dated(limit, good[id]));
      });
    });
    shown.sort(function (one, two) { return order(one.due) - order(two.due) || one.name.localeCompare(two.name, language); });
    parts.querySelectorAll("[data-undated]").forEach(function (limit) {
      if (list(limit.dataset.from).some(function (id) { return good[id]; })) undated.push(limit.cloneNode(true));
    });
    tick();
    place("dated", shown.map(function (entry) { return entry.item; }));
    place("undated", undated);
    place("waiting", waiting(good));
    replaceAll(root.querySelector(".kb-calc-entered ul"), Object.keys(good).map(function (id) {
      return listItem(upper(good[id].dataset.name) + ": " + startWords(good[id]));
    }));
    var clock = clockText(now);
    root.querySelector("[data-calc-made]").textContent = say("made", { day: dayWords(clock.slice(0, 10)), clock: say("clock", { time: clock.slice(11) }) });
    result.hidden = !shown.length && !undated.length;
    return found;
  }

  function announce(found, busy) {
    var first = fields.filter(function (field) { return field !== busy && (found[field.dataset.event] || "").trim(); })[0];
    var passed = shown.filter(function (entry) { return entry.passed; }).length;
    var text = shown.length ? count("found-one", "found-many", shown.length) : say("found-none");
    if (passed) text += " " + count("passed-one", "passed-many", passed);
    if (first) text += " " + say("faults", { first: found[first.dataset.event] });
    if (status.textContent !== text) status.textContent = text;
    return first;
  }

  form.addEventListener("input", function (event) { announce(run(event.target), event.target); });
  // Leaving a field says what is wrong with it. Not while a finger or button is down: the page would move and the press would miss.
  // A button that was pressed does its own work and leaves nothing to settle.
  var pressed = false, waits = false;
  function settle() {
    waits = pressed;
    if (!pressed) announce(run());
  }
  document.addEventListener("pointerdown", function () { pressed = true; });
  ["pointerup", "pointercancel"].forEach(function (name) {
    document.addEventListener(name, function () {
      pressed = false;
      setTimeout(function () { if (waits) settle(); }, 0);
    });
  });
  form.addEventListener("focusout", function (event) {
    if (event.target.dataset.event && (event.target.value || event.target.validity.badInput || event.target.hasAttribute("aria-invalid"))) {
      settle();
    }
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    waits = false;
    var first = announce(run());
    if (first) reach(first);
    else if (!result.hidden) root.querySelector("#dina-frister").focus();
  });

  function reach(field) {
    var details = field.closest("details");
    if (details) details.open = true;
    field.focus();
  }

  root.addEventListener("click", function (event) {
    var link = event.target.closest('[data-calc-list="waiting"] a');
    if (!link) return;
    event.preventDefault();
    reach(document.getElementById(link.hash.slice(1)));
  });

  root.querySelector("[data-calc-clear]").addEventListener("click", function () {
    form.reset();
    waits = false;
    run();
    status.textContent = say("cleared");
    fields[0].focus();
  });

  // The calendar file

  root.querySelector("[data-calc-ics]").addEventListener("click", function () {
    // From a file on disk the address would name the reader's own folders: then the published address stands instead.
    var here = location.protocol === "file:" ? document.querySelector("link[rel=canonical]").href : location.href;
    var site = new URL((document.body.dataset.root || ".") + "/", here);
    var url = new URL(root.dataset.permanentLink, site).href;
    var text = window.kbIcs.calendar(shown.map(function (entry) {
      var whole = typeof entry.due.keep === "string";
      return { title: entry.name, text: say("ics-text"), url: url, day: whole ? entry.due.keep : "", ms: whole ? 0 : entry.due.keep };
    }), Date.now(), function (day) { return counting.addDays(day, 1); });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
    link.download = root.dataset.file + ".ics";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  });

  // On paper: by the button only the result, by the browser's own menu the whole page.
  root.querySelector("[data-calc-print]").addEventListener("click", function () {
    document.body.dataset.printing = "result";
    window.print();
  });
  window.addEventListener("afterprint", function () { delete document.body.dataset.printing; });

  setInterval(tick, 30000);
  document.addEventListener("visibilitychange", tick);
  form.reset(); // some browsers put old values back after a reload
  root.querySelector("[data-calc-noscript]").hidden = true;
  form.hidden = false;
})();
