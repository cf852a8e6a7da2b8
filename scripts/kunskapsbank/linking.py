"""Links between pages, relative to the page they stand on, so that they hold under any address."""

from __future__ import annotations

import datetime
import posixpath

from .bank import Bank
from .models.base import Language
from .pages import PageSource

# The start page and the search have a fixed address; readers never see an id for them.
UNNUMBERED = ("START", "SOK")


def prefix(language: Language) -> str:
    """Return the language's folder in the site: '' for Swedish, 'en/' for English."""
    return "" if language == "sv" else "en/"


def address(page: PageSource) -> str:
    """Return the page's published address from the site's root: 'handbok/tecken/', 'en/handbok/tecken/'."""
    return prefix(page.language) + page.address


def link(bank: Bank, page: PageSource, target_id: str, anchor: str | None = None) -> str | None:
    """Return the path from `page` to the source file of `target_id`, or None when that page is not written yet."""
    target = bank.pages[page.language].get(bank.current(target_id))
    if target is None:
        return None
    fragment = f"#{anchor}" if anchor else ""
    if target.relative == page.relative:
        return fragment or posixpath.basename(page.relative)
    return posixpath.relpath(target.relative, posixpath.dirname(page.relative) or ".") + fragment


def permanent_address(page_id: str, language: Language) -> str:
    """Return the permanent address of a page, from the site's root: 'r/R08/' or 'en/r/R08/'."""
    return f"{prefix(language)}r/{page_id}/"


def dated_address(page_id: str, day: datetime.date, language: Language) -> str:
    """Return the address of the version of a page that began to hold on `day`, from the site's root: 'r/R08/2026-11-23/'."""
    return f"{permanent_address(page_id, language)}{day}/"
