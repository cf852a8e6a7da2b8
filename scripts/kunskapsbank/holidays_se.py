"""Swedish public holidays and the three eves, from the kept library `holidays`.

Source of which days they are: section 1 of the Public Holidays Act (1989:253); the ordinary Sundays are left out.
"""

from __future__ import annotations

import datetime
from functools import cache

from holidays import country_holidays

from .models.base import Language, Text


def _days(year: int, category: str) -> dict[datetime.date, Text]:
    # The library holds one language at a time: the same days twice.
    swedish = country_holidays("SE", years=year, language="sv", categories=(category,))
    english = country_holidays("SE", years=year, language="en_US", categories=(category,))
    return {day: Text(sv=_in_a_sentence(name), en=english[day]) for day, name in sorted(swedish.items())}


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
