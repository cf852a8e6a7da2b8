"""What every test can ask for: the repository, the loaded bank, the built site."""

from __future__ import annotations

from pathlib import Path

import pytest
from kunskapsbank.bank import Bank, load

ROOT = Path(__file__).resolve().parent.parent


_TABLE: list[tuple[str, str, str, dict[str, list[int]]]] = []


@pytest.fixture(scope="session")
def search_table() -> list[tuple[str, str, str, dict[str, list[int]]]]:
    """Figures of the search, filled by its tests and printed at the end of the run."""
    return _TABLE


_LIGHTHOUSE: list[tuple[str, dict[str, int]]] = []


@pytest.fixture(scope="session")
def lighthouse_table() -> list[tuple[str, dict[str, int]]]:
    """Lighthouse's figures for each kind of page, filled by its test and printed at the end of the run."""
    return _LIGHTHOUSE


_SPEED: list[str] = []


@pytest.fixture(scope="session")
def speed_table() -> list[str]:
    """Lines on how long builds take, filled by the tests and printed at the end of the run."""
    return _SPEED


def pytest_terminal_summary(terminalreporter):
    if _SPEED:
        terminalreporter.section("speed")
        for line in _SPEED:
            terminalreporter.write_line(line)
    if _LIGHTHOUSE:
        terminalreporter.section("Lighthouse, mobile")
        for kind, scores in _LIGHTHOUSE:
            terminalreporter.write_line(f"{kind}: " + ", ".join(f"{name} {score}" for name, score in scores.items()))
    if not _TABLE:
        return
    terminalreporter.section("search: queries, first hit right, right in first three")
    for name, language, way, kinds in _TABLE:
        count, first, three = kinds["all"]
        terminalreporter.write_line(f"{name} {language} {way}: {count}, {100 * first / count:.1f} %, {100 * three / count:.1f} %")
        each = (f"{kind} {row[1]}+{row[2] - row[1]}/{row[0]}" for kind, row in sorted(kinds.items()) if kind != "all")
        terminalreporter.write_line("    " + ", ".join(each))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def bank() -> Bank:
    return load(ROOT / "docs")


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site. scripts/test builds it; a missing site is a failure, never a skip."""
    folder = ROOT / "site"
    assert (folder / "index.html").exists(), "no site/: run scripts/build (scripts/test does it for you)"
    return folder
