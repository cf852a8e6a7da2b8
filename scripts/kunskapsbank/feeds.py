"""An Atom feed of the changes for each language: andringar.xml, en/andringar.xml."""

from __future__ import annotations

import datetime
from pathlib import Path

from feedgenerator import Atom1Feed

from . import history
from .bank import Bank
from .linking import UNNUMBERED, address, permanent_address, prefix
from .models.base import LANGUAGES, Language
from .models.changes import Change

# Enough for a reader who comes back after a year; the whole log is on the page.
NEWEST = 100


def place(language: Language) -> str:
    """Return the feed's address from the site's root."""
    return f"{prefix(language)}andringar.xml"


def write(bank: Bank, site: Path, site_url: str, languages: tuple[Language, ...] = LANGUAGES) -> int:
    """Write a feed for each language that has a page of changes; return how many. `site_url` ends with a slash."""
    written = 0
    for language in languages:
        if bank.changes and "X05" in bank.pages[language]:
            path = site / place(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(bank, language, site_url), encoding="utf-8")
            written += 1
    return written


def text(bank: Bank, language: Language, site_url: str) -> str:
    """Return the feed. Its times are the days of the log, at midnight UTC: the log knows no clock, and nothing else is asked."""
    assert bank.changes is not None
    page = bank.pages[language]["X05"]
    words = {
        name: bank.strings[name][language] for name in ("site-name", "feed-title", "feed-about", "material", "editorial", "every-page")
    }
    feed = Atom1Feed(
        title=words["feed-title"],
        link=site_url + address(page),
        description=words["feed-about"],
        language=language,
        author_name=words["site-name"],
        feed_url=site_url + place(language),
        feed_guid=site_url + place(language),
    )
    changes = bank.changes.changes
    for change, mark in list(zip(changes, history.marks(changes), strict=True))[:NEWEST]:
        moment = datetime.datetime.combine(change.date, datetime.time(), datetime.UTC)
        kind = words[change.kind]
        feed.add_item(
            title=_title(bank, language, change, words["every-page"]),
            link=f"{site_url}{address(page)}#{mark}",
            # not the page's address, which may change, but the one that holds for ever
            unique_id=f"{site_url}{permanent_address('X05', language)}#{mark}",
            description=None,
            content=f"<p>{kind[0].upper()}{kind[1:]}.</p><p>{_escaped(change.text[language])}</p>",
            pubdate=moment,
            updateddate=moment,
            categories=[change.kind],
        )
    made: str = feed.writeString("utf-8")
    return made.rstrip("\n") + "\n"


def _title(bank: Bank, language: Language, change: Change, every: str) -> str:
    """One page by its title, a few by their ids, all as 'all pages'."""
    if set(bank.pages["sv"]) <= set(change.pages):
        return every[0].upper() + every[1:]
    if len(change.pages) > 1:
        return ", ".join(change.pages)
    (page_id,) = change.pages
    title = bank.title(page_id, language)
    return title if page_id in UNNUMBERED or title == page_id else f"{page_id} {title}"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
