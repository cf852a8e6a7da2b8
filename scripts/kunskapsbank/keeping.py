"""The text of a page as it was on a day: taken from a built site, without what only works on a screen, with links that outlive it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, tostring

import tinyhtml5

from .bank import Bank
from .fingerprints import ACTED_ON
from .linking import address, permanent_address
from .models.base import Language
from .pages import PageSource

FOLDER = Path("_data") / "archive"
# A link to a page names the page, not its address of that day: <a href="page:R08#avgor">.
SCHEME = "page:"
_KEPT_LINK = re.compile(r'href="page:([A-Z]+\d*)(?:#([^"]*))?"')

_GOES = frozenset({"script", "style", "template", "input", "select", "textarea", "dialog", "output", "progress", "button", "noscript"})
_GOES_CLASSES = frozenset(
    {"kb-permanent", "kb-definition", "headerlink", "kb-calc", "kb-filter", "kb-clock", "kb-now", "kb-pdf", "kb-package"}
)
_BECOMES = {"form": "div", "label": "p", "aside": "section"}
_EMPTY_GOES = frozenset({"p", "li", "div", "ul", "ol", "section"})
_DROPPED = frozenset(
    {
        "for",
        "name",
        "action",
        "method",
        "autocomplete",
        "novalidate",
        "hidden",
        "popover",
        "popovertarget",
        "aria-describedby",
        "aria-controls",
    }
)
# An old number must not be one touch away, and a file made then is not there any more: the words stay, the link goes.
_DEAD_SCHEMES = ("tel", "mailto", "sms")


def is_kept(page_id: str) -> bool:
    """True for the pages whose old texts are kept: those a reader acts by in a case."""
    return page_id[0] in ACTED_ON and page_id[1:].isdigit()


def file_of(bank: Bank, page_id: str, day: datetime.date, language: Language) -> Path:
    """Return where the text is kept of the version that began to hold on `day`.

    The day comes first and the id last: git looks for what a file resembles among those whose paths end alike, so a new
    version is stored as its difference from the one before (docs/decisions/0018).
    """
    return bank.docs / FOLDER / str(day) / f"{page_id}.{language}.html"


def text_of(bank: Bank, site: Path, page: PageSource) -> str:
    """Return the article of a page of the built `site` as it is kept: HTML without the article's own tag."""
    built = (site / address(page) / "index.html").read_text(encoding="utf-8")
    article = tinyhtml5.parse(built, namespace_html_elements=False).find(".//article")
    if article is None:
        raise ValueError(f"{address(page)}index.html has no article")
    pages = {address(other): other.meta.id for other in bank.pages[page.language].values()}

    def target(href: str) -> str | None:
        parts = urlsplit(href)
        if parts.scheme:
            return None if parts.scheme in _DEAD_SCHEMES else href
        if not parts.path:
            return href
        place = urlsplit(urljoin("/" + address(page), href)).path.removesuffix("index.html").lstrip("/")
        found = pages.get(place)
        return f"{SCHEME}{found}" + (f"#{parts.fragment}" if parts.fragment else "") if found else None

    _tidy(article, target)
    lines = tostring(article, encoding="unicode", method="html").split(">", 1)[1].rpartition("</article>")[0].splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def settle(text: str, bank: Bank, language: Language, root: str, anchors: Callable[[str], set[str]]) -> str:
    """Return a kept text with its links made to hold today: `root` leads from where it is shown to the site's root.

    A link goes to the permanent address of its page; one to a page that never was, or is no more, becomes plain text. An
    anchor that the page at an address does not have today (`anchors`) is left out.
    """

    def link(match: re.Match[str]) -> str:
        page = bank.pages[language].get(bank.current(match[1]))
        if page is None:
            return ""
        numbered = page.meta.id[1:].isdigit()
        place = permanent_address(page.meta.id, language) if numbered else address(page)
        fragment = f"#{match[2]}" if match[2] and match[2] in anchors(address(page)) else ""
        return f'href="{root}{place}index.html{fragment}"'

    return _KEPT_LINK.sub(link, text)


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _tidy(element: Element, target: Callable[[str], str | None]) -> None:
    for child in list(element):
        if not isinstance(child.tag, str):
            _put(element, child, "")
            continue
        child.tag = child.tag.rpartition("}")[2]  # a drawing's elements need no namespace in HTML
        if "kb-term" in _classes(child) and child.tag == "button":
            _put(element, child, child.text or "")
        elif (
            child.tag in _GOES
            or _classes(child) & _GOES_CLASSES
            or {"hidden", "popover", "download"} & set(child.attrib)
            or child.get("role") == "status"
        ):
            _put(element, child, "")
        else:
            _tidy(child, target)
            _settle(element, child, target)


def _settle(parent: Element, child: Element, target: Callable[[str], str | None]) -> None:
    if child.tag in _EMPTY_GOES and not "".join(child.itertext()).strip() and child.find(".//svg") is None:
        _put(parent, child, "")
        return
    child.tag = _BECOMES.get(child.tag, child.tag)
    if child.tag == "a":
        href = target(child.get("href", ""))
        if href is None:
            child.tag = "span" if parent.tag not in ("svg", "g") else "g"
            del child.attrib["href"]
            for spoken in [e for e in child if "kb-hidden" in _classes(e)]:
                _put(child, spoken, "")
        else:
            child.set("href", href)
    if child.tag == "details":
        child.set("open", "")  # what is closed is not printed
    for name in [name for name in child.attrib if name.startswith("data-") or name in _DROPPED]:
        del child.attrib[name]
    for name in [name for name in child.attrib if name.startswith("{")]:
        child.set(name.rpartition("}")[2], child.attrib.pop(name))


def _put(parent: Element, child: Element, text: str) -> None:
    """Put plain `text` in the place of `child`; what stands after it stays."""
    text += child.tail or ""
    index = list(parent).index(child)
    parent.remove(child)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
