"""A release of the built site, by the command itself: two tags, the second with what is new since the first."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile

import pytest
from copies import ROOT, environment

VERSION = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[1]
TAG = f"v{VERSION}"
# The site has been built by scripts/test already; the command's own build is put in its place to save the minutes.
BUILD = """#!/bin/sh
echo "built $*" >&2
rm -rf site
cp -r "$BUILT_SITE" site
"""


def git(folder, *command):
    who = ["-c", "user.name=Test", "-c", "user.email=test@test.example", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"]
    subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def released(site, tmp_path_factory):
    """A clone in which the log has got a new entry since the tag before; return its folder, the entry and what the command said."""
    folder = tmp_path_factory.mktemp("release") / "clone"
    git(ROOT, "clone", "--quiet", str(ROOT), str(folder))
    (folder / ".venv").mkdir()
    for entry in (ROOT / ".venv").iterdir():
        (folder / ".venv" / entry.name).symlink_to(entry)
    (folder / "scripts" / "build").write_text(BUILD, encoding="utf-8")
    log = folder / "docs" / "_data" / "changes.yml"
    text = log.read_text(encoding="utf-8")
    head, newest, *older = re.split(r"(?m)^(?=  - date: )", text)
    log.write_text(head + "".join(older), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "before")
    git(folder, "tag", "v0.0.9")
    log.write_text(text, encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "now")
    git(folder, "tag", TAG)
    done = subprocess.run(
        ["scripts/release", TAG], cwd=folder, env={**environment(), "BUILT_SITE": str(site)}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, newest, done.stderr


def test_it_says_what_it_makes_and_leaves_nothing_unfinished(released):
    folder, _, said = released
    assert "built --compressed" in said and "Changes since v0.0.9." in said
    assert [path.name for path in (folder / "release").iterdir()] == [TAG]
    status = subprocess.run(["git", "status", "--porcelain"], cwd=folder, capture_output=True, text=True, check=True)
    assert status.stdout == "", "a release is not committed, and changes nothing that is"


def test_the_checksums_hold_for_every_file(released):
    folder = released[0] / "release" / TAG
    names = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert {f"kunskapsbanken-{TAG}.tar.gz", "kunskapsbank-offline.zip", "handlaggningsmanual-sv.pdf", "sbom.cdx.json"} <= names
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count(": OK") == len(names)


def test_the_archive_holds_the_built_site_to_the_byte(released, site):
    with tarfile.open(released[0] / "release" / TAG / f"kunskapsbanken-{TAG}.tar.gz") as tar:
        packed = {os.path.relpath(entry.name, f"kunskapsbanken-{TAG}"): entry for entry in tar.getmembers() if entry.isfile()}
        assert packed.keys() == {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        for name in ("index.html", "en/akut/index.html", "sw.js", "pdf/handlaggningsmanual-sv.pdf"):
            assert tar.extractfile(packed[name]).read() == (site / name).read_bytes()


def test_the_change_list_names_what_is_new_and_no_more(released):
    folder, newest, _ = released
    text = (folder / "release" / TAG / "CHANGES.md").read_text(encoding="utf-8")
    (day,) = re.findall(r"date: (\S+)", newest)
    for part in text.split("\n## ")[1:]:
        lines = [line for line in part.splitlines() if line.startswith("- ")]
        assert len(lines) == 1 and lines[0].startswith(f"- {day}, "), part
