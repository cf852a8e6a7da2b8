"""What is late for review is said by the reader's browser: past the day and not before, on screen, on paper, in the list."""

from __future__ import annotations

import datetime

import pytest
from kunskapsbank.reviewing import items
from playwright.sync_api import expect

WORDS = {
    "sv": ("", "Granskningen är försenad sedan {}", "Kontrollen är försenad sedan {}", "nej", "{} dagar"),
    "en": ("en/", "Review overdue since {}", "Check overdue since {}", "no", "{} days"),
}
LANGUAGES = pytest.mark.parametrize("language", ["sv", "en"])


@pytest.fixture(scope="module")
def due(bank):
    return {(item.kind, item.id): item.due for item in items(bank)}


@pytest.fixture
def read(open_page, address):
    """Open a page with the reader's clock at noon, Swedish time, some days after a day."""

    def run(path, day, days=0, hour=11, **options):
        page = open_page(address + "om/integritet/", **options)
        moment = datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time(hour, 30), datetime.UTC)
        page.clock.set_fixed_time(moment)
        page.goto(address + path)
        return page

    return run


@LANGUAGES
def test_a_page_is_marked_the_day_after_it_was_due_and_on_paper(read, due, language):
    prefix, words, *_ = WORDS[language]
    path, day = prefix + "handbok/omedelbart-omhandertagande/", due["page", "R08"]
    page = read(path, day)
    expect(page.locator(".kb-status [data-due]")).to_have_text(str(day))
    page.wait_for_function("document.readyState === 'complete'")
    expect(page.locator(".kb-status .kb-late")).to_have_count(0)
    page = read(path, day, 1)
    mark = page.locator(".kb-status .kb-late")
    expect(mark).to_have_text(words.format(day))
    page.emulate_media(media="print")
    expect(mark).to_be_visible()


def test_the_day_is_the_one_in_sweden(read, due):
    day = due["page", "R08"]
    path = "handbok/omedelbart-omhandertagande/"
    page = read(path, day, hour=23, timezone_id="America/New_York")  # half past midnight in Sweden
    expect(page.locator(".kb-status .kb-late")).to_have_count(1)


def test_a_postponed_page_is_marked_when_the_postponement_has_passed(read, due):
    day = due["page", "R08"]
    page = read("handbok/omedelbart-omhandertagande/", day, 10)
    mark = page.locator(".kb-status .kb-late")
    expect(mark).to_have_count(1)
    show = (
        "until => { document.querySelector('.kb-status [data-late]').dataset.until = until; window.dispatchEvent(new Event('pageshow')); }"
    )
    page.evaluate(show, str(day + datetime.timedelta(days=10)))
    expect(mark).to_have_count(0)
    page.evaluate(show, str(day + datetime.timedelta(days=9)))
    expect(mark).to_have_text(f"Granskningen är försenad sedan {day}")


@LANGUAGES
def test_a_contact_and_a_provision_are_marked_where_their_day_stands(read, due, language):
    prefix, _, words, *_ = WORDS[language]
    day = due["contact", "polisen-11414"]
    page = read(prefix + "kontakter/", day)
    page.wait_for_function("document.readyState === 'complete'")
    expect(page.locator("#polisen-11414 .kb-late")).to_have_count(0)
    page = read(prefix + "kontakter/", day, 1)
    expect(page.locator("#polisen-11414 .kb-late")).to_have_text(words.format(day))
    law = due["law", "lvu-6"]
    page = read(prefix + "handbok/omedelbart-omhandertagande/", law, 1)
    expect(page.locator(".kb-statute").filter(has=page.locator("a[href$='#lvu-6']")).locator(".kb-late")).to_have_text(words.format(law))


@LANGUAGES
def test_the_list_says_how_late_and_sorts_by_it(read, due, language):
    prefix, _, _, no, days = WORDS[language]
    first = min(day for (kind, _), day in due.items() if kind == "page")
    page = read(prefix + "om/granskning/", first, 12)
    table = page.locator(".kb-review-table table").first
    cells = table.locator("td[data-late]")
    late = sum((first - day).days > -12 for (kind, _), day in due.items() if kind == "page")
    expect(cells.filter(has_text=days.format(12)).first).to_be_visible()
    expect(cells.filter(has_text=no)).to_have_count(cells.count() - late)
    button = table.locator("thead button").nth(2)
    button.click()
    expect(table.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(cells.first).to_have_text(no)
    button.click()
    expect(table.locator("th[aria-sort=descending]")).to_have_count(1)
    expect(cells.first).to_have_text(days.format(12))
    # The list of what is to be confirmed sorts by who confirms.
    doubts = page.locator(".kb-unsure table").nth(4)
    doubts.locator("thead button").last.click()
    expect(doubts.locator("th[aria-sort=ascending]")).to_have_count(1)
    by = doubts.locator("tbody tr td:last-child").all_text_contents()
    assert by == sorted(by)
    assert len(set(by)) > 1
