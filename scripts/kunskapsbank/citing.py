"""How a provision is written out."""

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
