"""The built site as parsed pages, and a server for those who need addresses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from copies import build, copy_tree, files, without_network
from lxml import html


@dataclass(frozen=True)
class Built:
    """One built page: its address from the site's root and its parsed document."""

    address: str
    path: Path
    document: html.HtmlElement

    @property
    def language(self) -> str:
        return "en" if self.address.startswith("en/") else "sv"


@pytest.fixture(scope="session")
def built(site) -> dict[str, Built]:
    """Every page of the site, the permanent links and 404.html left out."""
    pages = {}
    for path in sorted(site.rglob("index.html")):
        address = path.parent.relative_to(site).as_posix()
        address = "" if address == "." else address + "/"
        if "r" in address.split("/")[:2]:
            continue
        pages[address] = Built(address, path, html.parse(str(path)).getroot())
    assert len(pages) > 40, "hardly any pages were built"
    return pages


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory) -> Path:
    """The site as MkDocs alone makes it: in another folder, time zone and locale than scripts/test's own, without a network."""
    folder = copy_tree(tmp_path_factory.mktemp("elsewhere") / "another place")
    odd = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    done = build(folder, folder / "site", [*without_network(), ".venv/bin/mkdocs"], **odd)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def plain(elsewhere) -> dict[str, bytes]:
    """The files of that site."""
    return files(elsewhere)
