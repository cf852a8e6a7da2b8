"""On the real bank: a text of a page's own data counts in the section that shows it, and in no other; a shared register in none."""

from __future__ import annotations

import dataclasses

import pytest
from kunskapsbank.models.cases import CaseFile
from kunskapsbank.models.contacts import Contact
from kunskapsbank.models.forms import FormFile
from kunskapsbank.models.routines import FlowFile, IndicatorFile, RoutineFile
from kunskapsbank.models.statutes import Provision
from kunskapsbank.models.training import ModuleFile
from kunskapsbank.translating import digests, section_at


def changed(bank, table, key, model, where, language):
    """The sections whose digest moves when one text of one file is another."""
    held = getattr(bank, table)[key] if key else getattr(bank, table)
    data = held.model_dump()
    inner = data
    for part in where:
        inner = inner[part]
    inner[language] += "x"
    new = model.model_validate(data)
    other = dataclasses.replace(bank, **{table: {**getattr(bank, table), key: new} if key else new})
    found = set()
    for page_id, page in bank.pages["sv"].items():
        before, after = digests(bank, page), digests(other, page)
        found |= {(page_id, section) for section in before if before[section] != after[section]}
    return found


def shows(bank, block, argument=None):
    """The sections with a block, by page."""
    return {
        (page_id, section_at(page, use.line))
        for page_id, page in bank.pages["sv"].items()
        for use in page.blocks
        if use.name == block and (argument is None or argument in use.arguments)
    }


@pytest.mark.parametrize(
    ("table", "key", "model", "where", "block"),
    [
        ("routines", "R08", RoutineFile, ("groups", 0, "steps", 0, "text"), "steps"),
        ("routines", "R08", RoutineFile, ("decisions", 0, "outcomes", 0), "decision"),
        ("forms", "M02", FormFile, ("sections", 0, "fields", 0, "label"), "form"),
        ("modules", "U14", ModuleFile, ("goals", 0), "goals"),
        ("modules", "U14", ModuleFile, ("know", 0), "know"),
        ("modules", "U14", ModuleFile, ("case", "scenes", 0, "choices", 0, "why"), "case"),
        ("modules", "U14", ModuleFile, ("quiz", 0, "options", 0), "quiz"),
        ("flow", None, FlowFile, ("nodes", 0, "text"), "flow"),
    ],
)
def test_a_text_of_the_page_counts_where_it_is_shown(bank, table, key, model, where, block):
    wanted = {(page_id, section) for page_id, section in shows(bank, block) if key in (None, page_id)}
    if block == "steps":
        wanted = {(page_id, section) for page_id, section in wanted if section == "gor-sa-har"}
    assert len(wanted) == 1
    assert changed(bank, table, key, model, where, "sv") == wanted
    assert changed(bank, table, key, model, where, "en") == set()


def test_a_sign_counts_on_every_page_that_shows_its_group(bank):
    groups = [group.id for group in bank.indicators.groups]
    found = changed(bank, "indicators", None, IndicatorFile, ("groups", groups.index("resan"), "items", 0, "text"), "sv")
    assert found == shows(bank, "indicators", "resan") and {page_id for page_id, _ in found} == {"R01", "R18"}


def test_the_outcomes_of_the_cases_count_at_their_chart_and_not_at_the_other(bank):
    found = changed(bank, "cases", None, CaseFile, ("outcomes_2010", 0, "text"), "sv")
    assert found == shows(bank, "chart", "outcomes") and len(found) == 1


@pytest.mark.parametrize(
    ("table", "key", "model", "field"), [("contacts", "sos-112", Contact, "what_for"), ("provisions", "lvu-6", Provision, "rule")]
)
def test_a_shared_register_counts_nowhere(bank, table, key, model, field):
    assert changed(bank, table, key, model, (field,), "sv") == set()
