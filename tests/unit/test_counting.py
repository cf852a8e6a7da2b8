"""The counting of time limits against rows worked out by hand; the browser is tested against the same rows."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from kunskapsbank.counting import STOCKHOLM, YEARS, due, free_day, free_days, next_weekday, weekday_before
from kunskapsbank.models.deadlines import Amount

ROWS = yaml.safe_load((Path(__file__).parent / "deadline_examples.yml").read_text(encoding="utf-8"))


def start_of(value):
    return datetime.datetime.fromisoformat(value) if isinstance(value, str) else value


def worked_out(bank, events):
    """Every limit that runs from `events`, as (id, event) -> Due."""
    return {
        limit.id: (limit, due(start_of(events[event]), limit.amount))
        for limit in bank.deadlines.values()
        if limit.count.computed
        for event in limit.count.runs_from
        if event in events
    }


@pytest.mark.parametrize("row", ROWS, ids=[row["why"][:60] for row in ROWS])
def test_a_row_worked_out_by_hand(bank, row):
    found = worked_out(bank, row["events"])
    assert set(found) == set(row["due"])
    for limit_id, wanted in row["due"].items():
        limit, end = found[limit_id]
        if limit.amount.unit == "hour":
            assert end.keep.isoformat()[:16] == wanted["keep"]
            assert end.keep.astimezone(datetime.UTC).isoformat()[:16] == wanted["utc"]
            continue
        assert end.keep == wanted["keep"]
        assert end.later == wanted.get("later")
        assert end.clamped == ("clamped" in wanted)
        name = free_day(end.keep)
        if limit.count.how != "at-least":
            assert (name.sv if name else None) == wanted.get("free")
        if limit.count.how == "done-by" and name:
            assert weekday_before(end.keep) == wanted["before"]
            assert next_weekday(end.keep) == wanted["next"]


def test_there_are_rows_enough():
    assert len(ROWS) >= 40


def test_every_limit_with_an_amount_is_worked_out_in_some_row_or_says_why_not(bank):
    covered = {limit_id for row in ROWS for limit_id in row["due"]}
    with_amount = {limit.id for limit in bank.deadlines.values() if limit.amount}
    not_computed = {limit.id for limit in bank.deadlines.values() if limit.amount and limit.count.why_not}
    assert with_amount - covered == not_computed
    assert not_computed == {"gallring", "sis-vistelse-utanfor"}


def test_every_unit_and_every_event_is_in_some_row(bank):
    units = {bank.deadlines[limit_id].amount.unit for row in ROWS for limit_id in row["due"]}
    assert units == {"hour", "day", "week", "month", "year"}
    assert {event for row in ROWS for event in row["events"]} == set(bank.events)


def test_three_weeks_over_easter_as_the_supreme_administrative_court_counts():
    """RÅ 1999 note 181: from Tuesday 16 March 1999 three weeks end on Tuesday 6 April."""
    assert due(datetime.date(1999, 3, 16), Amount(value=3, unit="week")).keep == datetime.date(1999, 4, 6)


def test_the_time_to_keep_is_never_moved_by_a_weekend(bank):
    amount = Amount(value=1, unit="week")
    for days in range(400):
        start = datetime.date(2026, 1, 1) + datetime.timedelta(days=days)
        assert due(start, amount).keep == start + datetime.timedelta(days=7)


def test_the_shorter_time_is_kept_where_the_first_day_is_in_doubt():
    end = due(datetime.date(2026, 11, 24), Amount(value=1, unit="day"))
    assert end.keep == datetime.date(2026, 11, 24) < end.later


def test_a_time_that_was_skipped_is_refused():
    with pytest.raises(ValueError, match="does not exist"):
        due(datetime.datetime(2027, 3, 28, 2, 30), Amount(value=4, unit="hour"))


def test_hours_need_a_clock():
    with pytest.raises(ValueError, match="clock"):
        due(datetime.date(2026, 11, 24), Amount(value=4, unit="hour"))


def test_of_two_times_the_first_is_counted_from():
    end = due(datetime.datetime(2026, 10, 25, 2, 30), Amount(value=4, unit="hour")).keep
    assert end == datetime.datetime(2026, 10, 25, 4, 30, tzinfo=datetime.UTC) and end.tzinfo is STOCKHOLM


def test_the_page_carries_the_free_days_of_years_to_come():
    """The longest limit worked out is three years; renew YEARS in counting.py before the table runs out."""
    assert YEARS[-1] >= datetime.date.today().year + 4
    assert len(free_days()) == len(YEARS) * 16
