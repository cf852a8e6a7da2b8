"""A bank that notes what is read from it, so that a thing made from a few facts is made anew when one of those changes.

An editor changes one contact: the pages that read that contact, or the whole list of contacts, are converted again, and no other.
What was read is noted as it is read, never declared: a template that begins to read another fact needs nothing changed here.

A block of a page is a fact of its own: what it says. A page is converted again when one of its blocks comes out otherwise, not
when a fact has changed that the block does not show in the page's language.
See docs/decisions/0023.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView
from typing import Any, TypeVar

from . import reviewing, translating
from .bank import Bank
from .memory import kept
from .pages import PageSource

Made = TypeVar("Made")
Place = tuple[str, ...]  # ("contacts", "sos-112"), ("contacts", "*") for the whole list, ("pages", "sv", "R08"), ("flow",)
ALL = "*"  # no id is written so
_MISSING = object()


class WatchedBank(Bank):
    """The same facts as `bank`. Make one with `watch`."""

    reads: set[Place]
    bank: Bank
    values: dict[Place, Any]  # what stands at each place, worked out once
    compared: dict[tuple[Place, int], bool]  # by place and the old value's number: many pages were made from the same facts
    makers: dict[str, Callable[[Place], Any]]  # for the places whose value is made and not looked up, by the place's first word

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name in _SINGLE:
            self.reads.add((name,))
        return value


_SINGLE = frozenset(field.name for field in dataclasses.fields(Bank) if "dict" not in str(field.type) and field.compare)


class _Watched(dict[str, Any]):
    """A dict that notes in `reads` which of its keys was asked for, or that all were."""

    def __init__(self, content: dict[str, Any], place: Place, reads: set[Place]) -> None:
        super().__init__(content)
        self._place = place
        self._reads = reads

    def _note(self, key: object) -> None:
        self._reads.add((*self._place, str(key)))

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._note(ALL)
        return super().__iter__()

    def __len__(self) -> int:
        self._note(ALL)
        return super().__len__()

    def keys(self) -> KeysView[str]:  # type: ignore[override] # a plain view, not the subclass' own
        self._note(ALL)
        return super().keys()

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        self._note(ALL)
        return super().values()

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override]
        self._note(ALL)
        return super().items()

    def copy(self) -> dict[str, Any]:
        self._note(ALL)
        return super().copy()

    def __or__(self, other: Any) -> Any:
        self._note(ALL)
        return super().__or__(other)

    def __eq__(self, other: object) -> bool:
        self._note(ALL)
        return super().__eq__(other)

    __hash__ = None


def watch(bank: Bank) -> WatchedBank:
    """Return `bank` as one that notes what is read from it."""
    bank.work_out()  # afterwards these are facts like others
    reviewing.work_out(bank)
    translating.work_out(bank)
    watched = WatchedBank(bank.docs)
    object.__setattr__(watched, "reads", set())
    object.__setattr__(watched, "bank", bank)
    object.__setattr__(watched, "values", {})
    object.__setattr__(watched, "compared", {})
    object.__setattr__(watched, "makers", {})
    reads = watched.reads
    for field in dataclasses.fields(Bank):
        value = getattr(bank, field.name)
        if field.name == "pages":
            value = {language: _Watched(pages, ("pages", language), reads) for language, pages in value.items()}
        elif isinstance(value, dict):
            value = _Watched(value, (field.name,), reads)
        object.__setattr__(watched, field.name, value)
    return watched


def kept_of(bank: Bank, name: tuple[str, ...], made_from: str, make: Callable[[Bank], Made]) -> Made:
    """Return `make(bank)`, or what it made before from the same `made_from` and the same facts of the bank.

    `make` must read its facts from the bank it is given. With a bank that is not watched it is simply called.
    """
    if not isinstance(bank, WatchedBank):
        return make(bank)

    def note() -> tuple[Made, dict[Place, Any]]:
        outer = bank.reads.copy()  # of what this is a part of, or nothing
        bank.reads.clear()
        try:
            made = make(bank)
            return made, {place: _value(bank, place) for place in bank.reads}
        finally:
            bank.reads.clear()
            bank.reads.update(outer)

    made, facts = kept(name, made_from, note)
    if not all(_holds(bank, place, was) for place, was in facts.items()):
        made, _ = kept(name, made_from, note, anew=True)
    return made


def part_of(bank: WatchedBank, place: Place) -> Any:
    """Return what the maker of `place` makes, as a fact: how it comes out is noted, and what it was made from is not."""
    value = _value(bank, place)
    bank.reads.add(place)
    return value


def _holds(bank: WatchedBank, place: Place, was: Any) -> bool:
    known = bank.compared.get((place, id(was)))
    if known is None:
        now = _value(bank, place)
        known = bank.compared[place, id(was)] = was is now or bool(was == now)
    return known


def _value(bank: WatchedBank, place: Place) -> Any:
    if place not in bank.values:
        maker = bank.makers.get(place[0])
        bank.values[place] = maker(place) if maker else _look_up(bank.bank, place)
    return bank.values[place]


def _look_up(bank: Bank, place: Place) -> Any:
    found = getattr(bank, place[0])
    for key in place[1:]:
        if key == ALL:
            return [(name, _outside(item)) for name, item in found.items()]
        found = found.get(key, _MISSING)
    return _outside(found)


def _outside(item: Any) -> Any:
    """What others may read of a page: everything but its running text. A line more in one page says nothing to another."""
    if not isinstance(item, PageSource):
        return item
    return (
        item.relative,
        item.meta,
        tuple((heading.level, heading.text, heading.id) for heading in item.headings),
        tuple((block.name, block.arguments) for block in item.blocks),
        tuple((one.kind, one.id, one.anchor, one.text) for one in item.references),
    )
