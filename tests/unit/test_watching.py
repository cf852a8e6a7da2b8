"""What a server keeps is made anew when one of the facts it was made from changes, and only then."""

from __future__ import annotations

import copy
import dataclasses

import pytest
from kunskapsbank import memory, watching


@pytest.fixture(autouse=True)
def nothing_kept():
    memory.forget()
    yield
    memory.forget()


def changed(bank, contact_id):
    """The bank with another name for one contact."""
    contact = bank.contacts[contact_id]
    name = contact.name.model_copy(update={"sv": "Ett annat namn"})
    return dataclasses.replace(bank, contacts={**bank.contacts, contact_id: contact.model_copy(update={"name": name})})


def made(bank, make, made_from=""):
    """True when `make` was called."""
    calls = []

    def note(given):
        calls.append(make(given))
        return calls[-1]

    watching.kept_of(watching.watch(bank), ("thing",), made_from, note)
    return bool(calls)


READERS = {
    "one contact": lambda bank: bank.contacts["sos-112"].name.sv,
    "one contact by get": lambda bank: bank.contacts.get("sos-112").name.sv,
    "all contacts": lambda bank: [contact.name.sv for contact in bank.contacts.values()],
    "all contacts, unpacked": lambda bank: {**bank.contacts},
    "how many contacts": lambda bank: len(bank.contacts),
    "all contacts, joined": lambda bank: bank.contacts | {},
    "all contacts, copied": lambda bank: bank.contacts.copy(),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_changed_fact_makes_anew_what_was_made_from_it(bank, reader):
    assert made(bank, READERS[reader])
    assert not made(bank, READERS[reader])
    assert made(changed(bank, "sos-112"), READERS[reader])
    assert not made(changed(bank, "sos-112"), READERS[reader]), "an equal fact is the same fact"
    assert made(bank, READERS[reader]), "and back again"


def test_another_fact_makes_nothing_anew(bank):
    assert made(bank, READERS["one contact"])
    assert not made(changed(bank, "polisen-11414"), READERS["one contact"])
    assert made(bank, READERS["one contact"], made_from="another text")


def test_a_fact_that_was_missing_is_a_fact(bank):
    less = dataclasses.replace(bank, contacts={name: contact for name, contact in bank.contacts.items() if name != "sos-112"})
    assert made(less, lambda given: "sos-112" in given.contacts)
    assert made(bank, lambda given: "sos-112" in given.contacts)


def test_the_order_of_a_list_is_a_fact(bank):
    backwards = dataclasses.replace(bank, terms=dict(reversed(bank.terms.items())))
    assert made(bank, lambda given: list(given.terms))
    assert made(backwards, lambda given: list(given.terms))


def test_files_that_stand_alone_and_what_the_bank_works_out(bank):
    law = next(iter(bank.provisions))
    for read in (lambda given: given.cases, lambda given: given.users_of(law), lambda given: given.law_page("lvu")):
        memory.forget()
        assert made(bank, read)
        assert not made(bank, read)
        pages = {language: {i: page for i, page in found.items() if i[0] not in "JR"} for language, found in bank.pages.items()}
        assert made(dataclasses.replace(bank, cases=None, pages=pages), read)


def test_of_another_page_the_running_text_is_no_fact(bank):
    def title(given):
        return given.title("R08", "sv")

    def other(**changes):
        page = copy.copy(bank.pages["sv"]["R08"])
        for name, value in changes.items():
            setattr(page, name, value)
        return dataclasses.replace(bank, pages={**bank.pages, "sv": {**bank.pages["sv"], "R08": page}})

    assert made(bank, title)
    assert not made(other(body="another text", body_line=20), title)
    assert made(other(meta=bank.pages["sv"]["R08"].meta.model_copy(update={"title": "Annat"})), title)


def test_of_a_part_only_how_it_comes_out_is_a_fact(bank):
    """The part is an English block: it reads a contact, and says its English name."""
    calls = []

    def build(given):
        watched = watching.watch(given)

        def part(place):
            return watching.kept_of(watched, place, "", lambda read: calls.append("part") or read.contacts["sos-112"].name.en)

        def whole(read):
            calls.append("whole")
            read.contacts["polisen-11414"]
            return watching.part_of(read, ("part", "sos-112"))

        watched.makers["part"] = part
        calls.clear()
        return watching.kept_of(watched, ("whole",), "", whole)

    build(bank)
    assert calls == ["whole", "part"]
    build(changed(bank, "sos-112"))
    assert calls == ["part"], "made anew, and the same as before"
    build(changed(bank, "polisen-11414"))
    assert sorted(calls) == ["part", "whole"], "what was read beside the part is still a fact"
    contact = bank.contacts["sos-112"]
    other = contact.model_copy(update={"name": contact.name.model_copy(update={"en": "Another name"})})
    build(bank)
    assert build(dataclasses.replace(bank, contacts={**bank.contacts, "sos-112": other})) == "Another name"
    assert calls == ["part", "whole"]


def test_each_review_is_a_fact_and_its_line_in_the_file_is_none(bank):
    item = watching.watch(bank).reviews["contact sos-112"]
    again = dataclasses.replace(item, line=item.line + 1)
    later = dataclasses.replace(item, due=item.due.replace(year=item.due.year + 1))

    def with_review(found):
        given = dataclasses.replace(bank)
        given.reviews = {**bank.reviews, "contact sos-112": found}
        given.behind = {}
        return given

    def read(given):
        return given.reviews["contact sos-112"].due

    assert made(with_review(item), read)
    assert not made(with_review(again), read)
    assert made(with_review(later), read)


def test_a_bank_that_is_not_watched_keeps_nothing(bank):
    calls = []
    for _ in range(2):
        watching.kept_of(bank, ("thing",), "", calls.append)
    assert len(calls) == 2
