"""What the search is given: every page with its reader's words, its sections and the stems of its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from . import lawkeys
from .bank import Bank
from .linking import address
from .models.base import Language
from .pages import PageSource
from .searchwords import NUMBER, STEMMERS, STOP, Stems, compounds, fold, stop_words, words

# Facts shown on many pages are found on their own page; repeated everywhere they would drown the routine.
_SHARED = {"kb-statutes", "kb-sources", "kb-deadlines", "kb-contacts", "kb-review-list", "kb-changes-by-page"}
_REMARKS = {"kb-definition", "kb-changed"}  # said about the text, not part of it
_SILENT = {"script", "style", "svg", "button", "nav", "select", "template", "dialog", "noscript"}
_LIBRARIES = (
    ("minisearch/dist/umd/SearchableMap.js", "SearchableMap"),
    (STEMMERS["sv"], "stemmerSv"),
    (STEMMERS["en"], "stemmerEn"),
)
_STEMS: dict[Language, Stems] = {}  # kept between the builds of a server that rebuilds on each change
_VOID = {"br", "hr", "img", "input", "wbr", "col"}


@dataclass
class Section:
    """A part of a page that a hit can lead to. `anchor` is empty for what stands before the first heading."""

    anchor: str
    heading: str = ""
    text: list[str] = field(default_factory=list)


@dataclass
class Document:
    """One page as the search sees it."""

    page: PageSource
    sections: list[Section]


class _Reader(HTMLParser):
    """Cuts a page's HTML into sections at headings, contacts and terms; leaves out what is said elsewhere."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [Section("")]
        self._open: list[bool] = []  # for each open element: does it begin something silent?
        self._heading = 0  # depth of the open heading, 0 outside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        self._open.append(tag in _SILENT or bool(classes & (_SHARED | _REMARKS)) or "popover" in given)
        anchor = given.get("id") or ""
        if anchor and not any(self._open):
            if tag in ("h2", "h3") and not (self.sections[-1].anchor and anchor == f"{self.sections[-1].anchor}-namn"):
                self.sections.append(Section(anchor))
                self._heading = len(self._open)
            elif tag in ("h2", "h3"):
                self._heading = len(self._open)
            elif "kb-contact" in classes or "kb-term" in classes:
                self.sections.append(Section(anchor))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._open:
            return
        if self._heading == len(self._open):
            self._heading = 0
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if any(self._open) or not data.strip():
            return
        section = self.sections[-1]
        if self._heading:
            section.heading = f"{section.heading} {data.strip()}".strip()
        else:
            section.text.append(data)


def read(page: PageSource, html: str) -> Document:
    """Cut the rendered `html` of a page into its sections."""
    reader = _Reader()
    reader.feed(html)
    return Document(page, [section for section in reader.sections if section.heading or section.text])


def index(bank: Bank, documents: Iterable[Document], stems: Stems) -> dict[str, Any]:
    """Return everything the browser needs to search one language, worked out as far as it can be before anything is typed.

    terms: the stems of the language, sorted, one blank between them; other lists name them by position.
    pages: id, address, title, description, synonyms, sections [anchor, heading], and stems: the terms of the title, of the
        description, of each synonym and of each heading, in that order.
    text: for each term the sections it stands in, counted through all pages, each as the distance from the one before.
    """
    language = stems.language
    order = {page_id: position for position, page_id in enumerate(bank.ledger)}
    found = sorted(documents, key=lambda item: order[item.page.meta.id])
    named = [_texts(document) for document in found]
    written = [words(" ".join(section.text)) for document in found for section in document.sections]
    vocabulary = {word for texts in named for text in texts for word in words(text)}.union(*written)
    stems.learn(vocabulary)
    phrases = [[list(dict.fromkeys(stems.phrase(text))) for text in texts] for texts in named]
    places: dict[str, list[int]] = {}
    for number, text in enumerate(written):
        for word in {stems.of(word) for word in text if word not in stop_words(language)}:
            places.setdefault(word, []).append(number)
    terms = sorted({word for page in phrases for phrase in page for word in phrase} | places.keys())
    at = {term: position for position, term in enumerate(terms)}
    return {
        "language": language,
        "stop": STOP[language],
        "number": NUMBER[language],
        "terms": " ".join(terms),
        "pages": [_page(document, lists, at) for document, lists in zip(found, phrases, strict=True)],
        "text": [_distances(places.get(term, [])) for term in terms],
        "compounds": {
            at[word]: [at[part] for part in parts]
            for word, parts in compounds(vocabulary, stems).items()
            if word in at and all(part in at for part in parts)
        },
        "words": _related_words(bank),
        **_law(bank, language),
    }


