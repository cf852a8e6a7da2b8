"""Links to headings and contacts as text: by mouse, touch and keyboard, and where nothing can be copied."""

from __future__ import annotations

import re

import pytest

from .conftest import PHONE

R08 = "handbok/omedelbart-omhandertagande/"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


@pytest.fixture
def copied(clipboard):
    """What was copied, when the page has said so in `words`."""

    def read(page, words):
        page.locator("[role=status]", has_text=words).wait_for(state="attached")
        return clipboard(page)

    return read


@pytest.mark.parametrize(("prefix", "name"), [("", "Kopiera länk till Tidsfrister"), ("en/", "Copy link to Time limits")])
def test_a_heading_gives_its_permanent_link_by_keyboard(open_page, copied, address, prefix, name):
    page = open_page(prefix + R08, **CLIPBOARD)
    button = page.get_by_role("button", name=name)
    heading = page.locator("h2#frister")
    assert heading.inner_text() in name and "#" not in heading.inner_text(), "the heading's own name is untouched"
    assert button.evaluate("e => getComputedStyle(e).opacity") == "0", "calm until it is wanted"
    heading.hover()
    assert button.evaluate("e => getComputedStyle(e).opacity") == "1"
    page.mouse.move(0, 0)
    button.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert button.evaluate("e => document.activeElement === e && getComputedStyle(e).opacity") == "1"
    assert button.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    page.keyboard.press("Enter")
    link = copied(page, "The link is copied" if prefix else "Länken är kopierad")
    assert link == f"{address}{prefix}r/R08/#frister"
    page.goto(link)
    page.wait_for_url(f"**/{prefix}{R08}#frister")


def test_every_heading_has_one_and_the_headings_stand_where_they_stood(open_page):
    places = []
    for script in (True, False):
        page = open_page(R08, java_script_enabled=script)
        start = page.locator("h1").bounding_box()["y"]
        headings = page.locator("article h2[id], article h3[id]")
        places.append({heading.get_attribute("id"): heading.bounding_box()["y"] - start for heading in headings.all()})
    with_script, without = places
    before_contacts = list(without)[: list(without).index("ring") + 1]  # the cards after it grow by their own button
    assert len(before_contacts) >= 9
    assert {name: abs(with_script[name] - without[name]) for name in before_contacts if abs(with_script[name] - without[name]) > 1} == {}
    page = open_page(R08)
    assert page.locator(".kb-heading-link").count() == len(without)


def test_on_a_phone_the_links_are_always_there_and_large_enough(open_page):
    page = open_page(R08, **PHONE)
    for link in page.locator(".kb-heading-link").all():
        box = link.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
        assert link.evaluate("e => getComputedStyle(e).opacity") == "1"


def test_a_contacts_heading_and_a_provisions_lead_to_their_anchors(open_page, copied, address):
    page = open_page("kontakter/", **CLIPBOARD)
    page.get_by_role("button", name="Kopiera länk till SOS Alarm 112").click()
    assert copied(page, "Länken är kopierad") == f"{address}r/K00/#sos-112"
    page = open_page("juridik/lvu/", **CLIPBOARD)
    page.locator("h3#lvu-6 + .kb-heading-link").click()
    assert copied(page, "Länken är kopierad") == f"{address}r/" + page.evaluate("document.body.dataset.page") + "/#lvu-6"


def test_the_filter_hides_a_headings_link_with_its_heading(open_page):
    page = open_page("kontakter/")
    page.locator("#filter-kind").select_option("police")
    assert page.locator(".kb-heading-2 > .kb-heading-link:visible").count() == 1


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_without_a_clipboard_the_headings_own_anchor_is_offered(open_page, prefix):
    page = open_page("")
    page.add_init_script(NO_CLIPBOARD)
    page.goto(page.url + prefix + R08)
    assert page.locator(".kb-copy:visible").count() == 0 and page.locator("button.kb-heading-link").count() == 0
    link = page.get_by_role("link", name="Link to Time limits" if prefix else "Länk till Tidsfrister")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{prefix}{R08}#frister")


def test_without_script_nothing_is_added(open_page):
    page = open_page(R08, java_script_enabled=False)
    assert page.locator(".kb-heading-link").count() == 0 and page.locator("button.kb-copy:visible").count() == 0


def test_from_a_file_the_public_address_is_copied(open_page, site):
    """A file's own address leads nowhere for whoever gets it."""
    page = open_page(f"file://{site}/{R08}index.html")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    page.evaluate(
        "() => { window.got = []; navigator.clipboard.writeText = text => { window.got.push(text); return Promise.resolve(); }; }"
    )
    page.get_by_role("button", name="Kopiera länk till Tidsfrister").click()
    page.locator(".kb-status .kb-copy").click()
    root = canonical.removesuffix(R08)
    assert page.evaluate("window.got") == [f"{root}r/R08/#frister", f"{root}r/R08/"]
    assert re.match(r"https?://", root)


@pytest.mark.parametrize(("path", "card"), [("kontakter/", "#sos-112"), ("kontakter/akut/", "#sos-112"), (R08, ".kb-contact:nth-child(4)")])
def test_a_contact_is_copied_as_text_with_its_permanent_link(open_page, copied, address, bank, path, card):
    page = open_page(path, **CLIPBOARD)
    page.locator(card).get_by_role("button", name="Kopiera som text").click()
    lines = copied(page, "Kontakten är kopierad").replace("\r", "").split("\n")
    contact = bank.contacts["sos-112"]
    assert lines[0] == contact.name.sv and "Ring: 112" in lines and lines[-1] == f"{address}r/K00/#sos-112"
    assert f"Kontrollerad: {contact.checked_on}" in lines


def test_an_unconfirmed_number_is_not_copied(open_page, copied):
    page = open_page("en/kontakter/", **CLIPBOARD)
    page.locator("#forvaltningsratten-stockholm").get_by_role("button", name="Copy as text").click()
    text = copied(page, re.compile("copied"))
    assert "The number is not confirmed" in text and "561 680" not in text
