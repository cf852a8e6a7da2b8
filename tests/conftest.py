"""What every test can ask for: the repository, the loaded bank, the built site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from kunskapsbank.bank import Bank, load

ROOT = Path(__file__).resolve().parent.parent


_TABLE: list[tuple[str, str, str, dict[str, list[int]]]] = []


@pytest.fixture(scope="session")
def search_table() -> list[tuple[str, str, str, dict[str, list[int]]]]:
    """Figures of the search, filled by its tests and printed at the end of the run."""
    return _TABLE


def pytest_sessionfinish(session):
    """A worker hands its rows over to the run that prints them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["search"] = _TABLE


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    _TABLE.extend(getattr(node, "workeroutput", {}).get("search", []))


def pytest_terminal_summary(terminalreporter):
    reports = (report for group in terminalreporter.stats.values() for report in group if getattr(report, "when", "") == "call")
    said = sorted({line for report in reports for name, line in report.user_properties if name == "audit"})
    if said:  # whatever the outcome: an audit that could not be made must not pass for one without findings
        terminalreporter.section("audit of the locked packages")
        for line in said:
            terminalreporter.write_line(line)
    if not _TABLE:
        return
    terminalreporter.section("search: queries, first hit right, right in first three")
    for name, language, way, kinds in sorted(_TABLE, key=lambda row: row[:3]):
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


@pytest.fixture(scope="session")
def compressed(site, tmp_path_factory) -> Path:
    """The built site as for nginx, with its text files compressed beforehand; the files themselves are the site's own."""
    from kunskapsbank.hosting import compressing

    copy = tmp_path_factory.mktemp("compressed") / "site"
    shutil.copytree(site, copy, copy_function=_link)
    compressing.compress(copy, quality=4)  # faster than a release is packed; the server sends it alike
    return copy


def _link(source, target):
    """A copy without its weight where the file system allows it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
