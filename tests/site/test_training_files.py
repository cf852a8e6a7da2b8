"""The file of all questions is whole and safe to build elements from; a stale question warns but does not stop the build."""

from __future__ import annotations

import gzip
import json

import pytest
from copies import build, copy_tree, edit
from lxml import html


def questions(site, language):
    text = (site / "assets" / "training" / f"questions.{language}.js").read_text(encoding="utf-8")
    assert text.startswith("window.kbQuestions=") and text.endswith(";\n")
    return json.loads(text.removeprefix("window.kbQuestions=").removesuffix(";\n"))["modules"]


def nodes(tree):
    yield tree
    for child in tree[2:]:
        if isinstance(child, list):
            yield from nodes(child)


def text_of(tree):
    return "".join(child if isinstance(child, str) else text_of(child) for child in tree[2:])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_question_is_there_once_as_it_stands_on_its_page(site, bank, language):
    modules = questions(site, language)
    assert [module["id"] for module in modules] == list(bank.modules)
    for module in modules:
        page = html.parse(str(site / module["address"] / "index.html")).getroot()
        assert [tree[1]["id"] for tree in module["questions"]] == [question.id for question in bank.modules[module["id"]].quiz]
        for tree in module["questions"]:
            (item,) = page.cssselect(f"li#{tree[1]['id']}")
            assert "".join(text_of(tree).split()) == "".join(item.text_content().split())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_file_holds_only_harmless_elements_and_links_that_lead_somewhere(site, language):
    documents = {}
    links = 0
    for module in questions(site, language):
        for tree in module["questions"]:
            for tag, attributes, *_ in nodes(tree):
                assert tag in {"ol", "ul", "li", "p", "a", "span", "strong", "em", "details", "summary", "div"}
                assert not [name for name in attributes if name.startswith("on") or name in ("style", "src")]
                href = attributes.get("href")
                if href is None or href.startswith("tel:"):
                    continue
                assert ":" not in href and not href.startswith(("/", ".")), href
                path, _, anchor = href.partition("#")
                target = site / path / "index.html"
                if target not in documents:
                    documents[target] = set(html.parse(str(target)).getroot().xpath("//@id"))
                assert not anchor or anchor in documents[target], href
                links += 1
    assert links > 150


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_file_is_light_and_loaded_only_when_asked_for(site, language):
    assert len(gzip.compress((site / "assets" / "training" / f"questions.{language}.js").read_bytes(), 9)) <= 40_000
    for path in site.rglob("*.html"):
        assert 'src="../assets/training' not in path.read_text(encoding="utf-8"), path


def test_the_training_scripts_are_loaded_on_training_pages_alone(built, bank):
    paths = {entry.path: entry.id for entry in bank.ledger.values()}
    for page in built.values():
        loads = {element.get("src").partition("?")[0].rpartition("/")[2] for element in page.document.cssselect("script[src]")}
        ours = {"quiz.js", "progress.js", "mixed.js", "case.js"}
        training = paths[page.address.removeprefix("en/")].startswith("U")
        assert loads & ours == (ours if training else set()), page.address


def test_a_stale_question_warns_in_a_strict_build_and_does_not_stop_it(tmp_path):
    copy_tree(tmp_path)
    edit(tmp_path / "docs/sv/handbok/skyddsbedomning.md", "\nversion: 1\n", "\nversion: 2\n")
    change = 'changes:\n  - {date: 2099-01-01, kind: material, pages: [R03], text: {sv: "Nytt.", en: "New."}}\n'
    edit(tmp_path / "docs/_data/changes.yml", "changes:\n", change)
    run = build(tmp_path, tmp_path / "site", KUNSKAPSBANKEN_LANG="sv")
    assert run.returncode == 0, run.stderr
    assert "Warning: docs/_data/training/U14.yml:" in run.stderr and "'m4-q1' was written for version 1 of R03" in run.stderr
    built = html.parse(str(tmp_path / "site" / "utbildning" / "modul-4" / "index.html")).getroot()
    assert "rutinen ändrad" in built.cssselect("#m4-q1")[0].text_content()
    assert "rutinen ändrad" not in built.cssselect("#m4-q2")[0].text_content()
    listed = html.parse(str(tmp_path / "site" / "om" / "granskning" / "index.html")).getroot()
    assert listed.cssselect('a[href$="utbildning/modul-4/#m4-q1"]')
