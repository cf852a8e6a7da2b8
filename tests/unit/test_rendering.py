"""Blocks speak the page's language and no other; inline references become links that hold."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from kunskapsbank.markdown_ext import KunskapsbankExtension
from kunskapsbank.rendering import Renderer
from markdown import Markdown


@pytest.fixture(scope="module")
def convert(bank, root):
    extension = KunskapsbankExtension()
    extension.renderer = Renderer(bank, root / "overrides" / "blocks")

    def run(text, language="sv", page_id="R08"):
        extension.begin(bank.pages[language][page_id])
        return Markdown(extensions=["attr_list", extension]).convert(text)

    return run


def test_the_language_of_a_block_is_that_of_the_page(convert, bank):
    text = "/// statutes | lvu-6\n///\n"
    rule = bank.provisions["lvu-6"].rule
    assert rule.sv in convert(text, "sv") and rule.en not in convert(text, "sv")
    assert rule.en in convert(text, "en") and rule.sv not in convert(text, "en")


def test_a_block_takes_no_language(convert):
    with pytest.raises(KeyError):
        convert("/// statutes | lvu-6 en\n///\n")


def test_a_number_is_a_tel_link_with_a_spoken_name(convert):
    html = convert("[[phone:polisen-11414]]")
    link = ElementTree.fromstring(html).find("a")
    assert link.get("href") == "tel:11414"
    assert "".join(link.itertext()) == "Ring Polisen 114 14, 114 14"


def test_references_lead_to_the_page_in_the_same_language(convert):
    assert 'href="placering.md#avgor"' in convert("[[R09#avgor|val]]")
    assert 'href="../juridik/lvu.md#lvu-6"' in convert("[[law:lvu-6]]")
    assert "section\u00a06 LVU" in convert("[[law:lvu-6]]", "en")
    assert "6\u00a0§ LVU" in convert("[[law:lvu-6]]", "sv")


def test_a_term_is_explained_once_and_opens_without_script(convert, bank):
    html = convert("[[term:hemvist]] och [[term:hemvist|hemvisten]]")
    element = ElementTree.fromstring(html)
    (button,) = element.iter("button")
    (popover,) = (item for item in element.iter() if item.get("popover"))
    assert button.get("popovertarget") == popover.get("id")
    assert bank.terms["hemvist"].definition.sv in "".join(popover.itertext())
    assert "hemvisten" in html


def test_an_unknown_id_never_vanishes(convert):
    for text in ("[[R99]]", "[[law:nothing]]", "[[phone:lokal-jurist]]", "[[nothing:x]]", "/// contacts | nothing\n///\n"):
        with pytest.raises(KeyError):
            convert(text)


def test_markup_in_data_is_text(convert, bank, root):
    contact = bank.contacts["sos-112"]
    evil = contact.model_copy(update={"what_for": contact.what_for.model_copy(update={"sv": "<script>x</script> *not* [[R08]] & more"})})
    bank.contacts["sos-112"] = evil
    try:
        html = convert("/// contacts | sos-112\n///\n")
    finally:
        bank.contacts["sos-112"] = contact
    assert "&lt;script&gt;x&lt;/script&gt; *not* [[R08]] &amp; more" in html
