"""A contact as text: what a reader needs, and never a number that is not confirmed."""

from __future__ import annotations

import pytest
from kunskapsbank.contacttext import plain


def test_the_whole_of_a_confirmed_contact(bank):
    contact = bank.contacts["sos-112"]
    assert plain(contact, "sv", bank.strings).split("\n") == [
        contact.name.sv,
        contact.what_for.sv,
        "Ring: 112",
        f"Öppet: {contact.hours.sv}",
        "Område: hela Sverige",
        f"Kontrollerad: {contact.checked_on}",
    ]


def test_doubt_goes_along(bank):
    text = plain(bank.contacts["polisen-11414"], "en", bank.strings)
    assert "Call: 114 14" in text
    assert text.endswith("To be confirmed: the hours")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_number_stands_in_the_text_only_if_it_is_confirmed(bank, language):
    shown = hidden = 0
    for contact in bank.contacts.values():
        text = plain(contact, language, bank.strings)
        if contact.phone is None:
            assert bank.strings["no-number"][language] in text
        elif contact.number_confirmed:
            assert f": {contact.phone.display}\n" in text
            shown += 1
        else:
            assert f": {contact.phone.display}" not in text, contact.id
            hidden += 1
    assert shown > 10 and hidden > 10


def test_a_domestic_number_of_another_country_is_not_given(bank):
    text = plain(bank.contacts["ee-lasteabi"], "sv", bank.strings)
    assert "Inrikesnummer, nås inte från Sverige" in text and "116 111\n" not in text.split("\n", 2)[2]
