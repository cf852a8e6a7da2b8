"""One page of the built site as a chapter: its article without controls, with ids and links that hold in a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, SubElement

import tinyhtml5

from ..bank import Bank
from ..linking import UNNUMBERED, address, permanent_address
from ..models.base import LANGUAGES, Language
from .chart import slices

SVG = "{http://www.w3.org/2000/svg}"
_CONTROLS = frozenset({"script", "style", "template", "form", "input", "select", "textarea", "dialog", "output", "progress"})
_LEFT_OUT = frozenset({"kb-permanent", "kb-copy", "kb-definition", "headerlink", "kb-screen"})
_KEPT = frozenset({"id", "class", "href", "lang", "scope", "colspan", "rowspan", "alt", "style"})
_EMPTY_GOES = frozenset({"p", "li", "div", "ul", "section"})


@dataclass(frozen=True)
class Links:
    """Where a link of a page leads when the page is a chapter. `root` is the site's address, with a slash at its end."""

    bank: Bank
    root: str
    language: Language
    inside: Collection[str]

    def target(self, href: str, page_id: str) -> str:
        """Return the link for `href` as it stands on page `page_id`: into the document, or to a permanent web address."""
        parts = urlsplit(href)
        if parts.scheme:
            return href
        page = self.bank.pages[self.language][page_id]
        path = urlsplit(urljoin("/" + address(page), href)).path.removesuffix("index.html").lstrip("/")
        found = self._page_at(path)
        fragment = parts.fragment
        if found is None or found[1] in UNNUMBERED:
            return self.root + path + (f"#{fragment}" if fragment else "")
        language, target_id = found
        if language == self.language and target_id in self.inside:
            return f"#{anchor(target_id, fragment)}"
        return self.root + permanent_address(target_id, language) + (f"#{fragment}" if fragment else "")

    def _page_at(self, path: str) -> tuple[Language, str] | None:
        for language in LANGUAGES:
            for page_id, page in self.bank.pages[language].items():
                if path in (address(page), permanent_address(page_id, language)):
                    return language, page_id
        return None


def anchor(page_id: str, fragment: str = "") -> str:
    """Return the id an anchor of a page has in a document: the page's id keeps it apart from the other chapters'."""
    return f"{page_id}--{fragment}" if fragment else page_id


