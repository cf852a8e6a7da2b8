"""The review list as files: a table for a spreadsheet and, for each owner, a calendar."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from icalendar import Calendar, Event

from . import confirming, reviewing
from .bank import Bank
from .confirming import Register, Waiting
from .linking import UNNUMBERED, permanent_address, prefix
from .linking import address as place_of
from .models.base import Language
from .models.review import Function
from .plaintext import plain
from .reviewing import Item, Kind
from .showing import may_show
from .watching import kept_of

TABLE = "om/granskning.csv"
COLUMNS = (
    "csv-kind", "csv-id", "csv-name", "owner", "version", "reviewed", "next-review", "csv-postponed", "csv-why",
    "to-confirm", "confirmed-by", "csv-address",
)  # fmt: skip
# What is reviewed, and the register of doubts that belongs to it; the other registers have rows only while something waits.
_REGISTER: dict[Kind, Register] = {"page": "marks", "contact": "contacts", "law": "law"}
_DO: dict[Kind, str] = {"page": "do-page", "contact": "do-contact", "law": "do-law", "quiz": "do-quiz"}


def calendar_name(function: Function | None = None) -> str:
    """Return where the calendar of a function, or the one of all, stands from the root of its language."""
    return f"om/granskning-{function.id}.ics" if function else "om/granskning.ics"


def write(bank: Bank, site: Path, root: str, languages: Sequence[Language]) -> int:
    """Write table and calendars for each language into `site`, whose public address is `root`; return the number of files."""
    root = root.rstrip("/") + "/"
    files: dict[Path, bytes] = {}
    for language in languages:
        folder = site / prefix(language)
        files[folder / TABLE] = table(bank, language, root)
        files[folder / calendar_name()] = calendar(bank, language, root)
        for function in reviewing.owners(bank):
            files[folder / calendar_name(function)] = calendar(bank, language, root, function)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(files)


def address(bank: Bank, item: Item, language: Language) -> str:
    """Return where an item is shown, from the site's root: the permanent address of its page, with its own place on it."""
    if item.kind == "contact":
        return permanent_address("K00", language) + (f"#{item.id}" if may_show(bank, bank.contacts[item.id]) else "")
    if item.kind == "law":
        home = bank.law_page(item.group)
        return permanent_address(home or "J00", language) + (f"#{item.id}" if home and may_show(bank, bank.provisions[item.id]) else "")
    if item.id in UNNUMBERED:
        return place_of(bank.pages[language][item.id])
    return permanent_address(item.id, language)


def rows(bank: Bank, language: Language, root: str) -> list[tuple[Item | Waiting, list[str]]]:
    """Return what the table holds, without its head: each thing reviewed with its cells, then each other fact to confirm."""
    waiting = confirming.waiting(bank)
    doubts = {(fact.register, fact.id): fact for fact in waiting}
    found: list[tuple[Item | Waiting, list[str]]] = []
    for item in reviewing.items(bank):
        fact = doubts.get((_REGISTER[item.kind], item.id)) if item.kind in _REGISTER else None
        page = bank.source_page(item.id) if item.kind == "page" else None
        put_off = item.postponed
        cells = [
            bank.strings[f"kind-{item.kind}"][language],
            item.id,
            item.name[language],
            item.owner[language],
            str(page.source_meta.version) if page else "",
            str(item.checked),
            str(item.due),
            str(put_off.until) if put_off else "",
            put_off.why[language] if put_off else "",
            _doubt(bank, fact, language) if fact else "",
            fact.by[language] if fact else "",
            root + address(bank, item, language),
        ]
        found.append((item, cells))
    for fact in waiting:
        if fact.register not in _REGISTER.values():
            name, place = plain(bank, fact.name[language], language), root + permanent_address(fact.page or "R01", language)
            place += f"#{fact.anchor}" if fact.anchor else ""
            kind = bank.strings[f"kind-{fact.register}"][language]
            found.append((fact, [kind, fact.id, name, *[""] * 6, _doubt(bank, fact, language), fact.by[language], place]))
    return found


