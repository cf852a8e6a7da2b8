"""How a time limit is counted. assets/js/counting.js says the same for the browser; both are tested against the same rows.

Sources: sections 1 and 2 of the Act on computing statutory time (1930:173), `lagstadgad-tid-1` and `lagstadgad-tid-2` in
statutes.yml. The act says nothing of days and hours; what is done with them is our own, cautious rule (docs/decisions/0010).
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .holidays_se import eves, public_holidays
from .models.base import Text
from .models.deadlines import Amount

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# The years whose holidays the page carries; a test fails in good time before they run out.
YEARS = range(2015, 2037)


@dataclass(frozen=True)
class Due:
    """The end of a time limit.

    keep: the time to keep: a whole day, or an instant in Stockholm for limits in hours. Never moved by a weekend.
    later: for limits in days, the day it would be if the first day does not count; not to be relied on.
    clamped: the last month lacks the day, so its last day was taken.
    """

    keep: datetime.date | datetime.datetime
    later: datetime.date | None = None
    clamped: bool = False


def due(start: datetime.date | datetime.datetime, amount: Amount) -> Due:
    """Return when `amount` counted from `start` ends.

    start: a day, or for hours a naive wall clock time in Stockholm.
    Weeks, months and years end on the same weekday or date as the starting day, or on the month's last day where the date is
    lacking (section 1). Days: no source says whether the first one counts, so it does. Hours: from the minute, elapsed time.
    Raises ValueError for a wall clock time that does not exist, and for hours counted from a day without clock.
    """
    value = amount.value
    if amount.unit == "hour":
        if not isinstance(start, datetime.datetime):
            raise ValueError("hours are counted from a day and a clock time")
        return Due((instant(start) + datetime.timedelta(hours=value)).astimezone(STOCKHOLM))
    day = start.date() if isinstance(start, datetime.datetime) else start
    if amount.unit == "day":
        last = day + datetime.timedelta(days=value)
        return Due(last - datetime.timedelta(days=1), last)
    if amount.unit == "week":
        return Due(day + datetime.timedelta(weeks=value))
    months = day.month - 1 + value * (12 if amount.unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    length = calendar.monthrange(year, month)[1]
    return Due(datetime.date(year, month, min(day.day, length)), clamped=day.day > length)


def instant(clock: datetime.datetime) -> datetime.datetime:
    """Return the instant of a naive wall clock time in Stockholm; of two (the night in October) the first, the cautious one.

    Raises ValueError for a time that is skipped when the clock goes forward.
    """
    moment = clock.replace(tzinfo=STOCKHOLM, fold=0).astimezone(datetime.UTC)
    if moment.astimezone(STOCKHOLM).replace(tzinfo=None) != clock:
        raise ValueError(f"{clock} does not exist: the clock was put forward")
    return moment


def free_day(day: datetime.date) -> Text | None:
    """Return the name of a day on which section 2 lets an act wait for the next weekday, or None for an ordinary weekday.

    Section 2 names Sunday, other public holidays, Saturday, Midsummer Eve, Christmas Eve and New Year's Eve.
    """
    named = public_holidays(day.year).get(day) or eves(day.year).get(day)
    if named:
        return named
    return {5: Text(sv="en lördag", en="a Saturday"), 6: Text(sv="en söndag", en="a Sunday")}.get(day.weekday())


def next_weekday(day: datetime.date) -> datetime.date:
    """Return the first ordinary weekday after `day`."""
    return _step(day, 1)


def weekday_before(day: datetime.date) -> datetime.date:
    """Return the last ordinary weekday before `day`."""
    return _step(day, -1)


def _step(day: datetime.date, days: int) -> datetime.date:
    day += datetime.timedelta(days=days)
    while free_day(day):
        day += datetime.timedelta(days=days)
    return day


def free_days() -> list[tuple[datetime.date, Text]]:
    """Return the named days of YEARS, in order, for the page; Saturdays and Sundays need no table."""
    return sorted(pair for year in YEARS for pair in (*public_holidays(year).items(), *eves(year).items()))
