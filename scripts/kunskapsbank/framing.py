"""What the page template is given beside the page's own text: status, neighbours, navigation, the other language."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

from . import feeds, history, printing
from .bank import Bank
from .linking import UNNUMBERED, address, dated_address, permanent_address, prefix
from .models.base import LANGUAGES, Language
from .models.statutes import Act
from .pages import PageSource
from .pdf.documents import place
from .pdf.forms import fillable
from .reviewing import next_review


@dataclass(frozen=True)
class NavItem:
    """One link of the navigation; `children` only for the section the reader is in."""

    id: str
    title: str
    address: str
    current: bool
    children: tuple[NavItem, ...] = ()


def frame(bank: Bank, page: PageSource) -> dict[str, Any]:
    """Return everything overrides/main.html needs to know about `page`."""
    language = page.language
    source = bank.source_page(page.meta.id)
    meta = source.source_meta if source else None
    other: Language = "en" if language == "sv" else "sv"
    twin = bank.pages[other].get(page.meta.id)
    return {
        "lang": language,
        "s": lambda name: bank.strings[name][language],
        "t": lambda text: text[language] if text else "",
        "id": page.meta.id,
        "shows_id": page.meta.id not in UNNUMBERED,
        "title": page.meta.title,
        "description": page.meta.description,
        "meta": meta,
        "next_review": next_review(meta.reviewed_on, meta.review_every) if meta else None,
        "permanent": permanent_address(page.meta.id, language),
        "warnings": _warnings(bank, page),
        "nav": _navigation(bank, page),
        "trail": _trail(bank, page),
        "related": _related(bank, page),
        "other": {"lang": other, "address": address(twin)} if twin else None,
        "languages": [(code, address(bank.pages[code][page.meta.id])) for code in LANGUAGES if page.meta.id in bank.pages[code]],
        "checked": printing.checked_address(page, meta.version) if meta else None,
        "qr": printing.qr_svg,
        "history": history.of_page(bank, page.meta.id)[::-1],
        "since": max((span.start for span in history.spans(bank, bank.ledger[page.meta.id])), default=None),
        "dated": lambda day: dated_address(page.meta.id, day, language),
        "feed": feeds.place(language),
        "logs": printing.logs(bank, page),
        "lists": any(block.name in ("steps", "form") for block in page.blocks),
        "pdf": place(bank, page.meta.id, language),
        "fillable": page.meta.id in fillable(bank),
        "home": prefix(language),
        "tells_now": _tells_who_answers(bank, page),
        "to": lambda page_id: _target(bank, page_id, language),
    }


def _tells_who_answers(bank: Bank, page: PageSource) -> bool:
    """True when a contact with opening hours as data stands on the page: only then its scripts are loaded."""
    named = {argument for block in page.blocks if block.name in ("contacts", "phones") for argument in block.arguments}
    lists = any(block.name in ("acute-contacts", "contact-register") for block in page.blocks)
    return any(contact.open and (lists or contact.id in named) for contact in bank.contacts.values())


def _target(bank: Bank, page_id: str, language: Language) -> str | None:
    page = bank.pages[language].get(page_id)
    return address(page) if page else None


def _warnings(bank: Bank, page: PageSource) -> list[Act]:
    acts = bank.laws_of(page)
    return [act for act in bank.acts.values() if act.warning and act.id in acts]


def _item(bank: Bank, page: PageSource, current: PageSource, children: tuple[NavItem, ...] = ()) -> NavItem:
    return NavItem(page.meta.id, page.meta.title, address(page), page is current, children)


def _navigation(bank: Bank, current: PageSource) -> list[NavItem]:
    """One item for each first-level section, in the order of the ledger, with the pages of the current one."""
    pages = bank.pages[current.language]
    items = []
    for entry in bank.ledger.values():
        page = pages.get(entry.id)
        if page is None or entry.path.count("/") != 1 or entry.id in UNNUMBERED:
            continue
        inside = current.address.startswith(page.address)
        children = tuple(
            _item(bank, pages[e.id], current)
            for e in bank.ledger.values()
            if inside and e.id in pages and e.path.startswith(entry.path) and e.path != entry.path
        )
        items.append(_item(bank, page, current, children))
    return items


def _trail(bank: Bank, current: PageSource) -> list[NavItem]:
    """The pages above the current one, the start page first."""
    pages = {page.address: page for page in bank.pages[current.language].values()}
    above, found = posixpath.dirname(current.address.rstrip("/")), []
    while above:
        if page := pages.get(above + "/"):
            found.append(_item(bank, page, current))
        above = posixpath.dirname(above)
    return found[::-1]


def _related(bank: Bank, current: PageSource) -> list[tuple[str, list[tuple[str, str, str | None]]]]:
    """Before, after, forms, training: (name of the string, [(id, title, address or None when not written)])."""
    source = bank.source_page(current.meta.id)
    if source is None:
        return []
    meta = source.source_meta
    groups = (("before", meta.before), ("after", meta.after), ("forms", meta.forms), ("training", meta.training))
    return [
        (name, [(i, bank.title(i, current.language), _target(bank, i, current.language)) for i in map(bank.current, ids)])
        for name, ids in groups
        if ids
    ]
