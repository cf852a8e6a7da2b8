"""Pairs of tiny documents, a Swedish page and its English one, and which sections are behind. The hashes in them are literal."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
import yaml
from kunskapsbank import translating
from kunskapsbank.bank import Bank
from kunskapsbank.models.routines import RoutineFile
from kunskapsbank.pages import read_page
from kunskapsbank.validation import validate
from kunskapsbank.yamlsource import read

PAIRS = sorted(path for path in (Path(__file__).parent / "pairs").iterdir())


def bank_of(folder: Path) -> Bank:
    bank = Bank(folder)
    for language in ("sv", "en"):
        bank.pages[language]["R01"] = read_page(folder / f"{language}.md", language, folder)
    bank.routines["R01"] = validate(read(folder / "steps.yml"), RoutineFile)
    return bank


@pytest.mark.parametrize("ends", ["as they are", "of Windows"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda path: path.name)
def test_pair(pair, ends, tmp_path):
    shutil.copytree(pair, tmp_path, dirs_exist_ok=True)
    if ends == "of Windows":
        for path in tmp_path.iterdir():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    bank = bank_of(tmp_path)
    expected = yaml.safe_load((pair / "expected.yml").read_text(encoding="utf-8"))
    found = translating.behind_on(bank, bank.pages["en"]["R01"])
    assert [item.section for item in found] == expected["behind"]
    lines = (pair / "en.md").read_text(encoding="utf-8").split("\n")
    for item in found:
        assert item.on == datetime.date(2026, 1, 5)
        assert lines[item.line - 1].startswith(f"  {item.section}: ")
    assert [fault.text(tmp_path) for fault in translating.check(bank)] == expected["faults"]
