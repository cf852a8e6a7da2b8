"""A build that goes wrong ends with a clear line, and the whole site that stood there still stands."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
import time

import pytest
from copies import build, copy_tree, differing, environment, files
from kunskapsbank import publishing

OLD = b"the whole site that stood here"
BUILD = ["scripts/build", "--without-pdf"]


def with_old_site(folder):
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_bytes(OLD)
    return folder


def old_site_stands(folder):
    return files(folder / "site") == {"index.html": OLD}


def leftovers(folder):
    return sorted(path.name for path in folder.glob(".site-new.*"))


def begin(folder, command=BUILD, **changes):
    return subprocess.Popen(
        command, cwd=folder, env=environment(**changes), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def until_half(folder, process):
    """Wait until the new site has its first page and not yet its last."""
    while not list(folder.glob(".site-new.*/site/index.html")):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.02)
    assert not list(folder.glob(".site-new.*/site/sw.js")), "the build was already done"


def end(process):
    try:
        return process.communicate(timeout=240)[0]
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """One copy for the tests that do not change what is built."""
    return with_old_site(copy_tree(tmp_path_factory.mktemp("faults") / "tree"))


def test_a_stopped_build_leaves_the_old_site_and_nothing_else(tree):
    process = begin(tree)
    until_half(tree, process)
    process.send_signal(signal.SIGTERM)
    text = end(process)
    assert process.returncode == 130
    assert text.splitlines()[-1] == "The build was stopped. The old site, if there was one, stands as it was."
    assert "Traceback" not in text
    assert old_site_stands(tree) and leftovers(tree) == []


def test_two_builds_at_once_after_one_that_was_killed(tree, site):
    """The killed one leaves half a site beside the old; the next removes it; the second of two waits and makes the same."""
    killed = begin(tree)
    until_half(tree, killed)
    os.killpg(killed.pid, signal.SIGKILL)  # the script
    working = subprocess.run(["pgrep", "-f", f"{tree}/.site-new"], capture_output=True, text=True).stdout.split()
    for number in working:
        os.kill(int(number), signal.SIGKILL)  # and what it had started
    end(killed)
    assert old_site_stands(tree) and len(leftovers(tree)) == 1

    left = leftovers(tree)
    first = begin(tree, LC_ALL="C", TZ="Pacific/Chatham", PYTHONHASHSEED="1")
    while leftovers(tree) in (left, []):  # until what the killed one left has made way for the first's own
        assert first.poll() is None, first.communicate()[0]
        time.sleep(0.02)
    until_half(tree, first)
    assert len(leftovers(tree)) == 1, "what the killed build left is gone, the new build's own folder is there"
    os.killpg(first.pid, signal.SIGSTOP)  # so that the second meets it, however busy the machine is
    second = begin(tree, LC_ALL="sv_SE.ISO-8859-1", LANG="sv_SE.ISO-8859-1", TZ="America/St_Johns", PYTHONHASHSEED="2")
    said = ""
    while "Another build is at work in this folder." not in said:
        line = second.stdout.readline()
        assert line, said
        said += line
    os.killpg(first.pid, signal.SIGCONT)
    text = end(first)
    assert first.returncode == 0, text
    made = files(tree / "site")
    said += end(second)
    assert second.returncode == 0, said
    assert said.count("Another build is at work in this folder.") == 1
    assert "Traceback" not in text + said
    again = files(tree / "site")
    assert differing(made, again) == [] and leftovers(tree) == []
    assert {path for path in files(site) if not path.endswith(".pdf")} == set(again), "the whole site"


def full_disk(folder):
    """The command that runs scripts/build in `folder` with room for half a site, and how it is made full."""
    script = 'mount --bind "$1" "$1" 2>/dev/null; cp -a "$1/." "$2" && mount -t tmpfs -o size=12m full "$1" && cp -a "$2/." "$1" && cd "$1"'
    run = script + ' && { scripts/build --without-pdf; echo "ended $?"; ls -A . | grep site; cat site/index.html; }'
    for prefix in (["unshare", "-m"], ["unshare", "-rm"]):
        if subprocess.run([*prefix, "sh", "-c", 'mount -t tmpfs -o size=1m try "$0"', str(folder)], capture_output=True).returncode == 0:
            return [*prefix, "bash", "-c", run, "bash", str(folder), f"{folder}-kept"]
    # no right to mount: no file may grow beyond 50 kB, which the system reports by another number
    run = 'cd "$1" && { (ulimit -f 50; scripts/build --without-pdf); echo "ended $?"; ls -A . | grep site; cat site/index.html; }'
    return ["bash", "-c", run, "bash", str(folder)]


def test_a_full_disk_is_one_line_and_the_old_site_stands(tmp_path):
    folder = with_old_site(copy_tree(tmp_path / "full"))
    (tmp_path / "full-kept").mkdir()
    process = begin(folder, full_disk(folder))
    text = end(process)
    assert "there is no room left on the disk - make room and build again; the old site stands as it was" in text
    assert "Traceback" not in text
    assert re.search(r"^ended [1-9]\d*\nsite\n" + OLD.decode(), text, re.M), text[-2000:]


@pytest.mark.parametrize(
    ("path", "make", "line"),
    [
        ("docs/assets/css/site.css", "dangling", r"docs/assets/css/site\.css: No such file or directory - see that the file is there"),
        ("overrides/main.html", "binary", r"overrides/main\.html:0: not UTF-8 at byte 3 - save the file as UTF-8"),
        ("docs/sv/handbok/tecken.md", "folder", r"docs/sv/handbok/tecken\.md:0: cannot be read \(Is a directory\)"),
        ("docs/_data/contacts.yml", "dangling", r"docs/_data/contacts\.yml:0: the file is missing - restore it from the repository"),
        ("docs/_data/strings.yml", "binary", r"docs/_data/strings\.yml:0: not UTF-8 at byte 3 - save the file as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(tree, path, make, line):
    before = files(tree / "site")
    file = tree / path
    content = file.read_bytes()
    file.unlink()
    if make == "dangling":
        file.symlink_to("nowhere")
    elif make == "folder":
        file.mkdir()
    else:
        file.write_bytes(b"abc\xe5\xff")
    try:
        process = begin(tree)
        text = end(process)
    finally:
        shutil.rmtree(file) if make == "folder" else file.unlink()
        file.write_bytes(content)
    assert process.returncode == 1, text
    assert re.search(line, text), text
    assert "Traceback" not in text
    assert files(tree / "site") == before and leftovers(tree) == []


def test_windows_line_ends_and_byte_order_marks_change_nothing(tmp_path, plain):
    folder = copy_tree(tmp_path / "windows")
    changed = 0
    for path in [*folder.glob("docs/sv/**/*.md"), *folder.glob("docs/en/**/*.md"), *folder.glob("docs/_data/**/*.yml")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
        changed += 1
    for path in folder.glob("overrides/**/*.html"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert changed > 200
    done = build(folder, tmp_path / "site", [".venv/bin/mkdocs"])
    assert done.returncode == 0, done.stderr
    assert differing(files(tmp_path / "site"), plain) == []


def test_a_page_of_five_megabytes_is_one_line(tmp_path):
    folder = copy_tree(tmp_path / "long")
    page = folder / "docs" / "en" / "handbok" / "tecken.md"
    page.write_bytes(page.read_bytes() + b"A sentence more. " * 300_000)
    done = subprocess.run(["scripts/check"], cwd=folder, env=environment(), capture_output=True, text=True)
    assert done.returncode == 1
    assert "docs/en/handbok/tecken.md:0: 5.1 MB is more than a file may hold - divide it: at most 1 MB each" in done.stdout.splitlines()
    assert "Traceback" not in done.stderr


def folders(tmp_path):
    new, site = tmp_path / ".site-new.x" / "site", tmp_path / "site"
    for folder, text in ((new, "new"), (site, "old")):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(text)
    return new, site


@pytest.mark.parametrize("can", [True, False])
def test_the_new_site_takes_the_old_ones_place(tmp_path, monkeypatch, can):
    """Also where the system cannot exchange two folders in one step."""
    new, site = folders(tmp_path)
    if not can:
        monkeypatch.setattr(publishing, "exchange", lambda one, other: False)
    publishing.swap(new, site)
    assert ((site / "index.html").read_text(), (new / "index.html").read_text()) == ("new", "old")


def test_a_failed_swap_puts_the_old_site_back(tmp_path, monkeypatch):
    new, site = folders(tmp_path)
    shutil.rmtree(new)
    monkeypatch.setattr(publishing, "exchange", lambda one, other: False)
    with pytest.raises(OSError) as caught:
        publishing.swap(new, site)
    assert caught.value.errno == errno.ENOENT
    assert (site / "index.html").read_text() == "old"


def test_an_old_site_that_was_moved_aside_comes_back(tmp_path):
    new, site = folders(tmp_path)
    site.rename(new.with_name("old"))
    assert publishing.tidy(tmp_path) == 1
    assert (site / "index.html").read_text() == "old"
    assert leftovers(tmp_path) == []
