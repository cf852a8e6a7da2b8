"""What every test can ask for: the repository, the loaded bank, the built site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from kunskapsbank.bank import Bank, load

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def figures(record_property):
    """Take a measured figure, a section and a line: it is printed at the end of the run, whatever the outcome."""
    return lambda section, line: record_property("figures", f"{section}\t{line}")


def pytest_terminal_summary(terminalreporter):
    sections: dict[str, list[str]] = {}
    for report in (report for group in terminalreporter.stats.values() for report in group if getattr(report, "when", "") == "call"):
        for name, said in report.user_properties:
            if name == "figures":
                section, _, line = said.partition("\t")
                sections.setdefault(section, []).append(line)
    for section, lines in sorted(sections.items()):
        terminalreporter.section(section)
        for line in sorted(set(lines)):
            terminalreporter.write_line(line)


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
