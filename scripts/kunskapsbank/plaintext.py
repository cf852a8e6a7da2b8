"""Inline references as plain text, for lists that are no pages: the CSV, the terminal."""

from __future__ import annotations

import re

from . import citing
from .bank import Bank
from .models.base import Language
from .pages import REFERENCE


def plain(bank: Bank, text: str, language: Language) -> str:
    """Return `text` with each inline reference written out in words. Raises KeyError for an id that does not exist."""

    def words(match: re.Match[str]) -> str:
        kind, target = match["kind"] or "", match["id"]
        if match["text"]:
            return match["text"]
        if kind == "law":
            return citing.cite(bank, target, language)
        if kind == "deadline":
            return bank.deadlines[target].limit[language].lower()
        if kind == "contact":
            return bank.contacts[target].name[language]
        if kind == "phone":
            phone = bank.contacts[target].phone
            return phone.display if phone else bank.contacts[target].name[language]
        if kind == "term":
            return bank.terms[target].term[language]
        if target == "verify":
            return f"({bank.strings['to-confirm'][language]})"
        return f"{target} {bank.title(target, language)}"

    return REFERENCE.sub(words, text).replace("**", "").replace("*", "")
