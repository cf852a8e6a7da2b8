"""The PDFs of the built site: the manual, the routines, the forms."""

from __future__ import annotations

import datetime
import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from kunskapsbank.pdf.documents import MANUAL, documents, edition, parts
from kunskapsbank.pdf.documents import html as assemble
from kunskapsbank.pdf.forms import fillable
from kunskapsbank.pdf.offering import size
from lxml import html as lxml_html
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NullObject

ROOT = "https://kunskapsbanken.example/"
CHECKER = Path(__file__).with_name("verapdf.py")
LANGUAGES = ("sv", "en")


def verapdf(paths):
    """What veraPDF says of each file. Two processes: it is the slowest test of the files."""
    paths = [str(path) for path in paths]
    halves = [half for half in (paths[::2], paths[1::2]) if half]
    running = [subprocess.Popen([sys.executable, str(CHECKER), *half], stdout=subprocess.PIPE, text=True) for half in halves]
    found = {}
    for process in running:
        answer = json.loads(process.communicate()[0])
        assert process.returncode == 0 and answer["rules"] > 100, "the PDF/UA-1 profile was not read whole"
        found |= answer["files"]
    return found


@pytest.fixture(scope="module")
def made(site, bank):
    """Every PDF there should be, with its place."""
    return {document: site / document.path for document in documents(bank)}


@pytest.fixture(scope="module")
def readers(made):
    """Each PDF opened once: reading the manual takes seconds."""
    return {path: PdfReader(path) for path in made.values()}


@pytest.fixture(scope="module")
def manuals(site, readers):
    return {language: readers[site / MANUAL[language]] for language in LANGUAGES}


def outline(reader):
    """(level, title, index of the page) of every bookmark."""

    def walk(items, level):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, item.title, reader.get_destination_page_number(item)

    return list(walk(reader.outline, 1))


def text_of(page):
    return " ".join(page.extract_text().split())


def elements(reader):
    """Every element of the structure tree."""

    def walk(element):
        element = element.get_object()
        if not hasattr(element, "get") or "/S" not in element:
            return
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from walk(kid)

    return [found for kid in reader.root_object["/StructTreeRoot"]["/K"] for found in walk(kid)]


def test_every_pdf_is_made_and_no_other(site, bank, made):
    assert {path.resolve() for path in made.values()} == {path.resolve() for path in site.rglob("*.pdf")}
    for language in LANGUAGES:
        own = {document.page_id for document in made if document.language == language}
        routines = {i for i, entry in bank.ledger.items() if i[0] in "RT" and entry.state == "published"}
        assert own == {None, "A01", *routines, *fillable(bank)}
    assert set(fillable(bank)) >= {f"M0{n}" for n in range(1, 7)}


def test_verapdf_finds_nothing_against_pdf_ua(made):
    found = verapdf(made.values())
    assert len(found) == len(made)
    assert {path: answer["failed"] for path, answer in found.items() if not answer["clean"] or answer["failed"]} == {}
    assert min(answer["checks"] for answer in found.values()) > 1000, "a file was hardly looked at"


@pytest.mark.parametrize(
    ("key", "clause"), [("/MarkInfo", "6.2-1"), ("/ViewerPreferences", "7.1-10"), ("/Metadata", "7.1-8"), ("/StructTreeRoot", "7.1-11")]
)
def test_verapdf_sees_what_is_missing(site, tmp_path, key, clause):
    writer = PdfWriter(clone_from=site / "pdf" / "M03-sv.pdf")
    writer.root_object[next(name for name in writer.root_object if name == key)] = NullObject()
    writer.write(tmp_path / "broken.pdf")
    (answer,) = verapdf([tmp_path / "broken.pdf"]).values()
    assert not answer["clean"] and any(line.startswith(clause + ":") for line in answer["failed"]), answer


def test_title_language_and_declaration(bank, made, readers):
    for document, path in made.items():
        reader = readers[path]
        wanted = bank.title("R00", document.language) if document.page_id is None else document.page_id
        assert reader.metadata.title.startswith(wanted), path
        assert str(edition(bank, document)) in reader.metadata.title
        assert reader.root_object["/Lang"] == document.language
        assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b'pdfuaid:part="1"' in reader.root_object["/Metadata"].get_data()


