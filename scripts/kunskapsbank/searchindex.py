"""What the search is given: every page with its reader's words, its sections and the stems of its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import unescape
from pathlib import Path
from typing import Any

from . import lawkeys
from .bank import Bank
from .linking import address
from .memory import digest, kept
from .models.base import Language
from .pages import PageSource
from .searchwords import NUMBER, STEMMERS, STOP, Stems, compounds, fold, stop_words, words
from .watching import kept_of

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
# text, or a comment, or a tag: (text, "/" of an end, name, attributes)
_TOKEN = re.compile(r"""([^<]+)|<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*)>""", re.S)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:="([^"]*)")?""")
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


@lru_cache(20_000)
def _meaning(tag: str, attributes: str) -> tuple[bool, str, bool]:
    """Return whether a tag begins something silent, its id, and whether it is an entry of a register. Pages repeat the same tags."""
    given = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
    classes = set(given.get("class", "").split())
    silent = tag in _SILENT or bool(classes & (_SHARED | _REMARKS)) or "popover" in given
    return silent, unescape(given.get("id", "")), bool(classes & {"kb-contact", "kb-term"})


class _Reader:
    """Cuts a page's HTML into sections at headings, contacts and terms; leaves out what is said elsewhere.

    It reads what Markdown writes: every element closed or void, every value of an attribute quoted and its < and > written out.
    The library's reader for any HTML took a tenth of the whole build.
    """

    def __init__(self) -> None:
        self.sections = [Section("")]
        self._open: list[bool] = []  # for each open element: does it stand in something silent?
        self._heading = 0  # depth of the open heading, 0 outside

    def feed(self, html: str) -> None:
        """Read the whole of `html`."""
        for text, end, tag, attributes in _TOKEN.findall(html):
            if text:
                if not text.isspace() and not (self._open and self._open[-1]):
                    self._data(unescape(text))
            elif not tag or tag in _VOID:
                continue
            elif end:
                self._end()
            else:
                self._start(tag, attributes)

    def _start(self, tag: str, attributes: str) -> None:
        silent, anchor, entry = _meaning(tag, attributes)
        silent = silent or bool(self._open and self._open[-1])
        self._open.append(silent)
        if anchor and not silent:
            if tag in ("h2", "h3") and not (self.sections[-1].anchor and anchor == f"{self.sections[-1].anchor}-namn"):
                self.sections.append(Section(anchor))
                self._heading = len(self._open)
            elif tag in ("h2", "h3"):
                self._heading = len(self._open)
            elif entry:
                self.sections.append(Section(anchor))

    def _end(self) -> None:
        if not self._open:
            return
        if self._heading == len(self._open):
            self._heading = 0
        self._open.pop()

    def _data(self, data: str) -> None:
        if not data.strip():
            return
        section = self.sections[-1]
        if self._heading:
            section.heading = f"{section.heading} {data.strip()}".strip()
        else:
            section.text.append(data)


def read(page: PageSource, html: str) -> Document:
    """Cut the rendered `html` of a page into its sections."""
    return Document(page, kept(("sections", page.language, page.relative), html, lambda: _sections(html)))


def _sections(html: str) -> list[Section]:
    reader = _Reader()
    reader.feed(html)
    return [section for section in reader.sections if section.heading or section.text]


