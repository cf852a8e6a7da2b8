"""A contact as plain text, for pasting into a record or a message."""

from __future__ import annotations

from .models.base import Language, Text
from .models.contacts import Contact


def plain(contact: Contact, language: Language, strings: dict[str, Text]) -> str:
    """Return the contact on a few lines: name, what for, number, hours, area, day of the check, what is to be confirmed.

    A number stands here only if it is confirmed: pasted text loses the mark beside it. The permanent link is added by the
    browser, which alone knows the whole address.
    """

    def s(name: str) -> str:
        return strings[name][language]

    if contact.phone is None:
        number = s("no-number")
    elif contact.number_confirmed:
        number = f"{s('call')}: {contact.phone.display}"
    else:
        number = s("number-unconfirmed") if contact.dial else s("abroad-only")
    lines = [
        contact.name[language],
        contact.what_for[language],
        number,
        f"{s('hours')}: {contact.hours[language]}" if contact.hours else s("hours-unknown"),
        f"{s('area')}: {_area(contact, language, strings)}",
        f"{s('checked')}: {contact.checked_on}",
    ]
    if contact.verify_fields:
        doubt = ", ".join(s("verify-" + field.replace("_", "-")) for field in contact.verify_fields)
        lines.append(f"{s('to-confirm').capitalize()}: {doubt}")
    return "\n".join(lines)


def _area(contact: Contact, language: Language, strings: dict[str, Text]) -> str:
    """The area in words; the code of a country or the name of a place stands as it is."""
    named = strings.get(f"area-{contact.area.lower()}")
    return named[language] if named else contact.area