def test_every_pdf_is_under_five_megabytes(made):
    assert max(path.stat().st_size for path in made.values()) < 5_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_is_in_the_outline_and_begins_a_page(bank, manuals, language):
    reader = manuals[language]
    marks = outline(reader)
    held = [(1 if page_id == part.pages[0] else 2, page_id) for part in parts(bank, language) for page_id in part.pages]
    assert {page_id for _, page_id in held} >= {i for i, e in bank.ledger.items() if i[0] in "RTJK" and e.state == "published"}
    chapters = [(level, title, page) for level, title, page in marks if re.match(r"[A-Z]\d\d ", title)]
    assert [(level, title) for level, title, _ in chapters] == [(level, f"{i} {bank.title(i, language)}") for level, i in held]
    pages = [page for _, _, page in chapters]
    assert len(set(pages)) == len(pages), "two chapters begin on the same page"
    contents = "".join(text_of(reader.pages[number]) for number in range(1, pages[0]))
    for (_, title, page), (_, page_id) in zip(chapters, held, strict=True):
        text = text_of(reader.pages[page])
        assert title in text[:120], f"{page_id} does not begin its page: {text[:120]}"
        prefix = "" if language == "sv" else "en/"
        assert f"{ROOT}{prefix}r/{page_id}/" in text
        approved = bank.pages["sv"][page_id].source_meta.approved_by
        assert (f"{bank.strings['approved-by'][language]} {approved}" if approved else bank.strings["not-approved"][language]) in text
        word, of = ("Sidan", "av") if language == "sv" else ("Page", "of")
        foot = f"{title} · version {bank.pages['sv'][page_id].source_meta.version}"
        assert foot in text[-250:] and f"{word} {page + 1} {of} {len(reader.pages)}" in text[-250:]
        assert re.search(rf"{re.escape(title)} ?{page + 1}\b", contents), f"the contents give another page for {page_id}"
    headings = {title for level, title, _ in marks if level > 2}
    assert {"Gör så här", "Avgör"} <= headings if language == "sv" else {"Do this", "Decide"} <= headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_says_version_day_and_how_much_is_approved(bank, manuals, language):
    text = text_of(manuals[language].pages[0])
    (document,) = [d for d in documents(bank) if d.path == MANUAL[language]]
    assert f"Version: {edition(bank, document)}" in text
    assert re.search(bank.strings["pdf-made-on"][language] + r": \d{4}-\d\d-\d\d", text)
    held = [page_id for part in parts(bank, language) for page_id in part.pages]
    approved = sum(bool(bank.pages["sv"][page_id].source_meta.approved_by) for page_id in held)
    some = bank.strings["approved-chapters"][language].format(n=approved, all=len(held))
    assert (some if approved else bank.strings["not-approved"][language]) in " ".join(text.split())
    assert bank.title("R00", language) in text


def test_links_lead_somewhere(site, readers):
    broken, inside, permanent = [], 0, 0
    anchors: dict[Path, set[str]] = {}
    for path, reader in readers.items():
        names = set(reader.named_destinations)
        for page in reader.pages:
            for note in page.get("/Annots", []):
                note = note.get_object()
                if note["/Subtype"] != "/Link":
                    continue
                words = note["/Contents"]
                assert words.strip() and ("/A" in note or "--" not in words), f"{path}: {words!r} says nothing"
                if "/Dest" in note:
                    inside += 1
                    if str(note["/Dest"]) not in names:
                        broken.append(f"{path.name}: #{note['/Dest']}")
                    continue
                url = str(note["/A"]["/URI"])
                if not url.startswith(ROOT):
                    assert urlsplit(url).scheme in ("http", "https", "tel", "mailto"), url
                    continue
                permanent += 1
                address, _, fragment = url.removeprefix(ROOT).partition("#")
                target = site / address / "index.html" if address.endswith("/") or not address else site / address
                if target not in anchors:
                    text = target.read_text(encoding="utf-8") if target.is_file() else ""
                    anchors[target] = {html.unescape(name) for name in re.findall(r'\bid="([^"]+)"', text)}
                if not target.is_file() or (fragment and fragment not in anchors[target]):
                    broken.append(f"{path.name}: {url}")
    assert broken == []
    assert inside > 2000 and permanent > 2000


def test_fonts_are_embedded(readers):
    for path, reader in readers.items():
        fonts, seen = set(), set()
        for page in reader.pages:
            listed = page["/Resources"].get("/Font", {})
            for name in set(listed) - seen:
                (child,) = listed[name]["/DescendantFonts"]
                assert "/FontFile2" in child["/FontDescriptor"], f"{path}: {listed[name]['/BaseFont']} is not embedded"
                fonts.add(str(listed[name]["/BaseFont"]).split("+")[1])
            seen |= set(listed)  # a name stands for the same font in the whole file
        assert fonts and fonts <= {f"Liberation-Sans{style}" for style in ("", "-Bold", "-Italic", "-Bold-Italic")}, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_heads_figures_words_and_foreign_words_their_language(manuals, language):
    tree = elements(manuals[language])
    kinds = [element["/S"] for element in tree]
    assert kinds.count("/Table") > 10 and kinds.count("/Figure") >= 2 and kinds.count("/H1") > 50
    for element in tree:
        if element["/S"] == "/TH":
            assert element["/A"]["/Scope"] in ("/Row", "/Column")
        elif element["/S"] == "/Figure":
            assert len(element["/Alt"]) > 20
        elif element["/S"] == "/Table":
            assert any(kid.get_object()["/S"] == "/THead" for kid in element["/K"])
        elif element["/S"] == "/LI":
            assert {kid.get_object()["/S"] for kid in element["/K"]} <= {"/Lbl", "/LBody"}
    other = "en" if language == "sv" else "sv"
    assert sum(element.get("/Lang") == other for element in tree) > 50, "words in the other language are not marked"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_only_works_on_a_screen_is_in_the_manual(bank, site, root, manuals, language):
    (document,) = [d for d in documents(bank) if d.path == MANUAL[language]]
    whole = assemble(bank, site, root / "overrides" / "pdf", document, datetime.date(2026, 11, 24))
    text = " ".join(lxml_html.fromstring(whole).text_content().split())
    held = [page_id for part in parts(bank, language) for page_id in part.pages]
    waiting = sum(not bank.pages["sv"][page_id].source_meta.approved_by for page_id in held)
    cover = waiting == len(held)  # with one chapter approved the cover says how many
    assert len(held) > 40 and text.count(bank.strings["not-approved"][language]) == waiting + cover
    words = ("copy-link", "explain", "vcard", "all-vcards", "filter-count", "pdf-later")
    assert [name for name in words if bank.strings[name][language] in text] == []
    assert not re.search(r"<(button|input|select|textarea|form|script)\b", whole)
    assert manuals[language].get_fields() is None


