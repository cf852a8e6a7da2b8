"""Files a reader takes along: contact cards and fillable forms."""

from __future__ import annotations

from pathlib import Path

from .bank import Bank
from .formpdf import checklist_pdf, form_pdf
from .linking import prefix
from .models.base import Language
from .showing import shown_contacts
from .vcards import card, cards


def fillable(bank: Bank) -> list[str]:
    """Return the ids of the forms and checklists that are made as fillable PDF."""
    return [page_id for page_id in bank.pages["sv"] if page_id in bank.forms or (page_id[0] == "M" and page_id in bank.routines)]


def write(bank: Bank, site: Path, languages: tuple[Language, ...]) -> int:
    """Write contact cards and form PDFs for each language; return the number of files."""
    written = 0
    for language in languages:
        root = site / prefix(language)
        contacts = shown_contacts(bank)
        files = {root / "kontakter" / "vcard" / f"{contact.id}.vcf": card(contact, language, bank.strings).encode() for contact in contacts}
        files[root / "kontakter" / "kontakter.vcf"] = cards(contacts, language, bank.strings).encode()
        for page_id in fillable(bank):
            form = bank.forms.get(page_id)
            made = form_pdf(bank, form, language) if form else checklist_pdf(bank, page_id, language)
            files[root / "pdf" / f"{page_id}-{language}.pdf"] = made
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        written += len(files)
    return written
