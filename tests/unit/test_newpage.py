"""scripts/new: a whole routine or nothing, on a copy of the real tree."""

from __future__ import annotations

import dataclasses
import datetime
import re
import shutil
from pathlib import Path

import pytest
from kunskapsbank import check, newpage, schemas, unwritten
from kunskapsbank.bank import load

ROOT = Path(__file__).resolve().parents[2]
SV, EN = "Möta barnet på sjukhus", "Meeting the child at a hospital"
TODAY = datetime.date(2027, 1, 15)


@pytest.fixture
def tree(tmp_path):
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (tmp_path / "tests" / "site").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "site" / "published.txt", tmp_path / "tests" / "site")
    return tmp_path


def contents(folder):
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def highest(bank):
    return max(int(page_id[1:]) for page_id in bank.ledger if page_id[0] == "R")


def wanted(**changes):
    return newpage.Wanted(**{"titles": {"sv": SV, "en": EN}, **changes})


def refusal(bank, **changes):
    with pytest.raises(newpage.RefusedError) as caught:
        newpage.plan(bank, ROOT, wanted(**changes), TODAY)
    assert "\n" not in str(caught.value) and " - " in str(caught.value)
    return str(caught.value)


def test_a_new_routine_passes_the_check_and_lists_what_is_to_be_written(tree, bank, capsys):
    before = {name: (tree / name).read_text(encoding="utf-8") for name in ("docs/_data/ids.yml", "docs/_data/changes.yml")}
    page_id, old = f"R{highest(bank) + 1}", f"R{highest(bank)}"
    assert newpage.main(["routine", SV, EN], root=tree) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{page_id} is made.")
    assert check.main([str(tree / "docs")]) == 0
    checked = capsys.readouterr()
    assert checked.out == "", "no faults"

    after = load(tree / "docs")
    assert after.title(page_id, "sv") == SV and after.title(page_id, "en") == EN
    assert list(after.ledger)[list(after.ledger).index(old) + 1] == page_id
    assert after.routines[page_id].groups[0].steps and after.routines[page_id].decisions
    assert [heading.id for heading in after.pages["sv"][page_id].headings] == [
        "gor-sa-har", "avgor", "ring", "lagen", "misstag", "varfor", "kallor",
    ]  # fmt: skip
    assert after.changes.changes[0].pages == [page_id] and after.changes.changes[0].kind == "material"
    assert (tree / "tests/site/published.txt").read_text(encoding="utf-8").endswith(f"\n{page_id} /handbok/mota-barnet-pa-sjukhus/\n")

    for name, text in before.items():
        lines = (tree / name).read_text(encoding="utf-8").splitlines()
        kept = iter(lines)
        assert all(line in kept for line in text.splitlines()), f"{name}: a line was lost or moved"
    left = unwritten.warnings(after)
    assert {fault.path.suffix for fault in left} == {".md", ".yml"} and {fault.path.parent.parent.name for fault in left} >= {"sv", "en"}
    for fault in left:
        assert f"{fault.path.relative_to(tree)}:{fault.line}: {fault.do}" in said, "the writer is told each place"
        assert f"Warning: {fault.path.relative_to(tree)}:{fault.line}: still to be written" in checked.err
    assert schemas.check(tree / "docs") == [], "the steps name their schema, for the editor's program"


