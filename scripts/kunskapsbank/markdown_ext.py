"""Our two additions to Markdown: data blocks (`/// contacts | id`) and inline references (`[[law:lvu-6]]`)."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as etree
from re import Match
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from . import citing, linking, translating
from .blocks import BLOCKS
from .models.base import Language
from .pages import REFERENCE, PageSource
from .rendering import Renderer


class KunskapsbankExtension(Extension):
    """Holds the renderer and the page being converted. One instance serves a whole build."""

    def __init__(self) -> None:
        super().__init__()
        self.renderer: Renderer | None = None
        self.page: PageSource | None = None
        self.explained: set[str] = set()  # terms already explained on the page: once is enough

    def begin(self, page: PageSource) -> None:
        """Set the page to convert next."""
        self.page = page
        self.explained = set()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the blocks and the inline pattern."""
        _DataBlocks(self).extendMarkdown(md)
        md.inlinePatterns.register(_InlineReference(md, self), "kb-reference", 175)
        md.treeprocessors.register(_ChangedSections(md, self), "kb-changed", 4)  # the headings have their ids
        md.treeprocessors.register(_MadeFiles(md), "kb-made", -10)

    def current(self) -> tuple[Renderer, PageSource]:
        """Return renderer and page; the page decides the language of everything rendered."""
        if self.renderer is None or self.page is None:
            raise RuntimeError("no page is being converted: set renderer and page first")
        return self.renderer, self.page


class _MadeFiles(Treeprocessor):
    """Turns <made data-made="..."> into a link after MkDocs has checked its own: these files are made when the pages are done.

    tests/site/test_links.py checks that they are there.
    """

    def run(self, root: etree.Element) -> None:
        for element in list(root.iter("made")):
            element.tag = "a"
            element.set("href", element.attrib.pop("data-made"))


class _ChangedSections(Treeprocessor):
    """Puts a mark below the heading of each English section whose Swedish text has changed since it was translated."""

    def __init__(self, md: Markdown, owner: KunskapsbankExtension) -> None:
        super().__init__(md)
        self.owner = owner

    def run(self, root: etree.Element) -> None:
        renderer, page = self.owner.current()
        if page.language == "sv":
            return
        for item in translating.behind_on(renderer.bank, page):
            heading = next((element for element in root if element.tag == "h2" and element.get("id") == item.section), None)
            root.insert(0 if heading is None else list(root).index(heading) + 1, changed_element(renderer, page, item))


class _DataBlocks(BlocksExtension):  # type: ignore[misc] # the library has no types
    def __init__(self, owner: KunskapsbankExtension) -> None:
        super().__init__()
        self.owner = owner

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802 - the library's name
        for name in BLOCKS:
            block_mgr.register(_block_class(name), {"owner": self.owner})


def _block_class(name: str) -> type[Block]:
    class DataBlock(Block):  # type: ignore[misc] # the library has no types
        NAME = name
        ARGUMENT = None  # ids, or none

        def on_create(self, parent: etree.Element) -> etree.Element:
            owner: KunskapsbankExtension = self.config["owner"]
            renderer, page = owner.current()
            element = renderer.block(page, name, tuple((self.argument or "").split()))
            parent.append(element)
            return element

    return DataBlock


class _InlineReference(InlineProcessor):
    def __init__(self, md: Markdown, owner: KunskapsbankExtension) -> None:
        super().__init__(REFERENCE.pattern, md)
        self.owner = owner

    def handleMatch(self, m: Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override] # noqa: N802
        renderer, page = self.owner.current()
        kind = m["kind"] or ""
        if kind == "term" and m["id"] in self.owner.explained:
            term = renderer.bank.terms[m["id"]].term[page.language]
            return _plain(m["text"] or term, ""), m.start(0), m.end(0)
        if kind == "term":
            self.owner.explained.add(m["id"])
        element = reference_element(renderer, page, kind, m["id"], m["anchor"], m["text"])
        return element, m.start(0), m.end(0)


def mark_swedish(html: str, language: Language) -> str:
    """Return an English page's `html` with its italics marked as Swedish: they stand for Swedish terms and nothing else.

    A term in another language names it itself: *Barnehus*{lang=no}.
    """
    return html.replace("<em>", '<em lang="sv">') if language == "en" else html


