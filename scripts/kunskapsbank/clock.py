"""What day it is: today, or the day in KUNSKAPSBANKEN_TODAY, so that a check can be made as of another day."""

from __future__ import annotations

import datetime
import os

NAME = "KUNSKAPSBANKEN_TODAY"


class WrongDayError(ValueError):
    """The day asked for is none; the message is one line a person understands."""


def today() -> datetime.date:
    """Return the day checks are made for. Raises WrongDayError. The built pages never ask: the reader's browser knows the day."""
    given = os.environ.get(NAME, "")
    return day(given, NAME) if given else datetime.date.today()


def day(text: str, name: str) -> datetime.date:
    """Return `text`, the value of `name`, as a date. Raises WrongDayError unless it is written YYYY-MM-DD."""
    try:
        made = datetime.date.fromisoformat(text)
    except ValueError:
        made = None
    if made is None or made.isoformat() != text:
        raise WrongDayError(f"{name} is '{text}', which is no day - write YYYY-MM-DD") from None
    return made
