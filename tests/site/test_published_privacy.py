"""The same scan over what is published: pages, data, cards, and the text of every PDF."""

from __future__ import annotations

import gzip
import re

import pypdfium2
import pytest
from kunskapsbank import privacy

PUBLISHED = {".html", ".js", ".json", ".vcf", ".ics", ".csv", ".xml", ".txt", ".css", ".svg", ".webmanifest", ".conf"}
KNOWN_OTHERS = {".pdf", ".zip", ".gz", ".png", ".ico", ".woff2", ".br"}


@pytest.fixture(scope="module")
def known(bank):
    return privacy.registered_phones(bank)


def faults(path, text, known):
    return list(privacy.faults_in(path, text, known))


def test_nothing_published_is_about_one_person(site, known):
    """The package to read offline holds the same files once more; only their links differ."""
    found, read = [], {}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        if path.suffix in PUBLISHED or not path.suffix:
            text = path.read_text(encoding="utf-8")
        elif path.suffixes[-2:] == [".xml", ".gz"]:
            text = gzip.decompress(path.read_bytes()).decode()
        else:
            assert path.suffix in KNOWN_OTHERS, f"{path}: is it text? then it is to be read"
            continue
        read[path.suffix] = read.get(path.suffix, 0) + 1
        if path.suffix == ".html":
            # What a reader sees: marks between the figures of a number must not hide it.
            text += "\n" + re.sub(r"<[^>]+>", "", text)
        found += faults(path, text, known if path.suffix in (".html", ".vcf") else None)
    assert read[".html"] > 400 and read[".vcf"] > 100 and read[".js"] > 20
    assert [fault.text(site) for fault in found] == []


def test_no_pdf_is_about_one_person(site, known):
    found, sheets = [], 0
    files = sorted(site.rglob("*.pdf"))
    for path in files:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            sheets += 1
            found += faults(path, page.get_textpage().get_text_range(), known)
        assert not document.get_metadata_value("Author") or "@" not in document.get_metadata_value("Author")
        document.close()
    assert len(files) > 60 and sheets > 200, (len(files), sheets)
    assert [fault.text(site) for fault in found] == []
