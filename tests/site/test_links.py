"""Every link of every built page, permanent links and 404.html included, leads to a file and an anchor that exist.

Why our own: docs/decisions/0005 (the crawler tried needed ten minutes for what this does in seconds).
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

ATTRIBUTES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}


@pytest.fixture(scope="module")
def documents(site):
    return {path.resolve(): html.parse(str(path)).getroot() for path in site.rglob("*.html")}


@pytest.fixture(scope="module")
def anchors(documents):
    return {path: {element.get("id") for element in document.iter() if element.get("id")} for path, document in documents.items()}


def target_of(path: Path, site: Path, url: str) -> Path:
    """The file an internal link leads to, as a web server would find it."""
    place = unquote(urlsplit(url).path)
    found = (site / place.lstrip("/") if place.startswith("/") else path.parent / place).resolve() if place else path
    return found / "index.html" if found.is_dir() else found


def test_no_link_or_anchor_is_broken(site, documents, anchors):
    broken = []
    checked = 0
    for path, document in documents.items():
        for element in document.iter(*ATTRIBUTES):
            url = element.get(ATTRIBUTES[element.tag])
            if url is None or urlsplit(url).scheme or url == "#":
                continue
            checked += 1
            target = target_of(path, site, url)
            fragment = urlsplit(url).fragment
            if not target.is_file():
                broken.append(f"{path.relative_to(site.resolve())}: {url}")
            elif fragment and target.suffix == ".html" and fragment not in anchors[target]:
                broken.append(f"{path.relative_to(site.resolve())}: {url} (no such anchor)")
    assert checked > 5000, "hardly any links were found"
    assert broken == []


def test_fragments_inside_svg_lead_somewhere_too(documents, anchors):
    for path, document in documents.items():
        for element in document.cssselect("svg a[href]"):
            assert element.get("href"), path


def test_the_checker_finds_what_is_broken(tmp_path):
    """The check above can fail: a page with a dead link and a dead anchor is found out."""
    (tmp_path / "index.html").write_text('<a href="gone/">x</a><a href="#nowhere">y</a>', encoding="utf-8")
    document = {(tmp_path / "index.html").resolve(): html.parse(str(tmp_path / "index.html")).getroot()}
    path = next(iter(document))
    assert not target_of(path, tmp_path, "gone/").is_file()
    assert target_of(path, tmp_path, "#nowhere") == path
