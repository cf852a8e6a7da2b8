"""How pages offer the PDFs: as words while there are none, as links with size and date once they are made."""

from __future__ import annotations

import datetime
import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..bank import Bank
from ..models.base import Language

# The page says <span class="kb-pdf" data-pdf="pdf/R08-sv.pdf" data-label="...">...</span>; MkDocs knows of no link.
_PLACE = re.compile(r'<span class="kb-pdf"([^>]*)>[^<]*</span>')
_ATTRIBUTE = re.compile(r'(data-\w+)="([^"]*)"')


@dataclass(frozen=True)
class Made:
    """A PDF that was made: its size in bytes and the day its pages last changed."""

    size: int
    edition: datetime.date


def offer(bank: Bank, site: Path, made: Mapping[str, Made]) -> int:
    """Turn every place for a PDF into a link; return how many. Raises ValueError for a PDF that was not made."""
    count = 0
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if 'class="kb-pdf"' not in text:
            continue
        place = path.relative_to(site).parent.as_posix()
        language: Language = "en" if place.split("/")[0] == "en" else "sv"
        for found in list(_PLACE.finditer(text)):
            text = text.replace(found[0], _link(bank, made, found[1], place, language))
            count += 1
        path.write_text(text, encoding="utf-8")
    return count


def _link(bank: Bank, made: Mapping[str, Made], attributes: str, place: str, language: Language) -> str:
    values = dict(_ATTRIBUTE.findall(attributes))
    address = values["data-pdf"]
    if address not in made:
        raise ValueError(f"{place}: the page offers {address}, which was not made")
    pdf = made[address]
    label = values["data-label"]
    if "data-details" in values:
        label += f" (PDF, {size(pdf.size, language)}, {bank.strings['version'][language]} {pdf.edition})"
    return f'<a class="kb-pdf" href="{html.escape(posixpath.relpath(address, place))}">{label}</a>'


def size(number: int, language: Language) -> str:
    """Return a number of bytes as a reader says it: '2,7 MB', '95 kB'."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    written = f"{number / 1_000_000:.1f} MB"
    return written.replace(".", ",") if language == "sv" else written
