"""The content check: `scripts/check`. Reads pages and data, builds nothing, prints one line a fault."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from . import crossrefs, datarefs, history, mirroring, openings, questions, validity
from .bank import Bank, load
from .editions import chosen
from .faults import Fault


def faults_of(bank: Bank, today: datetime.date | None = None) -> list[Fault]:
    """Return every fault of a loaded bank, in the order of files and lines; `today` decides which law has ended."""
    found = [*bank.faults, *mirroring.check(bank), *validity.check(bank, today or datetime.date.today())]
    # Cross-references into a file that could not be read would only repeat that file's own fault.
    if not any(fault.path.suffix == ".yml" for fault in bank.faults):
        found += [*crossrefs.check(bank), *datarefs.check(bank), *openings.check(bank), *history.check(bank)]
    return sorted(set(found))


def main(arguments: list[str] | None = None) -> int:
    """Check the docs folder given, print the faults, return 1 if there were any."""
    parser = argparse.ArgumentParser(prog="scripts/check", description="Check content and data without building the site.")
    parser.add_argument("docs", nargs="?", default="docs", type=Path, help="the docs folder (default: docs)")
    parser.add_argument("--edition", type=Path, default=chosen(), metavar="FOLDER", help="the overlay folder of a local edition")
    options = parser.parse_args(arguments)
    docs = options.docs.resolve()
    bank = load(docs, options.edition.resolve() if options.edition else None)
    faults = faults_of(bank)
    for fault in faults:
        print(fault.text(docs.parent))
    for warning in questions.warnings(bank):
        print(f"Warning: {warning.text(docs.parent)}", file=sys.stderr)
    pages = sum(len(pages) for pages in bank.pages.values())
    summary = f"{pages} pages, {len(bank.contacts)} contacts, {len(bank.provisions)} provisions, {len(bank.terms)} terms"
    print(f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in {summary}." if faults else f"No faults in {summary}.", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
