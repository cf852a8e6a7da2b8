"""The content check: `scripts/check`. Reads pages and data, builds nothing, prints one line a fault."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from . import (
    clock,
    crossrefs,
    datarefs,
    history,
    mirroring,
    openings,
    privacy,
    published,
    questions,
    reviewing,
    schemas,
    translating,
    unwritten,
    validity,
)
from .bank import Bank, load
from .editions import chosen
from .faults import Fault


def faults_of(bank: Bank, today: datetime.date | None = None) -> list[Fault]:
    """Return every fault of a loaded bank, in the order of files and lines; `today` decides which law has ended and what is overdue."""
    today = today or clock.today()
    found = [*bank.faults, *mirroring.check(bank), *translating.check(bank), *validity.check(bank, today)]
    # Cross-references into a file that could not be read would only repeat that file's own fault.
    if not any(fault.path.suffix == ".yml" for fault in bank.faults):
        found += [*crossrefs.check(bank), *datarefs.check(bank), *openings.check(bank), *history.check(bank), *privacy.check(bank)]
        found += reviewing.check(bank, today)
    return sorted(set(found))


def warnings_of(bank: Bank, today: datetime.date | None = None) -> list[Fault]:
    """Return what an editor is told without stopping anything: what to reread, to translate, to write; reviews that are late."""
    return [
        *questions.warnings(bank),
        *translating.warnings(bank),
        *unwritten.warnings(bank),
        *mirroring.warnings(bank),
        *reviewing.warnings(bank, today or clock.today()),
    ]


def unlogged(bank: Bank) -> list[Fault]:
    """Return a fault for each page that differs from what was published while changes.yml says nothing of it.

    Apart from the others: the log is written when a change is done, so `scripts/serve` only warns of it.
    """
    # What was published, and the log of it, are the base's: an edition differs from them by being one.
    return sorted(published.check(bank.without_overlay()))


def main(arguments: list[str] | None = None) -> int:
    """Check the docs folder given, print the faults, return 1 if there were any."""
    parser = argparse.ArgumentParser(prog="scripts/check", description="Check content and data without building the site.")
    parser.add_argument("docs", nargs="?", default="docs", type=Path, help="the docs folder (default: docs)")
    parser.add_argument("--edition", type=Path, default=chosen(), metavar="FOLDER", help="the overlay folder of a local edition")
    parser.add_argument("--schemas", action="store_true", help="write docs/_data/schemas from the models, and check nothing")
    given = parser.parse_args(arguments)
    docs = given.docs.resolve()
    if given.schemas:
        print(
            f"{schemas.write(docs)} files changed: the schemas in {docs / '_data' / schemas.FOLDER} are those of the models.",
            file=sys.stderr,
        )
        return 0
    try:
        today = clock.today()
    except clock.WrongDayError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    bank = load(docs, given.edition.resolve() if given.edition else None)
    faults = faults_of(bank, today) or unlogged(bank)
    for fault in faults:
        print(fault.text(docs.parent))
    for warning in warnings_of(bank, today):
        print(f"Warning: {warning.text(docs.parent)}", file=sys.stderr)
    pages = sum(len(pages) for pages in bank.pages.values())
    summary = f"{pages} pages, {len(bank.contacts)} contacts, {len(bank.provisions)} provisions, {len(bank.terms)} terms"
    print(f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in {summary}." if faults else f"No faults in {summary}.", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
