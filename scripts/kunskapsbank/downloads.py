"""Files a reader takes along that cost nothing to make: contact cards."""

from __future__ import annotations

from pathlib import Path

from .bank import Bank
from .linking import prefix
from .models.base import Language
from .showing import shown_contacts
from .vcards import card, cards


def write(bank: Bank, site: Path, languages: tuple[Language, ...]) -> int:
    """Write contact cards for each language; return the number of files."""
    written = 0
    for language in languages:
        root = site / prefix(language)
        contacts = shown_contacts(bank)
        files = {root / "kontakter" / "vcard" / f"{contact.id}.vcf": card(contact, language, bank.strings).encode() for contact in contacts}
        files[root / "kontakter" / "kontakter.vcf"] = cards(contacts, language, bank.strings).encode()
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        written += len(files)
    return written
