"""sw.js at the root of the site: what docs/assets/js/worker.js may keep for a reader who has asked for a copy."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from ..bank import Bank
from ..linking import UNNUMBERED, address
from ..models.base import LANGUAGES, Language
from ..pdf.offering import size
from ..permalinks import places
from .note import note

# Saved first, in this order: what is needed in the night, should the network fail while the rest is on its way.
FIRST = ("A01", "K01", "K00", "START", "SOK", "J01", "X08")
_WEIGHT = re.compile(r'(<span class="kb-copy-weight">)[^<]*(</span>)')


def allowed() -> bool:
    """False when the publisher takes copies back: built with KUNSKAPSBANKEN_COPIES=removed."""
    return os.environ.get("KUNSKAPSBANKEN_COPIES") != "removed"


def essentials(bank: Bank, language: Language) -> list[str]:
    """Return the ids of the pages to save first: acute help, contacts, start, search, time limits, every routine."""
    pages = bank.pages[language]
    return [i for i in (*FIRST, *(i for i in bank.ledger if i[0] == "R" and i[1:].isdigit())) if i in pages]


def titles(bank: Bank, language: Language) -> list[tuple[str, str]]:
    """Return (title, address) of the essentials, for the page that says that a page is not in the copy."""
    pages = [bank.pages[language][page_id].meta for page_id in essentials(bank, language)]
    return [(meta.title if meta.id in UNNUMBERED else f"{meta.id} {meta.title}", address(bank.pages[language][meta.id])) for meta in pages]


def files(bank: Bank, site: Path, language: Language) -> list[str]:
    """Return the addresses a copy in `language` consists of, from the site's root: scripts and styles, then pages."""
    others = {other for other in LANGUAGES if other != language}
    assets = sorted(path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file())
    shared = [path for path in assets if Path(path).stem.partition("-")[0] not in others and path != "assets/js/worker.js"]
    first = essentials(bank, language)
    ids = [*first, *(i for i in bank.pages[language] if i not in first)]
    return ["offline.html", *shared, *(address(bank.pages[language][i]) for i in ids)]


def moved(bank: Bank, language: Language) -> dict[str, list[str]]:
    """Return where permanent and former addresses lead, in small letters: [address] or [address, retired id]."""
    found = {}
    for entry in bank.ledger.values():
        page = bank.pages[language].get(bank.current(entry.id))
        if page is None or entry.id in UNNUMBERED:
            continue
        for here in places(entry, language):
            found[here.rstrip("/").lower() + "/"] = [address(page)] if entry.id == page.meta.id else [address(page), entry.id]
    return found


def _file(site: Path, place: str) -> Path:
    return site / place / "index.html" if place == "" or place.endswith("/") else site / place


def weight(bank: Bank, site: Path, language: Language) -> int:
    """Return how many bytes a copy in `language` takes in the browser."""
    return sum(_file(site, place).stat().st_size for place in files(bank, site, language))


def data(bank: Bank, site: Path, languages: tuple[Language, ...]) -> dict[str, Any]:
    """Return what the worker knows: the files of each language with their digests, the moved addresses, the words."""
    listed = {
        language: [[place, hashlib.sha256(_file(site, place).read_bytes()).hexdigest()[:16]] for place in files(bank, site, language)]
        for language in languages
    }
    known: dict[str, Any] = {
        "files": listed,
        "moved": {old: new for language in languages for old, new in moved(bank, language).items()},
        "notes": {language: note(bank, language, "copy-offline") for language in languages},
    }
    return {"version": hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16], **known}


def write(bank: Bank, site: Path, languages: tuple[Language, ...] = LANGUAGES) -> None:
    """Write sw.js for the site as it stands, and the copy's size on the page that offers it. Run after every change of a page."""
    for language in languages:
        page = bank.pages[language].get("X08")
        if page:
            path, words = site / address(page) / "index.html", size(weight(bank, site, language), language)
            path.write_text(_WEIGHT.sub(rf"\g<1>{words}\g<2>", path.read_text(encoding="utf-8")), encoding="utf-8")
    known = data(bank, site, languages) if allowed() else {"removed": True}
    (site / "sw.js").write_text(
        "// Made by scripts/kunskapsbank/offline/worker.py. Runs only in a browser whose reader has asked for a copy.\n"
        f"self.kbCopy={json.dumps(known, ensure_ascii=False, separators=(',', ':'))};\n"
        'importScripts("assets/js/worker.js");\n',
        encoding="utf-8",
    )
