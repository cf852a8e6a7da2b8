"""The kept library against days written out by hand and against the rules of the act."""

from __future__ import annotations

import datetime

import pytest
from kunskapsbank.holidays_se import eves, public_holidays

# Written out by hand from sections 1 and 2 of the Public Holidays Act (1989:253) and Easter Day.
DAYS_2026 = {
    "2026-01-01": "nyårsdagen", "2026-01-06": "trettondedag jul", "2026-04-03": "långfredagen", "2026-04-05": "påskdagen",
    "2026-04-06": "annandag påsk", "2026-05-01": "första maj", "2026-05-14": "Kristi himmelsfärdsdag", "2026-05-24": "pingstdagen",
    "2026-06-06": "nationaldagen", "2026-06-20": "midsommardagen", "2026-10-31": "alla helgons dag", "2026-12-25": "juldagen",
    "2026-12-26": "annandag jul",
}  # fmt: skip
EASTER = {2019: "04-21", 2024: "03-31", 2025: "04-20", 2026: "04-05", 2027: "03-28", 2028: "04-16", 2029: "04-01", 2030: "04-21"}


def test_the_days_of_a_year():
    assert {day.isoformat(): name.sv for day, name in public_holidays(2026).items()} == DAYS_2026


@pytest.mark.parametrize("year", list(EASTER))
def test_movable_days_follow_easter_and_the_act(year):
    by_name = {name.sv: day for day, name in public_holidays(year).items()}
    easter = datetime.date.fromisoformat(f"{year}-{EASTER[year]}")
    assert by_name["påskdagen"] == easter
    for name, days in (("långfredagen", -2), ("annandag påsk", 1), ("Kristi himmelsfärdsdag", 39), ("pingstdagen", 49)):
        assert by_name[name] == easter + datetime.timedelta(days=days), name
    for name, first in (("midsommardagen", datetime.date(year, 6, 20)), ("alla helgons dag", datetime.date(year, 10, 31))):
        assert by_name[name].weekday() == 5 and 0 <= (by_name[name] - first).days <= 6, name


@pytest.mark.parametrize("year", [2024, 2026, 2030])
def test_the_three_eves_stand_apart(year):
    found = {name.sv: day for day, name in eves(year).items()}
    assert list(found) == ["midsommarafton", "julafton", "nyårsafton"]
    assert found["julafton"] == datetime.date(year, 12, 24) and found["nyårsafton"] == datetime.date(year, 12, 31)
    assert found["midsommarafton"].weekday() == 4 and 19 <= found["midsommarafton"].day <= 25
    assert not set(eves(year)) & set(public_holidays(year))


def test_names_in_both_languages():
    assert eves(2026)[datetime.date(2026, 6, 19)].en == "Midsummer Eve"
    assert public_holidays(2026)[datetime.date(2026, 4, 3)].en == "Good Friday"
