"""The next review is computed in months, and short months do not break it."""

from __future__ import annotations

import datetime

import pytest
from kunskapsbank.reviewing import next_review


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [("2026-11-23", 12, "2027-11-23"), ("2026-11-30", 3, "2027-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-12-31", 1, "2027-01-31")],
)
def test_next_review(reviewed, months, due):
    assert next_review(datetime.date.fromisoformat(reviewed), months) == datetime.date.fromisoformat(due)
