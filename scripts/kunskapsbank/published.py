"""What was last published (published.yml), and the check that a page which differs from it says so in the log of changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from . import fingerprints, history, schemas
from .bank import Bank
from .faults import Fault
from .fingerprints import PARTS
from .models.published import State

NAME = "published.yml"
_HEAD = f"""\
{schemas.modeline(NAME)}
# What was published when scripts/freeze was last run. Written by that command: do not edit by hand.
# version, entries: how many material entries, and how many of either kind, named the page in changes.yml.
# published_on: the day of the last of them. The rest are fingerprints of what a reader acts on (docs/decisions/0018).
pages:
"""


def state_of(bank: Bank, page_id: str) -> State:
    """Return the state of a page of the bank as it stands. Raises ValueError for a page the log does not name."""
    events = history.of_page(bank, page_id)
    if not events:
        raise ValueError(f"changes.yml does not name {page_id}")
    marks = fingerprints.of(bank, bank.pages["sv"][page_id])
    return State(version=events[-1].version, entries=len(events), published_on=events[-1].date, **marks)


def text_of(bank: Bank) -> str:
    """Return published.yml for the bank as it stands."""
    return _HEAD + "".join(_line(page_id, state_of(bank, page_id)) for page_id in bank.ledger if page_id in bank.pages["sv"])


def write(bank: Bank, path: Path) -> bool:
    """Write the state of every page to `path`; return False when the file says it already."""
    text = text_of(bank)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    return True


def _line(page_id: str, state: State) -> str:
    marks = "".join(f", {part}: '{mark}'" for part in PARTS if (mark := getattr(state, part)))
    return f"  {page_id}: {{version: {state.version}, entries: {state.entries}, published_on: {state.published_on}{marks}}}\n"


def check(bank: Bank) -> Iterator[Fault]:
    """Yield a fault for each page that differs from what was published while the log says nothing new of it.

    What a reader does, dials, counts or leans on has changed: a material entry later than the published ones is asked for.
    Only the words of the steps have changed: an entry of either kind, since only a person can tell which it is.
    """
    if bank.published is None or bank.changes is None:
        return
    log = bank.origin["changes.yml"].path
    for page_id, published in bank.published.pages.items():
        page = bank.source_page(page_id)
        if page is None:
            continue
        events = history.of_page(bank, page_id)
        material = sum(event.material for event in events)
        if len(events) < published.entries or material < published.version:
            what = f"entries that name {page_id} are gone: {len(events)} of {published.entries}, {material} of {published.version} material"
            yield Fault(log, 0, what, "put them back, readers have seen them; mend a mistake by a new entry")
            continue
        marks = fingerprints.of(bank, page)
        changed = [part for part in PARTS if marks[part] != getattr(published, part)]
        substance = [part for part in changed if part != "wording"]
        what = f"{', '.join(PARTS[part] for part in changed)} changed since {published.published_on}, but no"
        line = page.front.line(("version",))
        if substance and material == published.version:
            do = f"write an entry of kind material in changes.yml that names {page_id}, and set version to {material + 1}"
            yield Fault(page.path, line, f"{what} material entry in changes.yml names {page_id}", do)
        elif changed and len(events) == published.entries:
            do = f"write an entry that names {page_id}: editorial if the reader should do the same thing as before, otherwise material"
            yield Fault(page.path, line, f"{what} entry in changes.yml names {page_id}", do)


def dated(bank: Bank) -> list[tuple[str, datetime.date]]:
    """Return (id, day) of every dated address there is: each day on which a version of a numbered page began to hold."""
    return [(entry.id, span.start) for entry in bank.ledger.values() for span in history.spans(bank, entry)]
