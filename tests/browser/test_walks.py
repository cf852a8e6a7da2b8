"""The ways readers take: by touch on a phone, by keyboard, in both languages, with and without script."""

from __future__ import annotations

import re

import pytest

from .conftest import PHONE


def test_start_to_contact_by_touch_on_a_phone(open_page):
    page = open_page("", **PHONE)
    acute = page.locator("a.kb-acute")
    box = acute.bounding_box()
    assert box["y"] + box["height"] < 844, "'Akut nu' is seen without scrolling"
    search = page.locator("#kb-q").bounding_box()
    assert search["y"] < box["y"], "search comes first"
    acute.tap()
    page.wait_for_url("**/akut/")
    page.locator("main a", has_text="R02").first.tap()
    page.wait_for_url("**/handbok/forsta-kontakten/")
    contact = page.locator(".kb-contact-name a").first
    contact.scroll_into_view_if_needed()
    contact.tap()
    page.wait_for_url("**/kontakter/#*")
    anchor = page.url.partition("#")[2]
    assert page.locator(f"#{anchor}").is_visible()
    assert page.locator(f"#{anchor} a[href^='tel:']").count() >= 0


def tab_to(page, wanted, limit=150):
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("el => document.activeElement === el", wanted.element_handle()):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", "focus can be seen"
            return
    raise AssertionError(f"the keyboard did not reach {wanted}")


