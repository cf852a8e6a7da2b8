"""Turn the base's text into an edition's: its own names, its own functions, and nothing that is true of the base's municipality alone.

Three things stand in the source: [[local:ort]] is a name from edition.yml; what stands between [[local]] and [[/local]] is true of
the base's municipality alone and left out of every other edition; an id that an overlay replaces is exchanged where it is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from re import Match
from typing import Any

from .faults import Fault, Faults
from .models.base import Language, Text
from .yamlsource import Where, YamlSource

_NAME = re.compile(r"\[\[local:(?P<name>[a-z0-9-]+)\]\]")
_PASSAGE = re.compile(r"\[\[local\]\](?P<text>.*?)\[\[/local\]\]", re.DOTALL)
_STRAY = re.compile(r"\[\[/?local\]\]")
_NAMED = re.compile(r"\[\[(?P<kind>contact|phone|term):(?P<id>[a-z0-9-]+)")
_BLOCK = re.compile(r"^(?P<start>/// *(?P<name>contacts|phones|sources) *\| *)(?P<ids>.*?) *$")
_CODE = re.compile(r"(`[^`]*`)")
_EMPTY = re.compile(r"^\s*([-*]|\d+\.)?\s*$")
REGISTER_OF = {
    "contact": "contacts",
    "phone": "contacts",
    "term": "terms",
    "contacts": "contacts",
    "phones": "contacts",
    "sources": "sources",
}


class LocalError(ValueError):
    """A mark that cannot be made out: `what` is wrong, `do` mends it."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what, self.do = what, do


@dataclass(frozen=True)
class Localiser:
    """The words of one edition. `replaced`: register, then an id of the base and the id in its place."""

    names: Mapping[str, Text] = field(default_factory=dict)
    base: bool = True
    replaced: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    met: set[tuple[str, str]] = field(default_factory=set, compare=False)  # what texts have named so far: kind of reference and id

    def text(self, text: str, language: Language) -> str:
        """Return `text` as this edition says it. Raises LocalError."""
        if "[[" not in text:
            return text
        text = _PASSAGE.sub(lambda match: match["text"] if self.base else "", text)
        if match := _STRAY.search(text):
            raise LocalError(f"{match[0]} stands alone", "write [[local]] and [[/local]] around the words, on one line")

        def name(match: Match[str]) -> str:
            if match["name"] not in self.names:
                known = ", ".join(f"[[local:{name}]]" for name in self.names)
                raise LocalError(f"there is no name {match[0]}", f"use {known}, or add it to names in docs/_data/edition.yml")
            return self.names[match["name"]][language]

        text = _NAME.sub(name, text)

        def named(match: Match[str]) -> str:
            now = self._now(match["kind"], match["id"])
            self.met.add((match["kind"], now))
            return f"[[{match['kind']}:{now}"

        return _NAMED.sub(named, text)

    def line(self, line: str, language: Language) -> str | None:
        """Return a line of a page as this edition says it; None when nothing is left of it. Raises LocalError."""
        if block := _BLOCK.match(line):
            ids = dict.fromkeys(self._now(block["name"], one) for one in block["ids"].split())  # two may have become the same
            return block["start"] + " ".join(ids)
        # What stands in a code span shows how to write, and says nothing.
        said = "".join(part if number % 2 else self.text(part, language) for number, part in enumerate(_CODE.split(line)))
        return None if said != line and _EMPTY.match(said) else said

    def data(self, source: YamlSource, language: Language = "sv") -> YamlSource:
        """Return a data file as this edition says it; the key sv or en above a text decides its language. Raises Faults."""
        return replace(source, data=self._walk(source, source.data, (), language))

    def _walk(self, source: YamlSource, data: Any, where: Where, language: Language) -> Any:
        if isinstance(data, str):
            try:
                return self.text(data, language)
            except LocalError as error:
                raise Faults([Fault(source.path, source.line(where), error.what, error.do)]) from None
        made: Any
        if isinstance(data, dict):
            made = {key: self._walk(source, value, (*where, key), key if key in ("sv", "en") else language) for key, value in data.items()}
            # A text that was true of the base's municipality alone is no text here.
            return None if made != data and set(made) == {"sv", "en"} and not any(made.values()) else made
        if isinstance(data, list):
            made = [self._walk(source, value, (*where, index), language) for index, value in enumerate(data)]
            return [new for new, old in zip(made, data, strict=True) if new == old or new not in ("", None)]
        return data

    def _now(self, kind: str, one: str) -> str:
        return self.replaced.get(REGISTER_OF[kind], {}).get(one, one)
