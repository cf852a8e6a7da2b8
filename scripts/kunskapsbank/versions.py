"""Dated addresses, /r/<id>/<day>/: what a page said from that day. They hold for ever, for retired ids too."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from . import history, keeping
from .bank import Bank
from .history import Span
from .linking import address, dated_address, prefix
from .models.base import LANGUAGES, Language
from .models.ledger import Entry
from .pages import PageSource
from .permalinks import put

_ID = re.compile(r'\bid="([^"]+)"')


def write(
    bank: Bank, site: Path, environment: Environment, site_url: str, stylesheet: str, languages: tuple[Language, ...] = LANGUAGES
) -> int:
    """Write a page for each day on which a version of a numbered page began to hold; return how many.

    For the version in force it leads on to the page. For an older one it shows the text that was kept, marked as no longer
    in force, or says that none was. `site_url` ends with a slash; `stylesheet` is the theme's, from the site's root. Run when
    the pages are built.
    """

    @cache
    def anchors(place: str) -> set[str]:
        return set(_ID.findall((site / place / "index.html").read_text(encoding="utf-8")))

    written = 0
    for language in languages:
        for entry in bank.ledger.values():
            page = bank.pages[language].get(bank.current(entry.id))
            if page is None:
                continue
            for span in history.spans(bank, entry):
                here = dated_address(entry.id, span.start, language)
                values = _values(bank, entry, page, span, here, anchors)
                html = environment.get_template("version.html").render(
                    **values, site_url=site_url, stylesheet=stylesheet, languages=languages
                )
                put(site / here / "index.html", html)
                written += 1
    return written


def _values(bank: Bank, entry: Entry, page: PageSource, span: Span, here: str, anchors: Callable[[str], set[str]]) -> dict[str, Any]:
    language = page.language
    root = posixpath.relpath(".", here) + "/"
    log = bank.pages[language].get("X05")
    kept = keeping.file_of(bank, entry.id, span.start, language)
    shown = not span.holds and bank.edition.folder is None and kept.exists()  # what is kept is what the base said, not an edition
    text = keeping.settle(kept.read_text(encoding="utf-8"), bank, language, root, anchors) if shown else ""
    return {
        "lang": language,
        "s": lambda name: bank.strings[name][language],
        "word": lambda name, code: bank.strings[name][code],
        "id": entry.id,
        "title": page.meta.title if page.meta.id == entry.id else entry.title[language] if entry.title else "",
        "span": span,
        "retired": entry.state == "retired",
        "now": f"{page.meta.id} {page.meta.title}",
        "target": root + address(page),
        "since": [event for event in history.of_page(bank, entry.id) if event.version > span.version][::-1],
        "text": text,
        "home": root + prefix(language),
        "log": root + address(log) if log else None,
        "root": root,
        "other": lambda code: root + dated_address(entry.id, span.start, code),
        "place": here,
    }
