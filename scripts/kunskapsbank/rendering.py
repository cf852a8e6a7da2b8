"""Render a block's template in the page's language and turn it into elements Markdown can go on with."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown.util import AtomicString

from . import citing, contacttext, linking, reviewing, showing
from .bank import Bank
from .blocks import BLOCKS
from .memory import compiled, digest
from .models.base import Language, Text
from .pages import PageSource
from .watching import Place, WatchedBank, kept_of, part_of


class Renderer:
    """Renders blocks of one bank. The language comes from the page alone: a block cannot ask for another."""

    def __init__(self, bank: Bank, templates: Path, looks: str = "") -> None:
        """`looks` is a digest of what all blocks are made from beside the bank: the templates."""
        self.bank = bank
        self.looks = looks
        self.environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled,
        )
        self._reviews: dict[str, reviewing.Item] | None = None
        self.environment.globals["review_of"] = self._review_of
        if isinstance(bank, WatchedBank):
            bank.makers["block"] = self._kept

    def _review_of(self, kind: str, name: str) -> reviewing.Item:
        """Return what is reviewed under a kind and an id. A global, since the macros many templates share ask for it."""
        if self._reviews is None:
            self._reviews = reviewing.by_name(self.bank)
        return self._reviews[f"{kind} {name}"]

    def block(self, page: PageSource, name: str, arguments: tuple[str, ...]) -> etree.Element:
        """Return the block as one element. Text inside data-md elements stays Markdown; all other text is final."""
        if isinstance(self.bank, WatchedBank):
            html = part_of(self.bank, ("block", page.language, page.meta.id, name, *arguments))
        else:
            html = self._html(page, name, arguments)
        try:
            element = etree.fromstring(f'<div class="kb-block kb-{name}">{html}</div>')
        except etree.ParseError as error:
            raise ValueError(f"overrides/blocks/{name}.html is not well-formed: {error}") from None
        _settle(element, markdown=False)
        return element

    def _html(self, page: PageSource, name: str, arguments: tuple[str, ...]) -> str:
        values = BLOCKS[name].build(self.bank, page, arguments)
        return self.environment.get_template(f"{name}.html").render(**self._tools(page), **values)

    def _kept(self, place: Place) -> str:
        """Return a block's HTML as it was made the last time, unless its page, a template or a fact it read has changed."""
        _, language, page_id, name, *arguments = place
        page = self.bank.pages[cast(Language, language)][page_id]
        made_from = digest(self.looks, page.front.text, page.text)
        return kept_of(self.bank, place, made_from, lambda _: self._html(page, name, tuple(arguments)))

    def _tools(self, page: PageSource) -> dict[str, Any]:
        bank, language = self.bank, page.language

        def t(text: Text | None) -> str:
            return text[language] if text else ""

        def s(name: str) -> str:
            return bank.strings[name][language]

        def law_href(provision_id: str) -> str | None:
            home = bank.law_page(bank.act_of[provision_id].id)
            return linking.link(bank, page, home, provision_id) if home else None

        return {
            "bank": bank,
            "page": page,
            "lang": language,
            "t": t,
            "s": s,
            "cite": lambda provision_id: citing.cite(bank, provision_id, language),
            "law_href": law_href,
            "link": lambda page_id, anchor=None: linking.link(bank, page, page_id, anchor),
            "title": lambda page_id: bank.title(page_id, language),
            "permanent": linking.permanent_address,
            "as_text": lambda contact: contacttext.plain(contact, language, bank.strings),
            "may_cite": lambda url: showing.may_cite(bank, url),
            "may_show": lambda fact: showing.may_show(bank, fact),
        }


def _settle(element: etree.Element, markdown: bool) -> None:
    """Make text final (AtomicString) unless it stands inside an element marked data-md; drop the mark."""
    markdown = element.attrib.pop("data-md", None) is not None or markdown
    if element.text and not markdown:
        element.text = AtomicString(element.text)
    for child in element:
        _settle(child, markdown)
        if child.tail and not markdown:
            child.tail = AtomicString(child.tail)
