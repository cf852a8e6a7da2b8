"""Spelling by real dictionaries, and one name for one thing."""

from __future__ import annotations

import dataclasses
import re
import subprocess
from pathlib import Path

import pytest
from kunskapsbank.reading import text_of_page

DICTIONARY = {"sv": "sv_SE", "en": "en_GB"}
HERE = Path(__file__).parent


def words_of(bank, language):
    """Every word of every page; addresses, code and (in English) Swedish terms in italics left out."""
    found = set()
    for page in bank.pages[language].values():
        body = re.sub(r"```.*?```|`[^`\n]*`", " ", page.text, flags=re.S)
        if language == "en":
            body = re.sub(r"\*[^*\n]+\*(?!\*)(\{[^}\n]*\})?", " ", body)
        text = text_of_page(bank, dataclasses.replace(page, text=body))
        if language == "en":
            text = re.sub(r"\*[^*\n]+\*", " ", text)
        text = re.sub(r"https?://\S+|\S+@\S+|\b[A-Z]\d\d\b|[\w.-]*[/_][\w./-]*", " ", text)
        found |= set(re.findall(r"[^\W\d_][\w’'-]*", text))
    return {word.strip("'’-") for word in found}


def unknown(words, dictionary):
    result = subprocess.run(
        ["hunspell", "-l", "-d", dictionary], input="\n".join(sorted(words)), capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_spelling(bank, language):
    known = set((HERE / f"words.{language}.txt").read_text(encoding="utf-8").split())
    wrong = unknown(words_of(bank, language), DICTIONARY[language]) - known
    assert wrong == set(), f"mend the spelling, or add a word that is right to tests/content/words.{language}.txt"


@pytest.mark.parametrize(("language", "word"), [("sv", "skydsbedömning"), ("en", "protecton")])
def test_the_dictionaries_find_a_misspelling(language, word):
    assert unknown({word}, DICTIONARY[language]) == {word}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_same_thing_has_the_same_name(bank, language):
    wrong = {}
    for page_id, page in bank.pages[language].items():
        text = re.sub(r"(?m)^///.*$", " ", text_of_page(bank, page))
        for term in bank.terms.values():
            for word in term.not_this[language]:
                if page_id != "O00" and re.search(rf"\b{re.escape(word)}\b", text, re.I):
                    wrong.setdefault(page_id, []).append(f"{word} -> {term.term[language]}")
    assert wrong == {}
    assert any(term.not_this[language] for term in bank.terms.values()), "the list is empty"
