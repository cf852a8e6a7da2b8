"""Opening hours: what may be written, that words and data agree, which days are holidays, what follows for a moment."""

from __future__ import annotations

import datetime

import pytest
from kunskapsbank import answering, holidays_se, openings
from kunskapsbank.models.opening import Opening, Span
from opening_rule import CASES, INVENTED, Rule
from pydantic import ValidationError

# Written by hand from the almanac; the dates that move, year by year. Section 2 of lag (1989:253) is tested below too.
MOVING = {
    2025: "04-18 04-20 04-21 05-29 06-08 06-21 11-01",
    2026: "04-03 04-05 04-06 05-14 05-24 06-20 10-31",
    2027: "03-26 03-28 03-29 05-06 05-16 06-26 11-06",
    2028: "04-14 04-16 04-17 05-25 06-04 06-24 11-04",
    2029: "03-30 04-01 04-02 05-10 05-20 06-23 11-03",
    2030: "04-19 04-21 04-22 05-30 06-09 06-22 11-02",
    2031: "04-11 04-13 04-14 05-22 06-01 06-21 11-01",
}
FIXED = "01-01 01-06 05-01 06-06 12-25 12-26"
MIDSUMMER_EVES = {2025: "06-20", 2026: "06-19", 2027: "06-25", 2028: "06-23", 2029: "06-22", 2030: "06-21", 2031: "06-20"}


@pytest.fixture(scope="module")
def rule(bank):
    known = answering.years(bank)
    return Rule((known[0], known[-1]), holidays_se.named_holidays(known, "sv"), holidays_se.named_eves(known, "sv"))


def test_the_years_known_are_those_of_the_table_of_holidays(bank):
    """A new year of checks moves the years: then the table above needs a year more, written from an almanac."""
    assert list(answering.years(bank)) == list(MOVING)


@pytest.mark.parametrize("year", list(MOVING))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_public_holidays_are_those_of_the_almanac(year, language):
    days = holidays_se.named_holidays(range(year, year + 1), language)
    assert [str(day) for day in days] == sorted(f"{year}-{day}" for day in f"{FIXED} {MOVING[year]}".split())
    assert all(days.values())


@pytest.mark.parametrize("year", list(MIDSUMMER_EVES))
def test_the_three_eves_are_no_public_holidays_but_known(year):
    eves = holidays_se.named_eves(range(year, year + 1), "sv")
    assert {str(day): name for day, name in eves.items()} == {
        f"{year}-{MIDSUMMER_EVES[year]}": "Midsommarafton",
        f"{year}-12-24": "Julafton",
        f"{year}-12-31": "Nyårsafton",
    }


def test_moving_holidays_fall_where_the_act_puts_them():
    """Section 2 of lag (1989:253), apart from Easter Day itself."""
    for year in MOVING:
        names = {name: day for day, name in holidays_se.named_holidays(range(year, year + 1), "sv").items()}
        easter = names["Påskdagen"]
        assert names["Långfredagen"] == easter - datetime.timedelta(2)
        assert names["Annandag påsk"] == easter + datetime.timedelta(1)
        assert names["Kristi himmelsfärdsdag"] == easter + datetime.timedelta(39)
        assert names["Pingstdagen"] == easter + datetime.timedelta(49)
        for name, first, last in (("Midsommardagen", (6, 20), (6, 26)), ("Alla helgons dag", (10, 31), (11, 6))):
            assert names[name].weekday() == 5 and datetime.date(year, *first) <= names[name] <= datetime.date(year, *last)


@pytest.mark.parametrize(("contact", "moment", "expected", "_words"), CASES)
def test_the_rule_in_python(bank, rule, contact, moment, expected, _words):
    opening = INVENTED.get(contact) or bank.contacts[contact].open
    answer = rule.answer(opening, datetime.datetime.fromisoformat(moment))
    assert {key: answer[key] for key in expected} == expected


def test_a_number_in_doubt_never_counts_as_open(bank):
    timed = [contact for contact in bank.contacts.values() if contact.open]
    assert len(timed) >= 9
    for contact in timed:
        assert contact.number_confirmed and contact.hours, contact.id
        assert not {"hours", "phone", "role", "contact_details"} & set(contact.verify_fields), contact.id


