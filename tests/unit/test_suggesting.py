"""'Suggest a change': to the repository's editor, to a prepared mail, or to the page that says no mailbox is decided."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qs, unquote

import pytest
from kunskapsbank.privacy import PRIVATE_HOSTS
from kunskapsbank.suggesting import fault_of, suggestion

SITE = "https://bank.example/"
EDIT = "https://git.example/bank/edit/main/docs/sv/handbok/tolk.md"
MAILBOX = "redaktionen@kommun.example"


@pytest.mark.parametrize(("language", "address"), [("sv", "om/#fel"), ("en", "en/om/#fel")])
def test_without_repository_and_mailbox_it_leads_to_the_page_that_says_so(bank, language, address):
    found = suggestion(bank, bank.pages[language]["R06"], None, None, SITE)
    assert (found.kind, found.href) == ("page", address)
    assert "fel" in {heading.id for heading in bank.pages[language]["X00"].headings}


def test_the_repository_goes_before_the_mailbox(bank):
    found = suggestion(bank, bank.pages["sv"]["R06"], EDIT, MAILBOX, SITE)
    assert (found.kind, found.href) == ("editor", EDIT)


@pytest.mark.parametrize(
    ("language", "subject", "address", "warning"),
    [
        ("sv", "Föreslå ändring: R08 ", f"{SITE}r/R08/", "Skriv aldrig något om ett barn eller ett ärende."),
        ("en", "Suggest a change: R08 ", f"{SITE}en/r/R08/", "Never write anything about a child or a case."),
    ],
)
def test_the_mail_is_prepared(bank, language, subject, address, warning):
    page = bank.pages[language]["R08"]
    found = suggestion(bank, page, None, MAILBOX, SITE)
    assert found.kind == "mail"
    path, _, query = found.href.partition("?")
    assert path == f"mailto:{MAILBOX}"
    assert found.href.isascii() and not set(found.href) & set(' "<>+#') and found.href.count("&") == 1, "all else is percent-encoded"
    fields = {name: value for name, (value,) in parse_qs(query, strict_parsing=True).items()}
    assert set(fields) == {"subject", "body"}
    assert fields["subject"] == subject + page.meta.title
    lines = fields["body"].split("\r\n")
    assert lines[0] == f"R08 {page.meta.title} · version {bank.pages['sv']['R08'].source_meta.version}"
    assert lines[1] == address and warning in lines
    assert "\n" not in fields["body"].replace("\r\n", "")


def test_a_title_with_signs_cannot_break_out_of_the_address(bank):
    page = bank.pages["sv"]["R06"]
    odd = dataclasses.replace(page, meta=page.meta.model_copy(update={"title": 'A & b?cc=x@y.z "%0A<i>'}))
    href = suggestion(bank, odd, None, MAILBOX, SITE).href
    assert href.count("&") == 1 and href.count("?") == 1 and "%250A" in href
    assert 'R06 A & b?cc=x@y.z "%0A<i>' in unquote(href)


def test_the_start_page_has_no_id_and_no_permanent_link(bank):
    found = suggestion(bank, bank.pages["sv"]["START"], None, MAILBOX, SITE)
    assert "START" not in found.href and f"\r\n{SITE}\r\n" in unquote(found.href)


@pytest.mark.parametrize("mailbox", [MAILBOX, "socialjouren.sof@kommun.example", "kunskapsbanken@a.b.example", "info@kommun.example"])
def test_a_function_mailbox_may_be_used(mailbox):
    assert fault_of(mailbox) is None


@pytest.mark.parametrize(
    ("mailbox", "says"),
    [
        ("anna.berg@kommun.example", "looks like a person's address"),
        ("Anna.Berg-Ek@kommun.example", "looks like a person's address"),
        ("anna_berg@kommun.example", "looks like a person's address"),
        (f"socialjouren@{PRIVATE_HOSTS[0]}", "looks like a person's address"),
        ("redaktionen", "is not an e-mail address"),
        ("redaktionen@kommun", "is not an e-mail address"),
        ("Redaktionen <redaktionen@kommun.example>", "is not an e-mail address"),
        ("redaktionen@kommun.example?cc=x@y.example", "is not an e-mail address"),
        ("redaktionen@kommun.example\n", "is not an e-mail address"),
        ("a@b.example,c@d.example", "is not an e-mail address"),
    ],
)
def test_another_address_is_refused_in_one_line(mailbox, says):
    fault = fault_of(mailbox)
    assert fault and says in fault and " - " in fault
