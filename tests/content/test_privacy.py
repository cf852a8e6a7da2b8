"""No personal identity number, no address of an individual in anything of ours: not even in a test."""

from __future__ import annotations

import pytest
from kunskapsbank import privacy

FOLDERS = ("docs", "overrides", "scripts", "tests")


@pytest.fixture(scope="module")
def texts(root):
    """Every text of the repository's own, by path; commands without an ending count."""
    found = {}
    for path in [*root.glob("*.*"), *(path for folder in FOLDERS for path in (root / folder).rglob("*"))]:
        if path.is_file() and (path.suffix in privacy.TEXT_FILES or not path.suffix or path.suffix == ".sh"):
            found[path] = path.read_text(encoding="utf-8")
    return found


def test_nothing_of_ours_is_about_one_person(texts, root):
    assert len(texts) > 400 and root / "scripts" / "build" in texts, "hardly anything was read"
    assert [fault.text(root) for path, text in texts.items() for fault in privacy.faults_in(path, text)] == []


def test_addresses_stand_in_the_register_only(texts, root):
    """Pages show a contact by its id, so a mailbox that changes is changed in one place."""
    for path, text in texts.items():
        if path.suffix in (".md", ".yml") and path.is_relative_to(root / "docs") and path.name != "contacts.yml":
            assert not [found[0] for found in privacy.EMAIL.finditer(text) if "example" not in found[0]], path
