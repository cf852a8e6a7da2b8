"""Swedish public holidays, and the three eves on which offices are usually closed."""

from __future__ import annotations

import datetime

from holidays import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from .models.base import Language

Names = dict[datetime.date, str]


def public_holidays(years: range, language: Language) -> Names:
    """Return the public holidays that are not ordinary Sundays, by the Act on Public Holidays (lag 1989:253), with their names."""
    return _days(years, language, PUBLIC)


def eves(years: range, language: Language) -> Names:
    """Return Midsummer Eve, Christmas Eve and New Year's Eve: no public holidays, but counted as such for time limits.

    By section 2 of the Act on computing statutory time (lag 1930:173). That offices close then is custom, not law.
    """
    return _days(years, language, DE_FACTO)


def _days(years: range, language: Language, category: str) -> Names:
    days = Sweden(years=years, language="sv" if language == "sv" else "en_US", categories=(category,), include_sundays=False)
    return {day: days[day] for day in sorted(days)}
