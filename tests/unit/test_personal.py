"""The scan for what is about one person. Every number here is computed when the test runs: none stands in the repository."""

from __future__ import annotations

import shutil

import pytest
from kunskapsbank import check, privacy

HOST = "kommun" + ".se"  # joined here, so that no address stands in the repository


def number(date: str, serial: str = "238", join: str = "-", wrong: int = 0) -> str:
    """A made-up number: its last figure is worked out here, so no file holds one."""
    last = (privacy.checksum(date[-6:] + serial) + wrong) % 10
    return f"{date}{join}{serial}{last}"


def found(text: str) -> list[str]:
    return [number for _, number in privacy.personal_numbers(text)]


def test_a_whole_number_adds_up_to_nought():
    """The same rule from the other end: with its last figure the weighted sum of all ten ends in nought."""
    for nine in ("850101238", "000000001", "999999999"):
        whole = nine + str(privacy.checksum(nine))
        doubled = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(whole)]
        assert sum(product // 10 + product % 10 for product in doubled) % 10 == 0


@pytest.mark.parametrize("join", ["-", "+", "", " ", "\u2013", "\u2212", " - ", "\u00a0"])
@pytest.mark.parametrize("date", ["850101", "19850101", "20120229", "120229"])
def test_a_personal_number_is_found_however_it_is_joined(date, join):
    written = number(date, join=join)
    assert found(f"Barnet ({written}) kom i går.") == [written]


@pytest.mark.parametrize("day", ["61", "91"])
def test_a_coordination_number_is_found(day):
    assert found(number("8501" + day)) and found(number("198501" + day, join=""))
    assert not found(number("850192")) and not found(number("850160")), "there is no such day"


@pytest.mark.parametrize("letter", ["T", "R", "X"])
def test_an_interim_number_is_found(letter):
    assert found(f"850101-{letter}230") and found(f"19850101{letter}230")
    assert not found("850101-A230"), "no such letter is used"


def test_a_date_with_hyphens_before_the_last_four_is_found():
    assert found("1985-01-01-" + number("19850101")[-4:])


@pytest.mark.parametrize("wrong", range(1, 10))
def test_a_number_with_another_last_figure_is_none(wrong):
    assert not found(number("850101", wrong=wrong))


def organisation(start: str) -> str:
    return f"{start[:6]}-{start[6:]}{privacy.checksum(start)}"


@pytest.mark.parametrize(
    "text",
    [
        organisation("212000014"),  # an organisation number has at least 20 where a month would stand
        organisation("556000001"),
        "2028-01-06 2029-01-06 2030-01-06 2031-01-06 2032-01-06",  # holidays, one of which would have the right last figure
        "SFS 2018:1937", "prop. 2021/22:178", "2026-11-23", "2026-11-23 14:30", "20261120T140000", "DTSTART:20261120T140000Z",
        "SOURCE_DATE_EPOCH=1763856000", "020-39 00 00", "010-453 40 00", "T 1234-20", "Dnr 2026-0123", "32019R1111",
    ],
)  # fmt: skip
def test_other_numbers_are_none(text):
    assert not found(text)


def test_a_phone_number_with_its_country_is_none():
    assert not found("+46" + number("850101", join=""))


def test_only_addresses_of_persons_are_found():
    def persons(text):
        return [address for _, address in privacy.personal_addresses(text)]

    for local in ("anna.svensson", "a.svensson", "Anna.Svensson", "anna_svensson", "åsa.öberg", "anna.svensson-ek", "anna.svensson2"):
        address = f"{local}@" + HOST
        assert persons(f"Skriv till {address}.") == [address]
    assert persons("jouren@" + "gmail.com"), "a mailbox anyone can open"
    for function in ("registrator@" + HOST, "ud-kc@" + HOST, "info@sub." + HOST, *privacy.FUNCTION_MAILBOXES):
        assert not persons(function)
    for nobodys in ("anna.svensson@example.org", "anna.svensson@kommun.example"):
        assert not persons(nobodys), "a host kept for examples"


def test_phone_numbers_are_read_in_both_forms():
    def read(text):
        return [number for _, number in privacy.phone_numbers(text)]

    assert read("Ring 08-123 45 67 eller +46 8 123 45 67, +46 (0)8 123 45 67.") == ["+4681234567"] * 3
    assert read("+371 67898343") == ["+37167898343"] and read("010-444 05 00") == ["+46104440500"]
    assert read("Ring 08-123\u00a045\u00a067 eller +46\u00a08\u00a0123\u00a045\u00a067") == ["+4681234567"] * 2, (
        "with spaces that do not break"
    )
    for other in ("2026-11-23", "SFS 2018:1937", "112", "114 14", "U14-q10", "0.5rem", "tel:+46104440500", "1,2-0,4", "prop. 2009/10:80"):
        assert not read(other), other


def test_names_of_persons_are_found_and_those_of_organisations_are_not(bank):
    for text in (
        "Fråga efter Anna Svensson",
        "Inspector Jonas Ek",
        "Kontaktperson: Kim Holm",
        "Ask for Robin Berg",
        "Handläggare är Kim Holm",
    ):
        assert list(privacy.names(text)), text
    for text in ("Lettland: centrum MARTA", "Talita", "Be om vakthavande befäl", "Handläggaren i Stockholm", "Sara, 15 år"):
        assert not list(privacy.names(text)), text


def test_the_register_knows_why_each_exception_is_one(bank):
    addresses = {contact.email for contact in bank.contacts.values()}
    assert set(privacy.FUNCTION_MAILBOXES) <= addresses, "an exception nobody needs any more"
    mobile = {c.id for c in bank.contacts.values() if c.phone and c.phone.e164 and privacy.is_mobile(c.phone.e164)}
    assert set(privacy.FUNCTION_MOBILES) == mobile


@pytest.fixture
def docs(root, tmp_path):
    shutil.copytree(root / "docs", tmp_path / "docs")
    return tmp_path / "docs"


def test_the_check_stops_each_mistake_on_its_line(docs):
    """What an editor may do by mistake in a page, in the steps and in the register; the number itself is not repeated."""
    page, steps, contacts = docs / "sv" / "om" / "index.md", docs / "_data" / "steps" / "R08.yml", docs / "_data" / "contacts.yml"
    secret = number("850101")
    written = page.read_text(encoding="utf-8") + f"\nSe {secret} och anna.svensson@{HOST}, 08-123 45 60.\n"
    page.write_text(written, encoding="utf-8")
    steps.write_text(f"# {secret}\n" + steps.read_text(encoding="utf-8"), encoding="utf-8")
    text = contacts.read_text(encoding="utf-8").replace("sv: Polisen 114 14\n", "sv: Polisen, Anna Svensson\n", 1)
    text = text.replace("e164: '+4620390000'\n      display: 020-39 00 00", "e164: '+46701234567'\n      display: 070-123 45 67")
    contacts.write_text(text, encoding="utf-8")
    said = [
        fault.text(docs)
        for fault in check.faults_of(check.load(docs))
        if "privacy" in fault.do or "person" in fault.what or "contacts.yml" in fault.what
    ]
    last = written.count("\n")
    for start in (
        f"sv/om/index.md:{last}: this looks like a personal identity number",
        f"sv/om/index.md:{last}: 'anna.svensson@{HOST}' looks like one person's address",
        f"sv/om/index.md:{last}: the number +4681234560 is not in contacts.yml",
        "_data/steps/R08.yml:1: this looks like a personal identity number",
        f"_data/contacts.yml:{text[: text.index('Polisen, Anna')].count(chr(10))}: 'Anna Svensson' looks like a person's name",
        f"_data/contacts.yml:{text[: text.index('+46701234567')].count(chr(10)) + 1}: a mobile number is often one person's own",
    ):
        assert [line for line in said if line.startswith(start)], (start, said)
    assert not [line for line in said if secret in line]
