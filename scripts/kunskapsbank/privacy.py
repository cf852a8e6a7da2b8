"""What must never stand anywhere: personal identity numbers, addresses and numbers of individuals.

The same scan reads the sources (`check`, for editors) and whatever else the tests hand to it: the built site, the PDFs.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import phonenumbers

from .bank import Bank
from .faults import Fault, Faults
from .memory import digest, kept
from .models.contacts import Contact
from .yamlsource import read_text

# Text that an editor writes. Scripts and styles are ours too: a number pasted into one is published all the same.
TEXT_FILES = (".css", ".csv", ".html", ".ics", ".js", ".json", ".md", ".py", ".svg", ".toml", ".txt", ".vcf", ".xml", ".yml")

# Addresses with a dot in their first part that are functions all the same, each with the reason we know it.
FUNCTION_MAILBOXES = {
    "socialjouren.sof@stockholm.se": "the social emergency service; sof is the administration it belongs to",
    "visa.app@migrationsverket.se": "the Migration Agency's address for applications",
    "ihmiskauppa.auttamisjarjestelma@migri.fi": "Finnish for the assistance system for victims of trafficking",
    "int.sorgerecht@bfj.bund.de": "German for international custody, a section of the Federal Office of Justice",
}
# Anyone can open a mailbox there; an authority's function has one at its own address.
PRIVATE_HOSTS = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.se",
    "icloud.com",
    "live.se",
    "outlook.com",
    "telia.com",
    "yahoo.com",
)

# Kept for examples: no one can have an address there.
_NOBODYS = re.compile(r"(?:.*\.)?(?:example|test|invalid)|(?:.*\.)?example\.(?:com|net|org)")

# Mobile numbers that an organisation gives as that of a function, by contact. Any other mobile number is taken for a person's.
FUNCTION_MOBILES = {
    "talita": "the duty line for authorities; low confidence, so it is on no page",
    "lv-drosa-maja": "the helpline, round the clock",
    "lt-caritas-centras": "the centre's own number, round the clock",
    "no-bufdir-veiledning": "the switchboard of the directorate",
    "no-bufdir-sentralmyndighet": "the switchboard of the directorate",
}

_HYPHEN = "[-+\u2010-\u2015\u2212]"
# Each pattern begins with the figures it can begin with, and only then looks behind the first: so `re` leaps from figure to figure.
_CENTURY = r"(?:(?<=1)[89]\d|(?<=2)0\d)?"  # after the first figure: 18, 19, 20 and the year's first, or nothing
# Written apart: a hyphen, a plus sign (from the year one is a hundred) or a space before the last four. Not a list of dates.
_APART = re.compile(
    rf"(\d(?<![\d+]\d){_CENTURY}\d{_HYPHEN}?\d\d{_HYPHEN}?\d\d)(?:\s?{_HYPHEN}\s?|[ \u00a0\u202f])"
    rf"([0-9A-Z]\d{{3}})(?![\dA-Za-z]|{_HYPHEN}\d)"
)
_TOGETHER = re.compile(rf"(\d(?<![\w+.]\d){_CENTURY}\d{{5}})([0-9A-Z]\d{{3}})(?!\w)")
# Someone who waits for a number has one of these letters in place of the first of the last four figures.
_WAITING = "TRSUWXJKLMN"

EMAIL = re.compile(r"[A-Za-z0-9À-ž._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_PERSONS_ADDRESS = re.compile(r"[a-zà-ž]+[._][a-zà-ž-]+\d*", re.IGNORECASE)
_SPACE = "[ \u00a0-]"  # a space, one that does not break, or a hyphen
_PHONE = re.compile(
    rf"[+0](?<![\w+./:=-].)(?:(?<=\+)\d{{1,3}}{_SPACE}?(?:\(0\){_SPACE}?)?|(?<=0)\d{{1,3}}[ \u00a0]?-[ \u00a0]?)"
    rf"\d(?:{_SPACE}?\d){{4,11}}(?![\w-])"
)

# Before a name in a contact: a title, or a word that promises a person.
_TITLES = (
    "[Hh]err|[Ff]ru|[Ff]röken|Mr|Mrs|Ms|Miss|[Dd]r|[Ii]nspe[ck]t[oö]r|[Kk]ontaktperson|[Cc]ontact person|[Hh]andläggare|"
    "[Ff]råga efter|[Aa]sk for"
)
_TITLED = re.compile(rf"\b(?:{_TITLES})[.:]? (?:är |is )?([A-ZÅÄÖ][a-zåäöé]+ [A-ZÅÄÖ][a-zåäöé]+)")
# Common given names followed by another capitalised word. No list of names is whole; this one stops the likely mistake.
_GIVEN = (
    "Alexander|Anders|Andreas|Ann|Anna|Annika|Barbro|Bengt|Birgitta|Bo|Camilla|Carina|Carl|Cecilia|Charlotte|Christer|Christian|Christina|"
    "Daniel|David|Elin|Elisabeth|Emelie|Emil|Emma|Erik|Eva|Fredrik|Gunilla|Gustav|Göran|Hanna|Hans|Helena|Henrik|Ida|Ingrid|Jan|Jenny|"
    "Johan|Johanna|John|Jonas|Josefin|Karin|Karl|Katarina|Kerstin|Kristina|Lars|Lena|Linda|Linnea|Louise|Magnus|Malin|Maria|Marie|Martin|"
    "Mats|Mattias|Michael|Mikael|Monica|Nils|Ola|Olof|Oskar|Patrik|Per|Peter|Petra|Pia|Robert|Sara|Sofia|Stefan|Susanne|Sven|Thomas|Tomas|"
    "Ulf|Ulla|Ulrika|Urban|Viktor|Åsa"
)
_NAMED = re.compile(rf"(?<![\w.:])((?:{_GIVEN}) [A-ZÅÄÖ][a-zåäöé]{{2,}})")


def checksum(digits: str) -> int:
    """Return the last figure that belongs to nine figures: every other doubled, the figures of all products added (Luhn)."""
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return -total % 10


def _is_a_birthday(date: str) -> bool:
    """Six or eight figures that are a day, or a day plus 60 as in a co-ordination number; without a century either will do."""
    for century in (date[:2],) if len(date) == 8 else ("19", "20"):
        year, month, day = int(century + date[-6:-4]), int(date[-4:-2]), int(date[-2:])
        try:
            datetime.date(year, month, day - 60 if day > 60 else day)
        except ValueError:
            continue
        return True
    return False


def personal_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield (position, number) for each personal identity, co-ordination or interim number in a text.

    A number must hold a real day and the right last figure, so organisation numbers, law numbers and dates pass. How the
    letter of an interim number counts is not public knowledge we have, so there the day is enough.
    """
    for pattern in (_APART, _TOGETHER):
        for found in pattern.finditer(text):
            date, last = re.sub(r"\D", "", found[1]), found[2]
            if not _is_a_birthday(date):
                continue
            if last[0] in _WAITING or (last.isdigit() and checksum(date[-6:] + last[:3]) == int(last[3])):
                yield found.start(), found[0]


