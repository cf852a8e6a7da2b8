"""What the browser needs to work out who answers now: one small script file per language, so that it also loads from file://.

docs/assets/js/now.js holds the rule and reads this file; tests/opening_rule.py holds the same rule in Python.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from . import holidays_se
from .bank import Bank
from .models.base import Language
from .models.opening import Opening
from .showing import shown_contacts

# Public holidays are set by law, and a law can change: beyond these years the browser says that it does not know.
YEARS_AHEAD = 5

_WORDS = (
    "now-clock",
    "now-open",
    "now-closes",
    "now-closed",
    "now-opens",
    "now-tomorrow",
    "now-only",
    "now-holiday",
    "now-beyond",
    "weekday-names",
)


def years(bank: Bank) -> range:
    """Return the years whose holidays are known, counted from the newest check of a contact.

    From the data and not from today's date: one commit gives the same files whenever it is built. One year back, so that
    the night before the first of January is known too.
    """
    newest = max(contact.checked_on.year for contact in bank.contacts.values())
    return range(newest - 1, newest + YEARS_AHEAD + 1)


def data(bank: Bank, language: Language) -> dict[str, Any]:
    """Return holidays, opening hours and words in `language`. Times are minutes from midnight, in Swedish time."""
    known = years(bank)
    return {
        "years": [known[0], known[-1]],
        "holidays": {str(day): name for day, name in holidays_se.named_holidays(known, language).items()},
        "eves": {str(day): name for day, name in holidays_se.named_eves(known, language).items()},
        "contacts": {contact.id: entry(contact.open, language) for contact in shown_contacts(bank) if contact.open},
        "words": {name: bank.strings[name][language] for name in _WORDS},
    }


def entry(opening: Opening, language: Language) -> dict[str, Any]:
    """Return one contact's hours for the browser: the spans of each day, Monday first, in minutes from its midnight."""
    if opening.always:
        return {"always": True}
    outside = {"outside": opening.outside[language]} if opening.outside else {}
    return {"week": opening.week(), "holidays": opening.holidays, **outside}


def write(bank: Bank, site: Path, languages: tuple[Language, ...]) -> None:
    """Write assets/now/<language>.js for each language."""
    folder = site / "assets" / "now"
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        text = json.dumps(data(bank, language), ensure_ascii=False, separators=(",", ":"))
        (folder / f"{language}.js").write_text(f"window.kbHours={text};\n", encoding="utf-8")
