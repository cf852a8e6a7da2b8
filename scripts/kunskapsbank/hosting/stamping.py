"""Addresses of scripts, styles and pictures that change with what they lead to: assets/css/site.css?v=<digest>."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

# A script, stylesheet or icon of the site's own, as a page names it; 404.html names them from the root of the host.
_REFERENCE = re.compile(r'(<(?:script|link)\b[^>]*?\b(?:src|href)=")([^":?#]*?)(assets/[^"?#]+)(?:\?v=[0-9a-f]*)?"')
_DIGITS = 16


def digest(path: str, content: bytes) -> str:
    """Return what stands after ?v=. The path is part of it, so that no two files share one."""
    return hashlib.sha256(path.encode() + b"\0" + content).hexdigest()[:_DIGITS]


def stamp(site: Path) -> dict[str, str]:
    """Add its digest to every reference from a page to a file under assets/; return {path from the site's root: digest}.

    Run when the files under assets/ are final and before anything takes a digest of the pages. Running it again changes nothing.
    """

    @cache
    def known(path: str) -> str:
        return digest(path, (site / path).read_bytes())

    def stamped(match: re.Match[str]) -> str:
        used[match[3]] = known(match[3])
        return f'{match[1]}{match[2]}{match[3]}?v={used[match[3]]}"'

    used: dict[str, str] = {}
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        new = _REFERENCE.sub(stamped, text)
        if new != text:
            page.write_text(new, encoding="utf-8")
    return dict(sorted(used.items()))
