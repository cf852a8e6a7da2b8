"""Lists to tick and forms to fill in: boxes, progress, times, print, clear; nothing outlives the page."""

from __future__ import annotations

import datetime
import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .test_axe import RUN, TAGS

R08 = "handbok/omedelbart-omhandertagande/"
M01 = "mallar/checklista-akut/"
M03 = "mallar/skydd-och-risk/"
NIGHT = datetime.datetime(2026, 12, 1, 22, 50, tzinfo=datetime.UTC)  # 23:50 in Sweden


@pytest.fixture(scope="module")
def axe(root):
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def said(page):
    """What a screen reader was told last by the lists."""
    return page.evaluate("[...document.querySelectorAll('body > [role=status]')].map(e => e.textContent).join('')")


def paper(page, path):
    """The text of every sheet the page prints."""
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    return [sheet.get_textpage().get_text_range() for sheet in document]


def frozen(open_page, path, **options):
    """A page whose clock stands at NIGHT until the test moves it."""
    page = open_page("", **options)
    page.clock.install(time=NIGHT)
    page.goto(page.url + path)
    return page


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_routine_is_plain_until_its_switch_is_on(open_page, prefix):
    page = open_page(prefix + R08)
    assert page.locator("article [type=checkbox]:visible").count() == 0
    page.locator(".kb-step-text").first.click()
    switch = page.get_by_role("button", name="Tick off" if prefix else "Bocka av", exact=True)
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert said(page) == ("Boxes to tick are shown" if prefix else "Rutor att bocka av visas")
    boxes = page.get_by_role("checkbox")
    assert boxes.count() == 27
    assert not any(box.is_checked() for box in boxes.all()), "a tap on the text while the boxes were hidden ticked nothing"
    note = page.locator(".kb-tick-note")
    assert note.inner_text().startswith("Not saved" if prefix else "Sparas inte") and note.is_visible()
    assert note.bounding_box()["y"] < boxes.first.bounding_box()["y"], "it stands beside the list"


def test_the_switch_pushes_no_step_down(open_page):
    way = []
    for script in (True, False):
        page = open_page(R08, viewport={"width": 390, "height": 844}, java_script_enabled=script)
        way.append(page.locator(".kb-step").first.bounding_box()["y"] - page.locator("h1").bounding_box()["y"])
    assert way[0] - way[1] <= 1, way
    page = open_page(R08, **PHONE)
    assert page.locator(".kb-tick-switch").bounding_box()["height"] >= 44


@pytest.mark.parametrize("path", [M01, "en/" + M01, "mallar/atervandande/", "mallar/forsvunnet-barn/"])
def test_a_checklist_has_its_boxes_at_once_and_its_first_step_in_sight(open_page, path):
    page = open_page(path, **PHONE)
    assert page.locator(".kb-tick-switch").count() == 0
    box = page.locator(".kb-tick-box").first.bounding_box()
    assert box["width"] >= 44 and box["height"] >= 44
    assert page.locator(".kb-step").first.bounding_box()["y"] < 844 - 60


def test_every_box_is_large_and_named_by_its_step(open_page):
    page = open_page(M01, **PHONE)
    for step in page.locator(".kb-step").all():
        box = step.locator(".kb-tick-box").bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
    first = page.get_by_role("checkbox", name=re.compile("Ring .*112 vid fara för liv")).first
    page.locator(".kb-step-label").first.click(position={"x": 2, "y": 30})
    assert first.is_checked(), "the step's own text is its label"
    link = page.locator(".kb-step-label a[href*='forsta-kontakten']").first
    link.evaluate("a => a.addEventListener('click', e => e.preventDefault())")
    link.click()
    assert first.is_checked(), "a link inside the text does not tick"


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/New_York"])
def test_each_tick_has_its_swedish_time_and_yesterdays_has_its_date(open_page, zone):
    page = frozen(open_page, M01, timezone_id=zone)
    lists = page.locator(".kb-tick-progress")
    number = page.locator(".kb-steps-list").first.locator(".kb-step").count()
    assert lists.first.inner_text() == f"0 av {number} klara"
    page.locator(".kb-tick-box").first.click()
    assert lists.first.inner_text() == f"1 av {number} klara"
    assert said(page) == f"1 av {number} klara. Klart 23:50"
    page.clock.run_for("20:00")
    page.locator(".kb-tick-box").nth(1).click()
    assert page.locator(".kb-tick-time:visible").all_inner_texts() == ["Klart 2026-12-01 23:50", "Klart 00:10"]
    page.locator(".kb-tick-box").first.click()
    assert page.locator(".kb-tick-time:visible").all_inner_texts() == ["Klart 00:10"], "unticking undoes"
    assert lists.first.inner_text() == f"1 av {number} klara"
    assert page.locator(".kb-tick-total").inner_text().startswith("Hela sidan: 1 av ")


def test_ticks_live_in_the_page_alone(open_page):
    page = open_page(M01)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.locator(".kb-tick-box").first.click()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert [url for url in requests if "/icon.svg" not in url] == [] and page.url.endswith(M01)
    assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.locator("article :checked").count() == 0


def test_the_browser_asks_before_ticks_are_lost_and_only_then(open_page):
    page = open_page(M01)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".kb-tick-box").first.click()
    page.locator(".kb-tick-box").first.click()
    page.reload()
    assert asked == [], "nothing is ticked, nothing is asked"
    page.locator(".kb-tick-box").first.click()
    page.reload()
    assert asked == ["beforeunload"]


