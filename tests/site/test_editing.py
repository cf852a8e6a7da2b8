"""What an editor does, on a staged site built once: a new routine, a page approved, a repository whose editor is linked."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys

import pytest
from copies import build, copy_tree
from kunskapsbank import newpage
from kunskapsbank.bank import load
from kunskapsbank.pdf.documents import Document
from kunskapsbank.pdf.documents import html as assemble
from lxml import html

REPOSITORY = "https://git.example/bank/kunskapsbanken"
FUNCTION = "Enhetschefen för socialjouren"
TITLES = {"sv": "Möta barnet på sjukhus", "en": "Meeting the child at a hospital"}
WORDS = {"sv": ("fastställd av", "Ej fastställd"), "en": ("approved by", "Not approved")}


@pytest.fixture(scope="module")
def staged(root, tmp_path_factory):
    """The site with R08 approved and a new routine just made, as scripts/serve shows it to the one who writes it."""
    copy = copy_tree(tmp_path_factory.mktemp("staged"))
    (copy / "tests" / "site").mkdir(parents=True)
    shutil.copy(root / "tests" / "site" / "published.txt", copy / "tests" / "site")
    page = copy / "docs" / "sv" / "handbok" / "omedelbart-omhandertagande.md"
    text = re.sub(r"(?m)^approved_by: .*$", f'approved_by: "{FUNCTION}"', page.read_text(encoding="utf-8"), count=1)
    page.write_text(text, encoding="utf-8")
    wanted = newpage.Wanted(TITLES)
    newpage.make(copy, wanted, datetime.date.today())
    made = build(copy, copy / "site", KUNSKAPSBANKEN_REPO=REPOSITORY)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "still to be written" in made.stdout + made.stderr, "the writer is reminded of what is left"
    return copy


def page_of(folder, language, address):
    return html.parse(str(folder / "site" / ("" if language == "sv" else "en") / address / "index.html")).getroot()


def status(document):
    (found,) = document.cssselect(".kb-status")
    return " ".join(found.text_content().split())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_routine_stands_on_the_site_in_both_languages(staged, language):
    document = page_of(staged, language, "handbok/mota-barnet-pa-sjukhus")
    assert document.cssselect("h1")[0].text_content() == TITLES[language]
    assert len(document.cssselect("article ol.kb-steps-list > li")) == 1 and document.cssselect("article .kb-decision-box")
    assert ("SKRIV HÄR" if language == "sv" else "WRITE HERE") in document.text_content()
    assert ("WRITE HERE" if language == "sv" else "SKRIV HÄR") not in document.cssselect("article")[0].text_content()
    assert any("sjukhus" in link.get("href") for link in page_of(staged, language, "handbok").cssselect("nav a[href]"))
    new = load(staged / "docs").ledger
    page_id = next(entry.id for entry in new.values() if entry.path == "handbok/mota-barnet-pa-sjukhus/")
    assert page_of(staged, language, f"r/{page_id}").get("data-target").endswith("handbok/mota-barnet-pa-sjukhus/")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_approved_page_names_the_function_and_no_other_page_does(staged, language):
    names, waits = WORDS[language]
    approved, other = (status(page_of(staged, language, f"handbok/{name}")) for name in ("omedelbart-omhandertagande", "tolk"))
    assert f"{names} {FUNCTION}" in approved and waits not in approved
    assert FUNCTION not in other


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_of_an_approved_page_names_the_function_too(staged, root, language):
    bank = load(staged / "docs")
    names, waits = WORDS[language]
    made = [
        assemble(bank, staged / "site", root / "overrides" / "pdf", Document("x.pdf", language, page_id), datetime.date(2026, 11, 24))
        for page_id in ("R08", None)
    ]
    alone, manual = (" ".join(html.fromstring(text).text_content().split()) for text in made)
    assert f"{names} {FUNCTION}" in alone and waits not in alone
    approved = sum(bool(page.source_meta.approved_by) for page in bank.pages["sv"].values())
    of = "av" if language == "sv" else "of"
    assert re.search(rf"\b{approved} {of} \d+ (kapitel|chapters)", manual), "the cover says how many"
    assert ("Föreslå ändring" if language == "sv" else "Suggest a change") not in manual


def suggestion(document):
    (link,) = document.cssselect("a.kb-suggest")
    return link


@pytest.mark.parametrize("language", ["sv", "en"])
def test_suggest_a_change_opens_the_source_of_the_very_page(staged, language):
    for address, source in (("", "index"), ("handbok/tolk", "handbok/tolk"), ("handbok", "handbok/index"), ("sok", "sok/index")):
        href = suggestion(page_of(staged, language, address)).get("href")
        assert href == f"{REPOSITORY}/edit/main/docs/{language}/{source}.md"
        assert (staged / href.partition("edit/main/")[2]).is_file()


def test_where_nothing_is_decided_it_leads_to_what_says_so(built, site):
    for page in built.values():
        href = suggestion(page.document).get("href")
        if not href.startswith(("https://", "mailto:")):
            target, _, anchor = href.partition("#")
            about = built["en/om/" if page.language == "en" else "om/"]
            assert anchor == "fel" and (page.path.parent / target / "index.html").resolve() == about.path.resolve(), page.address


def test_a_person_s_mailbox_stops_the_build_with_one_line(root, tmp_path):
    environment = {
        **os.environ,
        "PYTHONPATH": str(root / "scripts"),
        "NO_MKDOCS_2_WARNING": "1",
        "KUNSKAPSBANKEN_MAILBOX": "anna.berg@kommun.example",
    }
    made = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    said = (made.stdout + made.stderr).strip()
    assert made.returncode != 0 and "Traceback" not in said
    assert re.fullmatch(r"mkdocs\.yml: extra\.suggestions_mailbox: 'anna\.berg@kommun\.example' looks like a person's address - .+", said)
