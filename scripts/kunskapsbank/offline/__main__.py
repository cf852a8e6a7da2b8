"""Pack a site that is built, let its pages offer the package, and renew sw.js: python -m kunskapsbank.offline SITE."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path

from ..bank import load
from ..editions import chosen
from ..faults import no_traceback
from ..pdf.offering import size
from . import package, worker

ROOT = Path(__file__).resolve().parents[3]


def main(site: Path) -> None:
    """Pack, offer, renew; the moment is SOURCE_DATE_EPOCH (seconds), so that two builds of a commit are the same."""
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.UTC)
    bank = load(ROOT / "docs", chosen())
    number = package.pack(bank, site, moment)
    links = package.offer(bank, site, number, moment.date())
    worker.write(bank, site)
    print(f"{package.NAME}: {size(number, 'en')}, offered on {links} pages.", file=sys.stderr)


if __name__ == "__main__":
    with no_traceback():
        main(Path(sys.argv[1]))