def test_start_to_contact_by_keyboard(open_page):
    page = open_page("")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "kb-skip"
    tab_to(page, page.locator("a.kb-acute"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/akut/")
    tab_to(page, page.locator("main a", has_text="R02").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/handbok/forsta-kontakten/")
    tab_to(page, page.locator(".kb-contact-name a").first, 300)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kontakter/#*")


def test_skip_link_leads_to_the_text(open_page):
    page = open_page("handbok/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_the_menu_on_a_phone_opens_and_closes_by_keyboard(open_page):
    page = open_page("handbok/tolk/", viewport={"width": 390, "height": 844})
    assert not page.locator("#meny").is_visible()
    menu = page.locator("a.kb-menu-link")
    menu.focus()
    page.keyboard.press("Enter")
    assert page.locator("#meny").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#meny') !== null"), "the keyboard goes on inside the menu"
    page.keyboard.press("Escape")
    assert not page.locator("#meny").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_language_switch_keeps_the_page(open_page, script):
    page = open_page("handbok/omedelbart-omhandertagande/", java_script_enabled=script)
    page.locator("a[data-language]").click()
    page.wait_for_url("**/bank/en/handbok/omedelbart-omhandertagande/")
    page.locator("a[data-language]").click()
    page.wait_for_url("**/bank/handbok/omedelbart-omhandertagande/")


def test_the_language_switch_keeps_the_anchor(open_page):
    page = open_page("en/handbok/placering/#avgor")
    page.locator("a[data-language]").click()
    page.wait_for_url("**/bank/handbok/placering/#avgor")


@pytest.mark.parametrize("name", ["R08", "r08"])
@pytest.mark.parametrize(("prefix", "word"), [("", "Omedelbart"), ("en/", "Emergency")])
@pytest.mark.parametrize("host", ["address", "plain_address"])  # a redirect by nginx, and by the page itself
def test_a_permanent_link_leads_on_with_query_and_anchor(open_page, request, host, name, prefix, word):
    page = open_page(f"{request.getfixturevalue(host)}{prefix}r/{name}/?v=1#avgor")
    page.wait_for_url(f"**/bank/{prefix}handbok/omedelbart-omhandertagande/?v=1#avgor")
    assert word in page.locator("h1").inner_text()


def test_a_permanent_link_works_from_a_file(open_page, site):
    page = open_page(f"file://{site}/r/R08/index.html#avgor")
    page.wait_for_url("**/handbok/omedelbart-omhandertagande/index.html#avgor")
    assert page.locator("#avgor").is_visible()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_permanent_link_without_script_shows_the_text_at_its_anchor(open_page, site, plain_address, scheme):
    start = f"file://{site}/r/r08/index.html#avgor" if scheme == "file" else plain_address + "r/r08/#avgor"
    page = open_page(start, java_script_enabled=False)
    heading = page.locator("#avgor")
    assert heading.is_visible()
    assert heading.bounding_box()["y"] < 900, "the page stands at the anchor"
    page.locator("a", has_text="R08 Omedelbart").first.click()
    page.wait_for_url("**/handbok/omedelbart-omhandertagande/index.html")


@pytest.mark.parametrize(
    "path", ["", "akut/", "handbok/", "handbok/barn-som-forsvinner/", "kontakter/", "kontakter/akut/", "sok/", "om/lanka/"]
)
def test_everything_readable_works_without_script(open_page, path):
    page = open_page(path, java_script_enabled=False, viewport={"width": 390, "height": 844})
    assert page.locator("main").inner_text().strip()
    assert page.locator("main a").count() > 3
    assert page.locator("button.kb-copy:visible").count() == 0, "no button that does nothing"
    page.locator("a.kb-menu-link").click()
    assert page.locator("#meny a").nth(3).is_visible()


def test_copy_gives_the_whole_permanent_address(open_page, clipboard, address):
    page = open_page("handbok/omedelbart-omhandertagande/", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".kb-status button.kb-copy").click()
    page.wait_for_function("document.querySelector('#kb-said')?.textContent")
    assert clipboard(page) == f"{address}r/R08/"
    assert page.locator("#kb-said").inner_text() == "Länken är kopierad"


def test_search_from_the_start_page_finds_and_sends_nothing(open_page):
    page = open_page("")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "kb-q"
    page.keyboard.type("rymt")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results[data-ready]")
    assert "R13" in page.locator("#search-results li a").first.inner_text()
    assert not [url for url in requests if "rymt" in url.partition("#")[0]]
    page.locator("#search-results li a").first.click()
    page.wait_for_url("**/handbok/barn-som-forsvinner/")


def test_search_reads_its_words_from_the_address_and_says_when_it_finds_nothing(open_page):
    page = open_page("en/sok/?q=interpreter")
    page.wait_for_selector("#search-results[data-ready]")
    assert re.match("R06", page.locator("#search-results li a").first.inner_text())
    page = open_page("sok/?q=<b>xqzxqzxqz</b>")
    page.wait_for_selector("#search-results[data-ready]", state="attached")
    assert page.locator("#search-results li").count() == 0
    assert "<b>xqzxqzxqz</b>" in page.locator("#search-status").inner_text(), "what was typed is shown as text, not markup"


def test_nothing_is_stored(open_page):
    page = open_page("")
    for path in ("akut/", "handbok/", "kontakter/", "sok/?q=tolk"):
        page.goto(page.url.split("/bank/")[0] + "/bank/" + path)
    assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


def test_the_register_can_be_filtered_by_need_area_and_word(open_page):
    page = open_page("kontakter/")
    everyone = page.locator(".kb-register .kb-contact:visible").count()
    page.locator("#filter-kind").select_option("police")
    police = page.locator(".kb-register .kb-contact:visible").count()
    assert 0 < police < everyone
    assert page.locator(".kb-filter [role=status]").inner_text().startswith(f"{police} ")
    page.locator("#filter-kind").select_option("")
    page.locator("#filter-area").select_option("LT")
    assert "Litauen" in page.locator(".kb-register .kb-contact:visible").first.inner_text()
    page.locator("#filter-area").select_option("")
    page.locator("#filter-text").fill("socialjour sodertalje")
    assert page.locator(".kb-register .kb-contact:visible").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_a_term_opens_by_keyboard_and_closes(open_page, script):
    page = open_page("handbok/omedelbart-omhandertagande/", java_script_enabled=script)
    term = page.locator("button.kb-term").first
    term.focus()
    page.keyboard.press("Enter")
    definition = page.locator(".kb-definition").first
    assert definition.is_visible()
    page.keyboard.press("Escape")
    assert not definition.is_visible()


TASKS = {
    "who answers at half past two": (["se vem som svarar när"], "/kontakter/akut/", "112"),
    "may we lock the child in": (["Får vi låsa in barnet?"], "/handbok/placering/#fa-lasa", "inte"),
    "the child is gone": (["Barnet är borta. Vad gör vi nu?"], "/handbok/barn-som-forsvinner/", "112"),
    "the parents stand here with papers": (["Föräldrarna står här med papper"], "/handbok/vuxna-och-handlingar/", "papper"),
    "a Lithuanian child is to go home": (
        ["Ett barn ska hem till sitt land. Hur gör vi?", "T12", "Litauen"], "/atervandande/cbss/#lt", "Litauen"
    ),
}  # fmt: skip


@pytest.mark.parametrize("task", list(TASKS))
def test_five_tasks_take_at_most_three_taps(open_page, task):
    taps, end, words = TASKS[task]
    assert len(taps) <= 3
    page = open_page("", **PHONE)
    for tap in taps:
        page.locator("main a", has_text=tap).first.tap()
    page.wait_for_url(f"**/bank{end}")
    assert words in page.locator("main").inner_text()


def test_the_time_limits_can_be_sorted_by_length(open_page):
    page = open_page("juridik/frister/")
    page.locator("th button", has_text="Tid").click()
    lengths = page.eval_on_selector_all("td[data-value]", "cells => cells.map(cell => Number(cell.dataset.value))")
    assert lengths == sorted(lengths) and lengths[-1] > lengths[0]
    assert page.locator("th[aria-sort=ascending]").count() == 1
