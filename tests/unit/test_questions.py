"""A routine changes in substance: its questions are found, the editor is warned, the reader sees a mark, the list names them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from kunskapsbank import questions, reviewing
from kunskapsbank.bank import load
from kunskapsbank.check import faults_of, main
from kunskapsbank.rendering import Renderer

ROOT = Path(__file__).resolve().parents[2]
CHANGE = """changes:
  - date: 2099-01-01
    kind: material
    pages: [R03]
    text: {sv: "Ett steg är nytt.", en: "One step is new."}
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The real docs, with one routine (R03) moved on to version 2."""
    docs = tmp_path_factory.mktemp("moved") / "docs"
    shutil.copytree(ROOT / "docs", docs)
    page = next(docs.glob("sv/handbok/skyddsbedomning.md"))
    page.write_text(page.read_text(encoding="utf-8").replace("\nversion: 1\n", "\nversion: 2\n"), encoding="utf-8")
    log = docs / "_data" / "changes.yml"
    log.write_text(log.read_text(encoding="utf-8").replace("changes:\n", CHANGE, 1), encoding="utf-8")
    return docs


@pytest.fixture(scope="module")
def moved(tree):
    return load(tree)


def bound_to(bank, page_id):
    return [item.id for module in bank.modules.values() for item in module.bound() if item.page == page_id]


def test_nothing_is_stale_now(bank):
    assert questions.stale(bank) == []
    assert questions.ahead(bank) == []


def test_every_question_and_scene_of_a_changed_routine_is_found_and_no_other(moved):
    found = questions.stale(moved)
    assert [item.id for item in found] == bound_to(moved, "R03")
    assert {"m4-q1", "m4-s2"} <= {item.id for item in found}
    assert {(item.page, item.written_for, item.version) for item in found} == {("R03", 1, 2)}


def test_the_editor_is_warned_with_the_line_and_nothing_is_stopped(moved, tree, capsys, monkeypatch):
    newest = max(item.checked for item in reviewing.items(moved))
    monkeypatch.setenv("KUNSKAPSBANKEN_TODAY", str(newest))  # nothing else is due
    assert faults_of(moved) == []
    assert main([str(tree)]) == 0
    output = capsys.readouterr()
    assert output.out == ""
    lines = [line for line in output.err.splitlines() if line.startswith("Warning: docs/_data/training/")]
    assert len(lines) == len(bound_to(moved, "R03"))
    for line in lines:
        match = re.fullmatch(
            r"Warning: (docs/_data/training/U\d\d.yml):(\d+): '(m\d-[qs]\d+)' was written for version 1 of R03.* - .+", line
        )
        assert match, line
        source = (tree.parent / match[1]).read_text(encoding="utf-8").split("\n")
        assert source[int(match[2]) - 1].strip() == "page_version: 1"


@pytest.mark.parametrize(("language", "mark"), [("sv", "rutinen ändrad"), ("en", "routine changed")])
def test_the_reader_sees_a_mark_in_words_at_each_such_question(moved, bank, language, mark):
    for what, name, marked in (("quiz", "question", "m4-q1"), ("case", "scene", "m4-s2")):
        element = Renderer(moved, ROOT / "overrides" / "blocks").block(moved.pages[language]["U14"], what, ())
        shown = [part for part in element.iter() if part.get("class", "").split()[:1] == [f"kb-{name}"]]
        assert shown
        for part in shown:
            assert (mark in "".join(part.itertext())) == (part.get("id") in bound_to(moved, "R03")), part.get("id")
        assert marked in [part.get("id") for part in shown]
        plain = Renderer(bank, ROOT / "overrides" / "blocks").block(bank.pages[language]["U14"], what, ())
        assert mark not in "".join(plain.itertext())


def test_the_review_list_names_them(moved, bank):
    element = Renderer(moved, ROOT / "overrides" / "blocks").block(moved.pages["sv"]["X04"], "stale-questions", ())
    links = [link.get("href") for link in element.iter("a") if "#" in link.get("href")]
    assert links == [
        f"../utbildning/modul-{int(name[1:]) - 10}.md#{item.id}"
        for name, module in moved.modules.items()
        for item in module.bound()
        if item.page == "R03"
    ]
    empty = Renderer(bank, ROOT / "overrides" / "blocks").block(bank.pages["sv"]["X04"], "stale-questions", ())
    assert "Ingen fråga väntar" in "".join(empty.itertext())
    for language in ("sv", "en"):
        assert "stale-questions" in [block.name for block in bank.pages[language]["X04"].blocks]


def test_a_version_the_page_has_not_reached_is_a_fault(tree, capsys):
    path = tree / "_data" / "training" / "U15.yml"
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before.replace("page_version: 1", "page_version: 9", 1), encoding="utf-8")
        assert main([str(tree)]) == 1
    finally:
        path.write_text(before, encoding="utf-8")
    (line,) = capsys.readouterr().out.splitlines()
    assert "names version 9 of R13, which is at version 1" in line
