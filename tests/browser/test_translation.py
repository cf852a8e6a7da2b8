"""From a changed Swedish section to the mark at the English one, on screen, on paper, in PDF and in the list, to acknowledged."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re

import pypdfium2
import pytest
from copies import build, copy_tree, edit
from kunskapsbank import searchindex, translated, translating
from kunskapsbank.bank import load
from kunskapsbank.linking import address as address_of
from kunskapsbank.markdown_ext import KunskapsbankExtension
from kunskapsbank.models.base import LANGUAGES
from kunskapsbank.pages import read_page
from kunskapsbank.pdf.documents import MANUAL, Document
from kunskapsbank.pdf.documents import html as document_html
from kunskapsbank.pdf.making import pdf
from kunskapsbank.rendering import Renderer
from kunskapsbank.yamlsource import read_text
from lxml import html
from markdown import Markdown
from pypdf import PdfReader

from .conftest import PHONE, WIDE, served
from .test_axe import RUN, TAGS

R08 = "handbok/omedelbart-omhandertagande/"
CHANGES = (
    ("docs/sv/handbok/omedelbart-omhandertagande.md", "Ett ja kan vara osäkert.", "Ett ja kan vara köpt."),
    ("docs/_data/steps/R08.yml", "Vilket beslut ger skydd i natt?", "Vilket beslut skyddar i natt?"),
    ("docs/sv/handbok/placering.md", "**När:** barnet behöver en trygg plats i natt.", "**När:** barnet behöver en trygg plats."),
    ("docs/_data/forms/M02.yml", '"En mall för varje barn och för varje bedömning."', '"Ett papper för varje barn och varje bedömning."'),
)
LOGGED = """changes:
  - date: 2027-03-01
    kind: editorial
    pages: [R08, R09, M02]
    text: {sv: "Andra ord.", en: "Other words."}
