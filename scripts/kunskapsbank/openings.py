"""Opening hours are written twice, in words for the reader and as data for the clock: check that they say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bank import Bank
from .faults import Fault
from .models.base import LANGUAGES, Language
from .models.contacts import Contact, in_sweden
from .models.opening import DAY, WEEKDAYS, Opening

# (day of the week, Monday 0; opens; closes), minutes as in models.opening
Hours = frozenset[tuple[int, int, int]]

_ALWAYS: dict[Language, str] = {"sv": "dygnet runt", "en": "24/7"}
_DAYS: dict[Language, tuple[str, ...]] = {
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
}
_WORKING_DAYS: dict[Language, str] = {"sv": "vardagar", "en": "weekdays"}
_HOLIDAYS: dict[Language, str] = {"sv": "helgdag", "en": "holiday"}
_RANGE = r"(\d{1,2})(?:[.:](\d{2}))?–(\d{1,2})(?:[.:](\d{2}))?\b"
_DOUBT_FORBIDS = {"phone", "hours", "role", "contact_details"}


def _pattern(language: Language) -> re.Pattern[str]:
    day = "|".join(_DAYS[language])
    return re.compile(rf"\b(?:({day})(?:–({day}))?|({_WORKING_DAYS[language]})) {_RANGE}")


def hours_in_words(text: str, language: Language) -> Hours:
    """Return the hours `text` states as days and clock times: 'Mån–tors 16–01, fre 14–02'. Other words are passed over."""
    names = _DAYS[language]
    found = set()
    for match in _pattern(language).finditer(text.lower()):
        first, last, working, *clock = match.groups()
        start = 0 if working else names.index(first)
        end = 4 if working else names.index(last or first)
        opens, closes = (int(clock[n]) * 60 + int(clock[n + 1] or 0) for n in (0, 2))
        found |= {(n, opens, closes if closes > opens else closes + DAY) for n in range(start, end + 1)}
    return frozenset(found)


def times_not_understood(text: str, language: Language) -> list[str]:
    """Return the clock times of `text` that `hours_in_words` could not tie to a day."""
    return [match[0] for match in re.finditer(_RANGE, _pattern(language).sub("", text.lower()))]


def hours_in_data(opening: Opening) -> Hours:
    """Return the hours of the spans in the form of `hours_in_words`."""
    return frozenset((n, opens, closes) for n, spans in enumerate(opening.week()) for opens, closes in spans)


def says_always(text: str, language: Language) -> bool:
    """True when the words say round the clock and nothing else."""
    return text.strip().lower() == _ALWAYS[language]


def may_have_hours(contact: Contact) -> bool:
    """True when "open now" may be claimed: the number is sure and can be dialled, and nothing is in doubt about who answers when."""
    return contact.number_confirmed and not _DOUBT_FORBIDS & set(contact.verify_fields)


def check(bank: Bank) -> Iterator[Fault]:
    """Yield a fault for each contact whose opening hours as data are more than its words and its certainty allow."""
    for position, contact in enumerate(bank.contacts.values()):
        if contact.open:
            source = bank.origin["contacts.yml"]
            line = source.line(("contacts", position, "open"))
            for what, do in _faults(contact, contact.open):
                yield Fault(source.path, line, f"'{contact.id}': {what}", do)


def _faults(contact: Contact, opening: Opening) -> Iterator[tuple[str, str]]:
    if not may_have_hours(contact):
        yield "open stands beside a number, hours or a role that are not confirmed", "remove open until they are, the words stay in hours"
    if opening.spans and not in_sweden(contact.area):
        # We compute Swedish time and Swedish public holidays only; round the clock holds anywhere.
        yield f"open has clock times in another area ({contact.area})", "remove open: the words in hours are enough"
    if contact.hours is None:
        yield "open needs the same hours in words", "fill in hours: the words are what the reader reads and what is printed"
        return
    for language in LANGUAGES:
        words = contact.hours[language]
        if opening.always != says_always(words, language):
            yield f"open and hours.{language} disagree on round the clock", f"write always: true and '{_ALWAYS[language]}', or neither"
        elif unclear := times_not_understood(words, language):
            yield f"hours.{language} has a time the check cannot read: {', '.join(unclear)}", "write it as 'Mån–tors 16–01, fre 14–02'"
        elif (said := hours_in_words(words, language)) != (data := hours_in_data(opening)):
            yield f"open and hours.{language} disagree: {_difference(said, data)}", "make them the same, as 'Mån–tors 16–01, fre 14–02'"
        if opening.holidays != "unknown" and _HOLIDAYS[language] not in words.lower():
            yield f"open.holidays is {opening.holidays}, but hours.{language} says nothing of holidays", "say it in the words, or remove it"
        if opening.outside and not _words(opening.outside[language]) <= _words(words):
            yield f"open.outside.{language} says more than hours.{language}", "use only words that stand in hours"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _difference(said: Hours, data: Hours) -> str:
    def spoken(hours: Hours) -> str:
        return ", ".join(f"{WEEKDAYS[day]} {_clock(opens)}-{_clock(closes)}" for day, opens, closes in sorted(hours)) or "nothing"

    return f"only in the words {spoken(said - data)}; only in open {spoken(data - said)}"


def _clock(minutes: int) -> str:
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"
