"""'Suggest a change': where a reader's suggestion about a page goes, and what the prepared mail says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from . import privacy
from .bank import Bank
from .linking import UNNUMBERED, permanent_address
from .linking import address as linked
from .pages import PageSource

_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
# Words of which one stands in the address of a function that happens to have a dot in it: socialjouren.sof@...
_FUNCTION = re.compile(r"jour|social|redaktion|kunskapsbank|funktion|brevl|registrator|kontakt|info|enhet|stod|support|webb", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """Where the link leads. `kind`: editor (the repository's), mail, or page (no mailbox is decided; the page says so)."""

    kind: str
    href: str


def fault_of(mailbox: str) -> str | None:
    """Return what is wrong with the configured mailbox and what to do, as one line; None when it may be used."""
    if not _ADDRESS.fullmatch(mailbox):
        return f"'{mailbox}' is not an e-mail address - write name@host, without spaces and without a name before it"
    local, _, host = mailbox.lower().partition("@")
    if privacy.is_a_persons(mailbox) and (host in privacy.PRIVATE_HOSTS or not _FUNCTION.search(local)):
        return f"'{mailbox}' looks like a person's address - use a function mailbox, for example one that begins with redaktionen"
    return None


def suggestion(bank: Bank, page: PageSource, edit_url: str | None, mailbox: str | None, site_url: str) -> Suggestion:
    """Return the link for `page`: its source in the repository's editor, else a prepared mail, else the page on errors (X00).

    `edit_url` is that source's address, or None where no repository is configured; `mailbox` has passed `fault_of`.
    The last kind's address is from the site's root.
    """
    if edit_url:
        return Suggestion("editor", edit_url)
    if mailbox:
        return Suggestion("mail", _mail(bank, page, mailbox, site_url))
    about = bank.pages[page.language]["X00"]
    return Suggestion("page", linked(about) + "#fel")


def _mail(bank: Bank, page: PageSource, mailbox: str, site_url: str) -> str:
    def words(name: str) -> str:
        return bank.strings[name][page.language]

    numbered = page.meta.id not in UNNUMBERED
    name = f"{page.meta.id} {page.meta.title}" if numbered else page.meta.title
    source = bank.source_page(page.meta.id)
    version = f" · {words('version')} {source.source_meta.version}" if source else ""
    address = site_url + (permanent_address(page.meta.id, page.language) if numbered else "")
    lines = [name + version, address, "", words("suggest-never"), "", words("suggest-what"), "", "", words("suggest-why"), "", ""]
    body = "\r\n".join(lines)
    subject = f"{words('suggest')}: {name}"
    # A line break in the body of a mailto address is CR LF, and a space never a plus (RFC 6068).
    return f"mailto:{quote(mailbox, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