def test_hours_that_are_clear_and_sure_are_there_as_data_too(bank):
    """What the words say clearly must not be lost to "who answers now"."""
    missing = []
    for contact in bank.contacts.values():
        if contact.hours and not contact.open and openings.may_have_hours(contact):
            words = contact.hours.sv
            if openings.says_always(words, "sv") or openings.hours_in_words(words, "sv"):
                missing.append(contact.id)
    assert missing == []


def test_only_what_may_be_shown_reaches_the_browser(bank):
    for language in ("sv", "en"):
        sent = answering.data(bank, language)
        assert set(sent["contacts"]) == {contact.id for contact in bank.contacts.values() if contact.open}
        assert all(sent["words"].values())


H = 60


@pytest.mark.parametrize(
    ("text", "language", "hours"),
    [
        ("Vardagar 9–15", "sv", {(day, 9 * H, 15 * H) for day in range(5)}),
        ("Weekdays 9–16; urgent placements at other times", "en", {(day, 9 * H, 16 * H) for day in range(5)}),
        ("Mån–tors 8.45–16.15, fre 8:45–16.00", "sv", {*((d, 525, 975) for d in range(4)), (4, 525, 960)}),
        ("Fri 14–02, Sun 16–01", "en", {(4, 14 * H, 26 * H), (6, 16 * H, 25 * H)}),
        ("Kvällar, nätter och helger", "sv", set()),
        ("10–18 enligt källan", "sv", set()),
    ],
)
def test_hours_are_read_from_words(text, language, hours):
    assert openings.hours_in_words(text, language) == hours


def test_a_time_without_a_day_is_not_passed_over():
    assert openings.times_not_understood("Vardagar 9–15, lunch 12–13", "sv") == ["12–13"]
    assert openings.times_not_understood("Vardagar 9–15", "sv") == []


WEEKDAYS = {"days": ["mon", "tue"], "opens": "09:00", "closes": "15:00"}


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ({**WEEKDAYS, "opens": "15:00", "closes": "09:00"}, "closes is not after opens"),
        ({**WEEKDAYS, "closes": "09:00"}, "closes is not after opens"),
        ({**WEEKDAYS, "next_day": True}, "longer than a day"),
        ({**WEEKDAYS, "days": ["mon", "måndag"]}, "Input should be"),
        ({**WEEKDAYS, "days": ["mon", "mon"]}, "names a day twice"),
        ({**WEEKDAYS, "days": []}, "at least 1 item"),
        ({**WEEKDAYS, "opens": "9:00"}, "is not a time"),
        ({**WEEKDAYS, "closes": "25:00"}, "is not a time"),
        ({**WEEKDAYS, "closes": 900}, "valid string"),
    ],
)
def test_a_span_that_makes_no_sense_is_refused(span, message):
    with pytest.raises(ValidationError, match=message):
        Span.model_validate(span)


@pytest.mark.parametrize(
    ("opening", "message"),
    [
        ({}, "needs either always or spans"),
        ({"always": True, "spans": [WEEKDAYS]}, "needs either always or spans"),
        ({"always": True, "holidays": "closed"}, "leaves no holidays"),
        ({"spans": [WEEKDAYS, {**WEEKDAYS, "days": ["tue"], "opens": "14:59", "closes": "16:00"}]}, "overlap on tue"),
        ({"spans": [{"days": ["sun"], "opens": "20:00", "closes": "09:01", "next_day": True}, WEEKDAYS]}, "overlap on mon"),
        ({"spans": [{"days": ["mon"], "opens": "20:00", "closes": "10:00", "next_day": True}, WEEKDAYS]}, "overlap on tue"),
    ],
)
def test_an_opening_that_makes_no_sense_is_refused(opening, message):
    with pytest.raises(ValidationError, match=message):
        Opening.model_validate(opening)


def test_spans_may_meet():
    meeting = {"spans": [WEEKDAYS, {**WEEKDAYS, "opens": "15:00", "closes": "24:00"}]}
    assert Opening.model_validate(meeting).week()[0] == [(540, 900), (900, 1440)]
