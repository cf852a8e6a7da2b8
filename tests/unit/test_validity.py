"""A law that has ended fails the check from the day after; the pages that rest on a provision are known."""

from __future__ import annotations

import dataclasses
import datetime

from kunskapsbank import validity

DAY = datetime.date(2027, 1, 1)


def test_an_act_past_its_last_day_is_a_fault(bank):
    acts = {**bank.acts, "lvu": bank.acts["lvu"].model_copy(update={"in_force_until": datetime.date(2026, 12, 31)})}
    ending = dataclasses.replace(bank, acts=acts)
    (fault,) = validity.check(ending, DAY)
    assert "lvu ended on 2026-12-31" in fault.what and fault.line > 1
    assert not list(validity.check(ending, datetime.date(2026, 12, 31)))


def test_a_provision_past_its_last_day_is_a_fault(bank):
    act = bank.acts["sol"]
    provisions = [act.provisions[0].model_copy(update={"in_force_until": datetime.date(2026, 1, 1)}), *act.provisions[1:]]
    ending = dataclasses.replace(bank, acts={**bank.acts, "sol": act.model_copy(update={"provisions": provisions})})
    assert [fault.what for fault in validity.check(ending, DAY)] == [f"{provisions[0].id} ended on 2026-01-01"]


def test_the_pages_resting_on_a_provision_are_found_through_blocks_references_and_steps(bank):
    users = bank.users_of("lvu-6")
    assert {"R08", "A01"} <= set(users)
    assert not [page_id for page_id in users if page_id.startswith("J")]
    assert users == [page_id for page_id in bank.ledger if page_id in users]
