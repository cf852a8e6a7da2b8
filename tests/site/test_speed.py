"""Weight and number of files of each kind of page, and the time of a build beside stock Material with the same pages."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import build_times
import pytest

pytestmark = pytest.mark.alone

# What a browser loads before anything is pressed: files, the page among them, and bytes as a host sends them (gzip).
# By address, the first that fits. A budget lies some tenth above the heaviest page of its kind on 2026-11-28.
BUDGETS = {
    "start": (r"(en/)?", 16, 55_000),
    "acute": (r"(en/)?akut/", 18, 60_000),
    "search": (r"(en/)?sok/", 17, 60_000),
    "calculator": (r"(en/)?juridik/frister/", 20, 80_000),
    "routines": (r"(en/)?handbok/.*", 18, 80_000),
    "contacts": (r"(en/)?kontakter/.*", 18, 80_000),
    "training": (r"(en/)?utbildning/.*", 21, 70_000),
    "other": (r".*", 18, 80_000),
}
SCRIPTS, STYLES = 20_000, 40_000  # of any page, gzip
# gzip: what a search fetches beside the page before the first hits (names, engine, ranking), and with the text after them.
SEARCH, SEARCH_ALL = 90_000, 165_000
# Of stock's time, and for 160 pages. Promised is 1.5; measured is 1.3 to 1.5 (docs/decisions/0023), and others use the machine too.
RATIO, SECONDS = 1.6, 15


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def weighed(page, sizes):
    """The files a page loads, by their end: {".html": [bytes, ...], ".js": ..., ".css": ...}."""
    elements = page.document.cssselect("link[rel=stylesheet], link[rel=icon], script[src], img[src]")
    paths = {(page.path.parent / (element.get("href") or element.get("src")).partition("?")[0]).resolve() for element in elements} | {
        page.path
    }
    found = {}
    for path in paths:
        sizes[path] = sizes.get(path) or packed(path)
        found.setdefault(path.suffix, []).append(sizes[path])
    return found


def test_no_page_is_over_its_budget(built, figures):
    sizes, over, heaviest = {}, [], {}
    for page in built.values():
        kind = next(kind for kind, (pattern, _, _) in BUDGETS.items() if re.fullmatch(pattern, page.address))
        _, files, weight = BUDGETS[kind]
        found = weighed(page, sizes)
        number, total = sum(map(len, found.values())), sum(map(sum, found.values()))
        heaviest[kind] = max(heaviest.get(kind, (0, 0)), (total, number))
        if number > files or total > weight or sum(found[".js"]) > SCRIPTS or sum(found[".css"]) > STYLES:
            over.append(f"{page.address}: {number} files (at most {files}), {total} bytes (at most {weight}), {found}")
    assert over == []
    assert set(heaviest) == set(BUDGETS), "each kind has a page"
    for kind, (total, number) in heaviest.items():
        figures("speed", f"heaviest page, {kind}: {total} bytes in {number} files")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_first_search_stays_light(site, figures, language):
    search, scripts = site / "assets" / "search", site / "assets" / "js"
    first = [search / f"{language}.js", search / "engine.js", scripts / "search-index.js", scripts / "search-engine.js"]
    weight, text = sum(map(packed, first)), packed(search / f"{language}-text.js")
    figures("speed", f"a search in {language}: {weight} bytes before the first hits, {text} after")
    assert weight <= SEARCH and weight + text <= SEARCH_ALL


def test_a_build_takes_little_longer_than_stock(tmp_path, figures):
    """By the processor's time: the clock's also counts what others do. For 1,600 pages: tests/build_times.py, by hand."""
    ours, other = build_times.copy(tmp_path / "ours"), tmp_path / "stock"
    mine, theirs = build_times.compare(ours, other, 3)
    pages = sum(1 for _ in ours.glob("docs/??/**/*.md"))
    figures(
        "speed",
        f"build of {pages} pages: {mine[1]:.1f} s of processor, {mine[0]:.1f} s by the clock; "
        f"stock {theirs[1]:.1f} s and {theirs[0]:.1f} s; ratio {mine[1] / theirs[1]:.2f}",
    )
    assert pages >= 160
    assert mine[1] <= RATIO * theirs[1]
    assert mine[1] <= SECONDS
    shutil.rmtree(tmp_path)
