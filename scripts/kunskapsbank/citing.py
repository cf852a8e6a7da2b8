"""How a provision is written out, and where in the bank it is explained."""

from __future__ import annotations

import re

from .bank import Bank
from .models.base import Language


def cite(bank: Bank, provision_id: str, language: Language) -> str:
    """Return the provision as it is cited, number and sign kept on one line: '6 § LVU', 'section 6 LVU', 'art. 3 barnkonventionen'."""
    provision = bank.provisions[provision_id]
    act = bank.act_of[provision_id]
    if provision.cited:
        return provision.cited[language]
    reference, name = provision.ref[language], act.short[language]
    if language == "sv":
        text = f"{reference} i {name}" if reference.startswith("art.") else f"{reference} {name}"
    else:
        text = f"{reference} of {name}" if reference.startswith("art.") or name.startswith("the ") else f"{reference} {name}"
    return re.sub(r"(\d[ a-z]*|kap\.|sections?|chapter|art\.) (?=§|\d)", "\\1\u00a0", text)


def law_page(bank: Bank, act_id: str) -> str | None:
    """Return the id of the page that shows the whole act, or None while there is none."""
    for page_id, page in bank.pages["sv"].items():
        if any(block.name == "act" and act_id in block.arguments for block in page.blocks):
            return page_id
    return None
