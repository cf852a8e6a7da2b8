"""A release: put together from a site, the same bytes twice, checksums that hold, and refused when the tag does not fit."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import tarfile

import pytest
from kunskapsbank.hosting import release
from kunskapsbank.models.changes import Change

MOMENT = datetime.datetime(2026, 11, 24, 2, 30, 14, tzinfo=datetime.UTC)
FILES = ["index.html", "en/index.html", "pdf/handlaggningsmanual-sv.pdf", "pdf/handling-manual-en.pdf", "sbom.cdx.json"]
FILES += ["kunskapsbank-offline.zip", "_nginx/site.conf", "akut/index.html.br"]


def change(day, text):
    return Change.model_validate({"date": day, "kind": "material", "pages": ["R08"], "text": {"sv": text, "en": f"{text} in English"}})


OLD, NEW = change(datetime.date(2026, 11, 23), "Första"), change(datetime.date(2026, 11, 24), "Andra")
# The log of an earlier time, with a field of which nothing is known now.
BEFORE = "changes: [{date: 2026-11-23, was: x, pages: [R08], text: {sv: Första}}]"


@pytest.fixture
def repository(tmp_path):
    for name in ("scripts/nginx/kunskapsbanken.conf", "scripts/PUBLISHING.md"):
        (tmp_path / "repository" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "repository" / name).write_text(name, encoding="utf-8")
    return tmp_path / "repository"


def site(folder, names, mode=0o644):
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
        (folder / name).chmod(mode)
        os.utime(folder / name, (number, number))
    return folder


def test_it_holds_everything_and_is_the_same_twice(tmp_path, repository):
    one = release.assemble(site(tmp_path / "1", FILES), repository, "v1.2", tmp_path / "a", MOMENT, [NEW])
    two = release.assemble(site(tmp_path / "2", FILES[::-1], 0o600), repository, "v1.2", tmp_path / "b", MOMENT, [NEW])
    assert one == two
    assert set(one) == {
        "kunskapsbanken-v1.2.tar.gz", "kunskapsbank-offline.zip", "handlaggningsmanual-sv.pdf", "handling-manual-en.pdf", "sbom.cdx.json",
        "nginx-kunskapsbanken.conf", "PUBLISHING.md", "CHANGES.md", "SHA256SUMS",
    }  # fmt: skip
    for name in one:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path / "a", capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count(": OK") == len(one) - 1
    (tmp_path / "a" / "CHANGES.md").write_text("other", encoding="utf-8")
    assert subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "a", capture_output=True).returncode != 0


def test_the_archive_unpacks_to_the_site(tmp_path, repository):
    release.assemble(site(tmp_path / "1", FILES), repository, "v1.2", tmp_path / "a", MOMENT, [])
    with tarfile.open(tmp_path / "a" / "kunskapsbanken-v1.2.tar.gz") as tar:
        entries = tar.getmembers()
        tar.extractall(tmp_path / "out", filter="data")
    assert {entry.mtime for entry in entries} == {int(MOMENT.timestamp())}
    assert {entry.mode for entry in entries} == {0o755, 0o644} and {entry.uid for entry in entries} == {0}
    unpacked = tmp_path / "out" / "kunskapsbanken-v1.2"
    assert {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()} == set(FILES)
    assert all((unpacked / name).read_text(encoding="utf-8") == name for name in FILES)


def test_the_change_list_holds_what_is_new_in_both_languages():
    text = release.changes("v1.2", release.since([NEW, OLD], BEFORE))
    assert "Andra\n" in text and "Andra in English\n" in text and "Första" not in text
    assert "2026-11-24, R08 (ändrar vad du ska göra)" in text and "(changes what to do)" in text
    assert release.since([NEW, OLD], "") == [NEW, OLD], "the first release"
    nothing = release.changes("v1.2", release.since([OLD], BEFORE))
    assert "Inget i innehållet." in nothing and "Nothing in the content." in nothing


def test_a_site_without_its_pdfs_is_no_release_and_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763856000")
    place = site(tmp_path / "1", [name for name in FILES if not name.endswith(".pdf")])
    with pytest.raises(SystemExit, match=r"handlaggningsmanual-sv\.pdf is not there: .* scripts/build"):
        release.main(place, "v1.2", tmp_path / "out", None)
    assert not list(tmp_path.glob("out*"))


@pytest.fixture
def checkout(tmp_path, root):
    """A repository with the command alone; it must refuse before it builds anything."""
    folder = tmp_path / "checkout"
    (folder / "scripts").mkdir(parents=True)
    for name in ("scripts/release", "scripts/environment.sh"):
        shutil.copy(root / name, folder / name)
    (folder / "scripts" / "build").write_text("#!/bin/sh\necho built >&2\nexit 3\n", encoding="utf-8")
    (folder / "scripts" / "freeze").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    for name in ("build", "freeze"):
        (folder / "scripts" / name).chmod(0o755)
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.2"\n', encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        git(folder, *command)
    return folder


def git(folder, *command):
    who = ["-c", "user.name=Test", "-c", "user.email=test@test.example", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"]
    subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)


def refused(folder, tag):
    done = subprocess.run(["scripts/release", tag], cwd=folder, capture_output=True, text=True)
    assert done.returncode != 0
    return done.stderr


def test_a_release_is_what_its_tag_names(checkout):
    assert "pyproject.toml says version 1.2" in refused(checkout, "v1.3")
    assert "There is no tag v1.2" in refused(checkout, "v1.2")
    git(checkout, "tag", "v1.2")
    assert refused(checkout, "v1.2").endswith("built\n"), "with everything in order it goes on to build"
    (checkout / "new.txt").write_text("x", encoding="utf-8")
    assert "not committed" in refused(checkout, "v1.2")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-qm", "two")
    assert "another commit" in refused(checkout, "v1.2")
