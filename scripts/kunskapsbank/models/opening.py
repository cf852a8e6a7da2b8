"""Opening hours as data, beside the words a reader reads: Swedish clock time, one span a line."""

from __future__ import annotations

import itertools
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from .base import Model, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60  # minutes

# Minutes from the midnight a day begins with: (opens, closes). A span that closes on the next day has closes over DAY.
Minutes = tuple[int, int]


def _clock_time(value: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", value):
        raise ValueError("is not a time: write hours and minutes in quotes, '08:30'")
    return value


ClockTime = Annotated[str, AfterValidator(_clock_time)]


def minute_of(value: str) -> int:
    """Return the minutes since midnight of 'HH:MM'."""
    hours, _, minutes = value.partition(":")
    return int(hours) * 60 + int(minutes)


class Span(Model):
    """From one time to another on the days named; the days are those on which it opens."""

    days: Annotated[list[Weekday], Field(min_length=1)]
    opens: ClockTime
    closes: ClockTime
    next_day: bool = False  # closes after midnight

    @property
    def minutes(self) -> Minutes:
        """Opening and closing in minutes from the midnight the day begins with."""
        return minute_of(self.opens), minute_of(self.closes) + (DAY if self.next_day else 0)

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Span:
        opens, closes = self.minutes
        if len(set(self.days)) != len(self.days):
            raise ValueError("days names a day twice: name each day once")
        if closes <= opens:
            raise ValueError("closes is not after opens: mend the times, or write next_day: true if it closes after midnight")
        if closes - opens > DAY:
            raise ValueError("next_day makes the span longer than a day: remove it, or write one span for each day")
        return self


class Opening(Model):
    """When a function answers, so that a computer can tell. `outside` is what the same number still does at other times.

    `holidays` says what the source says about public holidays: closed, open as on any such weekday, or nothing (unknown).
    With unknown, nothing is claimed on a public holiday: "weekdays 8-16" is written by offices that close then, and
    "evenings and weekends" by duty services whose holiday hours are longer.
    """

    always: bool = False
    spans: list[Span] = []
    holidays: Literal["unknown", "closed", "open"] = "unknown"
    outside: Text | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Opening:
        if self.always == bool(self.spans):
            raise ValueError("needs either always or spans: write always: true, or the days and times, not both")
        if self.always and (self.outside or self.holidays != "unknown"):
            raise ValueError("always leaves no holidays and no time outside: remove those fields")
        if clash := self._overlap():
            raise ValueError(f"two spans overlap on {clash}: mend days or times, or join them to one")
        return self

    def week(self) -> list[list[Minutes]]:
        """Return the spans that begin on each day of the week, Monday first, in the order of the clock."""
        return [sorted(span.minutes for span in self.spans if day in span.days) for day in WEEKDAYS]

    def _overlap(self) -> Weekday | None:
        """Return a day on which one span begins before an earlier one has closed, Sunday night running into Monday."""
        line = [(n * DAY + opens, n * DAY + closes) for n, spans in enumerate(self.week()) for opens, closes in spans]
        if line:
            line.append((line[0][0] + 7 * DAY, line[0][1] + 7 * DAY))
        for (_, closed), (opens, _) in itertools.pairwise(line):
            if opens < closed:
                return WEEKDAYS[opens // DAY % 7]
        return None
