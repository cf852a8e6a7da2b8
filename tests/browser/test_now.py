"""Who answers now: the browser's answers against the rule in Python, and what a reader sees, hears and prints, with frozen clocks."""

from __future__ import annotations

import datetime
import io
import random
import re

import pytest
from kunskapsbank import answering, holidays_se
from opening_rule import CASES, INVENTED, STOCKHOLM, Rule
from pypdf import PdfReader

NIGHT = "2026-11-24T02:30+01:00"
LISTS = ["", "en/", "akut/", "en/akut/", "kontakter/akut/", "en/kontakter/akut/"]
ORDER = ["open", "only", "holiday", None, "closed"]
STATE_OF_ITEMS = "items => items.map(item => (item.querySelector('[data-now]') || {dataset: {}}).dataset.state || null)"
NAMES = "items => items.map(item => item.querySelector('a.kb-tel').getAttribute('href'))"


def at(moment: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(moment)


@pytest.fixture
def open_at(open_page, address):
    """Open a page when the computer's clock stands still at `moment`."""

    def run(path, moment=NIGHT, **options):
        page = open_page("om/integritet/", **options)  # a page without hours, so that the clock is set before any are shown
        page.clock.set_fixed_time(at(moment))
        page.goto(path if ":" in path else address + path)
        return page

    return run


def look_again(page, moment):
    """Set the clock and come back to the tab."""
    page.clock.set_fixed_time(at(moment))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.fixture(scope="module")
def rule(bank):
    known = answering.years(bank)
    return Rule((known[0], known[-1]), holidays_se.named_holidays(known, "sv"), holidays_se.named_eves(known, "sv"))


def answers(page, questions):
    """The browser's answer for each (entry, moment in milliseconds)."""
    return page.evaluate("questions => questions.map(([entry, moment]) => kbNow.reckon(entry, moment))", questions)


def plain(answer):
    """Nothing and null are the same."""
    return {key: value for key, value in answer.items() if value is not None}


def openings_of(bank):
    return {**{contact.id: contact.open for contact in bank.contacts.values() if contact.open}, **INVENTED}


def test_the_browser_follows_the_table(open_page, bank):
    page, known = open_page("kontakter/"), openings_of(bank)
    given = answers(page, [[answering.entry(known[case[0]], "sv"), at(case[1]).timestamp() * 1000] for case in CASES])
    for (contact, moment, expected, _), answer in zip(CASES, given, strict=True):
        assert plain({key: answer.get(key) for key in expected}) == plain(expected), (contact, moment)


def test_the_browser_and_python_agree_at_many_moments(open_page, bank, rule):
    """Chosen at random, but the same each time; near holidays, the changes of the clock and full hours more often."""
    chance = random.Random(1989253)
    edges = [datetime.date(2026, 3, 29), datetime.date(2026, 10, 25), datetime.date(2025, 1, 1), datetime.date(2032, 1, 1)]
    special = [*rule.holidays, *rule.eves, *edges * 10]
    moments = []
    for _ in range(200):
        day = chance.choice(special) + datetime.timedelta(chance.randint(-2, 2))
        if chance.random() < 0.3:
            day = datetime.date(2025, 1, 1) + datetime.timedelta(chance.randrange(2556))
        minute = chance.choice([chance.randrange(1440), chance.randrange(24) * 60 + chance.choice([-1, 0, 15])]) % 1440
        wall = datetime.datetime.combine(day, datetime.time(minute // 60, minute % 60, fold=chance.randint(0, 1)), STOCKHOLM)
        moments.append(wall.astimezone(datetime.UTC))
    known = {name: made for name, made in openings_of(bank).items() if name != "always in pieces"}  # slow in Python; it is in the table
    questions = [(name, moment) for name in known for moment in moments]
    given = answers(
        open_page("kontakter/"), [[answering.entry(known[name], "sv"), moment.timestamp() * 1000] for name, moment in questions]
    )
    states = set()
    for (name, moment), answer in zip(questions, given, strict=True):
        expected = rule.answer(known[name], moment)
        assert plain(answer) == plain(expected), (name, moment)
        states.add(answer["state"])
    assert states == {"open", "only", "holiday", "closed", "beyond"}, "the moments chosen do not try everything"


def test_the_words_a_swedish_reader_sees(open_at, bank):
    page, known = open_at("kontakter/"), openings_of(bank)
    for contact, moment, _, words in CASES:
        if words is not None:
            place = contact if contact in bank.contacts else "brottsoffermyndigheten"  # an invented one borrows a place on the page
            page.evaluate("([id, entry]) => { kbHours.contacts[id] = entry; }", [place, answering.entry(known[contact], "sv")])
            look_again(page, moment)
            shown = page.locator(f"[data-now='{place}']")
            assert shown.text_content() == words, (contact, moment)
            assert shown.is_visible() == bool(words)


def test_the_words_an_english_reader_sees(open_at):
    page = open_at("en/kontakter/", "2026-11-27T15:00+01:00")
    assert page.locator("[data-now='brottsoffermyndigheten']").text_content() == "Closed now, opens 09:00 (Monday)"
    assert page.locator(".kb-clock").inner_text() == "Open or closed by your computer's clock: Friday 2026-11-27 at 15:00, Swedish time."
    look_again(page, "2026-12-24T10:00+01:00")
    assert page.locator("[data-now='brottsoffermyndigheten']").text_content() == "Christmas Eve: may be closed or keep other hours"


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_swedish_time_holds_whatever_zone_the_reader_is_in(open_at, zone):
    page = open_at("kontakter/akut/", timezone_id=zone)
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == zone
    assert (
        page.locator(".kb-clock span").inner_text() == "Öppet eller stängt enligt klockan i datorn: tisdag 2026-11-24 kl 02:30, svensk tid."
    )
    assert page.locator("[data-now='socialjour-sodertalje']").inner_text() == "Stängt nu, öppnar 16:00"
    assert page.locator("[data-now='sos-112']").inner_text() == "Öppet nu"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("moment", [NIGHT, "2026-11-24T10:00+01:00", "2026-12-25T20:00+01:00"])
def test_those_who_answer_now_come_first_and_otherwise_the_order_is_as_written(open_at, address, path, moment):
    page = open_at(path, moment)
    states = page.eval_on_selector_all("[data-answers] > li", STATE_OF_ITEMS)
    shown = page.eval_on_selector_all("[data-answers] > li", NAMES)
    page.goto(address + "om/integritet/")
    page.route("**/now.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address + path)
    written = page.eval_on_selector_all("[data-answers] > li", NAMES)
    assert states[0] == "open" and set(states) <= set(ORDER)
    assert [ORDER.index(state) for state in states] == sorted(ORDER.index(state) for state in states)
    by_state = {number: ORDER.index(state) for number, state in zip(shown, states, strict=True)}
    assert shown == sorted(written, key=lambda number: by_state[number])


@pytest.mark.parametrize("path", LISTS)
def test_unconfirmed_numbers_are_not_there_as_numbers(open_at, bank, path):
    text = open_at(path).locator("body").inner_text()
    sure = {contact.phone.display for contact in bank.contacts.values() if contact.phone and contact.number_confirmed}
    unsure = {contact.phone.display for contact in bank.contacts.values() if contact.phone and not contact.number_confirmed} - sure
    assert "08-508 40 000" in unsure
    assert [number for number in unsure if number in text] == []


@pytest.mark.parametrize("path", LISTS)
def test_hours_that_are_not_confirmed_are_said_to_be_so_and_never_open(open_at, path):
    page = open_at(path, "2026-11-24T10:00+01:00")
    police = page.locator("[data-answers] > li", has=page.locator("a[href='tel:11414']"))
    assert police.locator("[data-now]").count() == 0
    assert ("hours not confirmed" if path.startswith("en/") else "öppettider inte bekräftade") in police.inner_text()


def test_it_follows_the_clock_each_minute_and_on_return(open_page, address):
    page = open_page("om/integritet/")
    page.clock.install(time=at("2026-11-24T14:58:40+01:00"))
    page.goto(address + "kontakter/")
    shown, clock = page.locator("[data-now='brottsoffermyndigheten']"), page.locator(".kb-clock span")
    assert shown.inner_text() == "Öppet nu, stänger 15:00"
    page.clock.run_for(25_000)
    assert "kl 14:59" in clock.inner_text()
    page.clock.run_for(60_000)
    assert "kl 15:00" in clock.inner_text()
    assert shown.inner_text() == "Stängt nu, öppnar 09:00 (i morgon)"
    page.clock.set_system_time(at("2026-11-25T09:30+01:00"))  # the lid was closed over night
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert shown.inner_text() == "Öppet nu, stänger 15:00"


def test_nothing_moves_under_the_readers_finger(open_at):
    page = open_at("kontakter/akut/", "2026-11-24T15:59+01:00")
    items = "[data-answers] > li"
    before = page.eval_on_selector_all(items, NAMES)
    page.locator(f"{items} a").nth(4).focus()
    look_again(page, "2026-11-24T16:00+01:00")  # one office closes, a duty service opens
    assert page.eval_on_selector_all(items, NAMES) == before
    assert page.evaluate("document.activeElement.closest('[data-answers]') !== null")
    page.evaluate("document.activeElement.blur()")
    look_again(page, "2026-11-24T16:01+01:00")
    assert page.eval_on_selector_all(items, NAMES) != before


@pytest.mark.parametrize("path", ["", "kontakter/akut/", "kontakter/akut/#sis-placering"])
def test_the_list_is_in_order_before_it_is_seen(open_page, address, path):
    page = open_page("om/integritet/", viewport={"width": 390, "height": 844})
    page.route("**/site.js", lambda route: route.fulfill(body="", content_type="text/javascript"))  # its button is another matter
    page.add_init_script("""
      window.shifts = [];
      new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push(entry.value)))
        .observe({type: 'layout-shift', buffered: true});
    """)
    page.goto(address + path)
    page.wait_for_timeout(300)
    assert page.locator(".kb-clock").first.is_visible()
    assert page.evaluate("window.shifts") == []


def test_it_does_not_speak_each_minute(open_at):
    page = open_at("kontakter/akut/")
    live = "[aria-live], [role=status], [role=alert], [role=log], [role=timer], output"
    assert page.locator(f":is({live}) :is([data-now], [data-clock])").count() == 0
    assert page.locator(f":is([data-now], [data-clock]):is({live})").count() == 0
    page.evaluate("""() => {
      window.changes = [];
      new MutationObserver(list => list.forEach(one => window.changes.push(one.target.closest ? one.target.className : 'text')))
        .observe(document.querySelector('[data-answers]'), {childList: true, characterData: true, subtree: true});
    }""")
    look_again(page, "2026-11-24T02:31+01:00")
    assert "kl 02:31" in page.locator(".kb-clock").inner_text()
    assert page.evaluate("window.changes") == [], "what says the same is left untouched"


@pytest.mark.parametrize("path", LISTS)
def test_without_script_the_hours_stand_in_words(open_page, path):
    page = open_page(path, java_script_enabled=False)
    assert page.locator(":is(.kb-now, .kb-clock):visible").count() == 0
    first = page.locator("[data-answers] > li").first.inner_text()
    assert ("24/7" if path.startswith("en/") else "dygnet runt") in first.lower()


@pytest.mark.parametrize("path", LISTS)
def test_on_paper_stand_words_in_the_order_written_and_no_state(open_at, path):
    page = open_at(path)
    text = " ".join("".join(part.extract_text() for part in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages).split())
    english = path.startswith("en/")
    for word in ("Open now", "Now only", "clock:") if english else ("Öppet nu", "Nu bara", "enligt klockan"):
        assert not re.search(rf'(?<!"){word}', text), "K01 explains the words in quotation marks; a state has none"
    assert ("24/7" if english else "ygnet runt") in text
    police, children = ("Police non-emergency 114 14", "missing children") if english else ("Polisen 114 14", "journummer för")
    assert 0 < text.index(police) < text.index(children), "112, 114 14, 116 000: as written"
    assert page.locator(".kb-now:visible").count() > 0, "on the screen the state is back"


@pytest.mark.parametrize(("path", "words"), [("kontakter/akut/", "kan inte räkna ut"), ("en/kontakter/akut/", "cannot work out")])
def test_a_copy_older_than_its_holidays_says_that_it_does_not_know(open_at, bank, path, words):
    page = open_at(path, "2040-06-01T10:00+02:00")
    clock = page.locator(".kb-clock").inner_text()
    assert words in clock and "2040" in clock and str(answering.years(bank)[-1]) in clock
    assert page.locator(".kb-clock strong").is_hidden() and page.locator(".kb-now:visible").count() == 0
    assert page.eval_on_selector_all("[data-answers] > li", NAMES)[:3] == ["tel:112", "tel:11414", "tel:116000"]


def test_it_works_from_a_file(open_at, site):
    page = open_at(f"file://{site}/kontakter/akut/index.html")
    assert page.locator("[data-now='sos-112']").inner_text() == "Öppet nu"