def reference_element(renderer: Renderer, page: PageSource, kind: str, target: str, anchor: str | None, text: str | None) -> etree.Element:
    """Return the element an inline reference becomes. Raises KeyError for an id that does not exist."""
    bank, language = renderer.bank, page.language
    if kind == "" and target == "verify":
        return _mark(bank.strings["to-confirm"][language])
    if kind == "":
        label = text or f"{target} {bank.title(target, language)}"
        return _named_on_paper(_anchor(linking.link(bank, page, target, anchor), label), target)
    if kind == "law":
        home = bank.law_page(bank.act_of[target].id)
        href = linking.link(bank, page, home, target) if home else None
        cited = citing.cite(bank, target, language)
        return _named_on_paper(_anchor(href, text or cited, "kb-law"), cited)
    if kind == "deadline":
        return _plain(text or bank.deadlines[target].limit[language].lower())
    if kind == "contact":
        return _anchor(linking.link(bank, page, "K00", target), text or bank.contacts[target].name[language])
    if kind == "phone":
        contact = bank.contacts[target]
        if contact.phone is None or contact.dial is None:
            raise KeyError(f"phone of '{target}'")
        element = _anchor(contact.dial, contact.phone.display, "kb-tel")
        element.text = None
        hidden = etree.SubElement(element, "span", {"class": "kb-hidden"})
        hidden.text = AtomicString(f"{bank.strings['call'][language]} {contact.name[language]}, ")
        hidden.tail = AtomicString(contact.phone.display)
        return element
    if kind == "term":
        return _explained(renderer, page, target, text)
    raise KeyError(f"kind of reference '{kind}'")


def changed_element(renderer: Renderer, page: PageSource, item: translating.Behind) -> etree.Element:
    """Return the mark of a section that is behind: in words, with the day of its translation and a link to the Swedish text."""
    strings, source = renderer.bank.strings, renderer.bank.pages["sv"][item.page_id]
    element = etree.Element("p", {"class": "kb-changed kb-small"})
    mark = _mark(strings["translation-changed"][page.language])
    mark.tail = AtomicString(f" {strings['translation-changed-why'][page.language].replace('{date}', str(item.on))} ")
    # MkDocs knows only the pages of the language it builds, so it must not check this link
    here, there = f"/{linking.address(page)}", f"/{linking.address(source)}"
    fragment = "" if item.section == translating.INTRO else f"#{item.section}"
    link = etree.Element("made", {"data-made": f"{posixpath.relpath(there, here)}/{fragment}", "hreflang": "sv", "lang": "sv"})
    link.text = AtomicString(translating.sections(source)[item.section].title)
    element.extend([mark, link])
    return element


def _anchor(href: str | None, text: str, css: str = "") -> etree.Element:
    element = etree.Element("a", {"href": href}) if href else etree.Element("span")
    if css:
        element.set("class", css)
    element.text = AtomicString(text)
    return element


def _named_on_paper(element: etree.Element, name: str) -> etree.Element:
    """Let the style sheet for print add `name` to a link whose own text does not say where it leads."""
    if element.tag == "a" and name not in (element.text or ""):
        element.set("data-print", name)
    return element


def _explained(renderer: Renderer, page: PageSource, term_id: str, text: str | None) -> etree.Element:
    """A term as a button that opens its definition beside it: works by keyboard, touch and screen reader, without script."""
    bank, language = renderer.bank, page.language
    term = bank.terms[term_id]
    anchor = f"ord-{term_id}"
    wrapper = etree.Element("span", {"class": "kb-explained"})
    button = etree.SubElement(wrapper, "button", {"type": "button", "class": "kb-term", "popovertarget": anchor})
    button.text = AtomicString(text or term.term[language])
    hidden = etree.SubElement(button, "span", {"class": "kb-hidden"})
    hidden.text = AtomicString(f", {bank.strings['explain'][language]}")
    definition = etree.SubElement(wrapper, "span", {"popover": "auto", "id": anchor, "class": "kb-definition"})
    definition.text = AtomicString(f"{term.term[language]}: {term.definition[language]} ")
    home = linking.link(bank, page, "O00", term_id)
    if home:
        definition.append(_anchor(home, bank.strings["glossary"][language]))
    return wrapper


def _plain(text: str, css: str = "kb-limit") -> etree.Element:
    element = etree.Element("span", {"class": css} if css else {})
    element.text = AtomicString(text)
    return element


def _mark(text: str) -> etree.Element:
    element = etree.Element("span", {"class": "kb-mark"})
    element.text = AtomicString(text)
    return element
