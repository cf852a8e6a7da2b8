"""Laying out and tagging, on small documents."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from kunskapsbank.pdf import offering
from kunskapsbank.pdf.making import pdf
from pypdf import PdfReader

SHORT_PAGES = """@page { size: 80mm 40mm; margin: 5mm; @bottom-left { content: 'foot' } }
p, li { font: 10pt/1.4 'Liberation Sans'; orphans: 1; widows: 1 }"""


@pytest.fixture
def stylesheet(tmp_path: Path) -> Path:
    path = tmp_path / "small.css"
    path.write_text(SHORT_PAGES, encoding="utf-8")
    return path


def page(body: str) -> str:
    return f'<!doctype html><html lang="sv"><title>Prov</title><body>{body}</body></html>'


def made(body: str, stylesheet: Path) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(page(body), stylesheet)))


def tree(reader: PdfReader):
    def walk(element):
        element = element.get_object()
        if hasattr(element, "get") and "/S" in element:
            yield element
            for kid in element.get("/K", []):
                yield from walk(kid)

    return list(walk(reader.root_object["/StructTreeRoot"]["/K"][0]))


def kinds(reader: PdfReader) -> list[str]:
    return [element["/S"] for element in tree(reader)]


def test_text_over_a_page_break_is_one_element(stylesheet):
    reader = made(f"<h1>Rubrik</h1><p>{'ord ' * 150}</p><ul>{'<li>en punkt i listan</li>' * 12}</ul>", stylesheet)
    assert len(reader.pages) > 2
    found = kinds(reader)
    assert found.count("/P") == 1 and found.count("/L") == 1 and found.count("/LI") == 12 and found.count("/LBody") == 12


def test_a_table_over_a_page_break_keeps_its_heads(stylesheet):
    rows = "<tr><th scope=row>rad</th><td>värde</td></tr>" * 14
    found = tree(made(f"<table><thead><tr><th scope=col>A</th><th scope=col>B</th></tr></thead><tbody>{rows}</tbody></table>", stylesheet))
    heads = [element for element in found if element["/S"] == "/TH"]
    assert len([e for e in found if e["/S"] == "/Table"]) > 1
    assert {element["/A"]["/Scope"] for element in heads} == {"/Row", "/Column"}
    assert all(element["/K"] for element in heads), "a repeated head lost its words"


def test_the_foot_is_no_text_of_the_document(stylesheet):
    reader = made("<p>Text</p>", stylesheet)
    content = reader.pages[0].get_contents().get_data()
    assert content.count(b"MCID") == 1 and re.search(rb"/Artifact\s+BMC", content)


def test_a_part_in_another_language_says_so(stylesheet):
    assert [e["/Lang"] for e in tree(made('<p>Ordet <span lang="en">child</span>.</p>', stylesheet)) if "/Lang" in e] == ["en"]


def test_a_link_says_in_words_what_it_leads_to(stylesheet):
    body = '<h1 id="a">Rubrik</h1><p><a href="#a">till rubriken</a> <a href="tel:112" title="Ring SOS Alarm 112, 112">112</a></p>'
    notes = [note.get_object() for note in made(body, stylesheet).pages[0]["/Annots"]]
    assert [note["/Contents"] for note in notes] == ["till rubriken", "Ring SOS Alarm 112, 112"]
    assert all(note["/F"] == 4 for note in notes)


@pytest.mark.parametrize(
    "body", ['<p><a href="#nowhere">x</a></p>', '<p id="a">x</p><p id="a">y</p>', '<img src="https://example.org/x.png" alt="x">']
)
def test_what_the_library_complains_about_stops_the_build(stylesheet, body):
    with pytest.raises(ValueError):
        pdf(page(body), stylesheet)


def test_a_pdf_that_cannot_be_made_stops_the_build_with_one_line(tmp_path, root):
    env = {**os.environ, "PYTHONPATH": str(root / "scripts"), "SOURCE_DATE_EPOCH": "1763856000"}
    result = subprocess.run([sys.executable, "-m", "kunskapsbank.pdf", str(tmp_path)], capture_output=True, text=True, env=env)
    assert result.returncode != 0
    assert "could not be made" in result.stderr and "index.html" in result.stderr and "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr


def test_a_pdf_that_was_not_made_is_never_offered(bank, tmp_path):
    (tmp_path / "index.html").write_text('<span class="kb-pdf" data-label="R08" data-pdf="pdf/R08-sv.pdf">R08</span>', encoding="utf-8")
    with pytest.raises(ValueError, match=r"pdf/R08-sv\.pdf"):
        offering.offer(bank, tmp_path, {})


@pytest.mark.parametrize(
    ("number", "language", "words"), [(95_400, "sv", "95 kB"), (2_650_000, "sv", "2,6 MB"), (2_650_001, "en", "2.7 MB"), (10, "sv", "1 kB")]
)
def test_size_in_words(number, language, words):
    assert offering.size(number, language) == words
