"""What the search knows of a page: its own words, kept apart by how much they say."""

from __future__ import annotations

import re
from typing import Any

from .linking import address
from .pages import PageSource

_TAG = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.S)
# Facts shown on many pages are found on their own page; repeated everywhere they would drown the routine.
_SHARED = re.compile(r'<div class="kb-block kb-(?:statutes|sources|deadlines|contacts)">.*?</div>', re.S)
_SPACE = re.compile(r"\s+")


def plain(html: str) -> str:
    """Return the text a reader sees in `html`, on one line."""
    text = _TAG.sub(" ", _SHARED.sub(" ", html))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")):
        text = text.replace(entity, character)
    return _SPACE.sub(" ", text).strip()


def document(page: PageSource, html: str) -> dict[str, Any]:
    """Return the search document of one page."""
    return {
        "id": page.meta.id,
        "address": address(page),
        "title": page.meta.title,
        "description": page.meta.description,
        "synonyms": " · ".join(page.meta.synonyms),
        "headings": " · ".join(heading.text for heading in page.headings),
        "text": " ".join(sorted(set(re.findall(r"\w+", plain(html).lower())))),  # each word once: order and number tell little
    }