def is_a_persons(address: str) -> bool:
    """True for an e-mail address that looks like one person's: given.family@, given_family@, or at a private host."""
    local, _, host = address.lower().partition("@")
    return bool(_PERSONS_ADDRESS.fullmatch(local)) or host in PRIVATE_HOSTS


def personal_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield (position, address) for each e-mail address that looks like a person's and is not known to be a function's."""
    if "@" not in text:  # or every word of it would be tried
        return
    for found in EMAIL.finditer(text):
        known = found[0].lower() in FUNCTION_MAILBOXES or _NOBODYS.fullmatch(found[0].lower().partition("@")[2])
        if not known and is_a_persons(found[0]):
            yield found.start(), found[0]


def phone_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield (position, digits with an international prefix) for what is written as a phone number; short numbers are not seen."""
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
        yield found.start(), "+" + digits if found[0].startswith("+") else "+46" + digits[1:]


def registered_phones(bank: Bank) -> set[str]:
    """Every number of the register: those that are dialled and those its hours and notes name."""
    known = {contact.phone.e164 for contact in bank.contacts.values() if contact.phone and contact.phone.e164}
    for contact in bank.contacts.values():
        for words in (contact.what_for, contact.hours, contact.note):
            if words:
                known |= {number for text in (words.sv, words.en) for _, number in phone_numbers(text)}
        if contact.phone:
            known |= {number for _, number in phone_numbers(contact.phone.display)}
    return known


