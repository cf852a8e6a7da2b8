"""Fillable PDF of a form: every field labelled, nothing stored but in the reader's own file."""

from __future__ import annotations

import io
import re
import textwrap

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from .bank import Bank
from .citing import cite
from .models.base import Language
from .models.forms import FormField, FormFile
from .pages import REFERENCE

# Points; A4 is 595 x 842.
LEFT, RIGHT, TOP, BOTTOM, LINE = 48, 547, 790, 60, 13


class _Sheet:
    """Writes downwards and turns the page when it is full."""

    def __init__(self, title: str, foot: str, language: Language) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, invariant=1, lang=language, initialFontName="Helvetica")
        self.canvas.setTitle(title)
        self.foot, self.y, self.number = foot, float(TOP), 1
        self._begin()

    def _begin(self) -> None:
        self.canvas.setFont("Helvetica", 8)
        self.canvas.drawString(LEFT, 32, f"{self.foot} · {self.number}")
        self.y = TOP

    def room(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self.canvas.showPage()
            self.number += 1
            self._begin()

    def text(self, text: str, size: float = 10, bold: bool = False, gap: float = 3) -> None:
        lines = textwrap.wrap(text, int((RIGHT - LEFT) / (size * 0.52))) or [""]
        self.room(len(lines) * size * 1.3 + gap)
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        for line in lines:
            self.y -= size * 1.3
            self.canvas.drawString(LEFT, self.y, line)
        self.y -= gap


def _begin(bank: Bank, page_id: str, language: Language) -> _Sheet:
    """Return a sheet with the page's title, its version in the foot and the note that nothing is stored."""
    source = bank.pages["sv"][page_id].source_meta
    title = f"{page_id} {bank.title(page_id, language)}"
    sheet = _Sheet(title, f"{title} · {bank.strings['version'][language]} {source.version} · {source.reviewed_on}", language)
    sheet.text(title, 16, bold=True, gap=6)
    sheet.text(bank.strings["form-note"][language], 9, gap=8)
    return sheet


def form_pdf(bank: Bank, form: FormFile, language: Language) -> bytes:
    """Return the form as a PDF with fillable fields; a screen reader reads each field's label as its tooltip."""
    sheet = _begin(bank, form.form, language)
    for section in form.sections:
        sheet.room(60)
        sheet.text(section.title[language], 12, bold=True)
        if section.help:
            sheet.text(_plain(bank, section.help[language], language), 9)
        for field in section.fields:
            _field(bank, sheet, f"{section.id}.{field.id}", field, language)
        sheet.y -= 8
    sheet.canvas.save()
    return sheet.buffer.getvalue()


def checklist_pdf(bank: Bank, page_id: str, language: Language) -> bytes:
    """Return the steps of a checklist page as a PDF with a box and a time field for each step."""
    page = bank.pages[language][page_id]
    sheet = _begin(bank, page_id, language)
    groups = {group.id: group for group in bank.routines[page_id].groups}
    for use in page.blocks:
        for group_id in use.arguments if use.name == "steps" else ():
            heading = [heading.text for heading in page.headings if heading.line < use.line][-1]
            sheet.room(60)
            sheet.text(heading, 12, bold=True)
            for step in groups[group_id].steps:
                _step(bank, sheet, f"{group_id}.{step.id}", step.text[language], language)
            sheet.y -= 6
    sheet.canvas.save()
    return sheet.buffer.getvalue()


def _step(bank: Bank, sheet: _Sheet, name: str, text: str, language: Language) -> None:
    text = _plain(bank, text, language)
    lines = textwrap.wrap(text, 76)
    sheet.room(13 * len(lines) + 8)
    form, top = sheet.canvas.acroForm, sheet.y - 13
    form.checkbox(name=f"{name}.box", tooltip=text, x=LEFT, y=top - 2, size=11, borderWidth=1)
    clock = f"{bank.strings['clock'][language]}: {text}"
    form.textfield(
        name=f"{name}.time", tooltip=clock, x=RIGHT - 62, y=top - 4, width=62, height=15, fontSize=9, borderWidth=1, fontName="Helvetica"
    )
    sheet.canvas.setFont("Helvetica", 10)
    for line in lines:
        sheet.y -= 13
        sheet.canvas.drawString(LEFT + 18, sheet.y, line)
    sheet.y -= 8


def _field(bank: Bank, sheet: _Sheet, name: str, field: FormField, language: Language) -> None:
    label = field.label[language]
    height = LINE * (field.rows or 4) if field.kind == "lines" else 18.0
    if field.kind in ("choice", "checks"):
        sheet.room(LINE * (len(field.options) + 2))
        sheet.text(label, 10, bold=True)
        for option in field.options:
            sheet.y -= 15
            tip = f"{label}: {option[language]}"
            sheet.canvas.acroForm.checkbox(name=f"{name}.{option.id}", tooltip=tip, x=LEFT, y=sheet.y, size=11, borderWidth=1)
            sheet.canvas.setFont("Helvetica", 10)
            sheet.canvas.drawString(LEFT + 18, sheet.y + 2, option[language])
        sheet.y -= 6
        return
    sheet.room(height + 34)
    sheet.text(label, 10, bold=True)
    if field.help:
        sheet.text(_plain(bank, field.help[language], language), 9)
    sheet.y -= height
    flags = "multiline" if field.kind == "lines" else ""
    sheet.canvas.acroForm.textfield(
        name=name, tooltip=label, x=LEFT, y=sheet.y, width=RIGHT - LEFT, height=height, fontSize=10, borderWidth=1,
        fieldFlags=flags, fontName="Helvetica",
    )  # fmt: skip
    sheet.y -= 8


def _plain(bank: Bank, text: str, language: Language) -> str:
    """Write inline references out as words."""

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
