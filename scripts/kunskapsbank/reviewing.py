"""When a page is due for review."""

from __future__ import annotations

import calendar
import datetime


def next_review(reviewed_on: datetime.date, months: int) -> datetime.date:
    """Return the day `months` after `reviewed_on`; the last of the month where the day does not exist."""
    index = reviewed_on.month - 1 + months
    year, month = reviewed_on.year + index // 12, index % 12 + 1
    return datetime.date(year, month, min(reviewed_on.day, calendar.monthrange(year, month)[1]))
