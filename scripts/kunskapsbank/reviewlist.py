"""The review list in the terminal: `scripts/review`. What is overdue or soon due, how far a round has come, what is to be confirmed."""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from . import clock, confirming, reviewfiles, reviewing
from .bank import Bank, load
from .confirming import Waiting
from .models.base import Text
from .plaintext import plain
from .reviewing import GRACE, KINDS, SOON, Item, Kind, State

_MANY: dict[Kind, str] = {"page": "pages", "contact": "contacts", "law": "provisions", "quiz": "modules"}
_HEADINGS: list[tuple[State, str]] = [
    ("stopped", f"Stops the build (more than {GRACE} days overdue, or a postponement has passed)"),
    ("overdue", "Overdue"),
    ("postponed", "Overdue and postponed"),
    ("soon", f"Due within {SOON} days"),
]
_CONFIRMED_BY = reviewfiles.COLUMNS.index("confirmed-by")
_PIPED = 10_000  # columns: what is read by another program is not cut


def main(arguments: list[str] | None = None) -> int:
    """Print the list. Return 0, 1 when something stops the build, 2 when a question or the data cannot be understood."""
    parser = argparse.ArgumentParser(
        prog="scripts/review",
        description="Show what is to be reviewed and what is to be confirmed, and by whom.",
        epilog=f"{clock.NAME}=YYYY-MM-DD shows how it stands another day. Exit 1: something stops the build. How to review: page X06.",
    )
    parser.add_argument("docs", nargs="?", default="docs", type=Path, help="the docs folder (default: docs)")
    parser.add_argument("--all", action="store_true", help="also what is not due soon, and every fact to confirm")
    parser.add_argument("--owner", metavar="NAME", help="only what this function owns or confirms, such as Redaktionen")
    parser.add_argument("--since", metavar="DAY", help="measure progress from this day (default: 30 days back)")
    parser.add_argument("--csv", action="store_true", help="everything as CSV with state, for a spreadsheet")
    given = parser.parse_args(arguments)
    try:
        today = clock.today()
        since = clock.day(given.since, "--since") if given.since else today - datetime.timedelta(days=GRACE)
    except clock.WrongDayError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    docs = given.docs.resolve()
    bank = load(docs)
    if bank.faults:
        for fault in bank.faults:
            print(fault.text(docs.parent), file=sys.stderr)
        print("The list cannot be made until this is mended: scripts/check.", file=sys.stderr)
        return 2
    owner = _owner(bank, given.owner) if given.owner else None
    if given.owner and owner is None:
        names = ", ".join(function.name.sv for function in bank.review.functions) if bank.review else ""
        print(f"--owner: there is no function '{given.owner}' - write one of: {names}", file=sys.stderr)
        return 2
    everything = [item for item in reviewing.items(bank) if owner in (None, item.owner)]
    facts = [fact for fact in confirming.waiting(bank) if owner in (None, fact.by)]
    wrong_data = reviewing.wrong(bank)
    stops = bool(wrong_data) or any(item.state(today) == "stopped" for item in everything)
    if given.csv:
        sys.stdout.write("\ufeff" + _csv(bank, owner, today))
        return 1 if stops else 0
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns if terminal or os.environ.get("COLUMNS") else _PIPED
    bold = ("\033[1m", "\033[0m") if terminal and not os.environ.get("NO_COLOR") else ("", "")
    for line, strong in _lines(bank, everything, facts, today, since, given.all, width):
        print(f"{bold[0]}{line}{bold[1]}" if strong else line)
    for fault in wrong_data:
        print(fault.text(docs.parent))
    return 1 if stops else 0


def _csv(bank: Bank, owner: Text | None, today: datetime.date) -> str:
    """The table of the page X04 with how each thing stands today; of `owner` only, what is owned or confirmed by it."""
    root = os.environ.get("KUNSKAPSBANKEN_URL", "")
    lines = []
    for subject, cells in reviewfiles.rows(bank, "sv", root):
        names = {subject.owner.sv} if isinstance(subject, Item) else set()
        if owner is None or owner.sv in names | {cells[_CONFIRMED_BY]}:
            lines.append([*cells, subject.state(today) if isinstance(subject, Item) else ""])
    return reviewfiles.as_csv([*reviewfiles.heads(bank, "sv"), "Läge"], lines)


