"""A page that differs from what was published asks for an entry in the log: of which kind depends on what changed."""

from __future__ import annotations

import re

import pytest
from kunskapsbank import fingerprints, published
from kunskapsbank.bank import load

FILES = {
    "sv/handbok/rutin.md": """---
id: R02
title: En rutin
description: En rutin som bara finns i det här provet.
owner: Redaktionen
valid_from: 2027-01-01
reviewed_on: 2027-01-01
review_every: 12
approved_by: ""
version: 1
---
**När:** alltid. Se [[law:lag-2]].

/// steps | forst
///

/// contacts | jouren
///

/// deadlines | svar
///
""",
    "_data/ids.yml": "ids:\n  - {id: R02, path: handbok/rutin/, state: published}\n",
    "_data/steps/R02.yml": """routine: R02
groups:
  - id: forst
    steps:
      - {id: ring, text: {sv: Ring., en: Call.}, who: [jour], when: {sv: Genast, en: At once}}
      - {id: skriv, text: {sv: Skriv., en: Write.}, who: [jour], when: {sv: Sedan, en: Then}}
""",
    "_data/contacts.yml": """contacts:
  - id: jouren
    name: {sv: Jouren, en: The service}
    kind: social
    area: Stockholm
    what_for: {sv: Råd, en: Advice}
    phone: {e164: '+46850000000', display: 08-500 000 00, short: false}
    email: null
    web: null
    hours: {sv: Vardagar 9–15, en: Weekdays 9–15}
    source_url: null
    source_date: null
    confidence: high
    verify: false
    note: null
    tags: []
    checked_on: 2027-01-01
""",
    "_data/statutes.yml": """acts:
  - id: lag
    sfs: '2027:1'
    short: {sv: lagen, en: the act}
    title: {sv: Lagen, en: The act}
    official_url: null
    status: in_force
    status_note: {sv: Gäller., en: In force.}
    in_force_until: null
    provisions:
""" + "".join(
        f"""      - id: lag-{number}
        ref: {{sv: {number} §, en: section {number}}}
        rule: {{sv: Regel {number}., en: Rule {number}.}}
        decides: null
        time_limit: null
        in_force: null
        in_force_from: null
        in_force_until: null
        old_ref: null
        source_url: null
        source_date: null
        confidence: high
        verify: false
        checked_on: 2027-01-01
"""
        for number in (1, 2, 3)
    ),
    "_data/deadlines.yml": """deadlines:
  - id: svar
    name: {sv: Svar, en: Answer}
    starts: {sv: Beslutet, en: The decision}
    limit: {sv: 1 vecka, en: 1 week}
    amount: {value: 1, unit: week}
    count: {how: done-by, runs_from: [beslut]}
    law: [lag-1]
    who: []
    missed: null
    counted: null
    pages: [R02]
    verify: false
""",
    "_data/changes.yml": """changes:
  - date: 2027-01-01
    kind: material
    pages: [R02]
    text: {sv: Ny., en: New.}
""",
}  # fmt: skip
PAGE, LOG = "sv/handbok/rutin.md", "_data/changes.yml"
STEPS, CONTACTS, LAW, LIMITS = (f"_data/{name}.yml" for name in ("steps/R02", "contacts", "statutes", "deadlines"))