def test_clearing_asks_first_and_gives_the_focus_back(open_page):
    page = open_page("en/" + M01)
    clear = page.get_by_role("button", name="Clear", exact=True)
    clear.click()
    assert said(page) == "There is nothing to clear" and not page.locator("dialog").is_visible()
    page.locator(".kb-tick-box").first.click()
    clear.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Clear everything on the page?")
    assert dialog.is_visible()
    assert page.evaluate("document.activeElement.value") == "keep", "the safe answer comes first"
    page.keyboard.press("Escape")
    assert page.locator("article :checked").count() == 1
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, clear").click()
    expect(page.locator("article :checked")).to_have_count(0)  # a dialog tells of its closing a moment after the click
    assert page.locator(".kb-tick-time:visible").count() == 0
    assert said(page) == "Everything is cleared"
    assert page.evaluate("document.activeElement.dataset.do") == "clear"


def test_the_print_holds_ticks_times_progress_and_the_day(open_page, tmp_path):
    page = frozen(open_page, R08)
    page.locator(".kb-tick-switch").click()
    page.locator(".kb-tick-box").nth(1).click()
    text = " ".join(" ".join(paper(page, tmp_path / "x.pdf")).split())
    assert "☐ 1. Pröva först" in text and "☑ 2. Bedöm grunden" in text
    assert text.count("Klart 23:50") == 1 and "1 av 5 klara" in text
    assert "Utskriven 2026-12-01 23:50" in text and "r/R08/?v=" in text
    assert "Sparas inte" not in text and "Rensa" not in text


@pytest.mark.parametrize("script", [True, False])
def test_the_untouched_list_prints_an_empty_box_for_a_pen(open_page, tmp_path, script):
    for path, first in ((M01, "Ring 112"), (R08, "Pröva först")):
        page = open_page(path, java_script_enabled=script)
        text = " ".join(" ".join(paper(page, tmp_path / "x.pdf")).split())
        assert f"☐ {first}" in text or f"☐ 1. {first}" in text
        assert "☑" not in text
        assert not re.search(r"\b0 av \d+ klara", text)


def test_without_script_the_list_is_as_it_was(open_page):
    page = open_page(M01, java_script_enabled=False)
    assert page.locator("article input").count() == 0 and page.locator(".kb-step").first.is_visible()


def test_lists_work_from_a_file(open_page, site):
    page = open_page(f"file://{site}/{M01}index.html")
    page.locator(".kb-tick-box").first.click()
    assert page.locator(".kb-tick-time:visible").count() == 1


def test_a_form_counts_what_is_filled_in_and_prints_all_of_it(open_page, tmp_path):
    page = frozen(open_page, M03)
    part = page.locator("form fieldset#barnet")
    assert part.locator(".kb-tick-progress").inner_text() == "Ifyllt: 0 av 3"
    part.locator("input[type=datetime-local]").fill("2026-12-01T23:45")
    assert part.locator(".kb-tick-progress").inner_text() == "Ifyllt: 1 av 3"
    long = " ".join(f"ord{n}" for n in range(400))
    page.locator("form textarea").first.fill(long)
    page.get_by_role("checkbox", name="Hot").check()
    assert page.locator(".kb-tick-time:visible").all_inner_texts() == ["Valt 23:50"]
    page.locator("form input[type=radio]").first.check()
    page.locator("form input[type=radio]").nth(1).check()
    assert page.locator(".kb-tick-time:visible").count() == 2, "of the answers to one question only the given one has a time"
    text = " ".join(" ".join(paper(page, tmp_path / "x.pdf")).split())
    assert long in text.replace("\ufffe", ""), "the whole text is on paper, not only what the box had room for"
    assert "2026-12-01 23:45" in text and "Valt 23:50" in text


def test_what_is_written_in_a_form_never_lands_in_the_address_and_can_be_cleared(open_page):
    page = open_page(M03)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    field = page.locator("form.kb-form input[type=text]").first
    field.fill("Anna")
    before = page.url
    field.press("Enter")
    page.locator("form.kb-form").evaluate("form => form.requestSubmit()")
    assert page.url == before
    page.get_by_role("button", name="Rensa", exact=True).click()
    page.get_by_role("button", name="Ja, rensa").click()
    expect(field).to_have_value("")
    page.reload()
    assert asked == []


@pytest.mark.parametrize("path", ["akut/", R08, M01, M03, "kontakter/akut/"])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_no_violations_while_the_lists_are_in_use(open_page, axe, prefix, path):
    page = open_page(prefix + path)
    if page.locator(".kb-tick-switch").count():
        page.locator(".kb-tick-switch").click()
    for box in page.locator("article input[type=checkbox]").all()[:3]:
        box.check()
    page.evaluate(axe)
    found = []
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [(scheme, width, one["id"], one["nodes"][0]["html"][:120]) for one in page.evaluate(RUN, TAGS)["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    if page.locator(".kb-tick-tools").count():
        page.locator("[data-do=clear]").click()
        found += [("dialog", one["id"]) for one in page.evaluate(RUN, TAGS)["violations"]]
        page.keyboard.press("Escape")
    assert found == []
    page.on("dialog", lambda dialog: dialog.accept())


@pytest.mark.parametrize("path", [R08, M01, M03])
def test_in_use_nothing_scrolls_sideways_at_320(open_page, path):
    page = open_page(path, viewport={"width": 320, "height": 700})
    if page.locator(".kb-tick-switch").count():
        page.locator(".kb-tick-switch").click()
    for box in page.locator("article input[type=checkbox]").all()[:3]:
        box.check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
