"""Every id and address ever published answers, in either case, without script too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kunskapsbank.linking import UNNUMBERED
from lxml import html

PUBLISHED = [
    line.split() for line in (Path(__file__).parent / "published.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in "#"
]


def test_the_ledger_of_the_published_is_complete(bank):
    """A page published for the first time is written into published.txt, and stays there for ever."""
    now = {(entry.id, "/" + entry.path) for entry in bank.ledger.values() if entry.state == "published"}
    assert now - {tuple(line) for line in PUBLISHED} == set(), "add these to tests/site/published.txt"


@pytest.mark.parametrize(("page_id", "address"), PUBLISHED)
def test_a_published_id_and_address_still_answer(site, page_id, address):
    for prefix in ("", "en/"):
        assert (site / prefix / address.lstrip("/") / "index.html").exists(), prefix + address
        for name in (page_id, page_id.lower()) if page_id not in UNNUMBERED else ():
            assert (site / prefix / "r" / name / "index.html").exists(), f"{prefix}r/{name}/"


def test_a_permanent_link_leads_to_its_page_by_a_relative_address(site, bank):
    for entry in bank.ledger.values():
        if entry.state != "published" or entry.id in UNNUMBERED:
            continue
        for prefix in ("", "en/"):
            path = site / prefix / "r" / entry.id / "index.html"
            document = html.parse(str(path)).getroot()
            target = document.get("data-target")
            assert not target.startswith(("/", "http"))
            assert (path.parent / target / "index.html").resolve() == (site / prefix / entry.path / "index.html").resolve()


def test_without_script_the_text_and_its_anchors_stand_at_the_permanent_address(site):
    # lxml parses noscript content in the body as elements, as a browser without script does
    document = html.parse(str(site / "r" / "R08" / "index.html")).getroot()
    page = html.parse(str(site / "handbok" / "omedelbart-omhandertagande" / "index.html")).getroot()
    anchors = {element.get("id") for element in page.cssselect("article [id]")}
    assert {"avgor", "lagen", "kallor"} <= anchors
    assert anchors <= {element.get("id") for element in document.cssselect("noscript [id]")}
    for link in document.cssselect("noscript a[href]"):
        href = link.get("href").partition("#")[0]
        if href and ":" not in href:
            assert (site / "r" / "R08" / href).resolve().exists(), href


def test_the_list_is_served_as_json(site, bank):
    for prefix in ("", "en/"):
        listing = json.loads((site / prefix / "r" / "ids.json").read_text(encoding="utf-8"))
        rows = {row["id"]: row for row in listing["pages"]}
        assert set(rows) == {entry.id for entry in bank.ledger.values() if entry.state != "planned"} - set(UNNUMBERED)
        assert rows["R08"]["permanent"] == f"{prefix}r/R08/"
        assert rows["R08"]["address"] == f"{prefix}handbok/omedelbart-omhandertagande/"


def test_the_page_for_linking_lists_them_all_with_copy_buttons(built, bank):
    for prefix in ("", "en/"):
        page = built[f"{prefix}om/lanka/"].document
        copies = {button.get("data-copy") for button in page.cssselect("table button[data-copy]")}
        assert copies == {
            f"{prefix}r/{entry.id}/" for entry in bank.ledger.values() if entry.state == "published" and entry.id not in UNNUMBERED
        }
        assert page.cssselect('a[href$="r/ids.json"]'), "the JSON list is linked"