def index(bank: Bank, documents: Iterable[Document], stems: Stems) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to search one language: what pages are called, and what their text says.

    The first part is enough for a query of words that stand among the names, so it is fetched first (docs/decisions/0007):

    pages: id, address, title, description, synonyms, sections [anchor, heading]. These are the phrases a page is called by.
    stems: for each telling word of the phrases, in the order they first stand there, how many letters its stem leaves off and
        what it puts instead; the browser puts the terms together from that, and sorts them.
    compounds: for terms of names, by number among those: the numbers of its parts.

    The second part:

    further: the other terms, sorted, one blank between them; they are numbered on from the terms of names.
    text: for each term the sections it stands in, counted through all pages, each as the distance from the one before.
    compounds: those that are not in the first part.
    """
    language = stems.language
    order = {page_id: position for position, page_id in enumerate(bank.ledger)}
    found = sorted(documents, key=lambda item: order[item.page.meta.id])
    named = [words(text) for document in found for text in _texts(document)]
    written = [words(" ".join(section.text)) for document in found for section in document.sections]
    parts = compounds(set().union(*named, *written), stems)
    telling = dict.fromkeys(word for phrase in named for word in stems.telling(phrase))
    names = sorted({stems.of(word) for word in telling})
    places: dict[str, list[int]] = {}
    silent = stop_words(language)
    for number, text in enumerate(written):
        for word in {stems.of(word) for word in set(text) - silent}:
            places.setdefault(word, []).append(number)
    further = sorted(places.keys() - set(names))
    at = {term: position for position, term in enumerate([*names, *further])}
    split = {at[word]: [at[half] for half in halves] for word, halves in parts.items() if {word, *halves} <= at.keys()}
    by_name = {term: halves for term, halves in split.items() if max(term, *halves) < len(names)}
    called = {
        "language": language,
        "stop": STOP[language],
        "number": NUMBER[language],
        "pages": [_page(document) for document in found],
        "stems": " ".join(_cut(word, stems.of(word)) for word in telling),
        "compounds": by_name,
        "words": _related_words(bank),
        **_law(bank, language),
    }
    said = {
        "further": " ".join(further),
        "text": [_distances(places.get(term, [])) for term in at],
        "compounds": {term: halves for term, halves in split.items() if term not in by_name},
    }
    return called, said


def _cut(word: str, stem: str) -> str:
    """Return how `stem` is made from `word`: the number of letters left off, if any, and the letters put instead."""
    kept = next((place for place, (one, other) in enumerate(zip(word, stem, strict=False)) if one != other), min(len(word), len(stem)))
    return (str(len(word) - kept) if kept < len(word) else "") + stem[kept:]


def _texts(document: Document) -> list[str]:
    """Return the phrases a page is called by, in the order the index keeps them."""
    meta = document.page.meta
    return [meta.title, meta.description, *meta.synonyms, *(section.heading for section in document.sections)]


def _page(document: Document) -> dict[str, Any]:
    meta = document.page.meta
    return {
        "id": meta.id,
        "address": address(document.page),
        "title": meta.title,
        "description": meta.description,
        "synonyms": list(meta.synonyms),
        "sections": [[section.anchor, section.heading] for section in document.sections],
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


def script(name: str, data: dict[str, Any]) -> str:
    """Return `data` as a script: a script tag is the only thing a page may load when it is opened from a folder.

    It stands there as text for JSON.parse, which reads it in half the time that the same takes as a program.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("\\", r"\\").replace("'", r"\'")
    return f"window.{name}=JSON.parse('{text}');\n"


def _scripts(documents: Iterable[Document], stems: Stems, bank: Bank) -> tuple[str, str]:
    called, said = index(bank, documents, stems)
    return script("kunskapsbankenNames", called), script("kunskapsbankenText", said)


def write(bank: Bank, site: Path, documents: Mapping[Language, list[Document]], node_modules: Path) -> None:
    """Write each language's index, in two parts, and the search engine into `site`/assets/search."""
    folder = site / "assets" / "search"
    folder.mkdir(parents=True, exist_ok=True)
    for language, found in documents.items():
        stems = _STEMS.setdefault(language, Stems(language, node_modules))
        made_from = digest(*(repr((document.page.relative, document.page.meta, document.sections)) for document in found))
        called, said = kept_of(bank, ("index", language), made_from, partial(_scripts, found, stems))
        (folder / f"{language}.js").write_text(called, encoding="utf-8")
        (folder / f"{language}-text.js").write_text(said, encoding="utf-8")
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
