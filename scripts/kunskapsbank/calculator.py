"""What the calculator of time limits on J01 is given: the events to ask for, the limits that run from them, the free days."""

from __future__ import annotations

import datetime
from typing import Any

from .bank import Bank
from .counting import Due, due, free_days
from .models.base import Text
from .models.deadlines import Deadline
from .models.events import Event, EventGroup

# One example for each way of counting, worked out by counting.py when the page is built: a limit and when it starts.
_EXAMPLES: list[tuple[str, datetime.date | datetime.datetime]] = [
    ("lvu-understallning", datetime.date(2026, 12, 17)),
    ("utredning", datetime.date(2026, 10, 31)),
    ("forhandsbedomning", datetime.date(2026, 11, 24)),
    ("forvar", datetime.datetime(2026, 10, 23, 20, 0)),
]


def values(bank: Bank) -> dict[str, Any]:
    """Return the values of the block: groups with their events, computed and undated limits, and the free days by name."""
    limits = list(bank.deadlines.values())
    return {
        "groups": [(group, _events_of(bank, group)) for group in bank.event_groups.values()],
        "computed": [limit for limit in limits if limit.count.computed],
        "undated": [limit for limit in limits if not limit.count.computed],
        "free": _days_by_name(),
    }


def undated(bank: Bank) -> dict[str, list[Deadline]]:
    """Return the limits without a date: those to meet at once, and the rest."""
    limits = [limit for limit in bank.deadlines.values() if not limit.count.computed]
    return {
        "at_once": [limit for limit in limits if limit.count.how == "at-once"],
        "others": [limit for limit in limits if limit.count.how != "at-once"],
    }


def examples(bank: Bank) -> list[tuple[Deadline, datetime.date | datetime.datetime, Due]]:
    """Return the worked examples the page shows: limit, when it starts, and its end. One whose limit is gone is left out."""
    found = []
    for limit_id, start in _EXAMPLES:
        limit = bank.deadlines.get(limit_id)
        if limit and limit.amount:
            found.append((limit, start, due(start, limit.amount)))
    return found


def _events_of(bank: Bank, group: EventGroup) -> list[Event]:
    return [event for event in bank.events.values() if event.group == group.id]


def _days_by_name() -> list[tuple[Text, str]]:
    """Return each name with its days as YYYY-MM-DD, separated by spaces: shorter in the page than a line for each day."""
    days: dict[Text, list[str]] = {}
    for day, name in free_days():
        days.setdefault(name, []).append(day.isoformat())
    return [(name, " ".join(found)) for name, found in days.items()]
