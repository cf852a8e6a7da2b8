"""kunskapsbank-offline.zip: the whole site as files that open from a folder, each page saying that it is a copy."""

from __future__ import annotations

import datetime
import html
import posixpath
import re
import zipfile
from pathlib import Path

from ..bank import Bank
from ..hosting import BOM
from ..linking import address
from ..models.base import LANGUAGES, Language
from ..pdf.offering import size
from .note import AFTER, note

NAME = "kunskapsbank-offline.zip"
FOLDER = "kunskapsbanken"
README = "LAS-MIG-README.txt"

# What only a web server or a search engine has use for.
_LEFT_OUT = {NAME, "404.html", "offline.html", "sw.js", "sitemap.xml", "sitemap.xml.gz", "assets/js/worker.js", BOM}
_LOCAL = re.compile(r'\b(href|action)="(?![a-z][a-z0-9+.-]*:|//|#)([^"#?]*)')
_PLACE = re.compile(r'<span class="kb-package">[^<]*</span>')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_BODY = re.compile(r"<body\b[^>]*>")


def pack(bank: Bank, site: Path, moment: datetime.datetime) -> int:
    """Write the package into `site`, the same bytes for the same site and `moment` (UTC); return its size in bytes."""
    target = site / NAME
    files = {README: readme(bank, site, moment.date()).encode("utf-8-sig")}
    for path in names(site):
        content = (site / path).read_bytes()
        if path.endswith(".html"):
            content = page(bank, site, path, content.decode(), moment.date()).encode()
        files[f"{FOLDER}/{path}"] = content
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items(), key=lambda item: (item[0] != README, item[0])):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same whatever system packs
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return target.stat().st_size


def names(site: Path) -> list[str]:
    """Return the files to pack. Of two names that differ in capitals only the first: many computers cannot tell them apart."""
    found: dict[str, str] = {}
    for path in sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()):
        if path not in _LEFT_OUT and not path.startswith("_"):  # _headers, _nginx/
            found.setdefault(path.lower(), path)
    return list(found.values())


def page(bank: Bank, site: Path, path: str, text: str, day: datetime.date) -> str:
    """Return a page as it stands in the package: links lead to files, and it says that it is a copy of `day`."""
    language: Language = "en" if path.startswith("en/") else "sv"
    folder = posixpath.dirname(path)

    def to_file(match: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(folder, match[2] or posixpath.basename(path)))
        if not (site / there).is_dir():
            return match[0]
        return f'{match[1]}="{html.escape(posixpath.relpath(posixpath.join(there, "index.html"), folder or "."))}'

    text = _LOCAL.sub(to_file, text)
    text = _PLACE.sub(f"<span>{html.escape(bank.strings['package-here'][language])}</span>", text)
    canonical = _CANONICAL.search(text)
    public = canonical[1] if canonical and ":" in canonical[1] else ""
    line = note(bank, language, "copy-packed", public).replace("{date}", str(day))
    if AFTER in text:
        return text.replace(AFTER, AFTER + line, 1)
    return _BODY.sub(lambda match: match[0] + line, text, count=1)


def readme(bank: Bank, site: Path, day: datetime.date) -> str:
    """Return the text at the top of the package, in both languages, with line ends every system shows."""
    start = (site / "index.html").read_text(encoding="utf-8")
    canonical = _CANONICAL.search(start)
    assert canonical is not None
    parts = []
    for language in LANGUAGES:
        if "START" not in bank.pages[language]:
            continue
        place = posixpath.join(FOLDER, address(bank.pages[language]["START"]), "index.html")
        values = {"date": str(day), "place": place, "address": canonical[1]}
        parts.append(bank.strings["package-readme"][language].format(**values).replace(" // ", "\n"))
    return ("\n\n".join(parts) + "\n").replace("\n", "\r\n")


def offer(bank: Bank, site: Path, number: int, day: datetime.date) -> int:
    """Turn every place for the package into a link with size (bytes) and date; return how many."""
    count = 0
    for language in LANGUAGES:
        downloads = bank.pages[language].get("X08")
        path = site / address(downloads) / "index.html" if downloads else None
        if downloads is None or path is None or not path.exists():
            continue
        link = posixpath.relpath(NAME, address(downloads))
        label = bank.strings["package"][language]
        details = f"(zip, {size(number, language)}, {bank.strings['package-from'][language]} {day})"
        made = f'<a class="kb-package" href="{link}">{html.escape(label)} {details}</a>'
        text, changed = _PLACE.subn(made, path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        count += changed
    return count
