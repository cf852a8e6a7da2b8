"""What may be said: sources, functions instead of persons, numbers on the acute pages, languages."""

from __future__ import annotations

import re

import pytest
from kunskapsbank import check, unwritten
from kunskapsbank.models.frontmatter import FrontMatter
from kunskapsbank.showing import AUTHORITY_KINDS, may_show

NEVER_CITED = (
    "docplayer", "kipdf", "5dok", "docslib", "studylib", "fdocument", "fantasticsearch", "primecrime", "petterssonsblogg", "abcdocz",
)  # fmt: skip


def test_no_faults(bank, root):
    assert [fault.text(root) for fault in check.faults_of(bank)] == []


def test_copies_and_blogs_are_never_shown(bank):
    kinds = {kind.id: kind.show for kind in bank.source_kinds.kinds}
    for host, kind in bank.source_kinds.hosts.items():
        if any(name in host for name in NEVER_CITED):
            assert not kinds[kind], host
    assert set(kinds) >= AUTHORITY_KINDS


@pytest.mark.parametrize("language", ["sv", "en"])
def test_pages_link_only_to_sources_that_may_be_shown(bank, language):
    from kunskapsbank.showing import may_cite

    for page in bank.pages[language].values():
        for url in re.findall(r"https?://[^\s)>\"]+", page.body):
            assert may_cite(bank, url), f"{page.path}: {url}"


def test_low_confidence_without_an_authority_is_shown_nowhere(bank):
    hidden = {contact.id for contact in bank.contacts.values() if not may_show(bank, contact)}
    assert hidden, "the rule has nothing to act on: is confidence still kept in contacts.yml?"
    for language in ("sv", "en"):
        for page in bank.pages[language].values():
            named = {argument for use in page.blocks if use.name == "contacts" for argument in use.arguments}
            named |= {reference.id for reference in page.references if reference.kind in ("contact", "phone")}
            assert not named & hidden, page.path


def test_contacts_are_functions_never_persons(bank):
    """A function mailbox does not look like firstname.lastname@, and a contact has no mobile number of a person's kind."""
    for contact in bank.contacts.values():
        if contact.email:
            local = contact.email.partition("@")[0]
            assert not re.fullmatch(r"[a-zåäö]+\.[a-zåäö]+", local) or local in FUNCTION_MAILBOXES, contact.email


FUNCTION_MAILBOXES = ("socialjouren.sof", "visa.app", "ihmiskauppa.auttamisjarjestelma", "int.sorgerecht")


def test_no_page_is_left_half_written(bank, root):
    """scripts/new leaves marks where something is to be written; nothing with such a mark is published."""
    assert [fault.text(root) for fault in unwritten.warnings(bank)] == []


@pytest.mark.parametrize("name", ["Anna Berg", "Anna-Lena Berg", "Åsa Öberg Ek", "Berg A", "chefen@kommun.example"])
def test_a_person_never_approves_a_page(bank, name):
    given = bank.pages["sv"]["R08"].source_meta.model_dump()
    with pytest.raises(ValueError, match="looks like a person"):
        FrontMatter(**{**given, "approved_by": name})


@pytest.mark.parametrize("function", ["", "Funktionen", "Enhetschefen för socialjouren", "Socialjourens chef"])
def test_a_function_approves_a_page(bank, function):
    given = bank.pages["sv"]["R08"].source_meta.model_dump()
    assert FrontMatter(**{**given, "approved_by": function}).approved_by == function
