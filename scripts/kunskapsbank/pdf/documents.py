"""Which PDFs there are, what each holds, and the whole document as HTML before it is laid out."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .. import history
from ..bank import Bank
from ..linking import permanent_address, prefix
from ..models.base import LANGUAGES, Language
from .chapters import Links, chapter, settle_links, site_root
from .forms import fillable, sections

MANUAL: dict[Language, str] = {"sv": "pdf/handlaggningsmanual-sv.pdf", "en": "pdf/handling-manual-en.pdf"}
# The parts of the manual: the page that opens each, the name of the string before its title, the first letter of its other pages.
PARTS = (
    ("A01", "", ""),
    ("R00", "", "R"),
    ("T00", "", "T"),
    ("M00", "", ""),
    ("J00", "appendix", "J"),
    ("K00", "appendix", "K"),
    ("O00", "appendix", ""),
)
SENT = ("A01", "R", "T")  # pages that also are a PDF each, for sending along


@dataclass(frozen=True)
class Part:
    """A part of the manual: the pages in order, the opening one first; `label` stands before its title."""

    label: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """One PDF: its place from the site's root, its language and, unless it is the whole manual, its page."""

    path: str
    language: Language
    page_id: str | None = None


def parts(bank: Bank, language: Language) -> list[Part]:
    """Return the parts of the manual with every page there is, in the order of the ledger."""
    found, letter = [], "A"
    for opening, label, initial in PARTS:
        others = [i for i in bank.ledger if initial and i[0] == initial and i != opening]
        pages = tuple(i for i in (opening, *others) if i in bank.pages[language])
        name = f"{bank.strings[label][language]} {letter}" if label else ""
        letter = chr(ord(letter) + 1) if label else letter
        if pages:
            found.append(Part(name, pages))
    return found


def place(bank: Bank, page_id: str, language: Language) -> str | None:
    """Return where a page's own PDF stands from the site's root, or None for a page that has none."""
    has = page_id.startswith(SENT) or page_id in fillable(bank)
    return f"{prefix(language)}pdf/{page_id}-{language}.pdf" if has else None


def documents(bank: Bank, languages: tuple[Language, ...] = LANGUAGES) -> list[Document]:
    """Return every PDF to make, the largest first."""
    found = [Document(MANUAL[language], language) for language in languages]
    for language in languages:
        for page_id in bank.pages[language]:
            if path := place(bank, page_id, language):
                found.append(Document(path, language, page_id))
    return found


def edition(bank: Bank, document: Document) -> datetime.date:
    """Return the day the document's pages last changed, by the log of changes."""
    ids = [document.page_id] if document.page_id else [i for part in parts(bank, document.language) for i in part.pages]
    return max(event.date for page_id in ids for event in history.of_page(bank, page_id))


def html(bank: Bank, site: Path, templates: Path, document: Document, made_on: datetime.date) -> str:
    """Return the document as one HTML file, made from the pages in `site` with the templates in `templates`."""
    language, page_id = document.language, document.page_id
    root = site_root(site)
    environment = Environment(
        loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    values: dict[str, Any] = {
        "lang": language,
        "s": lambda name: bank.strings[name][language],
        "title": lambda name: bank.title(name, language),
        "meta": lambda name: bank.pages["sv"][name].source_meta,
        "page_id": page_id,
        "permanent": root + permanent_address(page_id or "R00", language),
        "edition": edition(bank, document),
        "made_on": made_on,
    }
    if page_id in fillable(bank):
        swedish = (root + permanent_address(page_id, "sv"), bank.title(page_id, "sv"))
        return environment.get_template("form.html").render(**values, sections=sections(bank, page_id, language), swedish=swedish)
    held = [Part("", (page_id,))] if page_id else parts(bank, language)
    links = Links(bank, root, language, frozenset(i for part in held for i in part.pages))
    chapters = {i: chapter(site, i, links) for part in held for i in part.pages}
    settle_links(list(chapters.values()))

    def body(name: str) -> Markup:
        return Markup("".join(tostring(child, encoding="unicode", method="html") for child in chapters[name]))

    approved = sum(bool(bank.pages["sv"][page_id].source_meta.approved_by) for page_id in chapters if page_id in bank.pages["sv"])
    values |= {"approved": approved, "chapters": len(chapters)}
    return environment.get_template("document.html").render(**values, parts=held, body=body)


def identifier(text: str) -> bytes:
    """Return the fixed identifier of a PDF made from `text`: the same text, the same identifier."""
    return hashlib.sha256(text.encode()).hexdigest()[:32].encode()
