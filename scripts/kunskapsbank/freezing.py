"""Record what is published and keep its texts: python -m kunskapsbank.freezing SITE. `scripts/freeze` builds the site and runs it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import check, history, keeping, published
from .bank import Bank, load
from .models.base import LANGUAGES, Language

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Wanted:
    """A text that is to be kept: of which page, in which language, in which file."""

    page_id: str
    language: Language
    path: Path


def to_keep(bank: Bank) -> Iterator[Wanted]:
    """Yield the text of each version in force that is not kept yet.

    A kept text is never made anew: it is what readers had. The one exception is a version that replaced another on the
    same day, before or after a freeze: the day is the version's address, and the later version holds it.
    """
    for entry in bank.ledger.values():
        span = next((span for span in history.spans(bank, entry) if span.holds), None)
        if span is None or not keeping.is_kept(entry.id):
            continue
        known = bank.published.pages.get(entry.id) if bank.published else None
        newer = known is not None and known.published_on == span.start and known.version != span.version
        for language in LANGUAGES:
            path = keeping.file_of(bank, entry.id, span.start, language)
            if entry.id in bank.pages[language] and (newer or not path.exists()):
                yield Wanted(entry.id, language, path)


def new_addresses(bank: Bank, ledger: Path) -> list[str]:
    """Return the dated addresses that the test's ledger of the published does not name yet, one line each."""
    known = set(ledger.read_text(encoding="utf-8").splitlines()) if ledger.exists() else set()
    return [line for page_id, day in published.dated(bank) if (line := f"{page_id} {day}") not in known]


def main(arguments: list[str] | None = None) -> int:
    """Freeze the bank in docs/ as it stands in SITE, or only say what is left to do; return 1 when that is something."""
    parser = argparse.ArgumentParser(prog="scripts/freeze")
    parser.add_argument("site", nargs="?", type=Path, help="the built site to take the texts from")
    parser.add_argument("--check", action="store_true", help="change nothing; say what is not frozen yet")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    root: Path = chosen.root.resolve()
    bank = load(root / "docs")
    # The file this command writes may be missing or broken; everything else must be right, the log of changes too.
    bank.faults = [fault for fault in bank.faults if fault.path.name != published.NAME]
    if faults := check.faults_of(bank) or check.unlogged(bank):
        for fault in faults:
            print(fault.text(root))
        print("Nothing is frozen: mend the faults above and run again.", file=sys.stderr)
        return 1
    state, ledger = root / "docs" / "_data" / published.NAME, root / "tests" / "site" / "dates.txt"
    wanted, addresses = list(to_keep(bank)), new_addresses(bank, ledger)
    if chosen.check:
        old = not state.exists() or state.read_text(encoding="utf-8") != published.text_of(bank)
        if not (old or wanted or addresses):
            print("Everything is frozen.", file=sys.stderr)
            return 0
        print(
            f"{len(wanted)} texts to keep, {len(addresses)} new dated addresses: run scripts/freeze and commit what it writes.",
            file=sys.stderr,
        )
        return 1
    if wanted and chosen.site is None:
        parser.error("name the built site")
    size = 0
    for number, one in enumerate(wanted, 1):
        text = keeping.text_of(bank, chosen.site, bank.pages[one.language][one.page_id])
        one.path.parent.mkdir(parents=True, exist_ok=True)
        one.path.write_text(text, encoding="utf-8")
        size += len(text.encode())
        print(f"Text {number}/{len(wanted)}: {one.path.relative_to(root)}", file=sys.stderr)
    if addresses:
        with ledger.open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in addresses))
    # Last: a run that is cut off is taken up by the next one.
    written = published.write(bank, state)
    print(
        f"{len(wanted)} texts kept ({size / 1e6:.1f} MB), {len(addresses)} new dated addresses, "
        f"{published.NAME} {'written' if written else 'unchanged'}. Commit what is new under docs/_data and tests/site.",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