def site_root(site: Path) -> str:
    """Return the address the site was built for, from the start page's canonical link."""
    found = re.search(r'<link rel="canonical" href="([^"]+)"', (site / "index.html").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{site / 'index.html'} names no canonical address")
    return found[1].rstrip("/") + "/"


def chapter(site: Path, page_id: str, links: Links) -> Element:
    """Return a section with the page's status, heading, text, warnings and neighbours, fit for a document."""
    page = links.bank.pages[links.language][page_id]
    document = tinyhtml5.parse((site / address(page) / "index.html").read_text(encoding="utf-8"), namespace_html_elements=False)
    article = document.find(".//article")
    heading = article.find(".//h1")
    heading.set("id", anchor(page_id))
    heading.text = f"{page_id} {heading.text or ''}"
    section = Element("section")
    section.extend([heading, *(child for child in article if child is not heading)])
    related = document.find(".//nav[@class='kb-related']")
    if related is not None:
        related.tag = "div"
        section.append(related)
    _prefix_ids(section, page_id)
    _tidy(section, lambda href: links.target(href, page_id))
    status = section.find("./div[@class='kb-status']")
    if status is not None:
        status.append(_permanent(links, page_id))
    return section


def _permanent(links: Links, page_id: str) -> Element:
    line = Element("p")
    place = links.root + permanent_address(page_id, links.language)
    line.text = f"{links.bank.strings['permanent-link'][links.language]}: "
    link = SubElement(line, "a", {"href": place, "title": place})
    link.text = place
    return line


def settle_links(documents: Collection[Element]) -> None:
    """Let a link to an anchor that was left out with its control lead to the chapter instead."""
    known = {element.get("id") for document in documents for element in document.iter()}
    for document in documents:
        for link in document.iter("a"):
            href = link.get("href", "")
            if href.startswith("#") and href[1:] not in known:
                link.set("href", href.partition("--")[0])


def _prefix_ids(section: Element, page_id: str) -> None:
    for element in section.iter():
        name = element.get("id")
        if name and name != page_id:
            element.set("id", anchor(page_id, name))
        for key, value in element.items():
            if value.startswith("url(#"):
                element.set(key, value.replace("url(#", f"url(#{page_id}--"))


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _tidy(element: Element, target: Callable[[str], str]) -> None:
    """Take out what only works on a screen and write the rest so that it reads, and is tagged, well on paper."""
    for child in list(element):
        if not isinstance(child.tag, str) or _goes(child):
            _replace(element, child, None)
        elif child.tag == f"{SVG}svg":
            _replace(element, child, slices(child))
        elif "kb-explained" in _classes(child):
            _replace(element, child, _term(child, target))
        else:
            _tidy(child, target)
            _settle(element, child, target)


def _goes(child: Element) -> bool:
    hidden = "hidden" in child.attrib or "popover" in child.attrib or child.get("role") == "status"
    plain_button = child.tag == "button" and "kb-sort" not in _classes(child)
    return hidden or plain_button or child.tag in _CONTROLS or bool(_classes(child) & _LEFT_OUT) or "download" in child.attrib


def _settle(parent: Element, child: Element, target: Callable[[str], str]) -> None:
    """Finish an element whose content is tidy already."""
    if child.tag in _EMPTY_GOES and not _text(child) and child.find(".//svg") is None:
        _replace(parent, child, None)
        return
    if child.tag in ("button", "label", "noscript", "aside"):
        child.tag = "div" if child.tag in ("noscript", "aside") else "span"
    if child.tag == "a":
        child.set("href", target(child.get("href", "")))
        # The words for a screen reader ("Ring Polisen 114 14, 114 14") become the link's description, see tagging.py.
        child.set("title", _text(child))
        for hidden in [e for e in child if "kb-hidden" in _classes(e)]:
            _replace(child, hidden, None)
        # Plain text: an element inside a link would become a second link without a tag.
        words = "".join(child.itertext())
        for inner in list(child):
            child.remove(inner)
        child.text = words
    if child.tag == "ol" and child.get("start", "1") != "1":
        child.set("style", f"counter-reset: list-item {int(child.get('start', '1')) - 1}")
    if child.tag == "dl":
        _pairs(child)
    for name in [name for name in child.attrib if name not in _KEPT and not (child.tag == "a" and name == "title")]:
        del child.attrib[name]


def _term(explained: Element, target: Callable[[str], str]) -> Element:
    """An explained word leads to the glossary; its pop-up stays on the screen."""
    link = explained.find(".//a")
    button = explained.find("button")
    assert button is not None
    word = Element("a", {"class": "kb-term", "href": target(link.get("href", "")), "title": _text(link)}) if link is not None else None
    word = Element("span") if word is None else word
    word.text = button.text
    if link is not None:
        word.set("title", f"{button.text}: {_text(link)}")
    return word


def _pairs(element: Element) -> None:
    """Make a list of terms and values an ordinary list, one item a pair: that is what the tags of a PDF know."""
    groups = [child for child in element if child.tag == "div"] or [element]
    items: list[Element] = []
    for group in groups:
        for part in list(group):
            if part.tag == "dt":
                items.append(Element("li", {"id": group.get("id", "")} if group is not element and group.get("id") else {}))
            part.set("class", f"{part.get('class', '')} {part.tag}".strip())
            part.tag = "div"
            part.tail = None
            items[-1].append(part)
    for child in list(element):
        element.remove(child)
    element.text = None
    element.extend(items)
    element.tag = "ul"
    element.set("class", f"{element.get('class', '')} pairs".strip())


def _replace(parent: Element, child: Element, new: Element | None) -> None:
    """Put `new` in the place of `child`, or nothing; the text after it stays."""
    index = list(parent).index(child)
    tail = child.tail or ""
    parent.remove(child)
    if new is not None:
        new.tail = tail
        parent.insert(index, new)
    elif index == 0:
        parent.text = (parent.text or "") + tail
    else:
        parent[index - 1].tail = (parent[index - 1].tail or "") + tail