def _doubt(bank: Bank, fact: confirming.Waiting, language: Language) -> str:
    if fact.register == "marks":
        return f"{bank.strings['marks-in-text'][language]}: {fact.doubt[language] if fact.doubt else ''}"
    return plain(bank, fact.doubt[language], language) if fact.doubt else bank.strings["to-confirm"][language]


def table(bank: Bank, language: Language, root: str) -> bytes:
    """Return the whole table as a CSV file, in UTF-8 with the mark by which a Swedish Excel knows it."""
    return as_csv(heads(bank, language), (cells for _, cells in rows(bank, language, root))).encode("utf-8-sig")


def heads(bank: Bank, language: Language) -> list[str]:
    """Return the names of the table's columns."""
    return [bank.strings[name][language].capitalize() for name in COLUMNS]


def as_csv(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return CSV with semicolons: a comma is a decimal sign in a Swedish Excel, which would put each line in one column."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return text.getvalue()


def safe(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula; no-break spaces become ordinary ones, for searching."""
    cell = cell.replace("\u00a0", " ")
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def calendar(bank: Bank, language: Language, root: str, owner: Function | None = None) -> bytes:
    """Return the review days of `owner` (or of all) as a calendar: whole days, one event for each page, kind of contact, act, module.

    An event keeps its UID when the day moves, so that a calendar that is read in again moves it too. Many facts checked on
    one day are one event, which names them. DTSTAMP is the day of the latest check: the same data, the same bytes.
    """
    name = f"{bank.strings['site-name'][language]}: {bank.strings['review-calendar'][language]}"
    made = Calendar()
    made.add("prodid", f"-//Kunskapsbanken//review//{language.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{name}, {owner.name[language]}" if owner else name)
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in reviewing.items(bank):
        if owner is None or item.owner == owner.name:
            groups.setdefault((item.kind, item.group), []).append(item)
    end = b"END:VCALENDAR\r\n"
    return b"".join([made.to_ical().removesuffix(end), *(_entry(bank, group, language, root) for group in groups.values()), end])


def _entry(bank: Bank, group: Sequence[Item], language: Language, root: str) -> bytes:
    """Return an event as it stands in a calendar. It stands in two, the owner's and that of all, and is made once."""
    names = [f"{item.kind} {item.id}" for item in group]

    def make(given: Bank) -> bytes:
        read = group if given.reviews is None else [given.reviews[name] for name in names]
        return bytes(_event(given, read, language, root).to_ical())

    return kept_of(bank, ("event", language, *names), root, make)


def _event(bank: Bank, group: Sequence[Item], language: Language, root: str) -> Event:
    first = min(group, key=lambda item: item.last_day)
    event = Event()
    event.add("uid", f"{first.kind}-{first.group}-{language}@kunskapsbanken")
    event.add("dtstamp", datetime.datetime.combine(max(item.checked for item in group), datetime.time(), datetime.UTC))
    event.add("dtstart", first.last_day)
    event.add("dtend", first.last_day + datetime.timedelta(days=1))
    event.add("summary", _summary(bank, group, language))
    place = root + address(bank, first, language)
    event.add("description", "\n".join(_description(bank, group, language, place)))
    event.add("url", place)
    event.add("transp", "TRANSPARENT")  # the owner is not busy all day
    return event


def _summary(bank: Bank, group: Sequence[Item], language: Language) -> str:
    first, number = group[0], len(group)
    verb = bank.strings[_DO[first.kind]][language]
    if first.kind == "contact":
        return f"{verb}: {bank.strings[f'kind-{first.group}'][language]} ({number})"
    if first.kind == "law":
        return f"{verb}: {bank.acts[first.group].title[language]} ({number})"
    return f"{verb}: {first.id} {first.name[language]}"


def _description(bank: Bank, group: Sequence[Item], language: Language, place: str) -> Iterable[str]:
    def s(name: str) -> str:
        return bank.strings[name][language]

    yield f"{s('owner')}: {group[0].owner[language]}"
    if group[0].kind in ("contact", "law"):
        for item in group:
            yield f"{item.name[language]} ({item.id}): {s('next-review')} {item.due}"
    for put_off in {item.postponed.until: item.postponed for item in group if item.postponed}.values():
        yield f"{s('review-postponed').replace('{date}', str(put_off.until))}: {put_off.why[language]}"
    yield place
