"""The command scripts/translated: list what is behind, or record that sections of an English page are translated."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from .bank import Bank, load
from .models.frontmatter import Translated
from .translating import check, digests, sections, warnings, written


def record(bank: Bank, page_id: str, named: list[str], cosmetic: bool, today: datetime.date) -> list[str]:
    """Write the present Swedish text of the `named` sections (none: of all that changed) into the English page; return what was done.

    `cosmetic` keeps the day of translation. Records of sections that are gone are removed. Raises ValueError with words for the
    editor; then nothing is written.
    """
    source, page = bank.source_page(page_id), bank.pages["en"].get(page_id)
    if source is None or page is None:
        missing = " and ".join(language for language in ("sv", "en") if page_id not in bank.pages[language])
        raise ValueError(f"there is no page {page_id} in docs/{missing}: check the id, it has capital letters (R08)")
    present, old, here = digests(bank, source), page.translates, sections(page)
    for key in named:
        if key not in present:
            raise ValueError(f"{page_id} has no section '{key}': it has {', '.join(present)}")
    chosen = named or [key for key, digest in present.items() if key not in old or old[key].digest != digest]
    done, records = [], {key: old[key] for key in present if key in old}
    for key in chosen:
        if key not in here:
            raise ValueError(f"the English page of {page_id} has no section '{key}': translate it first, with the same id")
        if cosmetic and key not in old:
            raise ValueError(f"'{key}' in {page_id} has no day of translation to keep: translate it and leave out --cosmetic")
        records[key] = Translated(present[key], old[key].on if cosmetic else today)
        done.append(f"{page_id} {key}: {'still holds, ' if cosmetic else ''}translated {records[key].on}")
    done += [f"{page_id} {key}: removed, the Swedish page has no such section" for key in old if key not in present]
    if done:
        ordered = {key: records[key] for key in present if key in records}
        # read and written as bytes: line ends and a byte order mark stay as they are
        page.path.write_bytes(written(page.path.read_bytes().decode("utf-8"), ordered).encode("utf-8"))
    return done


def main(arguments: list[str] | None = None, today: datetime.date | None = None) -> int:
    """List or record, return 0; 1 when files cannot be read, 2 when the page or a section does not exist."""
    parser = argparse.ArgumentParser(
        prog="scripts/translated",
        description="Record that sections of an English page are translated from the present Swedish text. "
        "Without a page: list the sections whose Swedish text has changed since they were translated.",
    )
    parser.add_argument("page", nargs="?", help="the page's id, for example R08")
    parser.add_argument("sections", nargs="*", help="ids of its second-level headings, or intro (default: all that changed)")
    parser.add_argument("--cosmetic", action="store_true", help="the English still says the same: keep the day it was translated")
    parser.add_argument("--docs", default="docs", type=Path, help="the docs folder (default: docs)")
    given = parser.parse_intermixed_args(arguments)
    docs = given.docs.resolve()
    bank = load(docs)
    if bank.faults:
        for fault in bank.faults:
            print(fault.text(docs.parent))
        print("Nothing is recorded while a file cannot be read.", file=sys.stderr)
        return 1
    if given.page is None:
        lines = [fault.text(docs.parent) for fault in (*check(bank), *warnings(bank))]
        print("\n".join(lines) if lines else f"Nothing is behind: {len(bank.pages['en'])} English pages render the present Swedish text.")
        return 0
    try:
        done = record(bank, given.page, given.sections, given.cosmetic, today or datetime.date.today())
    except ValueError as error:
        print(f"scripts/translated: {error}", file=sys.stderr)
        return 2
    print("\n".join(done) if done else f"{given.page}: nothing has changed since it was translated.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
