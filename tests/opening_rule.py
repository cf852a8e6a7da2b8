"""The rule of who answers now, a second time and written another way than the browser's: minute by minute over real dates.

CASES is the table both are held against: contact, moment (with its offset from UTC), state, the words a Swedish reader sees.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from kunskapsbank.models.opening import DAY, WEEKDAYS, Opening

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MIDNIGHT = datetime.time()
MINUTE = datetime.timedelta(minutes=1)
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """What is known of holidays: the first and the last year, and the names of days on which nothing is taken for granted."""

    years: tuple[int, int]
    holidays: Mapping[datetime.date, str]
    eves: Mapping[datetime.date, str]

    def known(self, day: datetime.date) -> bool:
        return self.years[0] <= day.year <= self.years[1]

    def doubt(self, opening: Opening, day: datetime.date) -> str | None:
        if opening.holidays == "open" or (opening.holidays == "closed" and day in self.holidays):
            return None
        return self.holidays.get(day) or self.eves.get(day)

    def spans(self, opening: Opening, day: datetime.date) -> list[tuple[datetime.datetime, datetime.datetime]]:
        """The spans that begin on `day`, as times on the wall clock."""
        if opening.holidays == "closed" and day in self.holidays:
            return []
        midnight = datetime.datetime.combine(day, MIDNIGHT)
        minutes = [span.minutes for span in opening.spans if WEEKDAYS[day.weekday()] in span.days]
        return [(midnight + opens * MINUTE, midnight + closes * MINUTE) for opens, closes in minutes]

    def covered_by(self, opening: Opening, wall: datetime.datetime) -> list[str | None]:
        """For each span that holds `wall`: None if it is sure, else the holiday it began on."""
        days = (wall.date() - ONE_DAY, wall.date())
        return [self.doubt(opening, day) for day in days for start, end in self.spans(opening, day) if start <= wall < end]

    def answer(self, opening: Opening, moment: datetime.datetime) -> dict[str, Any]:
        """The state at `moment` (aware); closes and opens in minutes from the midnight the Swedish day began with."""
        wall = moment.astimezone(STOCKHOLM).replace(tzinfo=None, second=0, microsecond=0)
        today = wall.date()
        midnight = datetime.datetime.combine(today, MIDNIGHT)
        if not (self.known(today) and self.known(today - ONE_DAY)):
            return {"state": "beyond"}
        if opening.always:
            return {"state": "open", "closes": None}
        if None in self.covered_by(opening, wall):
            end = wall
            while None in self.covered_by(opening, end):
                end += MINUTE
                if end >= midnight + 8 * ONE_DAY or not self.known(end.date()):
                    return {"state": "open", "closes": None}
            return {"state": "open", "closes": (end - midnight) // MINUTE}
        doubts = self.covered_by(opening, wall)
        if self.doubt(opening, today) and self.spans(opening, today):
            doubts = [self.doubt(opening, today)]
        outside = opening.outside.sv if opening.outside else None
        if doubts:
            return {"state": "holiday", "name": doubts[-1], "only": outside}
        return {"state": "only" if outside else "closed", "only": outside, "opens": self._opens(opening, wall, midnight)}

    def _opens(self, opening: Opening, wall: datetime.datetime, midnight: datetime.datetime) -> int | None:
        for ahead in range(21):
            day = wall.date() + ahead * ONE_DAY
            if not self.known(day):
                return None
            starts = [start for start, _ in self.spans(opening, day) if start > wall and not self.doubt(opening, day)]
            if starts:
                return (min(starts) - midnight) // MINUTE
        return None


def opening(*spans: tuple[str, str, str], **more: Any) -> Opening:
    """Make an opening up: each span its days, opening and closing. Closing before opening means after midnight."""
    return Opening.model_validate(
        {"spans": [{"days": d.split(), "opens": o, "closes": c, **({"next_day": True} if c <= o else {})} for d, o, c in spans], **more}
    )


EVERY_DAY = "mon tue wed thu fri sat sun"
INVENTED = {
    "weekend round the clock": opening(("sat sun", "00:00", "24:00"), ("mon", "00:00", "08:00")),
    "always in pieces": opening((EVERY_DAY, "00:00", "12:00"), (EVERY_DAY, "12:00", "24:00"), holidays="open"),
    "closed on holidays": opening(("mon tue wed thu fri", "08:00", "16:30"), holidays="closed"),
    "open on holidays": opening(("mon tue wed thu fri", "08:00", "16:30"), holidays="open"),
    "in the repeated hour": opening(("sun", "02:15", "02:45")),
    "a whole day from evening": opening(("fri", "18:00", "18:00")),
    "lunch": opening(("tue thu", "09:00", "12:00"), ("tue thu", "13:00", "15:00")),
    "mondays": opening(("mon", "10:00", "11:00")),
}

BROTT, JOUR, SIS, EMERGENCY = "brottsoffermyndigheten", "socialjour-sodertalje", "sis-placering", "sos-112"
H = 60
NOW = "akuta placeringar via växeln och talsvar"
CASES = [
    # an ordinary night, Tuesday
    (EMERGENCY, "2026-11-24T02:30+01:00", {"state": "open", "closes": None}, "Öppet nu"),
    (BROTT, "2026-11-24T02:30+01:00", {"state": "closed", "opens": 9 * H}, "Stängt nu, öppnar 09:00"),
    (JOUR, "2026-11-24T00:59+01:00", {"state": "open", "closes": 1 * H}, "Öppet nu, stänger 01:00"),
    (JOUR, "2026-11-24T01:00+01:00", {"state": "closed", "opens": 16 * H}, "Stängt nu, öppnar 16:00"),
    (SIS, "2026-11-24T02:30+01:00", {"state": "only", "opens": 9 * H}, f"Nu bara {NOW}. Öppnar 09:00"),
    # the minute before and after opening and closing
    (BROTT, "2026-11-24T08:59+01:00", {"state": "closed", "opens": 9 * H}, "Stängt nu, öppnar 09:00"),
    (BROTT, "2026-11-24T09:00+01:00", {"state": "open", "closes": 15 * H}, "Öppet nu, stänger 15:00"),
    (BROTT, "2026-11-24T14:59+01:00", {"state": "open", "closes": 15 * H}, "Öppet nu, stänger 15:00"),
    (BROTT, "2026-11-24T15:00+01:00", {"state": "closed", "opens": DAY + 9 * H}, "Stängt nu, öppnar 09:00 (i morgon)"),
    (SIS, "2026-11-24T15:59+01:00", {"state": "open", "closes": 16 * H}, "Öppet nu, stänger 16:00"),
    (SIS, "2026-11-24T16:00+01:00", {"state": "only", "opens": DAY + 9 * H}, f"Nu bara {NOW}. Öppnar 09:00 (i morgon)"),
    # across midnight, at the weekend
    (JOUR, "2026-11-27T23:59+01:00", {"state": "open", "closes": DAY + 2 * H}, "Öppet nu, stänger 02:00"),
    (JOUR, "2026-11-28T00:00+01:00", {"state": "open", "closes": 2 * H}, "Öppet nu, stänger 02:00"),
    (JOUR, "2026-11-28T02:00+01:00", {"state": "closed", "opens": 16 * H}, "Stängt nu, öppnar 16:00"),
    (BROTT, "2026-11-27T15:00+01:00", {"state": "closed", "opens": 3 * DAY + 9 * H}, "Stängt nu, öppnar 09:00 (måndag)"),
    (BROTT, "2026-11-29T12:00+01:00", {"state": "closed", "opens": DAY + 9 * H}, "Stängt nu, öppnar 09:00 (i morgon)"),
    # Easter: the day before Good Friday as usual, Easter Monday not sure, opens again on Tuesday
    (BROTT, "2027-03-25T10:00+01:00", {"state": "open", "closes": 15 * H}, "Öppet nu, stänger 15:00"),
    (BROTT, "2027-03-25T15:30+01:00", {"state": "closed", "opens": 5 * DAY + 9 * H}, "Stängt nu, öppnar 09:00 (tisdag)"),
    (BROTT, "2027-03-29T10:00+02:00", {"state": "holiday", "name": "Annandag påsk"}, "Annandag påsk: kan vara stängt eller ha andra tider"),
    # Ascension Day, a Thursday: the night that began on Wednesday is sure until it ends
    (JOUR, "2027-05-06T00:59+02:00", {"state": "open", "closes": 1 * H}, "Öppet nu, stänger 01:00"),
    (
        JOUR,
        "2027-05-06T01:00+02:00",
        {"state": "holiday", "name": "Kristi himmelsfärdsdag"},
        "Kristi himmelsfärdsdag: kan vara stängt eller ha andra tider",
    ),
    # the National Day on a Sunday, All Saints' Day on a Saturday
    (JOUR, "2027-06-06T20:00+02:00", {"state": "holiday", "name": "Nationaldagen"}, "Nationaldagen: kan vara stängt eller ha andra tider"),
    (BROTT, "2026-10-31T10:00+01:00", {"state": "closed", "opens": 2 * DAY + 9 * H}, "Stängt nu, öppnar 09:00 (måndag)"),
    # Midsummer Eve (no public holiday by law) and Midsummer Day
    (
        BROTT,
        "2027-06-25T10:00+02:00",
        {"state": "holiday", "name": "Midsommarafton"},
        "Midsommarafton: kan vara stängt eller ha andra tider",
    ),
    (BROTT, "2027-06-26T10:00+02:00", {"state": "closed", "opens": 2 * DAY + 9 * H}, "Stängt nu, öppnar 09:00 (måndag)"),
    (
        JOUR,
        "2027-06-26T20:00+02:00",
        {"state": "holiday", "name": "Midsommardagen"},
        "Midsommardagen: kan vara stängt eller ha andra tider",
    ),
    # Christmas and New Year
    (BROTT, "2026-12-23T15:30+01:00", {"state": "closed", "opens": 5 * DAY + 9 * H}, "Stängt nu, öppnar 09:00 (måndag)"),
    (BROTT, "2026-12-24T10:00+01:00", {"state": "holiday", "name": "Julafton"}, "Julafton: kan vara stängt eller ha andra tider"),
    (
        SIS,
        "2026-12-25T02:30+01:00",
        {"state": "holiday", "name": "Juldagen"},
        "Juldagen: kan vara stängt eller ha andra tider. A" + NOW[1:],
    ),
    (BROTT, "2026-12-31T10:00+01:00", {"state": "holiday", "name": "Nyårsafton"}, "Nyårsafton: kan vara stängt eller ha andra tider"),
    (JOUR, "2027-01-02T01:30+01:00", {"state": "holiday", "name": "Nyårsdagen"}, "Nyårsdagen: kan vara stängt eller ha andra tider"),
    (EMERGENCY, "2026-12-25T02:30+01:00", {"state": "open", "closes": None}, "Öppet nu"),
    # the clock is put forward: 01:59 is followed by 03:00
    (JOUR, "2026-03-29T01:59+01:00", {"state": "open", "closes": 2 * H}, "Öppet nu, stänger 02:00"),
    (JOUR, "2026-03-29T03:00+02:00", {"state": "closed", "opens": 16 * H}, "Stängt nu, öppnar 16:00"),
    # the clock is put back: the hour from two to three comes twice
    (JOUR, "2026-10-25T01:59+02:00", {"state": "open", "closes": 2 * H}, "Öppet nu, stänger 02:00"),
    (JOUR, "2026-10-25T02:00+02:00", {"state": "closed", "opens": 16 * H}, "Stängt nu, öppnar 16:00"),
    (JOUR, "2026-10-25T02:30+01:00", {"state": "closed", "opens": 16 * H}, "Stängt nu, öppnar 16:00"),
    ("in the repeated hour", "2026-10-25T02:30+02:00", {"state": "open", "closes": 2 * H + 45}, None),
    ("in the repeated hour", "2026-10-25T02:30+01:00", {"state": "open", "closes": 2 * H + 45}, None),
    # on the day it is put forward that half hour does not exist; the Sunday after is Easter Day, so the next sure one is the third
    ("in the repeated hour", "2026-03-29T03:00+02:00", {"state": "closed", "opens": 14 * DAY + 2 * H + 15}, None),
    # spans that follow one another, a holiday rule that is known, more than a week ahead
    ("weekend round the clock", "2026-11-28T12:00+01:00", {"state": "open", "closes": 2 * DAY + 8 * H}, "Öppet nu, stänger 08:00 (måndag)"),
    ("always in pieces", "2026-11-28T12:00+01:00", {"state": "open", "closes": None}, "Öppet nu"),
    ("closed on holidays", "2027-05-06T10:00+02:00", {"state": "closed", "opens": DAY + 8 * H}, None),
    ("closed on holidays", "2026-12-24T10:00+01:00", {"state": "holiday", "name": "Julafton"}, None),
    ("open on holidays", "2027-05-06T10:00+02:00", {"state": "open", "closes": 16 * H + 30}, None),
    ("mondays", "2027-03-22T11:00+01:00", {"state": "closed", "opens": 14 * DAY + 10 * H}, "Stängt nu, öppnar 10:00 (måndag 2027-04-05)"),
    # years whose holidays are not known: nothing is claimed, not even round the clock
    (BROTT, "2032-06-01T10:00+02:00", {"state": "beyond"}, ""),
    (EMERGENCY, "2040-06-01T10:00+02:00", {"state": "beyond"}, ""),
    (EMERGENCY, "2019-06-01T10:00+02:00", {"state": "beyond"}, ""),
    (BROTT, "2025-01-01T10:00+01:00", {"state": "beyond"}, ""),
    (BROTT, "2031-12-30T16:00+01:00", {"state": "closed", "opens": None}, "Stängt nu"),
]
