"""Places in a new page that are still to be written. scripts/new leaves them; no page may be published with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .bank import Bank
from .faults import Fault
from .models.base import LANGUAGES, Language
from .yamlsource import read_text

MARK: dict[Language, str] = {"sv": "SKRIV HÄR: ", "en": "WRITE HERE: "}
_MARK = re.compile("(?:" + "|".join(mark.strip() for mark in MARK.values()) + r") *(.*)")
_CODE = re.compile(r"`[^`]*`")


def warnings(bank: Bank) -> list[Fault]:
    """Return every place still to be written, in pages and in their steps, each with its line.

    They do not stop a build: whoever writes the page wants to look at it meanwhile. A test stops them from being published.
    """
    paths = [page.path for language in LANGUAGES for page in bank.pages[language].values()]
    paths += [bank.origin[f"steps/{page_id}.yml"].path for page_id in bank.routines]
    return sorted(fault for path in paths for fault in _of_text(path, read_text(path)))


def _of_text(path: Path, text: str) -> Iterator[Fault]:
    if not _MARK.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if match := _MARK.search(_CODE.sub(lambda code: " " * len(code[0]), line)):
            yield Fault(path, number, "still to be written", line[match.start(1) :].strip().strip('"') or "write it")