def names(text: str) -> Iterator[str]:
    """Yield what looks like a person's name: after a title, or a common given name and another capitalised word."""
    for pattern in (_TITLED, _NAMED):
        for found in pattern.finditer(text):
            yield found[1]


def is_mobile(number: str) -> bool:
    """True for a number (+ and digits) that its country's plan keeps for mobile phones."""
    return phonenumbers.number_type(phonenumbers.parse(number)) == phonenumbers.PhoneNumberType.MOBILE


def check(bank: Bank) -> Iterator[Fault]:
    """Yield a fault for everything in the docs folder that is, or looks like, about one person."""
    known = registered_phones(bank)
    told = repr(sorted(known))
    archive = bank.docs / "_data" / "archive"  # pages as they were built: what they are made from was read then
    for path in sorted(bank.docs.rglob("*")):
        if path.suffix in TEXT_FILES and archive not in path.parents and path.is_file():
            try:
                text = read_text(path)
            except Faults:
                continue  # those who need the file say so
            # Numbers in scripts and styles are not for dialling.
            phones = known if path.suffix in (".md", ".yml") and path.name != "contacts.yml" else None
            yield from kept(("privacy", str(path)), digest(text, told), lambda: list(faults_in(path, text, phones)))  # noqa: B023 - at once
    if "contacts.yml" in bank.origin:
        for position, contact in enumerate(bank.contacts.values()):
            yield from _contact(bank, position, contact)


def faults_in(path: Path, text: str, phones: set[str] | None = None) -> Iterator[Fault]:
    """Yield the faults of one text. `phones`: the numbers that may stand there; None leaves numbers alone."""

    def line(at: int) -> int:
        return text.count("\n", 0, at) + 1

    for at, _ in personal_numbers(text):  # the number itself is not repeated: what is printed is kept in logs
        yield Fault(path, line(at), "this looks like a personal identity number", "take it away, and tell your manager if it is real")
    for at, address in personal_addresses(text):
        yield Fault(
            path,
            line(at),
            f"'{address}' looks like one person's address",
            "write a function's mailbox; if it is one, give it with a reason in scripts/kunskapsbank/privacy.py",
        )
    if phones is None:
        return
    for at, number in phone_numbers(text):
        if number not in phones:
            yield Fault(path, line(at), f"the number {number} is not in contacts.yml", "enter the function there, or correct the number")


def _contact(bank: Bank, position: int, contact: Contact) -> Iterator[Fault]:
    source = bank.origin["contacts.yml"]
    for field in ("name", "what_for", "hours", "note"):
        words = getattr(contact, field)
        for name in [*names(words.sv), *names(words.en)] if words else ():
            yield Fault(
                source.path,
                source.line(("contacts", position, field)),
                f"'{name}' looks like a person's name",
                "name the function, never the person",
            )
    if contact.phone and contact.phone.e164 and is_mobile(contact.phone.e164) and contact.id not in FUNCTION_MOBILES:
        yield Fault(
            source.path,
            source.line(("contacts", position, "phone", "e164")),
            "a mobile number is often one person's own",
            "give the number of a switchboard or a duty desk; if it is one, give it with a reason in scripts/kunskapsbank/privacy.py",
        )
