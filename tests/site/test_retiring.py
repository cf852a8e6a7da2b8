"""A page that is retired or moved: its id and every address it had still lead somewhere."""

from __future__ import annotations

import dataclasses
import shutil

import pytest
from jinja2 import Environment, FileSystemLoader
from kunskapsbank import permalinks
from lxml import html


@pytest.fixture
def copy(tmp_path, site):
    shutil.copytree(site / "handbok", tmp_path / "handbok")
    shutil.copytree(site / "en" / "handbok", tmp_path / "en" / "handbok")
    return tmp_path


def only(bank, **changes):
    """The bank with two routines alone, their ledger entries changed."""
    ledger = {page_id: bank.ledger[page_id].model_copy(update=changes.get(page_id, {})) for page_id in ("R16", "R22")}
    return dataclasses.replace(bank, ledger=ledger)


def target(path):
    document = html.parse(str(path)).getroot()
    return (path.parent / document.get("data-target") / "index.html").resolve()


def write(bank, folder, root):
    permalinks.write(bank, folder, Environment(loader=FileSystemLoader(root / "overrides"), autoescape=False))


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_retired_page_leads_to_its_successor(bank, copy, root, prefix):
    for language in ("", "en/"):
        shutil.rmtree(copy / language / "handbok" / "uppfoljning")
    write(only(bank, R22={"state": "retired", "successor": "R16"}), copy, root)
    wanted = (copy / prefix / "handbok" / "utredning" / "index.html").resolve()
    for place in ("r/R22", "r/r22", "handbok/uppfoljning"):
        assert target(copy / prefix / place / "index.html") == wanted, place


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_page_that_moved_answers_at_its_former_address(bank, copy, root, prefix):
    write(only(bank, R22={"former": ["gammal/uppfoljning/"]}), copy, root)
    wanted = (copy / prefix / "handbok" / "uppfoljning" / "index.html").resolve()
    assert target(copy / prefix / "gammal" / "uppfoljning" / "index.html") == wanted
