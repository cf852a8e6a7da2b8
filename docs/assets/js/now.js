// Who answers now, in Swedish time whatever zone the reader's computer keeps. Without script the hours stand in words.
// window.kbHours is assets/now/<language>.js, made by scripts/kunskapsbank/answering.py. Nothing is stored or sent.
(function () {
  "use strict";
  var data = window.kbHours;
  if (!data) return;
  var DAY = 1440; // minutes; times count from midnight by the clock on the wall, also on the two days it is changed
  var swedish = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Stockholm", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit"
  });

  // The wall clock in Sweden: the day as a number counted from 1970-01-01, and the minute of that day.
  function wallClock(moment) {
    var part = {};
    swedish.formatToParts(moment).forEach(function (piece) { part[piece.type] = Number(piece.value); });
    return { day: Date.UTC(part.year, part.month - 1, part.day) / 864e5, minute: part.hour * 60 + part.minute };
  }

  function dateOf(day) { return new Date(day * 864e5).toISOString().slice(0, 10); }
  function weekday(day) { return (((day + 3) % 7) + 7) % 7; } // Monday is 0; the count began on a Thursday

  // True when the public holidays of that day are known: outside those years nothing is guessed.
  function known(day) {
    var year = new Date(day * 864e5).getUTCFullYear();
    return year >= data.years[0] && year <= data.years[1];
  }

  // The spans that begin on a day. `doubt` names a holiday or an eve of which the source says nothing.
  function spansOf(entry, day) {
    var date = dateOf(day), spans = entry.week[weekday(day)];
    if (entry.holidays === "open") return { spans: spans };
    if (entry.holidays === "closed" && data.holidays[date]) return { spans: [] };
    return { spans: spans, doubt: data.holidays[date] || data.eves[date] };
  }

  // Spans that follow one another without a gap close together: Saturday and Sunday round the clock are one.
  // Null when it does not close within a week, or the closing lies beyond the known years.
  function closing(entry, today, end) {
    while (end < 8 * DAY) {
      var next = today + Math.floor(end / DAY);
      if (!known(next)) return null;
      var from = spansOf(entry, next);
      var joined = from.doubt ? [] : from.spans.filter(function (span) { return span[0] === end % DAY; });
      if (!joined.length) return end;
      end = Math.floor(end / DAY) * DAY + joined[0][1];
    }
    return null;
  }

  // The next opening that is sure, as minutes from today's midnight; null when none is within three weeks or known.
  function opening(entry, now) {
    for (var ahead = 0; ahead < 21; ahead += 1) {
      if (!known(now.day + ahead)) return null;
      var from = spansOf(entry, now.day + ahead);
      if (from.doubt) continue;
      var later = from.spans.filter(function (span) { return ahead * DAY + span[0] > now.minute; });
      if (later.length) return ahead * DAY + later[0][0];
    }
    return null;
  }

  // open, only (the rest of what the number does outside its hours), holiday, closed, or beyond (the years are not known).
  // closes and opens: minutes from midnight of the day that is.
  function stateOf(entry, moment) {
    var now = wallClock(moment);
    if (!known(now.day) || !known(now.day - 1)) return { state: "beyond" };
    if (entry.always) return { state: "open", closes: null };
    var today = spansOf(entry, now.day), yesterday = spansOf(entry, now.day - 1), doubt = null, end = null;
    function look(from, minute, shift) {
      from.spans.forEach(function (span) {
        if (span[0] > minute || span[1] <= minute) return;
        if (from.doubt) doubt = from.doubt;
        else end = span[1] - shift;
      });
    }
    look(yesterday, now.minute + DAY, DAY); // a night that began yesterday
    look(today, now.minute, 0);
    if (end !== null) return { state: "open", closes: closing(entry, now.day, end) };
    // On a holiday the hours themselves are in doubt, not only whether it closes: a duty service may answer all day.
    if (today.doubt && today.spans.length) doubt = today.doubt;
    if (doubt) return { state: "holiday", name: doubt, only: entry.outside };
    return { state: entry.outside ? "only" : "closed", only: entry.outside, opens: opening(entry, now) };
  }

  function fill(name, values) {
    return data.words[name].replace(/\{(\w+)\}/g, function (_, key) { return values[key]; });
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  // "08:00", "08:00 (i morgon)", "08:00 (måndag)", "08:00 (måndag 2027-04-05)" a week or more ahead
  function timeOf(minutes, today) {
    var ahead = Math.floor(minutes / DAY), day = today + ahead;
    var time = two(Math.floor((minutes % DAY) / 60)) + ":" + two(minutes % 60);
    if (!ahead) return time;
    if (ahead === 1) return time + " (" + data.words["now-tomorrow"] + ")";
    return time + " (" + weekdayName(day) + (ahead > 6 ? " " + dateOf(day) : "") + ")";
  }

  function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  function weekdayName(day) { return data.words["weekday-names"].split(" ")[weekday(day)]; }

  function sentence(answer, now) {
    var opens = answer.opens ? fill("now-opens", { time: timeOf(answer.opens, now.day) }) : "";
    if (answer.state === "open") {
      if (answer.closes === null) return data.words["now-open"];
      // Past midnight but the same night: no day is needed to understand "closes 01:00".
      var soon = answer.closes - now.minute < DAY;
      return fill("now-closes", { time: timeOf(soon ? answer.closes % DAY : answer.closes, now.day) });
    }
    if (answer.state === "holiday") {
      return fill("now-holiday", answer) + (answer.only ? ". " + capital(answer.only) : "");
    }
    if (answer.state === "beyond") return "";
    if (answer.state === "only") return fill("now-only", { what: answer.only }) + (opens ? ". " + capital(opens) : "");
    return data.words["now-closed"] + (opens ? ", " + opens : "");
  }

  // For the page's other scripts and the tests: the answer for one contact at one moment (milliseconds), or null.
  window.kbNow = {
    state: function (id, moment) { return data.contacts[id] ? stateOf(data.contacts[id], moment) : null; },
    reckon: stateOf
  };

  var ORDER = { open: 0, only: 1, holiday: 2, closed: 4 }; // 3: hours not known or not in clock times; beyond: as written
  var lists = Array.from(document.querySelectorAll("[data-answers]")).map(function (list) {
    return { element: list, written: Array.from(list.children) };
  });

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text; // untouched text keeps a reader's place in it
    element.hidden = !text;
  }

  function sort(list, states) {
    if (list.element.contains(document.activeElement)) return; // nothing moves under the reader's finger
    var place = function (item) {
      var state = states[(item.querySelector("[data-now]") || { dataset: {} }).dataset.now];
      return state in ORDER ? ORDER[state] : 3;
    };
    var wanted = list.written.slice().sort(function (a, b) { return place(a) - place(b); });
    if (wanted.some(function (item, n) { return list.element.children[n] !== item; })) list.element.append.apply(list.element, wanted);
  }

  function show() {
    var moment = Date.now(), now = wallClock(moment), states = {};
    document.querySelectorAll("[data-now]").forEach(function (element) {
      var answer = window.kbNow.state(element.dataset.now, moment);
      states[element.dataset.now] = answer.state;
      element.dataset.state = answer.state;
      write(element, sentence(answer, now));
    });
    var beyond = !known(now.day) || !known(now.day - 1);
    var text = beyond
      ? fill("now-beyond", { year: dateOf(now.day).slice(0, 4), first: data.years[0], last: data.years[1] })
      : fill("now-clock", { day: weekdayName(now.day), date: dateOf(now.day), time: timeOf(now.minute, now.day) });
    document.querySelectorAll("[data-clock]").forEach(function (line) {
      var label = line.querySelector("strong");
      if (label) label.hidden = beyond;
      write(line.querySelector("span"), text);
      line.hidden = false;
    });
    lists.forEach(function (list) { sort(list, beyond ? {} : states); });
  }

  var timer = null;
  function tick() {
    clearTimeout(timer);
    show();
    if (!document.hidden) timer = setTimeout(tick, 60000 - (Date.now() % 60000) + 50); // just after the minute
  }

  document.addEventListener("visibilitychange", tick);
  window.addEventListener("pageshow", tick);
  window.addEventListener("focus", tick); // a computer that slept
  // On paper stand the hours in words and the order as written, not the state of the moment of printing.
  window.addEventListener("beforeprint", function () {
    lists.forEach(function (list) { list.element.append.apply(list.element, list.written); });
  });
  window.addEventListener("afterprint", tick);
  tick();
})();
