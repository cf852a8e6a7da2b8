"""Files a reader takes along that cost nothing to make: contact cards."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from .bank import Bank
from .linking import prefix
from .models.base import Language
from .showing import shown_contacts
from .vcards import card, cards
from .watching import kept_of


def write(bank: Bank, site: Path, languages: tuple[Language, ...]) -> int:
    """Write contact cards for each language; return the number of files."""
    written = 0
    for language in languages:
        root = site / prefix(language)
        files = kept_of(bank, ("cards", language), "", partial(_cards, language))
        for name, content in files.items():
            path = root / "kontakter" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        written += len(files)
    return written


def _cards(language: Language, bank: Bank) -> dict[str, bytes]:
    contacts = shown_contacts(bank)
    files = {f"vcard/{contact.id}.vcf": card(contact, language, bank.strings).encode() for contact in contacts}
    return {**files, "kontakter.vcf": cards(contacts, language, bank.strings).encode()}
