"""A page's version is the number of material changes that name it."""

from __future__ import annotations

import dataclasses
import datetime

from kunskapsbank import history
from kunskapsbank.models.changes import Change, ChangeFile


def change(day, kind, *pages):
    return Change(date=datetime.date(2027, 1, day), kind=kind, pages=list(pages), text={"sv": "Ändrat.", "en": "Changed."})


LOG = [change(9, "material", "R08"), change(5, "editorial", "R08"), change(5, "material", "R09"), change(1, "material", "R08", "R09")]


def test_material_changes_move_the_version_and_editorial_ones_do_not():
    assert [(event.version, event.date.day, event.material) for event in history.events(LOG, "R08")] == [
        (1, 1, True),
        (1, 5, False),
        (2, 9, True),
    ]
    assert history.events(LOG, "R01") == []


def test_a_version_that_does_not_follow_the_log_is_a_fault_on_its_line(bank):
    assert list(history.check(bank)) == []
    log = bank.changes.changes
    later = ChangeFile(changes=[change(9, "material", "R08"), *log])
    (fault,) = history.check(dataclasses.replace(bank, changes=later))
    assert fault.path.name == "omedelbart-omhandertagande.md" and fault.line > 1
    assert "version is 1, but changes.yml has 2" in fault.what


def test_a_log_out_of_order_is_a_fault(bank):
    log = bank.changes.changes
    later = ChangeFile(changes=[*log, change(9, "editorial", "R08")])
    (fault,) = history.check(dataclasses.replace(bank, changes=later))
    assert fault.path.name == "changes.yml" and "order" in fault.what
