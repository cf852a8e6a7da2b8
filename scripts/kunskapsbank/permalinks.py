"""Permanent links: /r/<id>/ leads to the page for ever, by script, without script and from a file."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment

from .bank import Bank
from .linking import UNNUMBERED, address, permanent_address, prefix
from .models.base import LANGUAGES, Language
from .models.ledger import Entry
from .pages import PageSource

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
            page = bank.pages[language].get(bank.current(entry.id))
            if page is None or entry.id in UNNUMBERED:
                continue
            for here in places(entry, language):
                put(site / here / "index.html", _page(entry, page, site, environment, here, bank))
                written += 1
        put(site / prefix(language) / "r" / "ids.json", _listing(bank, language))
        written += 1
    return written


def places(entry: Entry, language: Language) -> list[str]:
    """Every address that must lead to the page: the id in either case, and addresses it had before."""
    former = [*entry.former, *([entry.path] if entry.state == "retired" else [])]
    return [*(permanent_address(name, language) for name in (entry.id, entry.id.lower())), *(prefix(language) + place for place in former)]


def _page(entry: Entry, page: PageSource, site: Path, environment: Environment, here: str, bank: Bank) -> str:
    target = posixpath.relpath(address(page) or ".", here) + "/"
    html = (site / address(page) / "index.html").read_text(encoding="utf-8")
    match = _ARTICLE.search(html)
    source, changes = bank.source_page(page.meta.id), bank.pages[page.language].get("X05")
    return environment.get_template("permalink.html").render(
        id=entry.id,
        page=page,
        version=source.source_meta.version if source else None,
        changes=changes and (posixpath.relpath(address(changes), here) + "/", changes.meta.title),
        target=target,
        article=_rebase(match[1] if match else "", address(page), here),
        root=posixpath.relpath(".", here) + "/",
        s=lambda key: bank.strings[key][page.language],
    )


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
        if (page := bank.pages[language].get(bank.current(entry.id))) and entry.state != "planned" and entry.id not in UNNUMBERED
    ]
    return json.dumps({"language": language, "pages": rows}, ensure_ascii=False, indent=1) + "\n"


def put(path: Path, text: str) -> None:
    """Write a page of the site, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
