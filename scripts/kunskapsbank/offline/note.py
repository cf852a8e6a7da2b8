"""The line on a page that is read from a copy. Written into the page itself, so that it needs no script and is printed too."""

from __future__ import annotations

import html

from ..bank import Bank
from ..models.base import Language

AFTER = "</header>"  # every page of the site has one header


def note(bank: Bank, language: Language, name: str, link: str = "") -> str:
    """Return the line as HTML; `name` is the string that says what is read, with {date}, and `link` the page's address on the web."""
    text = html.escape(bank.strings[name][language])
    if link:
        text += f' <a href="{html.escape(link)}">{html.escape(bank.strings["copy-original"][language])}</a>'
    label = html.escape(bank.strings["copy-label"][language])
    return f'<aside class="kb-from-copy" aria-label="{label}"><p>{text}</p></aside>'
