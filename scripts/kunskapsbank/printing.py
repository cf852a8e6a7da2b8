"""What a print-out carries so that it can be checked later: its permanent address with version, a QR code of it, the log."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import segno

from . import history
from .bank import Bank
from .history import Event
from .linking import UNNUMBERED, address, permanent_address
from .pages import PageSource


@dataclass(frozen=True)
class Log:
    """The changes under one id, as a reader with an old print-out needs them: material ones first, each kind newest first."""

    id: str
    version: int
    events: tuple[Event, ...]


def checked_address(page: PageSource, version: int) -> str:
    """Return the address a print-out shows, from the site's root: 'r/R08/?v=1'; a page without number has its own address."""
    place = address(page) if page.meta.id in UNNUMBERED else permanent_address(page.meta.id, page.language)
    return f"{place}?v={version}"


@cache  # a server that rebuilds asks for the same codes each time, and choosing a mask takes long
def qr_svg(text: str) -> str:
    """Return the QR code of `text` as an inline SVG element without size: the style sheet for print gives it one.

    Error correction is at least M (15 per cent), so that a fold or a stain does not make the code unreadable.
    """
    # One mask for all: any reader takes any of the eight, and trying each took a tenth of the whole build.
    return segno.make(text, error="m", micro=False, mask=3).svg_inline(border=4, omitsize=True, lineclass=None, svgclass=None)


def logs(bank: Bank, page: PageSource) -> list[Log]:
    """Return the log of the page's id, then of each retired id whose printed address leads here today."""
    page_id = page.meta.id
    retired = [entry.id for entry in bank.ledger.values() if entry.state == "retired" and bank.current(entry.id) == page_id]
    return [_log(bank, one) for one in (page_id, *retired)]


def _log(bank: Bank, page_id: str) -> Log:
    events = history.of_page(bank, page_id)
    version = max((event.version for event in events), default=0)
    newest_first = events[::-1]
    return Log(page_id, version, tuple(sorted(newest_first, key=lambda event: not event.material)))
