"""What every test can ask for: the repository, the loaded bank, the built site."""

from __future__ import annotations

from pathlib import Path

import pytest
from kunskapsbank.bank import Bank, load

ROOT = Path(__file__).resolve().parent.parent


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
