"""Permanent links: /r/<id>/ leads to the page for ever, by script, without script and from a file."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment

from .bank import Bank
from .framing import address
from .linking import permanent_address
from .models.base import LANGUAGES, Language
from .models.ledger import Entry
from .pages import PageSource

# The start page and the search have a fixed address and need no permanent one.
UNLINKED = ("START", "SOK")

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.S)
_LOCAL = re.compile(r'\b(href|src)="(?![a-z][a-z0-9+.-]*:|//|#)([^"]*)"')


def write(bank: Bank, site: Path, environment: Environment, languages: tuple[Language, ...] = LANGUAGES) -> int:
    """Write a small page for every published or retired id, in capitals and in small letters, and r/ids.json.

    With script the page goes on to the routine at once, query and anchor kept. Without script it shows the routine's
    own text, so that the anchor holds there too. Returns the number of files written.
    """
    written = 0
    for language in languages:
        for entry in bank.ledger.values():
            page = _target(bank, entry, language)
            if page is None or entry.id in UNLINKED:
                continue
            for name in {entry.id, entry.id.lower()}:
                here = permanent_address(name, language)
                target = posixpath.relpath(address(page) or ".", here) + "/"
                html = (site / address(page) / "index.html").read_text(encoding="utf-8")
                match = _ARTICLE.search(html)
                article = _rebase(match[1] if match else "", address(page), here)
                text = environment.get_template("permalink.html").render(
                    page=page,
                    target=target,
                    article=article,
                    root=posixpath.relpath(".", here) + "/",
                    s=lambda key, code=language: bank.strings[key][code],
                )
                _put(site / here / "index.html", text)
                written += 1
        _put(site / ("" if language == "sv" else "en") / "r" / "ids.json", _listing(bank, language))
        written += 1
    return written


def _target(bank: Bank, entry: Entry, language: Language) -> PageSource | None:
    seen: set[str] = set()
    while entry.state == "retired" and entry.successor and entry.id not in seen:
        seen.add(entry.id)
        entry = bank.ledger[entry.successor]
    return bank.pages[language].get(entry.id)


def _rebase(html: str, old: str, new: str) -> str:
    """Rewrite the relative links of `html` written for the address `old` so that they hold at `new`."""

    def move(match: re.Match[str]) -> str:
        absolute = urljoin("/" + old, match[2])
        path, hash_mark, fragment = absolute.partition("#")
        relative = posixpath.relpath(path, "/" + new) + ("/" if path.endswith("/") else "")
        return f'{match[1]}="{relative}{hash_mark}{fragment}"'

    return _LOCAL.sub(move, html)


def _listing(bank: Bank, language: Language) -> str:
    rows = [
        {
            "id": entry.id,
            "state": entry.state,
            "title": bank.title(entry.id, language),
            "permanent": permanent_address(entry.id, language),
            "address": address(page),
        }
        for entry in bank.ledger.values()
        if (page := _target(bank, entry, language)) and entry.state != "planned" and entry.id not in UNLINKED
    ]
    return json.dumps({"language": language, "pages": rows}, ensure_ascii=False, indent=1) + "\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