def test_controls_are_taken_out_and_the_words_around_them_stay(site, bank, tmp_path):
    from xml.etree.ElementTree import tostring

    from kunskapsbank.pdf.chapters import Links, chapter

    page = (site / "handbok" / "tolk" / "index.html").read_text(encoding="utf-8")
    controls = (
        '<p>Före <button type="button">Tryck</button>efter.</p><section hidden><p>Dold</p></section><p role="status">Läge</p>'
        '<form><label>Formulärfråga <input></label></form><label>Ord <input type="checkbox"></label>'
        '<p><a href="x.vcf" download>Kort</a></p><p class="kb-screen">Bara skärm</p><div popover>Ruta</div></article>'
    )
    folder = tmp_path / "handbok" / "tolk"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(page.replace("</article>", controls), encoding="utf-8")
    section = chapter(tmp_path, "R06", Links(bank, ROOT, "sv", frozenset({"R06"})))
    text = " ".join("".join(section.itertext()).split())
    assert "Före efter." in text and "Ord" in text
    for gone in ("Tryck", "Dold", "Läge", "Formulärfråga", "Kort", "Bara skärm", "Ruta"):
        assert gone not in text.split(), gone
    assert not re.search(r"<(button|input|form|script)|\s(hidden|data-|aria-|role|tabindex)", tostring(section, encoding="unicode"))


def test_forms_are_fillable_and_every_field_has_a_name(bank, made, readers):
    for document, path in made.items():
        if document.page_id not in fillable(bank):
            continue
        fields = [field for field in readers[path].get_fields().values() if field.field_type]
        if form := bank.forms.get(document.page_id):
            wanted = sum(len(field.options) or 1 for section in form.sections for field in section.fields)
        else:
            wanted = 2 * sum(len(group.steps) for group in bank.routines[document.page_id].groups)
        assert len(fields) == wanted, path
        assert all(len(field["/TU"]) > 2 for field in fields)


def test_the_acute_page_is_one_sheet(made, readers):
    sheets = [len(readers[path].pages) for document, path in made.items() if document.page_id == "A01"]
    assert sheets == [1, 1]


def test_two_builds_in_two_folders_give_the_same_bytes(site, tmp_path, root):
    script = (
        "import sys; from pathlib import Path; from kunskapsbank.pdf.__main__ import make, documents, _bank\n"
        "wanted = ('pdf/R01-sv.pdf', 'pdf/M03-sv.pdf', 'en/pdf/R00-en.pdf')\n"
        "[make(Path(sys.argv[1]), d) for d in documents(_bank()) if d.path in wanted]"
    )
    copies = []
    for name, seed in (("one", "1"), ("another/place", "2")):
        folder = tmp_path / name
        for path in site.rglob("index.html"):
            copy = folder / path.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        env = {**os.environ, "PYTHONPATH": str(root / "scripts"), "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1763856000"}
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=env, cwd=tmp_path)
        copies.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.pdf")})
    assert len(copies[0]) == 3
    assert copies[0] == copies[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_offer_the_pdfs_with_size_and_day(site, bank, made, language):
    prefix = "" if language == "sv" else "en/"
    page = site / prefix / "om" / "ladda-ner" / "index.html"
    links = {
        (page.parent / a.get("href")).resolve(): " ".join(a.text_content().split())
        for a in lxml_html.parse(str(page)).getroot().cssselect("main a.kb-pdf")
    }
    wanted = {path.resolve(): document for document, path in made.items() if document.language == language}
    assert set(links) == set(wanted)
    for path, text in links.items():
        assert size(path.stat().st_size, language) in text and str(edition(bank, wanted[path])) in text
    for document, path in made.items():
        if document.language == language and document.page_id:
            own = site / prefix / bank.pages[language][document.page_id].address / "index.html"
            (link,) = lxml_html.parse(str(own)).getroot().cssselect(".kb-status a.kb-pdf")
            assert (own.parent / link.get("href")).resolve() == path.resolve()
    assert not [path for path in site.rglob("*.html") if 'class="kb-pdf" data-' in path.read_text(encoding="utf-8")]
