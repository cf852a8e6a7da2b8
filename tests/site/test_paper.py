"""Every page's foot on paper: id, version, date, address, and a code that says that very address."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from lxml import etree
from PIL import Image, ImageDraw


def picture(svg):
    """Draw a code from its SVG path (moves and horizontal lines, one row high), ten pixels a module."""
    size = int(svg.get("viewbox", svg.get("viewBox")).split()[2])
    image = Image.new("L", (size * 10, size * 10), 255)
    draw = ImageDraw.Draw(image)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", svg.find(".//path").get("d")):
        values = [float(value) for value in numbers.split()]
        if command == "h":
            draw.rectangle([x * 10, (y - 0.5) * 10, (x + values[0]) * 10 - 1, (y + 0.5) * 10 - 1], fill=0)
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return image


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_has_a_foot_whose_code_says_its_address(built, bank, language):
    prefix = "" if language == "sv" else "en/"
    site_url = built[prefix].document.cssselect("link[rel=canonical]")[0].get("href").removesuffix(prefix)
    for page_id, source in bank.pages[language].items():
        page = built[prefix + source.address]
        (foot,) = page.document.cssselect(".kb-print-foot")
        meta = bank.pages["sv"][page_id].source_meta
        place = prefix + source.address if page_id in ("START", "SOK") else f"{prefix}r/{page_id}/"
        wanted = f"{site_url}{place}?v={meta.version}"
        text = " ".join(foot.text_content().split())
        assert wanted in text and f"version {meta.version}" in text and str(meta.reviewed_on) in text, page_id
        assert page_id in ("START", "SOK") or text.startswith(f"{page_id} "), page_id
        (code,) = foot.cssselect("[aria-hidden=true] svg")
        assert not re.search(rb"style=", etree.tostring(code))
        assert [found.text for found in zxingcpp.read_barcodes(picture(code))] == [wanted], page_id


def test_a_permanent_address_without_script_says_the_version_that_applies(site, bank):
    for prefix, words in (("", "Nu gäller version"), ("en/", "The version that applies now is")):
        text = (site / prefix / "r" / "R08" / "index.html").read_text(encoding="utf-8")
        inside = text.partition("<noscript>")[2]
        assert f"{words} {bank.pages['sv']['R08'].source_meta.version}." in inside
        assert "om/andringar/index.html" in inside


def test_links_that_do_not_say_where_they_lead_are_named_on_paper(built):
    (link,) = [a for a in built["om/integritet/"].document.cssselect("a[data-print]") if "fråga utan" in a.text_content()]
    assert link.get("data-print") == "R20"
    for page in built.values():
        for link in page.document.cssselect("a[data-print]"):
            assert link.get("data-print") not in link.text_content()


def test_every_contact_can_be_copied_as_text(built, bank):
    for prefix, language in (("", "sv"), ("en/", "en")):
        buttons = {
            button.get("data-copy"): button.get("data-text") for button in built[f"{prefix}kontakter/"].document.cssselect("[data-text]")
        }
        assert len(buttons) == len(built[f"{prefix}kontakter/"].document.cssselect(".kb-contact")) > 50
        text = buttons[f"{prefix}r/K00/#sos-112"].split("\n")
        assert text[0] == bank.contacts["sos-112"].name[language] and text[2].endswith(": 112") and len(text) == 6
        cards = built[f"{prefix}kontakter/akut/"].document.cssselect(".kb-contact")
        assert cards and all(card.cssselect("[data-text]") for card in cards)
