"""A page's versions, read from the log of changes: each material entry that names a page moves its version by one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .bank import Bank
from .faults import Fault
from .linking import UNNUMBERED
from .models.changes import Change
from .models.ledger import Entry


@dataclass(frozen=True)
class Event:
    """One change of one page. `version` is the page's version from that day on."""

    version: int
    change: Change

    @property
    def date(self) -> datetime.date:
        """The day the change was published."""
        return self.change.date

    @property
    def material(self) -> bool:
        """True when the change alters what a reader should do or know."""
        return self.change.kind == "material"


@dataclass(frozen=True)
class Span:
    """The days a version held: from `start`, until the day it was replaced. `end` is None for the last one.

    `holds` is false for the last version of a retired page too.
    """

    version: int
    start: datetime.date
    end: datetime.date | None
    holds: bool


def events(changes: Sequence[Change], page_id: str) -> list[Event]:
    """Return the changes of `page_id`, oldest first. The log is written newest first, also within a day."""
    found: list[Event] = []
    version = 0
    for change in reversed(changes):
        if page_id in change.pages:
            version += change.kind == "material"
            found.append(Event(version, change))
    return found


def of_page(bank: Bank, page_id: str) -> list[Event]:
    """Return the events of a page of the bank, oldest first; empty for a page the log does not name."""
    return events(bank.changes.changes, page_id) if bank.changes else []


def marks(changes: Sequence[Change]) -> list[str]:
    """Return for each entry of the log a name that stays its own: '2026-11-24-1', the first of that day.

    Entries are added at the top, so the count of a day goes from its oldest.
    """
    seen: dict[datetime.date, int] = {}
    names = []
    for change in reversed(changes):
        seen[change.date] = seen.get(change.date, 0) + 1
        names.append(f"{change.date}-{seen[change.date]}")
    return names[::-1]


def spans(bank: Bank, entry: Entry) -> list[Span]:
    """Return the versions of a numbered page that has been published, oldest first.

    Of two versions on one day only the later is counted: the day is the version's address.
    """
    if entry.state == "planned" or entry.id in UNNUMBERED:
        return []
    began = {event.date: event.version for event in of_page(bank, entry.id) if event.material}
    days = list(began)
    ends = [*days[1:], None]
    return [Span(began[day], day, end, end is None and entry.state == "published") for day, end in zip(days, ends, strict=False)]


def check(bank: Bank) -> Iterator[Fault]:
    """Yield a fault for a log out of order and for a page whose version is not the number of its material entries."""
    if bank.changes is None:
        return
    log = bank.origin["changes.yml"]
    dates = [change.date for change in bank.changes.changes]
    for index in range(1, len(dates)):
        if dates[index] > dates[index - 1]:
            yield Fault(log.path, log.line(("changes", index, "date")), "changes are not in order", "write the newest entry first")
    for page in bank.pages["sv"].values():
        count = sum(event.material for event in of_page(bank, page.meta.id))
        if page.source_meta.version != count and bank.edition.holds(page.path):
            yield Fault(
                page.path,
                page.front.line(("version",)),
                f"version is {page.source_meta.version}, but the page it replaces is at version {count}",
                f"read what is new on that page, take it over, and set version to {count}",
            )
        elif page.source_meta.version != count:
            yield Fault(
                page.path,
                page.front.line(("version",)),
                f"version is {page.source_meta.version}, but changes.yml has {count} material entries for {page.meta.id}",
                "write the change in changes.yml (kind: material) and set version to the number of material entries that name the page",
            )
