"""Forms and checklists as HTML for a fillable PDF: every field has a name a screen reader reads out."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from .. import translating
from ..bank import Bank
from ..citing import cite
from ..models.base import Language
from ..models.forms import FormField
from ..pages import REFERENCE, PageSource


@dataclass(frozen=True)
class Field:
    """One question. `kind` as in the form's data, or 'step': a box to tick and a time. `options` are (id, text)."""

    name: str
    kind: str
    label: str
    help: str = ""
    rows: int = 0
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with its fields."""

    title: str
    help: str
    fields: tuple[Field, ...]
    changed: datetime.date | None = None  # the day of a translation that is behind the Swedish text


def fillable(bank: Bank) -> list[str]:
    """Return the ids of the forms and checklists that are made as fillable PDF."""
    return [page_id for page_id in bank.pages["sv"] if page_id in bank.forms or (page_id[0] == "M" and page_id in bank.routines)]


def sections(bank: Bank, page_id: str, language: Language) -> list[Section]:
    """Return what a form or a checklist asks for, in order."""
    form, page = bank.forms.get(page_id), bank.pages[language][page_id]
    behind = {item.section: item.on for item in translating.behind_on(bank, page)} if language == "en" else {}
    if form is None:
        return _checklist(bank, page, behind)
    lines = {argument: use.line for use in page.blocks if use.name == "form" for argument in use.arguments}
    return [
        Section(
            section.title[language],
            plain(bank, section.help[language], language) if section.help else "",
            tuple(_field(bank, f"{section.id}.{field.id}", field, language) for field in section.fields),
            behind.pop(translating.section_at(page, lines[section.id]), None),  # said once for a section of the page
        )
        for section in form.sections
    ]


def _field(bank: Bank, name: str, field: FormField, language: Language) -> Field:
    return Field(
        name,
        field.kind,
        field.label[language],
        plain(bank, field.help[language], language) if field.help else "",
        field.rows or 4,
        tuple((option.id, option[language]) for option in field.options),
    )


def _checklist(bank: Bank, page: PageSource, behind: dict[str, datetime.date]) -> list[Section]:
    """The steps under the heading they have on the page."""
    language = page.language
    groups = {group.id: group for group in bank.routines[page.meta.id].groups}
    found = []
    for use in page.blocks:
        for group_id in use.arguments if use.name == "steps" else ():
            heading = [heading.text for heading in page.headings if heading.line < use.line][-1]
            steps = tuple(
                Field(f"{group_id}.{step.id}", "step", plain(bank, step.text[language], language)) for step in groups[group_id].steps
            )
            found.append(Section(heading, "", steps, behind.pop(translating.section_at(page, use.line), None)))
    return found


def plain(bank: Bank, text: str, language: Language) -> str:
    """Return `text` with its inline references written out as words."""

    def words(found: re.Match[str]) -> str:
        kind, target = found["kind"] or "", found["id"]
        if found["text"]:
            return found["text"]
        if kind == "law":
            return cite(bank, target, language)
        if kind == "deadline":
            return bank.deadlines[target].limit[language].lower()
        if kind in ("contact", "phone"):
            return bank.contacts[target].name[language]
        if kind == "term":
            return bank.terms[target].term[language]
        return f"({bank.strings['to-confirm'][language]})" if target == "verify" else target

    return REFERENCE.sub(words, text).replace("*", "")
