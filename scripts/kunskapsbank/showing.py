"""What may be shown to a reader, by the kind of its source. The list of kinds is data: source_kinds.yml."""

from __future__ import annotations

from urllib.parse import urlparse

from .bank import Bank
from .models.contacts import Contact
from .models.sources import SourceKind
from .models.statutes import Provision

AUTHORITY_KINDS = frozenset({"law", "preparatory", "court-or-jo", "authority", "foreign-authority", "municipality", "intergovernmental"})


def host_of(url: str) -> str:
    """Return the host of `url` without a leading www."""
    return (urlparse(url).hostname or "").removeprefix("www.")


def kind_of(bank: Bank, url: str) -> SourceKind | None:
    """Return the kind of source `url` is, or None when its host is not listed."""
    if bank.source_kinds is None:
        return None
    name = bank.source_kinds.hosts.get(host_of(url))
    return next((kind for kind in bank.source_kinds.kinds if kind.id == name), None)


def may_cite(bank: Bank, url: str | None) -> bool:
    """True when a page may link to `url` as a source."""
    kind = kind_of(bank, url) if url else None
    return kind is not None and kind.show


def may_show(bank: Bank, fact: Contact | Provision) -> bool:
    """True when `fact` may stand on a reading page: low confidence needs an authority's source."""
    if fact.confidence != "low":
        return True
    kind = kind_of(bank, fact.source_url) if fact.source_url else None
    return kind is not None and kind.id in AUTHORITY_KINDS


def shown_contacts(bank: Bank) -> list[Contact]:
    """Return the contacts that may stand on a reading page."""
    return [contact for contact in bank.contacts.values() if may_show(bank, contact)]
