"""A print-out can be checked: its code leads to the right address, and the address tells whether the version still holds."""

from __future__ import annotations

import os
import re

import pypdfium2
import pytest
import zxingcpp
from copies import build, copy_tree, edit

from .conftest import served

R08 = "handbok/omedelbart-omhandertagande/"
SITE_URL = os.environ.get("KUNSKAPSBANKEN_URL", "https://kunskapsbanken.example/")

LATER = """changes:
  - date: 2027-03-01
    kind: editorial
    pages: [R08, U01]
    text: {sv: "Enklare ord.", en: "Simpler words."}
  - date: 2027-02-01
    kind: material
    pages: [R08, R16, R22]
    text: {sv: "Tredje, med <b>tecken</b> & allt.", en: "Third, with <b>signs</b> & all."}
  - date: 2027-01-01
    kind: material
    pages: [R08]
    text: {sv: "Andra.", en: "Second."}
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    """The site as it may stand next spring: R08 is version 3, R16 version 2, R22 is retired and R16 answers for it."""
    copy = copy_tree(tmp_path_factory.mktemp("later"))
    edit(copy / "docs/_data/changes.yml", "changes:\n", LATER)
    edit(copy / f"docs/sv/{R08.rstrip('/')}.md", "\nversion: 1\n", "\nversion: 3\n")
    edit(copy / "docs/sv/handbok/utredning.md", "\nversion: 1\n", "\nversion: 2\n")
    edit(
        copy / "docs/_data/ids.yml",
        "path: handbok/uppfoljning/\n    state: published",
        "path: handbok/uppfoljning/\n    state: retired\n    successor: R16",
    )
    for path in [*(copy / "docs").rglob("*.md"), *(copy / "docs" / "_data").rglob("*.yml")]:
        text = path.read_text(encoding="utf-8")
        if "[[R22#" in text:  # the page that took over has no such heading
            path.write_text(re.sub(r"\[\[R22#[a-z-]+", "[[R22", text), encoding="utf-8")
    for path in ("docs/sv/handbok/uppfoljning.md", "docs/en/handbok/uppfoljning.md", "docs/_data/steps/R22.yml"):
        (copy / path).unlink()
    (copy / "host").mkdir()
    made = build(copy, copy / "host" / "bank")
    assert made.returncode == 0, made.stdout + made.stderr
    return copy / "host"


@pytest.fixture
def answer(open_page, later):
    """Open an address of the later site and return the page and what it says of the print-out."""
    with served(later) as host:

        def run(path, **options):
            page = open_page(path if ":" in path else f"{host}bank/{path}", **options)
            page.wait_for_url(re.compile("handbok/"))
            page.locator(".kb-printed").wait_for()
            return page, page.locator(".kb-printed").inner_text()

        yield run


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_version_that_still_holds_says_so(answer, prefix):
    page, text = answer(f"{prefix}r/r08/?v=3")
    wanted = "The print-out, version 3, still holds." if prefix else "Utskriften, version 3, gäller fortfarande."
    assert wanted in text
    assert ("Only wording and form have changed:" if prefix else "Bara språk och form har ändrats:") in text
    assert page.locator(".kb-printed li").count() == 1, "the change in wording may have come after the print"
    page, text = answer(f"{prefix}r/R16/?v=2")
    assert page.locator(".kb-printed li").count() == 0 and text.count("\n") == 0


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_an_older_version_tells_what_changed_since_with_material_changes_first(answer, prefix):
    page, text = answer(f"{prefix}r/R08/?v=1#frister")
    assert page.url.endswith("?v=1#frister")
    assert ("The print-out is version 1. Version 3 applies now." if prefix else "Utskriften är version 1. Nu gäller version 3.") in text
    entries = page.locator(".kb-printed li").all_inner_texts()
    assert [entry[:10] for entry in entries] == ["2027-02-01", "2027-01-01", "2027-03-01"]
    assert ("Third, with <b>signs</b> & all." if prefix else "Tredje, med <b>tecken</b> & allt.") in entries[0], "text, not markup"
    assert ("changes what you should do" if prefix else "ändrar vad du ska göra") in entries[0]
    _, text = answer(f"{prefix}r/R08/?v=2")
    assert ("Second." if prefix else "Andra.") not in text


@pytest.mark.parametrize("version", ["0", "", "-1", "1.5", "abc", "1;2", "%3Cscript%3E", "99999999"])
def test_a_version_that_is_none_is_said_plainly(answer, version):
    page, text = answer(f"r/R08/?v={version}")
    assert text == "Adressen har inget versionsnummer som går att läsa. Nu gäller version 3."
    assert page.locator(".kb-printed li").count() == 0


def test_a_version_newer_than_the_page_says_that_the_page_is_old(answer):
    _, text = answer("r/R08/?v=12")
    assert text == "Utskriften är version 12, men den här sidan är version 3. Du läser kanske en gammal kopia."


@pytest.mark.parametrize("name", ["R22", "r22"])
def test_a_retired_id_tells_what_replaced_it(answer, name):
    page, text = answer(f"r/{name}/?v=1")
    assert "/handbok/utredning/" in page.url
    assert "Utskriften är R22, version 1. R22 används inte längre. Den här sidan gäller i stället." in text
    assert [entry[:10] for entry in page.locator(".kb-printed li").all_inner_texts()] == ["2027-02-01"]
    _, text = answer("handbok/utredning/?v=2&id=R08")
    assert "gäller fortfarande" in text, "an id that is not replaced by this page is not believed"


def test_the_answer_follows_to_the_other_language(answer):
    page, _ = answer("r/R08/?v=1")
    page.locator("a[data-language]").click()
    page.wait_for_url("**/en/handbok/**")
    assert "The print-out is version 1" in page.locator(".kb-printed").inner_text()


@pytest.mark.parametrize("version", ["1", "3"])
def test_the_offline_copy_answers_and_says_that_it_is_a_copy(answer, later, version):
    _, text = answer(f"file://{later}/bank/r/R08/index.html?v={version}")
    assert ("Nu gäller version 3" in text) == (version == "1")
    assert "nedladdad kopia" in text


def test_without_script_the_page_says_which_version_applies(open_page, later):
    with served(later) as host:
        page = open_page(f"{host}bank/r/R08/?v=1", java_script_enabled=False)
        assert "Nu gäller version 3." in page.locator("main").inner_text()
        page.locator("noscript a, main a", has_text="Ändringar").first.click()
        page.wait_for_url("**/om/andringar/index.html")


def test_without_a_version_in_the_address_nothing_is_said(open_page):
    page = open_page(R08)
    assert page.locator(".kb-printed").count() == 0


def sheets(page, path):
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    return list(pypdfium2.PdfDocument(path))


def codes(sheet):
    return [found.text for found in zxingcpp.read_barcodes(sheet.render(scale=150 / 72).to_pil())]


@pytest.mark.parametrize(
    ("path", "permanent"),
    [
        (R08, "r/R08/?v=1"), ("en/" + R08, "en/r/R08/?v=1"), ("akut/", "r/A01/?v=1"), ("en/akut/", "en/r/A01/?v=1"), ("", "?v=1"),
        ("mallar/skydd-och-risk/", "r/M03/?v=1"), ("kontakter/akut/", "r/K01/?v=1"), ("juridik/frister/", "r/J01/?v=2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("script", [True, False])
def test_every_printed_sheet_carries_a_code_that_leads_to_its_address(open_page, tmp_path, path, permanent, script):
    page = open_page(path, java_script_enabled=script)
    found = sheets(page, tmp_path / "x.pdf")
    for number, sheet in enumerate(found, 1):
        assert codes(sheet) == [SITE_URL + permanent], f"sheet {number}"
        text = " ".join(sheet.get_textpage().get_text_range().split())
        assert (SITE_URL + permanent).replace(" ", "") in text.replace(" ", "").replace("\ufffe", ""), "the address stands in words too"
        assert f"version {permanent.rpartition('=')[2]}" in text
    assert ("Utskriven 20" in text or "Printed 20" in text) == script


def test_under_the_flow_chart_the_foot_stands_on_the_last_sheet_only(open_page, tmp_path):
    found = sheets(open_page("handbok/"), tmp_path / "x.pdf")
    assert [codes(sheet) for sheet in found] == [[]] * (len(found) - 1) + [[SITE_URL + "r/R00/?v=1"]]


def test_the_acute_page_stays_one_sheet_with_every_step_ticked(open_page, tmp_path):
    for path in ("akut/", "en/akut/"):
        page = open_page(path)
        page.locator(".kb-tick-switch").click()
        for box in page.locator(".kb-tick-box").all():
            box.click()
        (sheet,) = sheets(page, tmp_path / "x.pdf")
        assert sheet.get_textpage().get_text_range().count("☑") == page.locator(".kb-step").count()


def test_a_routine_takes_fewer_sheets_and_loses_nothing(open_page, tmp_path):
    """15 sheets before; the whole of the article is on paper, and no word stands under the foot."""
    page = open_page(R08)
    # what only a screen reader hears and what only a screen can do is left out
    words = page.evaluate(
        """aside => {
          const article = document.querySelector('article').cloneNode(true);
          article.querySelectorAll(aside).forEach(element => element.remove());
          return article.textContent;
        }""",
        ".kb-hidden, .kb-definition, .kb-permanent, [data-clock], [data-now], .kb-tick-note, .kb-tick-tools, button:not(.kb-term)",
    ).split()
    found = sheets(page, tmp_path / "x.pdf")
    assert len(found) <= 10
    printed = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in found).replace("\ufffe", "")
    own = {word for word in words if len(word) > 6 and word.isalpha()}
    gone = {word for word in own if word not in printed}
    assert len(own) > 300 and gone == set()
    for number, sheet in enumerate(found, 1):
        text = sheet.get_textpage()
        searcher, place = text.search("R08 Omedelbart"), None
        while hit := searcher.get_next():
            place = hit
        top = text.get_charbox(place[0])[3]
        below = " ".join(text.get_text_bounded(0, 0, sheet.get_width(), top + 2).split())
        number_of = f"{number} ({len(found)})"
        assert re.fullmatch(r"(.* )?R08 Omedelbart .* öppna adressen\.( .*)?", below) and number_of in below
        assert len(below) < 260, f"something stands under or over the foot: {below}"


def test_addresses_stand_after_the_links_of_sources_and_ids_after_links_without(open_page):
    page = open_page(R08)
    page.emulate_media(media="print")
    after = "a => getComputedStyle(a, '::after').content"
    source = page.locator(".kb-sources-list a[href^=http]").first
    assert source.get_attribute("href") in source.evaluate(after)
    page.goto(page.url.replace(R08, "om/integritet/"))
    assert "R20" in page.locator("a[data-print]", has_text="fråga utan").evaluate(after)
    for selector in (".kb-heading-link", ".kb-copy", ".kb-tick-switch", "#meny", ".kb-header", ".kb-toc"):
        assert page.locator(f"{selector}:visible").count() == 0, selector
