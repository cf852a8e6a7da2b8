"""Copies of what a build needs, to build elsewhere or to break; and how to compare what comes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ("docs", "overrides", "scripts", "mkdocs.yml", "pyproject.toml", "requirements.txt", "package.json", "package-lock.json")
# Connecting anywhere must fail; a file the interpreter reads when it starts, for a system that gives no network namespace.
_GUARD = """
import socket
def refuse(*_):
    raise OSError("the build reads the network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""


def copy_tree(folder: Path, *left_out: str) -> Path:
    """Copy what a build needs to `folder`, outside git, but for files of the names left out.

    The environment and the npm packages are linked, not copied.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", *left_out))
        else:
            shutil.copy(ROOT / name, folder / name)
    for name in (".venv", "node_modules"):
        (folder / name).symlink_to((ROOT / name).resolve())
    return folder


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a build in a copy: the date a build here takes from git, and no other setting of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KUNSKAPSBANKEN_", "PYTHON", "LC_"))}
    date = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", date), **changes}


def build(folder: Path, site: Path, command: list[str] | None = None, **changes: str) -> subprocess.CompletedProcess[str]:
    """Build the tree in `folder` into `site`, with another command than MkDocs' own if one is given.

    Not with --quiet: MkDocs then neither says nor counts what it warns of, and --strict has nothing to stop at.
    """
    arguments = [*(command or [sys.executable, "-m", "mkdocs"]), "build", "--strict", "--site-dir", str(site)]
    return subprocess.run(arguments, cwd=folder, env=environment(**changes), capture_output=True, text=True, timeout=300)


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first `old` in a file of a copy; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path}: {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def without_network() -> list[str]:
    """Return the beginning of a command that runs the rest where no other machine can be reached; proved by trying."""
    reach = "import socket; socket.create_connection(('127.0.0.1', 9), 2)"
    for prefix in (["unshare", "-n"], ["unshare", "-rn"]):
        if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
            tried = subprocess.run([*prefix, sys.executable, "-c", reach], capture_output=True, text=True)
            assert "Network is unreachable" in tried.stderr, tried.stderr
            return prefix
    guard = Path(__file__).with_name("__pycache__") / "guard"
    guard.mkdir(parents=True, exist_ok=True)
    (guard / "sitecustomize.py").write_text(_GUARD, encoding="utf-8")
    prefix = ["env", f"PYTHONPATH={guard}"]
    tried = subprocess.run([*prefix, sys.executable, "-c", reach], capture_output=True, text=True)
    assert "the build reads the network" in tried.stderr, tried.stderr
    return prefix


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths that are not in both with the same bytes."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
