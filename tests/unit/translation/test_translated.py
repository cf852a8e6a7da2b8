"""The command scripts/translated on a tiny bank: what it writes, what it leaves, what it says."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from kunskapsbank import translated

from .test_pairs import bank_of

PAIRS = Path(__file__).parent / "pairs"
TODAY = datetime.date(2026, 3, 4)


@pytest.fixture
def pair(tmp_path):
    """Copies a pair and returns what records in it: the lines of the English page that differ afterwards, and what was said."""

    def run(name, named=(), cosmetic=False, change=lambda data: data):
        shutil.copytree(PAIRS / name, tmp_path, dirs_exist_ok=True)
        path = tmp_path / "en.md"
        before = change(path.read_bytes())
        path.write_bytes(before)
        try:
            said = translated.record(bank_of(tmp_path), "R01", list(named), cosmetic, TODAY)
        except ValueError as error:
            assert path.read_bytes() == before, "a refusal writes nothing"
            return str(error), [], []
        old, new = before.split(b"\n"), path.read_bytes().split(b"\n")
        return said, [line for line in old if line not in new], [line for line in new if line not in old]

    return run


def again(tmp_path):
    return translated.record(bank_of(tmp_path), "R01", [], False, TODAY)


def test_what_changed_is_recorded_with_the_day(pair, tmp_path):
    said, old, new = pair("one-section-changed")
    assert said == ["R01 varfor: translated 2026-03-04"]
    ((gone,), (made,)) = old, new
    assert gone.endswith(b" 2026-01-05") and made.startswith(b"  varfor: ") and made.endswith(b" 2026-03-04") and gone[:-10] != made[:-10]
    assert again(tmp_path) == []


def test_a_cosmetic_change_keeps_the_day(pair, tmp_path):
    said, (gone,), (made,) = pair("one-section-changed", ["varfor"], cosmetic=True)
    assert said == ["R01 varfor: still holds, translated 2026-01-05"]
    assert made.endswith(b" 2026-01-05") and made != gone
    assert again(tmp_path) == []


def test_a_named_section_is_dated_anew_and_no_other_is_touched(pair):
    said, old, new = pair("title-changed", ["gor"])
    assert said == ["R01 gor: translated 2026-03-04"]
    assert [line.split()[0] for line in old + new] == [b"gor:", b"gor:"]


def test_nothing_is_written_when_nothing_changed(pair):
    assert pair("unchanged") == ([], [], [])


def windows(data):
    return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")


@pytest.mark.parametrize("change", [windows, lambda data: data.replace(b"\nsynonyms", b"\n\n# a note\nsynonyms").rstrip(b"\n")])
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("one-section-changed", (["varfor"], ["varfor"])),
        ("section-added", ([], ["kallor"])),
        ("section-removed", (["varfor"], [])),
        ("no-record-at-all", ([], ["translates", "intro", "gor", "varfor"])),
    ],
)
def test_every_other_byte_stays(pair, tmp_path, name, lines, change):
    _, old, new = pair(name, change=change)
    assert tuple([line.split(b":")[0].strip().decode() for line in found] for found in (old, new)) == lines
    assert len({line.endswith(b"\r") for line in (tmp_path / "en.md").read_bytes().split(b"\n")[:-1]}) == 1
    assert again(tmp_path) == []


def test_a_blank_line_in_the_records_and_a_field_after_them_do_no_harm(pair, tmp_path):
    _, old, new = pair(
        "one-section-changed",
        change=lambda data: (
            data.replace(b"synonyms: [signs]\n", b"").replace(b"\n  gor:", b"\n\n  gor:").replace(b"\n---\nR", b"\n\nsynonyms: [a]\n---\nR")
        ),
    )
    assert [line.split()[0] for line in old + new] == [b"varfor:", b"varfor:"]
    assert b"05\n  gor: " in (tmp_path / "en.md").read_bytes() and b"04\n\nsynonyms: [a]\n---\n" in (tmp_path / "en.md").read_bytes()


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("unchanged", {"named": ["gor-nu"]}, "R01 has no section 'gor-nu': it has intro, gor, varfor"),
        ("section-added", {"cosmetic": True}, "'kallor' in R01 has no day of translation to keep"),
        (
            "section-added",
            {"change": lambda data: data.replace(b"{#kallor}", b"{#annat}")},
            "the English page of R01 has no section 'kallor': translate it first",
        ),
    ],
)
def test_a_refusal_says_what_to_do(pair, name, options, words):
    assert pair(name, **options)[0].startswith(words)


def test_the_command_refuses_an_id_that_is_none_and_a_tree_it_cannot_read(tmp_path, capsys):
    docs = tmp_path / "docs"
    shutil.copytree(Path(__file__).resolve().parents[3] / "docs", docs)
    assert translated.main(["r08", "--docs", str(docs)]) == 2
    assert "there is no page r08 in docs/sv and en: check the id" in capsys.readouterr().err
    steps = docs / "_data" / "steps" / "R08.yml"
    steps.write_text("routine: [", encoding="utf-8")
    assert translated.main(["R08", "avgor", "--cosmetic", "--docs", str(docs)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("docs/_data/steps/R08.yml:") and "Nothing is recorded" in said.err