def _owner(bank: Bank, wanted: str) -> Text | None:
    for function in bank.review.functions if bank.review else []:
        if wanted.casefold() in (function.id, function.name.sv.casefold(), function.name.en.casefold()):
            return function.name
    return None


Line = tuple[str, bool]


def _lines(
    bank: Bank, everything: Sequence[Item], facts: Sequence[Waiting], today: datetime.date, since: datetime.date, whole: bool, width: int
) -> Iterator[Line]:
    """Yield each line and whether it is a heading, no line wider than `width`."""
    yield f"Review list on {today}", True
    yield "", False
    yield f"Progress: reviewed since {since}", True
    for line in progress(everything, since, width):
        yield line, False
    headings = [*_HEADINGS, ("good", "Later")] if whole else _HEADINGS
    for state, heading in headings:
        found = sorted((item for item in everything if item.state(today) == state), key=lambda item: item.last_day)
        if found or state == "soon":
            yield "", False
            yield f"{heading}: {len(found) or 'nothing'}", True
        for item in found:
            yield _cut(_item_line(item, today), width), False
    yield "", False
    yield f"To be confirmed: {len(facts)}", True
    for by in dict.fromkeys(fact.by.sv for fact in facts):
        mine = [fact for fact in facts if fact.by.sv == by]
        counts = (f"{register} {n}" for register in confirming.REGISTERS if (n := sum(fact.register == register for fact in mine)))
        yield _cut(f"  {by}: {len(mine)} ({', '.join(counts)})", width), False
        for fact in mine if whole else []:
            yield _cut(f"    {fact.register:<9} {fact.id}: {_told(bank, fact)}", width), False
    if not whole:
        yield "", False
        yield "scripts/review --all lists the rest and every fact to confirm.", False


def _told(bank: Bank, fact: Waiting) -> str:
    doubt = f" - {plain(bank, fact.doubt.sv, 'sv')}" if fact.doubt else ""
    return plain(bank, fact.name.sv, "sv") + doubt


def _item_line(item: Item, today: datetime.date) -> str:
    over = item.days_over(today)
    when = f"{over} days over" if over > 0 else "today" if not over else f"in {-over} days"
    line = f"  {item.due}  {when:<14} {item.kind:<7} {item.owner.sv:<12} {item.id}: {item.name.sv}"
    if item.postponed:
        line += f" - postponed until {item.postponed.until}: {item.postponed.why.sv}"
    return line


def progress(everything: Sequence[Item], since: datetime.date, width: int) -> Iterator[str]:
    """Yield a line with a bar for each kind and each owner: how many were reviewed on `since` or later."""
    parts: list[tuple[str, Callable[[Item], bool]]] = [(_MANY[kind], lambda item, kind=kind: item.kind == kind) for kind in KINDS]  # type: ignore[misc]
    owners = list(dict.fromkeys(item.owner.sv for item in everything))
    parts += [(owner, lambda item, owner=owner: item.owner.sv == owner) for owner in owners]  # type: ignore[misc]
    counted = [(name, [item for item in everything if belongs(item)]) for name, belongs in parts]
    label = max((len(name) for name, _ in counted), default=0)
    room = min(40, width - label - 24)
    for name, found in counted:
        if not found:
            continue
        done = sum(item.checked >= since for item in found)
        filled = room * done // len(found)
        bar = f" [{'#' * filled}{'-' * (room - filled)}]" if room >= 5 else ""
        yield _cut(f"  {name:<{label}} {done:>4} of {len(found):<4}{bar} {100 * done // len(found):>3} %", width)


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"


if __name__ == "__main__":
    sys.exit(main())