@pytest.mark.parametrize("state", ["published", "planned", "retired"])
def test_an_id_is_never_used_again(bank, state):
    number = highest(bank) + 1
    entry = bank.ledger["R22"].model_copy(update={"id": f"R{number}", "state": state, "successor": "R02" if state == "retired" else None})
    copy = dataclasses.replace(bank, ledger={**bank.ledger, entry.id: entry})
    assert newpage.next_id(copy, "R") == f"R{number + 1}"
    assert newpage.next_id(copy, "R", "R57 /handbok/borta/\n") == "R58", "a line in published.txt counts too"
    with pytest.raises(newpage.RefusedError, match="R99 are used"):
        newpage.next_id(copy, "R", "R99 /handbok/borta/\n")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"titles": {"sv": "Använda tolk", "en": EN}}, "the Swedish title 'Använda tolk' is that of R06"),
        ({"titles": {"sv": "använda TOLK", "en": EN}}, "is that of R06"),
        ({"titles": {"sv": SV, "en": "Working with an interpreter"}}, "the English title 'Working with an interpreter' is that of R06"),
        ({"titles": {"sv": "", "en": EN}}, "the Swedish title has 0 characters"),
        ({"titles": {"sv": SV, "en": "x" * 81}}, "the English title has 81 characters"),
        ({"titles": {"sv": "Möta [[R06]]", "en": EN}}, "a character that is not for titles"),
        ({"titles": {"sv": "Möta\tbarnet", "en": EN}}, "a character that is not for titles"),
        ({"titles": {"sv": "!!", "en": EN}}, "is no address"),
        ({"section": "akut"}, "there is no section 'akut'"),
        ({"address": "tolk"}, "the address handbok/tolk/ is, or was, that of R06"),
        ({"address": "../tolk"}, "is no address"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(bank, changes, says):
    assert says in refusal(bank, **changes)


def test_a_file_that_is_there_is_never_overwritten(tree, bank):
    path = tree / "docs" / "en" / "handbok" / "mota-barnet-pa-sjukhus.md"
    path.write_text("Somebody's draft.", encoding="utf-8")
    with pytest.raises(newpage.RefusedError, match=r"docs/en/handbok/mota-barnet-pa-sjukhus\.md is there already"):
        newpage.plan(bank, tree, wanted(), TODAY)


def test_nothing_is_left_half_made(tree, monkeypatch, capsys):
    before = contents(tree)
    write, written = Path.write_text, []

    def fails_at_the_last(path, *arguments, **options):
        written.append(path)
        if path.name == "published.txt":
            raise OSError(28, "No space left on device", str(path))
        return write(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", fails_at_the_last)
        assert newpage.main(["routine", SV, EN], root=tree) == 1
    error = capsys.readouterr().err
    assert re.fullmatch(r"scripts/new: .*published\.txt cannot be written \(No space left on device\) - .+ Nothing was made\.\n", error)
    assert len(written) == 6 and contents(tree) == before


def test_a_page_that_would_not_pass_the_check_is_taken_back(tree, monkeypatch, capsys):
    before = contents(tree)
    monkeypatch.setattr(newpage, "_plain", lambda owner: '""')  # an empty owner is a fault
    assert newpage.main(["routine", SV, EN], root=tree) == 1
    assert "the page would not pass the check: docs/sv/handbok/mota-barnet-pa-sjukhus.md:5: owner is empty" in capsys.readouterr().err
    assert contents(tree) == before


def test_it_asks_for_what_is_missing_when_somebody_is_there_to_answer(monkeypatch, capsys):
    asked = []
    made = []
    monkeypatch.setattr(newpage, "make", lambda root, wanted, today: made.append(wanted))
    monkeypatch.setattr(newpage, "_summary", lambda made, root: "made")

    def answer(question):
        asked.append(question)
        return {"Title in Swedish: ": f" {SV} ", "Title in English: ": EN}.get(question, "atervandande")

    assert newpage.main([], root=ROOT, ask=answer) == 0
    assert len(asked) == 3 and made == [wanted(section="atervandande")]
    assert newpage.main(["routine", SV], root=ROOT, ask=answer) == 0
    assert asked[3:] == ["Title in English: "] and made[1] == wanted(), "only what is missing is asked for"
    capsys.readouterr()

    def leaves(_question):
        raise KeyboardInterrupt

    assert newpage.main([], root=ROOT, ask=leaves) == 1
    assert capsys.readouterr().err == "\nscripts/new: interrupted. Nothing was made.\n"


def test_without_anybody_to_ask_a_missing_title_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", open("/dev/null", encoding="utf-8"))  # noqa: SIM115 - closed with the test
    assert newpage.main(["routine", SV], root=ROOT) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.startswith("scripts/new: the English title is missing - write scripts/new routine")


def test_titles_without_quotation_marks_are_one_line(capsys):
    assert newpage.main(["routine", *SV.split(), *EN.split()], root=ROOT) == 1
    assert capsys.readouterr().err.startswith("scripts/new: there are more than two titles - put each in quotation marks")


def test_the_word_routine_may_be_left_out(monkeypatch, capsys):
    made = []
    monkeypatch.setattr(newpage, "make", lambda root, wanted, today: made.append(wanted))
    monkeypatch.setattr(newpage, "_summary", lambda made, root: "made")
    assert newpage.main([SV, EN], root=ROOT) == 0 and made == [wanted()]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Möta barnet på sjukhus", "mota-barnet-pa-sjukhus"),
        ("Åldersbedömning – vad är nytt?", "aldersbedomning-vad-ar-nytt"),
        ("  6 § LVU  ", "6-lvu"),
        ("Ett två tre " * 10, "ett-tva-tre-ett-tva-tre-ett-tva-tre-ett-tva-tre-ett-tva-tre"),
        ("???", ""),
    ],
)
def test_an_address_has_only_plain_letters(title, expected):
    assert newpage.slug(title) == expected
