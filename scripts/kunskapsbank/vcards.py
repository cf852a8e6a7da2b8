"""Contact cards: one file for each function and one for all, in the vCard format."""

from __future__ import annotations

import vobject

from .models.base import Language, Text
from .models.contacts import Contact


def card(contact: Contact, language: Language, strings: dict[str, Text]) -> str:
    """Return the contact as a vCard 3.0 in `language`; what is to be confirmed stands in its note, in capitals."""
    made = vobject.vCard()
    made.add("uid").value = f"kunskapsbanken-{contact.id}"
    made.add("fn").value = contact.name[language]
    made.add("n").value = vobject.vcard.Name(family=contact.name[language])
    made.add("org").value = [contact.name[language]]
    if contact.dial:
        number = made.add("tel")
        number.value = contact.dial.removeprefix("tel:")
        number.type_param = "WORK"
    if contact.email:
        made.add("email").value = contact.email
    if contact.web:
        made.add("url").value = contact.web
    notes = [contact.what_for[language]]
    if contact.hours:
        notes.append(contact.hours[language])
    if contact.verify:
        doubt = ", ".join(strings[f"verify-{field.replace('_', '-')}"][language] for field in contact.verify_fields)
        notes.append(f"{strings['to-confirm'][language]}: {doubt}".upper())
        notes += [contact.note[language]] if contact.note else []
    made.add("note").value = "\n".join(notes)
    made.add("rev").value = f"{contact.checked_on}T00:00:00Z"
    return str(made.serialize())
