"""The calculator of time limits on J01: the same rows as in Python, words, faults, calendar file, print, keyboard, access."""

from __future__ import annotations

import datetime
from pathlib import Path

import icalendar
import pytest
import yaml
from babel.dates import format_date
from pypdf import PdfReader

from .test_axe import RUN, TAGS, VIEWS, axe  # noqa: F401 - a fixture

ROWS = yaml.safe_load((Path(__file__).parents[1] / "unit" / "deadline_examples.yml").read_text(encoding="utf-8"))
PAGES = {"sv": "juridik/frister/", "en": "en/juridik/frister/"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"


def open_all(page):
    page.evaluate("document.querySelectorAll('.kb-calc details').forEach(details => { details.open = true; })")


def enter(page, events):
    """Start anew and fill in the events; a value may be a date or text."""
    open_all(page)
    page.locator("[data-calc-clear]").click()
    for event, value in events.items():
        page.fill(f"#h-{event}", value if isinstance(value, str) else value.isoformat())


def enter_fast(page, events):
    """The same in one call, for the many rows."""
    page.evaluate(
        """events => {
          document.querySelector('[data-calc-clear]').click();
          Object.entries(events).forEach(([event, value]) => {
            const field = document.getElementById('h-' + event);
            field.value = value;
            field.dispatchEvent(new Event('input', {bubbles: true}));
          });
        }""",
        {event: str(value) for event, value in events.items()},
    )


def at(page, moment):
    """Freeze the reader's clock."""
    page.clock.set_fixed_time(moment)


def words(day):
    return format_date(day, "EEEE d MMMM y", locale="sv")


def results(page):
    """What the list shows: limit id -> the parts a test asks about."""
    return page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll('.kb-calc li[data-limit]')).map(item => {
          const part = name => {
            const found = item.querySelector(`[data-show=${name}]`);
            return found.hidden ? null : found.textContent.replace(/\\s+/g, ' ').trim();
          };
          const fill = name => item.querySelector(`[data-fill=${name}]`).textContent;
          return [item.dataset.limit, {
            due: item.dataset.due, when: fill('when'), left: fill('left'), counted: fill('counted'),
            later: part('later'), free: part('free'), clamped: part('clamped'), passed: item.classList.contains('kb-passed'),
            text: item.textContent.replace(/\\s+/g, ' '),
          }];
        }))"""
    )


def calendar_of(page):
    with page.expect_download() as download:
        page.locator("[data-calc-ics]").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


# The rows


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/Los_Angeles"])
def test_every_row_comes_out_as_worked_out_by_hand_wherever_the_reader_is(open_page, bank, zone):
    page = open_page(PAGES["sv"], timezone_id=zone)
    wrong = []
    for row in ROWS:
        enter_fast(page, row["events"])
        found = results(page)
        if set(found) != set(row["due"]):
            wrong.append((row["why"], sorted(found)))
            continue
        for limit_id, wanted in row["due"].items():
            got, how = found[limit_id], bank.deadlines[limit_id].count.how
            keep = wanted["keep"]
            checks = [got["due"] == str(keep)]
            day = datetime.date.fromisoformat(str(keep)[:10])
            checks.append(words(day) in got["when"])
            checks.append((words(wanted["later"]) in (got["later"] or "")) if "later" in wanted else got["later"] is None)
            checks.append((f"ingen dag {wanted['clamped']}" in (got["clamped"] or "")) if "clamped" in wanted else got["clamped"] is None)
            checks.append((f"Dagen är {wanted['free']}." in (got["free"] or "")) if "free" in wanted else got["free"] is None)
            if "free" in wanted and how == "done-by":
                checks += [words(wanted["before"]) in got["free"], words(wanted["next"]) in got["free"]]
            if not all(checks):
                wrong.append((row["why"], limit_id, checks, got))
    assert wrong == []


def test_every_row_goes_into_the_calendar_at_its_time(open_page, bank):
    page = open_page(PAGES["sv"], timezone_id="America/Los_Angeles")
    # The file itself instead of its download: a browser holds back one download after another. Other tests download.
    page.evaluate("URL.createObjectURL = blob => { window.made = blob; return 'blob:made'; }; HTMLAnchorElement.prototype.click = () => {}")
    wrong = []
    for row in ROWS:
        enter_fast(page, row["events"])
        data = page.evaluate("() => { document.querySelector('[data-calc-ics]').click(); return window.made.text(); }")
        found = {(str(event["summary"]), event["dtstart"].dt) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
        wanted = set()
        for limit_id, due in row["due"].items():
            hours = bank.deadlines[limit_id].amount.unit == "hour"
            when = datetime.datetime.fromisoformat(due["utc"] + "+00:00") if hours else due["keep"]
            wanted.add((bank.deadlines[limit_id].name.sv, when))
        if found != wanted:
            wrong.append((row["why"], found, wanted))
    assert wrong == []


# Words


def test_the_nearest_stands_first_with_what_the_reader_needs(open_page):
    page = open_page(PAGES["sv"])
    at(page, "2026-11-24T01:30:00Z")
    enter(page, {"omhandertagande-verkstallt": "2026-11-23", "omhandertagande-beslut": "2026-11-20", "forvar-borjade": "2026-11-23T10:00"})
    found = results(page)
    assert list(found) == ["forvar", "lvu-understallning", "lvu-ansokan"]
    first = found["lvu-understallning"]
    assert first["when"] == "Senast fredag 27 november 2026" and first["left"] == "om 3 dagar"
    assert first["counted"] == "Räknat från beslutet om omedelbart omhändertagande, fredag 20 november 2026: samma veckodag."
    for part in ("7 § LVU", "Vem: Stadsdelsförvaltningen", "Om den missas: Omhändertagandet upphör."):
        assert part in first["text"]
    assert found["forvar"]["when"] == "Längst till torsdag 26 november 2026 kl. 10:00"
    assert found["forvar"]["left"] == "om 55 h 30 min"
    assert "att bekräfta ändringar 2026–2027" in found["forvar"]["text"], "what is unsure is said with why"
    link = page.locator("li[data-limit=lvu-understallning] a.kb-law").first
    assert link.get_attribute("href").endswith("#lvu-7")
    undated = page.locator("[data-calc-list=undated]")
    assert "Vid nämndens nästa sammanträde" in undated.inner_text()
    assert page.locator(".kb-calc-status").inner_text() == "3 frister uträknade."


def test_what_is_due_at_once_is_said_when_the_report_has_come(open_page):
    page = open_page(PAGES["en"])
    enter(page, {"anmalan-kom-in": "2026-11-24"})
    assert "At once: same day, the next day at the latest" in page.locator("[data-calc-list=undated]").inner_text()
    assert results(page)["forhandsbedomning"]["when"] == "By Monday 7 December 2026"


def test_the_page_asks_for_what_comes_next_and_leads_there(open_page):
    page = open_page(PAGES["sv"])
    enter(page, {"utreseforbud-tillfalligt": "2026-11-24"})
    page.evaluate("document.querySelectorAll('.kb-calc details').forEach(details => { details.open = false; })")
    waiting = page.locator("[data-calc-list=waiting] li", has_text="När beslutade rätten om det tillfälliga utreseförbudet?")
    assert "Ansökan om utreseförbud (4 veckor)" in waiting.inner_text()
    waiting.locator("a").click()
    assert page.evaluate("document.activeElement.id") == "h-utreseforbud-ratten-beslut"
    assert page.locator("#h-utreseforbud-ratten-beslut").is_visible(), "the closed part opens"


def test_the_weekend_is_never_the_time_to_keep(open_page):
    """The Ombudsman has spoken of the submission; of the rest the page says that it does not know."""
    page = open_page(PAGES["sv"])
    enter(page, {"omhandertagande-beslut": "2026-12-17"})
    found = results(page)
    assert found["lvu-understallning"]["when"] == "Senast torsdag 24 december 2026"
    assert "JO har sagt att lagen gäller den här fristen" in found["lvu-understallning"]["free"]
    assert "att bekräfta" not in found["lvu-understallning"]["free"]
    enter(page, {"omhandertagande-verkstallt": "2026-11-26"})
    free = results(page)["lvu-ansokan"]["free"]
    assert "Vår regel: var klar onsdag 23 december 2026." in free and "räkna inte med det" in free
    assert "att bekräfta om lagen gäller den här fristen" in free
    assert page.locator("li[data-limit=lvu-ansokan] [data-show=free] a").get_attribute("href").endswith("#lagstadgad-tid-2")


@pytest.mark.parametrize(
    ("now", "left", "passed"),
    [
        ("2026-11-30T08:00:00Z", "i dag", False),
        ("2026-11-30T22:59:00Z", "i dag", False),
        ("2026-11-30T23:01:00Z", "Tiden gick ut i går. Fråga juristen innan ni räknar med att ett beslut har fallit.", True),
        ("2026-12-03T08:00:00Z", "Tiden gick ut för 3 dagar sedan. Fråga juristen innan ni räknar med att ett beslut har fallit.", True),
        ("2026-11-29T08:00:00Z", "i morgon", False),
    ],
)
def test_time_left_and_time_passed_in_words_by_the_swedish_day(open_page, now, left, passed):
    page = open_page(PAGES["sv"], timezone_id="Pacific/Auckland")
    at(page, now)
    enter(page, {"omhandertagande-beslut": "2026-11-23"})
    found = results(page)["lvu-understallning"]
    assert (found["left"], found["passed"]) == (left, passed)
    assert ("1 har eller kan ha gått ut." in page.locator(".kb-calc-status").inner_text()) == passed


def test_a_time_the_act_may_have_moved_is_not_said_to_have_run_out(open_page):
    """In Malmö a young person was let go on Good Friday because the board had counted the time as out; it ran to Tuesday."""
    page = open_page(PAGES["sv"])
    at(page, "2019-04-20T10:00:00Z")
    enter(page, {"omhandertagande-beslut": "2019-04-12"})
    left = results(page)["lvu-understallning"]["left"]
    assert left == "Tiden kan ha gått ut. Den kan också räcka till tisdag 23 april 2019. Gör det genast och fråga juristen."
    at(page, "2019-04-24T10:00:00Z")
    enter(page, {"omhandertagande-beslut": "2019-04-12"})
    assert results(page)["lvu-understallning"]["left"].startswith("Tiden gick ut för 5 dagar sedan.")


def test_hours_that_have_passed_are_said_so(open_page):
    page = open_page(PAGES["en"])
    at(page, "2026-11-24T06:40:00Z")
    enter(page, {"polis-omhandertagande": "2026-11-24T01:10"})
    found = results(page)["polis-overlamning"]
    assert found["left"] == "The time ran out 0 h 30 min ago." and found["passed"]
    at(page, "2026-11-24T05:10:00Z")
    enter(page, {"polis-omhandertagande": "2026-11-24T01:10"})
    assert results(page)["polis-overlamning"]["left"] == "in 1 h 0 min"


def test_a_time_that_comes_twice_is_told_apart(open_page):
    page = open_page(PAGES["sv"])
    enter(page, {"polis-omhandertagande": "2026-10-24T21:30"})
    assert results(page)["polis-overlamning"]["when"] == "Längst till söndag 25 oktober 2026 kl. 02:30 (vintertid)"
    enter(page, {"avskildhet": "2026-10-25T02:30"})
    assert page.locator("#h-avskildhet-fel").inner_text() == "Klockslaget fanns två gånger den natten. Vi räknar från det första."


def test_a_day_to_come_is_asked_about_and_counted(open_page):
    page = open_page(PAGES["sv"])
    at(page, "2026-11-24T01:30:00Z")
    enter(page, {"anmalan-kom-in": "2026-11-25"})
    assert page.locator("#h-anmalan-kom-in-fel").inner_text() == "Dagen har inte varit än. Stämmer den?"
    assert page.locator("#h-anmalan-kom-in").get_attribute("aria-invalid") is None
    assert list(results(page)) == ["forhandsbedomning"]


# Faults: one clear line, nothing lost


def test_an_impossible_order_is_one_line_at_the_later_field(open_page):
    page = open_page(PAGES["sv"])
    enter(page, {"omhandertagande-beslut": "2026-11-24", "omhandertagande-verkstallt": "2026-11-23", "anmalan-kom-in": "2026-11-20"})
    page.locator(".kb-calc form button[type=submit]").click()
    line = "Verkställigheten av omhändertagandet kan inte vara före beslutet om omedelbart omhändertagande. Kontrollera båda datumen."
    assert page.locator(".kb-calc-fault").all_inner_texts() == [line]
    assert page.locator("#h-omhandertagande-verkstallt").get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == "h-omhandertagande-verkstallt"
    assert line in page.locator(".kb-calc-status").inner_text()
    assert list(results(page)) == ["forhandsbedomning"], "the rest is worked out, nothing from either day in doubt"
    assert page.input_value("#h-omhandertagande-beslut") == "2026-11-24", "nothing is lost"
    page.fill("#h-omhandertagande-verkstallt", "2026-11-24")
    assert page.locator(".kb-calc-fault").count() == 0
    assert set(results(page)) == {"forhandsbedomning", "lvu-understallning", "lvu-ansokan"}


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("anmalan-kom-in", "0202-11-24", "Året ser fel ut. Skriv ett år mellan 2000 och 2099."),
        ("forvar-borjade", "2027-03-28T02:30", "Klockslaget finns inte. Den natten ställdes klockan fram."),
    ],
)
def test_a_value_that_cannot_be_right_is_one_line(open_page, field, value, line):
    page = open_page(PAGES["sv"])
    enter(page, {"omhandertagande-beslut": "2026-11-24", field: value})
    page.locator(".kb-calc form button[type=submit]").click()
    assert page.locator(".kb-calc-fault").all_inner_texts() == [line]
    assert list(results(page)) == ["lvu-understallning"]
    assert page.input_value(f"#h-{field}") == value


def test_half_a_date_is_called_wrong_when_left_not_while_typed(open_page):
    page = open_page(PAGES["sv"])
    page.locator("#h-anmalan-kom-in").focus()
    page.keyboard.type("1111")
    assert page.locator(".kb-calc-fault").count() == 0
    page.locator("#h-utredning-inleddes").focus()
    assert page.locator(".kb-calc-fault").all_inner_texts() == ["Datumet är inte helt eller finns inte. Skriv år, månad och dag."]
    assert page.locator("[data-calc-result]").is_hidden()


def test_one_press_is_enough_though_leaving_a_field_moves_the_page(open_page):
    """A fault that appears when a field is left must not push the button away from under the finger."""
    page = open_page(PAGES["sv"])
    page.locator("#h-anmalan-kom-in").focus()
    page.keyboard.type("1111")
    button = page.locator("[data-calc-clear]")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
    page.mouse.down()
    page.wait_for_timeout(100)
    page.mouse.up()
    assert page.locator(".kb-calc-status").inner_text() == "Allt är rensat."
    assert page.locator(".kb-calc-fault").count() == 0


# Nothing is kept


def test_clear_takes_everything_away_and_nothing_was_stored_or_sent(open_page):
    page = open_page(PAGES["sv"])
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    enter(page, {"omhandertagande-beslut": "2026-11-24", "forvar-borjade": "2026-11-23T10:00"})
    page.locator(".kb-calc form button[type=submit]").click()
    assert page.locator("[data-calc-result]").is_visible()
    assert [url for url in requests if "/icon.svg" not in url] == []
    assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"
    assert "2026-11-2" not in page.url
    page.locator("[data-calc-clear]").click()
    assert page.locator("[data-calc-result]").is_hidden()
    assert page.evaluate("Array.from(document.querySelectorAll('.kb-calc input')).map(field => field.value).join('')") == ""
    assert page.locator(".kb-calc-status").inner_text() == "Allt är rensat."
    assert "sparas inte och skickas inte" in page.locator(".kb-calc form").inner_text()


def test_a_reload_forgets(open_page):
    page = open_page(PAGES["sv"])
    enter(page, {"omhandertagande-beslut": "2026-11-24"})
    page.reload()
    assert page.input_value("#h-omhandertagande-beslut") == ""
    assert page.locator("[data-calc-result]").is_hidden()


# The calendar file


def test_the_calendar_file_is_well_formed_and_says_nothing_of_the_child(open_page, address, bank):
    page = open_page(PAGES["en"])
    enter(page, {"omhandertagande-beslut": "2026-12-17", "utredning-avslutades": "2026-11-24"})
    name, data = calendar_of(page)
    assert name == "time-limits.ics"
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["version"] == "2.0" and calendar["prodid"]
    events = calendar.walk("VEVENT")
    assert len(events) == 3
    for event in events:
        assert str(event["summary"]) in {limit.name.en for limit in bank.deadlines.values()}
        assert str(event["url"]) == f"{address}en/r/J01/"
        assert str(event["description"]) == f"The calculator is a help. The decision and the law apply.\n{address}en/r/J01/"
        assert event["dtend"].dt - event["dtstart"].dt == datetime.timedelta(days=1)
        assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP"}
    assert len({str(event["uid"]) for event in events}) == 3


def test_two_children_with_the_same_limit_stay_two_entries(open_page):
    page = open_page(PAGES["sv"])
    uids = set()
    for _ in range(2):
        enter(page, {"omhandertagande-beslut": "2026-12-17"})
        _, data = calendar_of(page)
        uids |= {str(event["uid"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert len(uids) == 2


def test_lines_are_folded_by_bytes_and_signs_escaped(open_page):
    page = open_page(PAGES["sv"])
    title = "Återkallelse; åäö, " + "å" * 90 + " \\ slut"
    text = page.evaluate(
        "title => kbIcs.calendar([{title: title, text: 'ett\\ntvå', url: 'https://x.example/', day: '2026-12-31'}], 0, () => '2027-01-01')",
        title,
    )
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["summary"]) == title
    assert str(event["description"]) == "ett\ntvå\nhttps://x.example/"
    assert event["dtend"].dt == datetime.date(2027, 1, 1)


def test_from_a_file_the_calendar_names_the_published_page_never_the_readers_folders(open_page, site):
    page = open_page(f"file://{site}/juridik/frister/index.html")
    enter(page, {"omhandertagande-beslut": "2026-12-17"})
    assert list(results(page)) == ["lvu-understallning"]
    _, data = calendar_of(page)
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["url"]).startswith("https://") and str(event["url"]).endswith("/r/J01/")
    assert b"file:" not in data and str(site).encode() not in data


# Without script, under a strict policy, by keyboard


@pytest.mark.parametrize("language", ["sv", "en"])
def test_without_script_the_table_stands_and_no_dead_field(open_page, language):
    page = open_page(PAGES[language], java_script_enabled=False)
    assert page.locator("[data-calc-noscript]").is_visible()
    assert page.locator(".kb-calc input").first.is_hidden()
    assert page.locator(".kb-deadline-table tbody tr").count() == 62


def test_it_works_under_a_strict_policy(chromium, address):
    context = chromium.new_context()
    problems = []

    def strict(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": POLICY})

    context.route("**/*", strict)
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address + PAGES["sv"])
    enter(page, {"omhandertagande-beslut": "2026-12-17"})
    calendar_of(page)
    assert list(results(page)) == ["lvu-understallning"]
    context.close()
    assert problems == []


def test_by_keyboard_alone(open_page):
    page = open_page(PAGES["sv"])
    at(page, "2026-11-12T08:00:00Z")
    page.locator("h1").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")

    def tab_to(selector):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "focus can be seen"
                return
        raise AssertionError(f"the keyboard did not reach {selector}")

    tab_to("#h-omhandertagande-beslut")
    page.keyboard.type("11112026")
    tab_to(".kb-calc summary")
    page.keyboard.press("Enter")
    tab_to("#h-placering-borjade")
    tab_to(".kb-calc button[type=submit]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "dina-frister"
    assert results(page)["lvu-understallning"]["due"] == "2026-11-18"
    with page.expect_download():
        tab_to("[data-calc-ics]")
        page.keyboard.press("Enter")


# Print and access


@pytest.mark.parametrize("language", ["sv", "en"])
def test_on_paper_stand_the_days_entered_the_result_and_where_it_comes_from(open_page, language, tmp_path):
    page = open_page(PAGES[language])
    at(page, "2026-11-24T01:30:00Z")
    page.evaluate("window.print = () => { window.printed = true; }")
    enter(page, {"omhandertagande-beslut": "2026-11-23"})
    page.locator("[data-calc-print]").click()
    assert page.evaluate("window.printed")
    path = tmp_path / "result.pdf"
    path.write_bytes(page.pdf(format="A4"))
    reader = PdfReader(path)
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    wanted = {
        "sv": [
            "Beslutet om omedelbart omhändertagande: måndag 23 november 2026", "Senast måndag 30 november 2026",
            "Det är beslutet och lagen som gäller", "Uträknat tisdag 24 november 2026 kl. 02:30", "J01 · version", "/r/J01/",
        ],
        "en": [
            "The emergency care order: Monday 23 November 2026", "By Monday 30 November 2026",
            "The decision and the law apply", "Worked out Tuesday 24 November 2026 at 02:30", "J01 · version", "/en/r/J01/",
        ],
    }[language]  # fmt: skip
    for part in wanted:
        assert part in text, part
    assert len(reader.pages) == 1, "the result alone, not the whole page"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    path.write_bytes(page.pdf(format="A4"))
    assert len(PdfReader(path).pages) > 2, "the browser's own print gives the whole page"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_with_results_and_a_fault_shown(open_page, language, axe):  # noqa: F811
    page = open_page(PAGES[language])
    at(page, "2026-11-24T01:30:00Z")
    page.evaluate(axe)
    found = []
    for scheme, width in VIEWS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        enter(page, {"omhandertagande-beslut": "2026-11-16", "omhandertagande-verkstallt": "2026-11-15", "anmalan-kom-in": "2026-12-11"})
        page.fill("#h-utredning-inleddes", "2026-06-30")
        page.locator(".kb-calc form button[type=submit]").click()
        assert page.locator(".kb-passed").count() == 1 and page.locator(".kb-calc-fault").count() == 1
        for violation in page.evaluate(RUN, TAGS)["violations"]:
            found.append((scheme, width, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]]))
    assert found == []


@pytest.mark.parametrize("width", [320, 390])
def test_results_fit_a_phone_and_targets_are_large(open_page, width):
    page = open_page(PAGES["sv"], viewport={"width": width, "height": 800})
    enter(page, {event: day for row in ROWS[-4:] for event, day in row["events"].items()})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # the link on a heading is beside the way: 24 px is the rule for it, as on every page
    controls = ".kb-calc button:not(.kb-heading-link):visible, .kb-calc input:visible, .kb-calc summary:visible"
    assert page.locator(controls).count() > 10
    for element in page.locator(controls).all():
        assert element.bounding_box()["height"] >= 44