def _texts(document: Document) -> list[str]:
    """Return the phrases a page is called by, in the order the index keeps them."""
    meta = document.page.meta
    return [meta.title, meta.description, *meta.synonyms, *(section.heading for section in document.sections)]


def _page(document: Document, phrases: list[list[str]], at: dict[str, int]) -> dict[str, Any]:
    meta = document.page.meta
    return {
        "id": meta.id,
        "address": address(document.page),
        "title": meta.title,
        "description": meta.description,
        "synonyms": list(meta.synonyms),
        "sections": [[section.anchor, section.heading] for section in document.sections],
        "stems": [[at[word] for word in phrase] for phrase in phrases],
    }


def _distances(numbers: list[int]) -> list[int]:
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


def _related_words(bank: Bank) -> list[list[str]]:
    """Return the groups of words that readers use for one thing, from the glossary."""
    groups = []
    for term in bank.terms.values():
        # both languages: staff mix them, and a word of the other language finds nothing else
        group = [re.sub(r"\s*\(.*?\)", "", text) for text in (term.term.sv, term.term.en)] + list(term.search_words)
        groups.append(sorted({fold(word) for word in group if word}))
    return groups


def _law(bank: Bank, language: Language) -> dict[str, Any]:
    """Return the acts' names and, for each section, the law page's place for it and the pages that rest on it."""
    acts: dict[str, tuple[str, list[str]]] = {}
    sections: dict[str, list[str]] = {}
    for act in bank.acts.values():
        page = bank.law_page(act.id)
        if page is None or page not in bank.pages[language] or act.status == "practice":
            continue
        acts[act.id] = (page, lawkeys.names(act))
        for provision in act.provisions:
            for key in lawkeys.keys(act, provision):
                places = sections.setdefault(key, [])
                places += [place for place in (f"{page}#{provision.id}", *bank.users_of(provision.id)) if place not in places]
    return {"acts": acts, "law": sections}


def script(data: dict[str, Any]) -> str:
    """Return the index as a script: a script tag is the only thing a page may load when it is opened from a folder."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"window.kunskapsbankenIndex={text};\n"


def write(bank: Bank, site: Path, documents: Mapping[Language, Iterable[Document]], node_modules: Path) -> None:
    """Write each language's index and the search engine into `site`/assets/search."""
    folder = site / "assets" / "search"
    folder.mkdir(parents=True, exist_ok=True)
    for language, found in documents.items():
        stems = _STEMS.setdefault(language, Stems(language, node_modules))
        (folder / f"{language}.js").write_text(script(index(bank, found, stems)), encoding="utf-8")
    (folder / "engine.js").write_text(engine(node_modules), encoding="utf-8")


def engine(node_modules: Path) -> str:
    """Return one script with the installed search engine and stemmers. Raises FileNotFoundError with what to do."""
    parts = []
    for name, global_name in _LIBRARIES:
        path = node_modules / name
        if not path.is_file():
            raise FileNotFoundError(f"{path} is missing: run scripts/serve or scripts/build, which install it")
        # The files are CommonJS modules; the browser has none, so each is given its own `module` and `exports`.
        parts.append(
            f"(function(){{var exports={{}},module={{exports:exports}};\n{path.read_text(encoding='utf-8')}\n"
            f"window.{global_name}=module.exports;}})();\n"
        )
    return re.sub(r"^//# sourceMappingURL=.*$", "", "".join(parts), flags=re.M)
