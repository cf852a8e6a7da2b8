"""Phone numbers: what is one, what may be dialled, what is confirmed."""

from __future__ import annotations

import pytest
from kunskapsbank.models.contacts import Phone
from pydantic import ValidationError


@pytest.mark.parametrize(
    ("contact", "dial"),
    [
        ("sos-112", "tel:112"),
        ("polisen-11414", "tel:11414"),
        ("sis-placering", "tel:+46104534000"),
        ("dk-cmm", "tel:+4570202550"),
        ("is-barnavernd-112", None),  # 112 dialled in Sweden reaches Sweden's own emergency service
        ("ee-lasteabi", None),
        ("bg-hotline", None),
        ("lokal-jurist", None),
    ],
)
def test_only_numbers_that_lead_there_are_links(bank, contact, dial):
    assert bank.contacts[contact].dial == dial


@pytest.mark.parametrize(
    ("contact", "confirmed"),
    [("sos-112", True), ("polisen-11414", True), ("socialjouren-stockholm", False), ("talita", False), ("is-barnavernd-112", False)],
)
def test_confirmed_numbers(bank, contact, confirmed):
    assert bank.contacts[contact].number_confirmed is confirmed


@pytest.mark.parametrize(
    ("e164", "display", "short"),
    [
        ("4620390000", "020-39 00 00", False),
        ("+46", "020-39 00 00", False),
        ("+46 20 39 00 00", "020-39 00 00", False),
        ("+4620390000", "020-39 00 01", False),
        ("+4620390000", "112", True),
        (None, "1", True),
    ],
)
def test_what_is_no_number_is_refused(e164, display, short):
    with pytest.raises(ValidationError):
        Phone(e164=e164, display=display, short=short)