"""
BEHIND = [("R08", "avgor"), ("R08", "varfor"), ("R09", "intro"), ("M02", "fyll-i")]


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The real tree with four Swedish sections changed, built: one in its page, two in their data, one beginning."""
    copy = copy_tree(tmp_path_factory.mktemp("changed"))
    for path, old, new in CHANGES:
        edit(copy / path, old, new)
    edit(copy / "docs" / "_data" / "changes.yml", "changes:\n", LOGGED)
    made = build(copy, copy / "site")
    assert made.returncode == 0, made.stdout + made.stderr
    (copy / "said").write_text(made.stderr, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def staged(changed):
    return load(changed / "docs")


@pytest.fixture(scope="module")
def expected(bank):
    """The sections that are behind in the copy: ours, and those of the real tree, where a translation may wait."""
    return {*BEHIND, *((item.page_id, item.section) for item in translating.behind(bank))}


def on_r08(expected):
    return sum(page_id == "R08" for page_id, _ in expected)


def built(changed, page):
    return html.parse(str(changed / "site" / address_of(page) / "index.html")).getroot()


def test_the_editor_is_warned_and_the_strict_build_goes_on(changed, staged, expected):
    said = (changed / "said").read_text(encoding="utf-8")
    assert said.count("Warning: docs/en/") == len(expected)
    assert "the Swedish text of 'avgor' in R08 has changed since it was translated on 2026-11-2" in said
    assert "then run scripts/translated R08 avgor; add --cosmetic" in said


def test_the_mark_stands_at_each_changed_section_in_english_and_nowhere_else(changed, staged, expected):
    found = set()
    for language in LANGUAGES:
        for page_id, page in staged.pages[language].items():
            for mark in built(changed, page).cssselect(".kb-changed"):
                assert language == "en"
                above = mark.getprevious()
                section = above.get("id") if above is not None and above.tag == "h2" else "intro"
                found.add((page_id, section))
                assert (section == "intro") == (above is None or above.tag == "h1")
    assert found == expected


def test_the_mark_says_since_when_and_leads_to_the_swedish_section(changed, staged):
    page = staged.pages["en"]["R08"]
    mark = built(changed, page).cssselect("#varfor + .kb-changed")[0]
    on = page.translates["varfor"].on
    assert " ".join(mark.text_content().split()) == (
        f"Changed since the translation The Swedish text of this part has changed since it was translated on {on}. "
        "The Swedish text applies: Varför"
    )
    (link,) = mark.cssselect("a")
    assert link.get("hreflang") == link.get("lang") == "sv"
    path, _, anchor = link.get("href").partition("#")
    target = (changed / "site" / address_of(page) / path).resolve() / "index.html"
    assert target == (changed / "site" / R08 / "index.html").resolve()
    assert html.parse(str(target)).getroot().get_element_by_id(anchor).text == link.text == "Varför"
    (link,) = built(changed, staged.pages["en"]["R09"]).cssselect(".kb-changed a")
    assert link.get("href") == "../../../handbok/placering/" and link.text == staged.title("R09", "sv")


def test_the_search_does_not_read_the_mark(changed, staged):
    page = staged.pages["en"]["R08"]
    article = html.tostring(built(changed, page).cssselect("article")[0], encoding="unicode")
    assert "Changed since" in article
    words = [text for section in searchindex.read(page, article).sections for text in (section.heading, *section.text)]
    assert "Why" in words and not any("Changed since" in text or "Swedish text" in text or text == "Varför" for text in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_review_list_names_the_sections(changed, staged, bank, root, expected, language):
    page = staged.pages[language]["X04"]
    table = built(changed, page).cssselect("#oversattningar ~ .kb-stale-translations table")[0]
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in table.cssselect("tbody tr")]
    assert len(rows) == len(expected)
    assert ["R08 " + staged.title("R08", language), "Avgör" if language == "sv" else "Decide", "2026-11-24"] in [
        [*row[:2], row[2].replace("11-23", "11-24")] for row in rows
    ]
    assert ("Sidans inledning" if language == "sv" else "The beginning of the page") in {row[1] for row in rows}
    hrefs = [link.get("href") for link in table.cssselect("td a")]
    assert f"../../{R08}#avgor" in hrefs
    if not translating.behind(bank):
        empty = Renderer(bank, root / "overrides" / "blocks").block(bank.pages[language]["X04"], "stale-translations", ())
        assert ("Ingen översättning väntar" if language == "sv" else "No translation is waiting") in "".join(empty.itertext())


def test_a_reader_sees_it_on_screen_and_on_paper(open_page, changed, root, expected, tmp_path):
    axe = (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    with served(changed / "site") as host:
        for view in (WIDE, PHONE):
            page = open_page(f"{host}en/{R08}", **view)
            marks = page.locator(".kb-changed")
            assert marks.count() == on_r08(expected) and marks.first.is_visible()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.evaluate(axe)
                assert page.evaluate(RUN, TAGS)["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page = open_page(f"{host}en/{R08}")
        page.pdf(path=tmp_path / "x.pdf", format="A4", prefer_css_page_size=True)
        text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(tmp_path / "x.pdf")).split())
        assert text.count("Changed since the translation") == on_r08(expected)
        assert "Why Changed since the translation The Swedish text of this part has changed since it was translated on 2026-11-2" in text


@pytest.mark.parametrize(("page_id", "anchor", "title"), [("R08", "#varfor", "Varför"), ("M02", "", "Mall för skyddsbedömning")])
def test_the_pdf_says_it_too(changed, staged, expected, page_id, anchor, title):
    text = document_html(staged, changed / "site", changed / "overrides" / "pdf", Document("", "en", page_id), datetime.date(2026, 11, 28))
    reader = PdfReader(io.BytesIO(pdf(text, changed / "overrides" / "pdf" / "document.css")))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert words.count("Changed since the translation") == (on_r08(expected) if page_id == "R08" else 1)
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    (link,) = [
        note for note in notes if note.get("/A", {}).get("/URI", "").endswith(f"/r/{page_id}/{anchor}") and "/en/" not in note["/A"]["/URI"]
    ]
    assert title in link["/Contents"]


def test_the_manual_says_it_too(changed, staged, expected):
    text = document_html(staged, changed / "site", changed / "overrides" / "pdf", Document(MANUAL["en"], "en"), datetime.date(2026, 11, 28))
    chapters = html.fromstring(text)
    assert {"R08--avgor", "R08--varfor"} <= {mark.getprevious().get("id") for mark in chapters.cssselect(".kb-changed")}
    assert chapters.cssselect("#R08--varfor + .kb-changed a")[0].get("href").endswith("/r/R08/#varfor")


def test_acknowledged_the_mark_is_gone(changed, staged, root):
    """The Markdown as MkDocs converts it, before and after; the page is not built a second time."""
    bank = dataclasses.replace(staged, pages={language: dict(pages) for language, pages in staged.pages.items()})
    docs, page = changed / "docs", bank.pages["en"]["R08"]

    def marks():
        bank.pages["en"]["R08"] = read_page(page.path, read_text(page.path), "en", docs / "en")
        extension = KunskapsbankExtension()
        extension.renderer = Renderer(bank, root / "overrides" / "blocks")
        extension.begin(bank.pages["en"]["R08"])
        text = Markdown(extensions=["attr_list", "tables", "toc", extension]).convert(page.body)
        return re.findall(r'id="([a-z-]+)"[^>]*>[^<]*</h2>\s*<p class="kb-changed', text)

    assert {"avgor", "varfor"} <= set(marks())
    assert translated.main(["R08", "avgor", "--cosmetic", "--docs", str(docs)]) == 0
    assert "avgor" not in marks() and "varfor" in marks()
    assert translated.record(bank, "R08", [], False, datetime.date(2026, 12, 1))[-1] == "R08 varfor: translated 2026-12-01"
    assert marks() == []
    before, after = page.translates, bank.pages["en"]["R08"].translates
    assert after["avgor"].on == before["avgor"].on and after["avgor"].digest != before["avgor"].digest
    assert after["varfor"].on == datetime.date(2026, 12, 1)
