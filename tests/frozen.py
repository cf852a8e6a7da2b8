"""The real docs as if everything had been reviewed on one day: tests of what comes due must not break when somebody reviews."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

DAY = "2026-11-23"


def copy(docs: Path, target: Path) -> Path:
    """Copy `docs` to `target` with every review and check on DAY and nothing postponed; return `target`."""
    shutil.copytree(docs, target)
    freeze(target)
    return target


def freeze(docs: Path) -> None:
    """The same to a copy that is made already."""
    for path in [*(docs / "_data").rglob("*.yml"), *docs.glob("sv/**/*.md")]:
        text = path.read_text(encoding="utf-8")
        data, mark, rest = text.partition("\n---\n") if path.suffix == ".md" else (text, "", "")
        changed = re.sub(r"(?m)^( *(?:checked_on|reviewed_on|valid_from): ).*$", rf"\g<1>{DAY}", data)
        changed = re.sub(r"(?m)^( *)postponed:\n(?:\1  .*\n|\1- .*\n)+", "", changed)
        if changed != data:
            path.write_text(changed + mark + rest, encoding="utf-8")
