"""The page fits: no sideways scrolling at 320 px, targets large enough, the first act in sight, print without navigation."""

from __future__ import annotations

import pytest

from .conftest import NOTHING, stored


@pytest.fixture(scope="session")
def paths(bank):
    return [prefix + entry.path for entry in bank.ledger.values() if entry.state == "published" for prefix in ("", "en/")]


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 800)])  # 320 by 256 is 1280 by 1024 at 400 %
def test_no_page_scrolls_sideways(open_page, paths, address, root_address, width, height):
    page = open_page("", viewport={"width": width, "height": height})
    wide = []
    for path in [*paths, "404.html"]:
        page.goto((root_address if path == "404.html" else address) + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    assert wide == []
    # The same walk shows that the whole site stores nothing: the browser has now been on every page.
    assert stored(page) == NOTHING and page.context.cookies() == []


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_first_act_of_a_routine_is_in_sight_on_a_phone(open_page, bank, address, prefix):
    page = open_page(prefix, viewport={"width": 390, "height": 844})
    late = {}
    for page_id, source in bank.pages["sv"].items():
        if page_id[0] == "R" and any(block.name == "steps" for block in source.blocks):
            page.goto(address + prefix + source.address)
            first = page.locator("article li").first  # a step; in R21 the choice of situation, in R22 what must be known first
            top = first.bounding_box()["y"]
            if top > 844 - 60:
                late[page_id] = round(top)
    assert late == {}


def test_primary_targets_are_large(open_page):
    page = open_page("", viewport={"width": 390, "height": 844})
    for selector in ("a.kb-acute", ".kb-search button", "#kb-q", ".kb-phones a", ".kb-tools a:visible"):
        for element in page.locator(selector).all():
            box = element.bounding_box()
            assert box["height"] >= 44 and box["width"] >= 40, (selector, box)


@pytest.mark.parametrize("path", ["akut/", "en/akut/"])
def test_the_acute_page_prints_on_one_sheet_without_navigation(open_page, path):
    page = open_page(path)
    page.emulate_media(media="print")
    assert not page.locator("#meny").is_visible()
    assert not page.locator(".kb-header").is_visible()
    assert page.locator(".kb-print-foot").is_visible()
    pdf = page.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1


def test_dark_follows_the_system(open_page):
    light = open_page("", color_scheme="light").evaluate("getComputedStyle(document.body).backgroundColor")
    dark = open_page("", color_scheme="dark").evaluate("getComputedStyle(document.body).backgroundColor")
    assert light == "rgb(255, 255, 255)" and dark != light


PAIRS = [
    ("--kb-text", "--kb-back"), ("--kb-text", "--kb-panel"), ("--kb-text", "--kb-danger-back"), ("--kb-soft", "--kb-back"),
    ("--kb-soft", "--kb-panel"), ("--kb-accent", "--kb-back"), ("--kb-accent", "--kb-panel"), ("--kb-on-accent", "--kb-accent"),
    ("--kb-danger", "--kb-back"), ("--kb-danger", "--kb-danger-back"), ("--kb-on-mark", "--kb-mark"),
]  # fmt: skip


def test_text_has_aaa_contrast_in_both_schemes(open_page):
    """Text colours against their backgrounds: at least 7:1, computed from the colours Chromium uses."""
    for scheme in ("light", "dark"):
        page = open_page("", color_scheme=scheme)
        colours = page.evaluate(
            """names => {
              const style = getComputedStyle(document.documentElement);
              const probe = document.body.appendChild(document.createElement('i'));
              const read = name => {
                probe.style.color = style.getPropertyValue(name);
                return getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).map(Number);
              };
              return Object.fromEntries(names.map(name => [name, read(name)]));
            }""",
            sorted({name for pair in PAIRS for name in pair}),
        )
        for text, back in PAIRS:
            assert contrast(colours[text], colours[back]) >= 7, (scheme, text, back)


def contrast(one, two):
    def luminance(colour):
        parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("path", ["handbok/tolk/", "en/handbok/tolk/"])
def test_the_header_takes_one_row_on_a_phone(open_page, path):
    page = open_page(path, viewport={"width": 390, "height": 844})
    assert page.locator(".kb-header").bounding_box()["height"] < 70
