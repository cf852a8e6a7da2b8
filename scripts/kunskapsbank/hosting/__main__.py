"""Make a site that is built ready for a web server: python -m kunskapsbank.hosting SITE. Run before the offline package."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from pathlib import Path

from ..bank import load
from ..editions import chosen
from ..faults import no_traceback
from . import bom, headers, stamping, tables

ROOT = Path(__file__).resolve().parents[3]


def main(site: Path) -> None:
    """Give references their digests, write _headers, _nginx/ and the bill of materials; the moment is SOURCE_DATE_EPOCH (seconds)."""
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.UTC)
    stamped = stamping.stamp(site)
    (site / "_headers").write_text(headers.netlify(), encoding="utf-8")
    nginx = site / "_nginx"
    nginx.mkdir(exist_ok=True)
    (nginx / "headers.conf").write_text(headers.nginx(), encoding="utf-8")
    (nginx / "tables.conf").write_text(tables.tables(load(ROOT / "docs", chosen()), stamped), encoding="utf-8")
    shutil.copyfile(ROOT / "scripts" / "nginx" / "site.conf", nginx / "site.conf")
    (site / bom.NAME).write_text(bom.text(ROOT, moment), encoding="utf-8")
    print(f"{len(stamped)} scripts, styles and pictures have their digest in their address.", file=sys.stderr)


if __name__ == "__main__":
    with no_traceback():
        main(Path(sys.argv[1]))
