"""What is to be confirmed, where it stands, and which function confirms it. One list for the page, the CSV and scripts/review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from . import citing
from .bank import Bank
from .models.base import LANGUAGES, Language, Text
from .reviewing import function_name

Register = Literal["contacts", "law", "signs", "terms", "steps", "deadlines", "marks"]
REGISTERS: tuple[Register, ...] = ("contacts", "law", "signs", "terms", "steps", "deadlines", "marks")


@dataclass(frozen=True)
class Waiting:
    """One uncertain fact. `name` may hold inline references; `doubt` is what is uncertain, where the data say it."""

    register: Register
    id: str
    name: Text
    doubt: Text | None
    by: Text
    page: str | None = None  # where it stands, when that is one page
    anchor: str | None = None


def waiting(bank: Bank) -> list[Waiting]:
    """Return every fact that waits to be confirmed, register by register."""
    return [*_contacts(bank), *_law(bank), *_signs(bank), *_terms(bank), *_steps(bank), *_deadlines(bank), *_marks(bank)]


def _by(bank: Bank, register: Register, page_id: str) -> Text:
    """The function review.yml names for the register; `owner` is the owner of the page where the fact stands."""
    named = str(getattr(bank.review.confirmed_by, register)) if bank.review else "owner"
    page = bank.source_page(page_id)
    return function_name(bank, named if named != "owner" else page.source_meta.owner if page else "")


def _joined(parts: dict[Language, list[str]], separator: str) -> Text | None:
    return Text(sv=separator.join(parts["sv"]), en=separator.join(parts["en"])) if all(parts.values()) else None


def _contacts(bank: Bank) -> Iterator[Waiting]:
    for contact in bank.contacts.values():
        if contact.verify or contact.confidence == "low":
            fields = [bank.strings[f"verify-{field.replace('_', '-')}"] for field in contact.verify_fields]
            doubt = _joined({language: [field[language] for field in fields] for language in LANGUAGES}, ", ")
            if doubt and contact.note:
                doubt = Text(sv=f"{doubt.sv}. {contact.note.sv}", en=f"{doubt.en}. {contact.note.en}")
            yield Waiting("contacts", contact.id, contact.name, doubt or contact.note, _by(bank, "contacts", "K00"))


def _law(bank: Bank) -> Iterator[Waiting]:
    for provision in bank.provisions.values():
        if provision.verify or provision.confidence == "low":
            name = Text(sv=citing.cite(bank, provision.id, "sv"), en=citing.cite(bank, provision.id, "en"))
            doubt = _joined({language: [what[language] for what in provision.verify_what] for language in LANGUAGES}, "; ")
            yield Waiting("law", provision.id, name, doubt, _by(bank, "law", "J00"))


def _signs(bank: Bank) -> Iterator[Waiting]:
    for group in bank.indicators.groups if bank.indicators else []:
        for item in group.items:
            if item.verify:
                yield Waiting("signs", item.id, item.text, None, _by(bank, "signs", "R01"))


def _terms(bank: Bank) -> Iterator[Waiting]:
    for term in bank.terms.values():
        if term.verify:
            yield Waiting("terms", term.id, term.term, None, _by(bank, "terms", "O00"), "O00", term.id)


def _steps(bank: Bank) -> Iterator[Waiting]:
    for routine in bank.routines.values():
        for group in routine.groups:
            for step in group.steps:
                if step.verify:
                    yield Waiting("steps", step.id, step.text, step.verify, _by(bank, "steps", routine.routine), routine.routine)


def _deadlines(bank: Bank) -> Iterator[Waiting]:
    for deadline in bank.deadlines.values():
        if deadline.verify:
            doubt = _joined({language: [what[language] for what in deadline.verify_what] for language in LANGUAGES}, "; ")
            name = Text(sv=f"{deadline.name.sv}: {deadline.limit.sv}", en=f"{deadline.name.en}: {deadline.limit.en}")
            yield Waiting("deadlines", deadline.id, name, doubt, _by(bank, "deadlines", "J01"), "J01", deadline.id)


def _marks(bank: Bank) -> Iterator[Waiting]:
    for page_id, page in bank.pages["sv"].items():
        number = sum(reference.id == "verify" for reference in page.references)
        if number:
            name = Text(sv=bank.title(page_id, "sv"), en=bank.title(page_id, "en"))
            yield Waiting("marks", page_id, name, Text(sv=str(number), en=str(number)), _by(bank, "marks", page_id), page_id)
