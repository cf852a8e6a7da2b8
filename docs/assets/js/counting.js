// How a time limit is counted: the same rules as scripts/kunskapsbank/counting.py, where their sources stand.
// Days are text, YYYY-MM-DD; instants are milliseconds; the reader's own time zone never matters.
(function () {
  "use strict";
  var DAY = 86400000, HOUR = 3600000;
  var stockholm = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Stockholm", hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit"
  });

  function toDay(ms) {
    return new Date(ms).toISOString().slice(0, 10);
  }

  function fromDay(day) {
    return Date.parse(day + "T00:00:00Z");
  }

  function addDays(day, days) {
    return toDay(fromDay(day) + days * DAY);
  }

  // The clock on a wall in Stockholm at an instant, as if it were UTC.
  function wall(ms) {
    var part = {};
    stockholm.formatToParts(ms).forEach(function (piece) { part[piece.type] = Number(piece.value); });
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  }

  // The instants at which a wall in Stockholm shows "YYYY-MM-DDTHH:MM": one; two in October's long night; none in March's gap.
  function instants(clock) {
    var shown = Date.parse(clock.slice(0, 16) + ":00Z");
    return [shown - 2 * HOUR, shown - HOUR].filter(function (ms) { return wall(ms) === shown; });
  }

  // start: a day, or for hours a wall clock time that exists. Returns keep (a day, or an instant for hours), later, clamped.
  function due(start, value, unit) {
    if (unit === "hour") return { keep: instants(start)[0] + value * HOUR };
    var day = start.slice(0, 10);
    if (unit === "day") return { keep: addDays(day, value - 1), later: addDays(day, value) };
    if (unit === "week") return { keep: addDays(day, value * 7) };
    var date = Number(day.slice(8));
    var months = Number(day.slice(5, 7)) - 1 + value * (unit === "year" ? 12 : 1);
    var length = new Date(Date.UTC(Number(day.slice(0, 4)), months + 1, 0)).getUTCDate();
    return {
      keep: toDay(Date.UTC(Number(day.slice(0, 4)), months, Math.min(date, length))),
      clamped: date > length ? date : 0
    };
  }

  window.kbCounting = { due: due, wall: wall, instants: instants, addDays: addDays, fromDay: fromDay, toDay: toDay };
})();
