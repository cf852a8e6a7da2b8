"""What a page may show beside its own text, as one short text to compare by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .bank import Bank
from .memory import digest
from .pages import PageSource
from .yamlsource import read_text


def surroundings(bank: Bank, templates: Path, *more: str) -> str:
    """Return a digest of everything a page may show beside its own text: all data, all templates, what other pages are called.

    Of the pages it takes all that is read from them but the running text: any page may name any other one, its headings, its
    blocks and the law it rests on. So a change of prose leaves every other page as it is, and every other change renews all.
    """
    data = [f"{name} {source.text}" for name, source in sorted(bank.origin.items())]
    looks = [f"{path} {read_text(path)}" for path in sorted(templates.rglob("*")) if path.is_file()]
    pages = [_outside(page) for language in sorted(bank.pages) for page in bank.pages[language].values()]
    return digest(*more, *data, *looks, *pages)


def _outside(page: PageSource) -> str:
    """Without line numbers: a line more in one page says nothing to another."""
    headings: Iterable[Any] = ((heading.level, heading.text, heading.id) for heading in page.headings)
    blocks: Iterable[Any] = ((block.name, block.arguments) for block in page.blocks)
    references: Iterable[Any] = ((one.kind, one.id, one.anchor, one.text) for one in page.references)
    return repr((page.language, page.relative, page.meta, list(headings), list(blocks), list(references)))
