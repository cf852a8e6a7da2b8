"""Every entry of the source material stands on a page, or a written reason says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

COVERAGE = yaml.safe_load((Path(__file__).parent / "coverage.yml").read_text(encoding="utf-8"))
ROWS = [(kind, entry, where) for kind, entries in COVERAGE["carried"].items() for entry, where in entries.items()]


def texts(bank, page_id):
    """Everything a reader of the page can be shown, in both languages, with the ids the data carries."""
    parts = []
    for language in ("sv", "en"):
        page = bank.pages[language][page_id]
        parts.append(page.body)
    return "\n".join(parts)


def carried(bank, page_id, entry):
    """True when the page or the data it shows names the entry: as an anchor, in a block, or in `covers`."""
    routine, form, module = bank.routines.get(page_id), bank.forms.get(page_id), bank.modules.get(page_id)
    if routine and any(entry in step.covers for group in routine.groups for step in group.steps):
        return True
    if routine and any(entry in (d.id, *d.covers) for d in routine.decisions):
        return True
    if form and any(entry in field.covers for section in form.sections for field in section.fields):
        return True
    if module and entry in {q.id for q in module.quiz} | {q.id for q in module.case.questions}:
        return True
    return f"#{entry}}}" in texts(bank, page_id) or f" {entry}" in texts(bank, page_id)


@pytest.mark.parametrize(("kind", "entry", "where"), ROWS)
def test_an_entry_is_carried_by_the_page_that_claims_it(bank, kind, entry, where):
    page_id, _, phrase = where.partition(" ")
    assert page_id in bank.pages["sv"], f"{kind} {entry}: there is no page {page_id}"
    if phrase:
        assert phrase in texts(bank, page_id) or any(
            phrase in text[language]
            for routine in [bank.routines.get(page_id)] if routine
            for group in routine.groups for step in group.steps
            for text in (step.text, step.note) if text for language in ("sv", "en")
        ), f"{page_id} does not say '{phrase}'"  # fmt: skip
    else:
        assert carried(bank, page_id, entry), f"{page_id} does not carry {entry}"


def test_reasons_are_written_out():
    for entry, reason in COVERAGE["not_carried"].items():
        assert len(reason) > 20, entry


def test_every_kind_is_counted():
    """The list is whole: as many entries of each kind as the source material had on 2026-11-23."""
    counted = {kind: len(entries) for kind, entries in COVERAGE["carried"].items()}
    for entry in COVERAGE["not_carried"]:
        counted[entry.partition("/")[0]] = counted.get(entry.partition("/")[0], 0) + 1
    assert counted == COVERAGE["counts"]
