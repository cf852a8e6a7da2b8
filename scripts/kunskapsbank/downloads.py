"""Files a reader takes along that cost nothing to make: contact cards."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from .bank import Bank
from .linking import prefix
from .models.base import Language
from .showing import shown_contacts
from .vcards import card
from .watching import kept_of


def write(bank: Bank, site: Path, languages: tuple[Language, ...]) -> int:
    """Write contact cards for each language; return the number of files."""
    written = 0
    for language in languages:
        root = site / prefix(language)
        cards = {
            contact.id: kept_of(bank, ("card", language, contact.id), "", partial(_card, contact.id, language))
            for contact in shown_contacts(bank)
        }
        files = {f"vcard/{contact_id}.vcf": text.encode() for contact_id, text in cards.items()}
        files["kontakter.vcf"] = "".join(cards.values()).encode()  # all in one
        for name, content in files.items():
            path = root / "kontakter" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        written += len(files)
    return written


def _card(contact_id: str, language: Language, bank: Bank) -> str:
    return card(bank.contacts[contact_id], language, bank.strings)
