"""How hard a page is to read: LIX, words per sentence plus the share of words over six letters in per cent.

Source of the measure: Björnsson, Läsbarhet (1968); the limits are those of the project's content rules.
"""

from __future__ import annotations

import re

from .bank import Bank
from .pages import REFERENCE, PageSource

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_STOP = re.compile(r"[.?!:](?=\s|$)")


def lix(text: str) -> float:
    """Return the LIX of `text`; 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_STOP.findall(text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def word_count(text: str) -> int:
    """Return the number of words in `text`."""
    return len(_WORD.findall(text))


def text_of_page(bank: Bank, page: PageSource) -> str:
    """Return what an editor wrote for `page`, in its language: the body, its steps and decisions; not shared data."""
    lines = [f"{page.meta.title}.", f"{page.meta.description}"]
    for line in _words_of_references(page.text).split("\n"):
        if line.startswith("///") or not line.strip():
            continue
        line = re.sub(r"^(#+|[-*]|\d+\.|\|)\s+", "", line.strip())
        line = re.sub(r"\{#[^}]*\}|\*\*|[`|]|\]\([^)]*\)", " ", line).strip()
        lines.append(_sentence(line))
    routine = bank.routines.get(page.meta.id)
    lines += [_sentence(text[page.language]) for text in routine.texts()] if routine else []
    return _words_of_references("\n".join(lines))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", ":")) else text + "."


def _words_of_references(text: str) -> str:
    return REFERENCE.sub(lambda match: match["text"] or "", text)
