"""The first version of J01 in Chromium on a phone and on paper, and the dated address of a version in force."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from kunskapsbank import history
from playwright.sync_api import expect

from .conftest import PHONE
from .test_axe import RUN, TAGS

OLD = "r/J01/2026-11-23/"


@pytest.mark.parametrize(("prefix", "mark"), [("", "Gäller inte längre"), ("en/", "No longer in force")])
def test_an_old_version_on_a_phone_and_on_paper(open_page, root, tmp_path, prefix, mark):
    page = open_page(prefix + OLD, **PHONE)
    line = page.locator(".kb-superseded")
    expect(line).to_contain_text(mark)
    page.evaluate((root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert [violation["id"] for violation in page.evaluate(RUN, TAGS)["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # A link into the middle of the text: the mark is in sight, the heading is not under it.
    page.goto(page.url + "#helg")
    expect(line).to_be_in_viewport(ratio=1)
    heading, bar = page.locator("#helg").bounding_box(), line.bounding_box()
    assert bar["y"] <= 1 and heading["y"] >= bar["y"] + bar["height"]
    page.pdf(path=tmp_path / "old.pdf", format="A4", prefer_css_page_size=True)
    sheets = list(pypdfium2.PdfDocument(tmp_path / "old.pdf"))
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, 1):
        text = " ".join(sheet.get_textpage().get_text_range().split())
        assert f"{mark}. J01" in text and "2026-11-23 – 2026-11-24" in text, f"sheet {number}"
    line.locator("a").click()
    page.wait_for_url(f"**/{prefix}juridik/frister/index.html")


@pytest.mark.parametrize(
    ("prefix", "page_id", "said"), [("", "J01", "Version {v} gäller sedan {day}."), ("en/", "R08", "Version {v} has applied since {day}.")]
)
def test_a_version_in_force_leads_on_and_says_since_when(open_page, site, bank, prefix, page_id, said):
    span = history.spans(bank, bank.ledger[page_id])[-1]
    path, text = f"{prefix}r/{page_id}/{span.start}/", said.format(v=span.version, day=span.start)
    page = open_page(path + "#kallor")
    page.wait_for_url(re.compile(r"/(juridik|handbok)/.*from=.*#kallor$"))
    expect(page.locator(".kb-printed")).to_have_text(text)
    page.goto(page.url.replace(f"from={span.start}", "from=2025-01-01"))
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("load")
    expect(page.locator(".kb-printed")).to_have_count(0)
    copy = open_page(f"file://{site}/{path}index.html")
    copy.wait_for_url(re.compile(r"index\.html\?from="))
    expect(copy.locator(".kb-printed strong")).to_have_text(text)


def test_without_script_both_kinds_can_be_read(open_page, bank):
    span = history.spans(bank, bank.ledger["J01"])[-1]
    page = open_page(OLD, java_script_enabled=False)
    expect(page.locator("#helg")).to_have_text("När sista dagen är en helg")
    page = open_page(f"r/J01/{span.start}/", java_script_enabled=False)
    expect(page.locator("main")).to_contain_text(f"Version {span.version} gäller sedan {span.start}.")
    page.locator("main a").click()
    page.wait_for_url("**/juridik/frister/index.html")
    history_of = page.locator(".kb-history")
    expect(history_of.locator("li").first).to_be_hidden()
    history_of.locator("summary").click()
    history_of.get_by_role("link", name="Version 1, 2026-11-23").click()
    page.wait_for_url(f"**/{OLD}")
