"""Nothing of the source material is dropped, and what is uncertain stays marked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

LEDGER = yaml.safe_load((Path(__file__).parent / "knowledge.yml").read_text(encoding="utf-8"))


def test_every_contact_is_here(bank):
    assert set(LEDGER["contacts"]) <= set(bank.contacts)
    assert len(LEDGER["contacts"]) == 87


def test_every_provision_is_here(bank):
    expected = {**LEDGER["provisions"], **LEDGER["added"]}
    assert {act.id for act in bank.acts.values()} == set(expected)
    for act_id, references in expected.items():
        assert [provision.ref.sv for provision in bank.acts[act_id].provisions] == references, act_id
    assert sum(map(len, LEDGER["provisions"].values())) == 175


def test_every_term_is_here(bank):
    assert set(LEDGER["terms"]) <= set(bank.terms)
    assert len(LEDGER["terms"]) == 77


def test_every_sign_is_here(bank):
    groups = {group.id: len(group.items) for group in bank.indicators.groups}
    assert groups == LEDGER["signs"]
    assert sum(groups.values()) == 107


@pytest.mark.parametrize("kind", ["contacts", "provisions", "terms"])
def test_what_was_marked_uncertain_is_still_marked_or_named_as_settled(bank, kind):
    """A mark goes away only by a change in settled.yml's list, which says who confirmed it and when."""
    settled = set(LEDGER["settled"])
    found = {item.id for item in getattr(bank, kind).values() if item.verify}
    assert set(LEDGER["uncertain"][kind]) - found - settled == set()


def test_every_action_of_the_manual_is_carried_by_a_step(bank):
    """Each action of the source material's steps stands in a step of some routine, or in the written list of exceptions."""
    carried = {entry for routine in bank.routines.values() for group in routine.groups for step in group.steps for entry in step.covers}
    carried |= {entry for routine in bank.routines.values() for decision in routine.decisions for entry in decision.covers}
    written = {page for page in LEDGER["actions"] if page in bank.pages["sv"]}
    missing = {action for page in written for action in LEDGER["actions"][page]} - carried - set(LEDGER["actions_elsewhere"])
    assert missing == set()


def test_every_act_stands_on_a_law_page(bank):
    assert [act_id for act_id in bank.acts if bank.law_page(act_id) is None] == []
