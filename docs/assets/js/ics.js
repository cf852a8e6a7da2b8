// A calendar file (RFC 5545) made in the browser: whole days as dates, times in UTC so that they hold across clock changes.
(function () {
  "use strict";

  function escape(text) {
    return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
  }

  // A line is at most 75 bytes; it goes on after a line break and a space. A character is never cut in two.
  function fold(line) {
    var encoder = new TextEncoder(), out = "", length = 0;
    Array.from(line).forEach(function (character) {
      var bytes = encoder.encode(character).length;
      if (length + bytes > 75) {
        out += "\r\n ";
        length = 1;
      }
      out += character;
      length += bytes;
    });
    return out;
  }

  function stamp(ms) {
    return new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "") + "Z";
  }

  // Random: two children with the same limit on the same day must not become one entry.
  function uid() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
  }

  // entries: [{title, text, url, day: "YYYY-MM-DD"} or {..., ms: instant}]; now and next day are given, so that this stays plain.
  function calendar(entries, now, nextDay) {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kunskapsbanken//Frister//SV", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
    entries.forEach(function (entry) {
      lines.push("BEGIN:VEVENT", "UID:" + uid(), "DTSTAMP:" + stamp(now));
      if (entry.day) {
        lines.push("DTSTART;VALUE=DATE:" + entry.day.replace(/-/g, ""), "DTEND;VALUE=DATE:" + nextDay(entry.day).replace(/-/g, ""));
      } else {
        lines.push("DTSTART:" + stamp(entry.ms));
      }
      lines.push("SUMMARY:" + escape(entry.title), "DESCRIPTION:" + escape(entry.text + "\n" + entry.url), "URL:" + entry.url,
        "TRANSP:TRANSPARENT", "END:VEVENT");
    });
    lines.push("END:VCALENDAR");
    return lines.map(fold).join("\r\n") + "\r\n";
  }

  window.kbIcs = { calendar: calendar };
})();