@pytest.fixture
def docs(tmp_path):
    """A bank of one routine, published as it stands."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert published.write(load(tmp_path), tmp_path / "_data" / published.NAME)
    return tmp_path


def swap(docs, name, old, new):
    path = docs / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def log(docs, kind):
    swap(docs, LOG, "changes:\n", f"changes:\n  - {{date: 2027-02-01, kind: {kind}, pages: [R02], text: {{sv: Ändrat., en: Changed.}}}}\n")


def faults(docs):
    bank = load(docs)
    assert bank.published is not None and "R02" in bank.pages["sv"] and bank.routines and bank.contacts and bank.provisions
    return [fault.text(docs) for fault in published.check(bank)]


DIALLED = ("'+46850000000', display: 08-500 000 00", "'+46850000001', display: 08-500 000 01")
ADDED = "      - {id: mer, text: {sv: Mer., en: More.}, who: [jour], when: {sv: Sist, en: Last}}\n"
RING = "      - {id: ring, text: {sv: Ring., en: Call.}, who: [jour], when: {sv: Genast, en: At once}}\n"
SKRIV = "      - {id: skriv, text: {sv: Skriv., en: Write.}, who: [jour], when: {sv: Sedan, en: Then}}\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "part"),
    [
        (STEPS, SKRIV, SKRIV + ADDED, "steps (which, their order, who)"),
        (STEPS, SKRIV, "", "steps (which, their order, who)"),
        (STEPS, RING + SKRIV, SKRIV + RING, "steps (which, their order, who)"),
        (STEPS, "who: [jour]", "who: [polis]", "steps (which, their order, who)"),
        (PAGE, "**När:**", "1. Läs.\n\n**När:**", "steps (which, their order, who)"),
        (CONTACTS, *DIALLED, "phone numbers or hours"),
        (CONTACTS, "Vardagar 9–15", "Vardagar 9–14", "phone numbers or hours"),
        (CONTACTS, "verify: false", "verify: true\n    verify_fields: [phone]", "phone numbers or hours"),
        (LIMITS, "value: 1", "value: 2", "time limits"),
        (LIMITS, "runs_from: [beslut]", "runs_from: [handelse]", "time limits"),
        (LIMITS, "sv: Beslutet", "sv: Domen", "time limits"),
        (LAW, "Regel 1.", "Regel ett.", "law"),  # by way of the time limit
        (LAW, "ref: {sv: 2 §", "ref: {sv: 2 a §", "law"),  # named in the text
        (PAGE, "law:lag-2", "law:lag-3", "law"),
    ],
)
def test_what_a_reader_acts_on_asks_for_a_material_entry(docs, name, old, new, part):
    assert faults(docs) == []
    swap(docs, name, old, new)
    (fault,) = faults(docs)
    assert re.match(r"sv/handbok/rutin\.md:10: ", fault), fault
    assert f"{part}" in fault and "changed since 2027-01-01" in fault
    assert fault.endswith("write an entry of kind material in changes.yml that names R02, and set version to 2")
    log(docs, "editorial")
    (fault,) = faults(docs)
    assert "no material entry in changes.yml names R02" in fault, "wording and form do not cover it"
    log(docs, "material")
    assert faults(docs) == []


@pytest.mark.parametrize("kind", ["editorial", "material"])
def test_new_words_in_a_step_ask_for_an_entry_of_either_kind(docs, kind):
    swap(docs, STEPS, "sv: Ring.", "sv: Ring dit.")
    (fault,) = faults(docs)
    assert "words of the steps changed since 2027-01-01, but no entry in changes.yml names R02" in fault
    log(docs, kind)
    assert faults(docs) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (STEPS, "en: Call.", "en: Phone."),
        (PAGE, "alltid", "jämt"),
        (PAGE, "reviewed_on: 2027-01-01", "reviewed_on: 2027-02-01"),
        (CONTACTS, "sv: Råd", "sv: Goda råd"),
        (LAW, "Regel 3.", "Regel tre."),
        (LAW, "checked_on: 2027-01-01", "checked_on: 2027-02-01"),
    ],
)
def test_what_is_not_compared_asks_for_nothing(docs, name, old, new):
    swap(docs, name, old, new)
    assert faults(docs) == []


def test_publishing_again_acknowledges_and_a_later_change_asks_anew(docs):
    swap(docs, CONTACTS, *DIALLED)
    log(docs, "material")
    assert published.write(load(docs), docs / "_data" / published.NAME)
    assert not published.write(load(docs), docs / "_data" / published.NAME), "the second time there is nothing to write"
    assert faults(docs) == []
    swap(docs, CONTACTS, *reversed(DIALLED))
    (fault,) = faults(docs)
    assert "changed since 2027-02-01" in fault and "set version to 3" in fault


def test_an_entry_that_was_published_may_not_be_removed(docs):
    log(docs, "editorial")
    published.write(load(docs), docs / "_data" / published.NAME)
    swap(docs, LOG, "  - {date: 2027-02-01, kind: editorial, pages: [R02], text: {sv: Ändrat., en: Changed.}}\n", "")
    (fault,) = faults(docs)
    assert fault.startswith("_data/changes.yml:0: entries that name R02 are gone: 1 of 2")


def test_the_order_in_a_register_is_no_change(bank):
    """Facts are compared by their ids, wherever they stand in their file."""
    page = bank.pages["sv"]["R08"]
    before = fingerprints.of(bank, page)
    contacts = dict(reversed(bank.contacts.items()))
    assert fingerprints.of(type(bank)(**{**_fields(bank), "contacts": contacts}), page) == before
    assert None not in before.values(), "R08 has every part"


def _fields(bank):
    return {name: value for name, value in vars(bank).items() if not name.startswith("_")}


def test_registers_follow_every_fact_they_show(bank):
    """A print-out of the register is asked whether it still holds, as any other."""
    for page_id, part in (("K00", "numbers"), ("J01", "limits"), ("J02", "law"), ("K01", "numbers")):
        assert fingerprints.of(bank, bank.pages["sv"][page_id])[part], page_id
    shown = {contact.id for contact in fingerprints.contacts_of(bank, bank.pages["sv"]["K00"])}
    assert "sos-112" in shown and "talita" not in shown
