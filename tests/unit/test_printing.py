"""What a print-out carries: the address with its version, the code, the log of its own id and of those it replaces."""

from __future__ import annotations

import dataclasses
import datetime
import re

from kunskapsbank import printing
from kunskapsbank.models.changes import Change, ChangeFile


def change(day, kind, *pages):
    return Change(date=datetime.date(2027, 1, day), kind=kind, pages=list(pages), text={"sv": f"Dag {day}.", "en": f"Day {day}."})


def test_the_address_has_the_id_the_language_and_the_version(bank):
    assert printing.checked_address(bank.pages["sv"]["R08"], 3) == "r/R08/?v=3"
    assert printing.checked_address(bank.pages["en"]["R08"], 3) == "en/r/R08/?v=3"
    assert printing.checked_address(bank.pages["sv"]["START"], 1) == "?v=1", "the start page has no number"
    assert printing.checked_address(bank.pages["en"]["SOK"], 1) == "en/sok/?v=1"


def test_the_code_is_a_picture_without_size_or_style():
    svg = printing.qr_svg("https://bank.example/r/R08/?v=1")
    assert svg.startswith("<svg") and "viewBox" in svg
    assert not re.search(r"style=|width=|height=|class=", svg)


def test_a_log_has_material_changes_first_and_the_newest_first_of_each_kind(bank):
    log = [change(9, "editorial", "R08"), change(8, "material", "R08"), change(5, "editorial", "R08"), change(1, "material", "R08")]
    (own,) = printing.logs(dataclasses.replace(bank, changes=ChangeFile(changes=log)), bank.pages["sv"]["R08"])
    assert (own.id, own.version) == ("R08", 2)
    assert [(event.date.day, event.version) for event in own.events] == [(8, 2), (1, 1), (9, 2), (5, 1)]


def test_a_page_also_has_the_log_of_what_it_replaces(bank):
    ledger = {**bank.ledger, "R22": bank.ledger["R22"].model_copy(update={"state": "retired", "successor": "R16"})}
    log = [change(9, "material", "R16", "R22"), change(1, "material", "R22")]
    changed = dataclasses.replace(bank, ledger=ledger, changes=ChangeFile(changes=log))
    logs = printing.logs(changed, bank.pages["sv"]["R16"])
    assert [(one.id, one.version, len(one.events)) for one in logs] == [("R16", 1, 1), ("R22", 2, 2)]
    assert [one.id for one in printing.logs(changed, bank.pages["sv"]["R08"])] == ["R08"]
