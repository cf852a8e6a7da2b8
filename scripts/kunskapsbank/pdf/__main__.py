"""Make every PDF for a site that is built, then let its pages link to them: python -m kunskapsbank.pdf SITE."""

from __future__ import annotations

import datetime
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from pathlib import Path

from ..bank import Bank, load
from ..editions import chosen
from ..faults import no_traceback
from .documents import Document, documents, edition, html
from .making import pdf
from .offering import Made, offer, size

ROOT = Path(__file__).resolve().parents[3]


@cache
def _bank() -> Bank:
    """Loaded once in each process."""
    return load(ROOT / "docs", chosen())


def made_on() -> datetime.date:
    """Return the day to write in the PDFs: SOURCE_DATE_EPOCH (seconds), so that two builds of a commit are the same."""
    return datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.UTC).date()


def make(site: Path, document: Document) -> int:
    """Make one PDF in `site`; return its size in bytes."""
    text = html(_bank(), site, ROOT / "overrides" / "pdf", document, made_on())
    made = pdf(text, ROOT / "overrides" / "pdf" / "document.css")
    target = site / document.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made)
    return len(made)


def main(site: Path) -> None:
    """Make all PDFs with a process for each core, the longest first, and say how it goes."""
    started = time.monotonic()
    wanted = documents(_bank())
    sizes: dict[str, int] = {}
    with ProcessPoolExecutor() as pool:
        running = {pool.submit(make, site, document): document for document in wanted}
        for number, done in enumerate(as_completed(running), 1):
            document = running[done]
            try:
                sizes[document.path] = done.result()
            except Exception as error:  # one line a person understands, whatever the library stumbled over
                pool.shutdown(wait=False, cancel_futures=True)
                sys.exit(f"{document.path} could not be made: {type(error).__name__}: {error}")
            print(f"PDF {number}/{len(wanted)}: {document.path}, {size(sizes[document.path], 'en')}", file=sys.stderr, flush=True)
    links = offer(_bank(), site, {d.path: Made(sizes[d.path], edition(_bank(), d)) for d in wanted})
    print(f"{len(wanted)} PDFs and {links} links to them in {time.monotonic() - started:.0f} seconds.", file=sys.stderr)


if __name__ == "__main__":
    with no_traceback():
        main(Path(sys.argv[1]))
