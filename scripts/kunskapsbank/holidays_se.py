"""Swedish public holidays and the three eves, from the kept library `holidays`.

Source of which days they are: section 1 of the Public Holidays Act (1989:253); the ordinary Sundays are left out.
"""

from __future__ import annotations

import datetime
from functools import cache

from holidays import HolidayBase, country_holidays

from .models.base import Language, Text


@cache
def _library(category: str, language: str) -> HolidayBase:
    """The library's days in one language. Setting one up takes longer than its days do; it works a year out when asked for a day of it."""
    return country_holidays("SE", language=language, categories=(category,))


def _days(year: int, category: str) -> dict[datetime.date, Text]:
    swedish, english = _library(category, "sv"), _library(category, "en_US")
    swedish.get(datetime.date(year, 1, 1))
    names = sorted((day, name) for day, name in swedish.items() if day.year == year)
    return {day: Text(sv=_in_a_sentence(name), en=english[day]) for day, name in names}


def _in_a_sentence(name: str) -> str:
    """Swedish writes holidays in lower case, all but the name of Christ."""
    return name if name.startswith("Kristi") else name[:1].lower() + name[1:]


@cache
def public_holidays(year: int) -> dict[datetime.date, Text]:
    """Return the public holidays of `year` with their names, in order; ordinary Sundays are left out."""
    return _days(year, "public")


@cache
def eves(year: int) -> dict[datetime.date, Text]:
    """Return Midsummer Eve, Christmas Eve and New Year's Eve of `year`: no public holidays, but no days to end a time limit on."""
    return _days(year, "de_facto")


def named_holidays(years: range, language: Language) -> dict[datetime.date, str]:
    """Return the public holidays of `years` with their names as a line begins with them."""
    return {day: _capital(name[language]) for year in years for day, name in public_holidays(year).items()}


def named_eves(years: range, language: Language) -> dict[datetime.date, str]:
    """Return the eves of `years` with their names as a line begins with them. That offices close then is custom, not law."""
    return {day: _capital(name[language]) for year in years for day, name in eves(year).items()}


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
