"""A second edition, built from tests/edition: another municipality's bank out of one folder and one setting."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kunskapsbank.bank import Bank, load
from kunskapsbank.check import faults_of
from kunskapsbank.pdf.documents import documents
from kunskapsbank.pdf.documents import html as pdf_html
from lxml import html

REPLACED = "om/lanka.md"
TODAY = datetime.date(2026, 11, 28)  # reviews fall due; this is not what is tested here
# What stays in every edition although it names Stockholm, and why. Places: addresses of the Swedish pages, the English follow;
# None: data that several pages show. "": in that language it is the publisher's name as sources.yml has it, which is allowed.
# A phrase that no longer stands anywhere fails too.
ALLOWED: dict[str, list[tuple[str, str, tuple[str, ...] | None]]] = {
    "the law: a board in Stockholm decides when no other is competent (the act on the 1996 Hague Convention)": [
        ("prövar en nämnd i Stockholm saken", "a board in Stockholm tries the matter", ("handbok/hemlandskontakt/",)),
        ("prövar en nämnd i Stockholm frågan", "a board in Stockholm examines the matter", ("atervandande/centralmyndigheter/",)),
        ("en nämnd i Stockholms kommun frågan", "a board in the municipality of Stockholm decides", ("juridik/behorighet/",)),
        ("tar en nämnd i Stockholms kommun frågan", "a board in the City of Stockholm takes the matter", ("mallar/atervandande/",)),
        ("ta frågan till en nämnd i Stockholms kommun", "to a board in the City of Stockholm", ("atervandande/beslut/",)),
        ("prövar en nämnd i Stockholms kommun", "a board in Stockholm decides", None),
        ("Stockholms kommun som reserv", "Stockholm as fallback", None),
    ],
    "the history: the project of 2010 and its report of 2011 were Stockholm's": [
        ("Socialjouren i Stockholm drev 2010 ett projekt", ") in Stockholm ran a project", ("bakgrund/", "om/")),
        ("Stockholms ungdomsjour", "the Stockholm youth emergency service", ("bakgrund/",)),
        ("Nordvästsjouren", "Nordvästsjouren", ("bakgrund/",)),
        ("Stockholms socialjour var med", "The Stockholm social emergency service", ("bakgrund/norden/",)),
        ("Stockholms socialjour var med", "Stockholm's social emergency service took part", ("handbok/hemlandskontakt/",)),
        ("Stockholms socialjour var med", "Stockholm's social emergency service", ("atervandande/cbss/",)),
        ("Socialjouren i Stockholm var projektpartner", "Stockholm's social emergency service was a project partner", None),
    ],
    "sources by their publishers' names, figures by the place they were counted": [
        ("Stockholms vägledning säger", "Stockholm's guidance says", ("handbok/polis/", "bakgrund/problemomraden/")),
        ("Kunskapsguiden och Stockholms vägledning", "Kunskapsguiden and Stockholm's guidance", ("bakgrund/forslag/",)),
        ("Länsstyrelsen i Stockholm", "the County Administrative Board of Stockholm", ("utbildning/fordjupning/",)),
        ("", "a study by the County Administrative Board of Stockholm", ("utbildning/modul-8/",)),
        ("kommuner i Stockholms län", "municipalities in Stockholm County", ("handbok/barn-som-forsvinner/",)),
    ],
    "the page for editors says how an edition is made": [
        ("removed_areas: [Stockholm]", "removed_areas: [Stockholm]", ("om/redigera/",)),
        *((mark, mark, ("om/redigera/",)) for mark in ("[[local:ort]]", "[[local]]", "[[/local]]")),
        ("bara är sant i Stockholm", "is true in Stockholm alone", ("om/redigera/",)),
    ],
    "an organisation that works for the whole country and sits there": [
        ("sekretariatet i Stockholm", "Secretariat in Stockholm", None),
    ],
}
# Words a reader may search by to find that history; they stand in the search index alone.
SEARCHED = ("statistik människohandel barn Stockholm", "statistics child trafficking Stockholm", "en samordnare för Stockholms län")
LOCAL = re.compile(
    "stockholm|sthlm|sigtuna|sundbyberg|danderyd|nacka\\b|tyresö|värmdö|södertälje|lidingö|solna\\b|ekerö|södersjukhuset|talita|"
    "mikamottagningen|nordvästsjouren|\\[\\[/?local",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory) -> Path:
    """The overlay, with one page replaced in both languages: the base's own text and a line more."""
    made = tmp_path_factory.mktemp("edition") / "overlay"
    shutil.copytree(root / "tests" / "edition", made)
    for language, line in (("sv", "Fråga Exempeljouren om länken."), ("en", "Ask Exempeljouren about the link.")):
        text = (root / "docs" / language / REPLACED).read_text(encoding="utf-8")
        (made / language / REPLACED).parent.mkdir(parents=True)
        (made / language / REPLACED).write_text(text.rstrip() + f"\n\n{line}\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def other(root, folder) -> Path:
    """The second edition's site: the one setting, and the one command that builds."""
    target = folder.parent / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
    environment = {**os.environ, "KUNSKAPSBANKEN_EDITION": str(folder), "KUNSKAPSBANKEN_TODAY": str(TODAY), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="module")
def local_bank(root, folder) -> Bank:
    made = load(root / "docs", folder)
    assert faults_of(made, TODAY) == []
    return made


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page(site: Path, address: str) -> html.HtmlElement:
    return html.parse(str(site / address / "index.html")).getroot()


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_it_has_the_pages_of_the_bank_and_the_contacts_of_its_own(site, other, bank, local_bank):
    def pages(folder: Path) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}

    assert pages(other) == pages(site) and len(pages(other)) > 400
    gone = {contact.id for contact in bank.contacts.values() if contact.area == "Stockholm"}
    new = {contact.id for contact in local_bank.contacts.values() if contact.area == "Exempelköping"}
    assert set(local_bank.contacts) == set(bank.contacts) - gone | new and len(gone) > 15 and len(new) == 6


def test_it_names_its_own_functions(other):
    for address, *expected in (
        ("handbok/tecken/", "Exempeljouren", "Kvällar, nätter och helger i Exempelköping"),
        ("handbok/omedelbart-omhandertagande/", "Förvaltningsrätten i Exempelköping"),
        ("en/handbok/omedelbart-omhandertagande/", "Administrative Court in Exempelköping"),
        ("handbok/ansvarig-kommun/", "Grannjouren i Provby"),
        ("atervandande/", "region Syd"),
        ("juridik/behorighet/", "Fråga kommunens jurister först"),
        ("en/juridik/behorighet/", "Ask the municipality's lawyers first"),
        ("handbok/overlamning/", "Exempelkontoret"),
        ("om/lanka/", "Fråga Exempeljouren om länken."),
        ("en/om/lanka/", "Ask Exempeljouren about the link."),
    ):
        text = words(page(other, address))
        for phrase in expected:
            assert phrase in text, (address, phrase)
    # Three neighbours of the base are one here, and it stands once in the list.
    assert len(page(other, "handbok/ansvarig-kommun/").xpath("//main//h3[contains(., 'Grannjouren i Provby')]")) <= 1
    acute = page(other, "kontakter/akut/")
    assert acute.xpath("//*[@id='exempeljouren']//a[@href='tel:112']")


def test_nothing_of_the_functions_it_removed_is_left(other, bank):
    gone = [contact for contact in bank.contacts.values() if contact.area == "Stockholm"]
    traces = {contact.id for contact in gone if "-" in contact.id}
    traces |= {contact.email for contact in gone if contact.email}
    traces |= {contact.phone.display for contact in gone if contact.phone} | {c.phone.e164 for c in gone if c.phone and c.phone.e164}
    files = [path for path in other.rglob("*") if path.suffix in (".html", ".js", ".vcf", ".xml", ".json", ".csv", ".ics")]
    assert len(traces) > 20 and len(files) > 400
    any_trace = re.compile(r"(?<![\w/-])(?:" + "|".join(map(re.escape, traces)) + r")(?![\w-])")  # no source's address
    for path in files:
        found = any_trace.search(text_of(path))
        assert found is None, (path, found)


def test_its_name_stands_where_the_bank_names_itself(other, local_bank, root):
    assert words(page(other, "").xpath("//a[contains(@class, 'kb-brand')]")[0]) == "Exempelköping"
    for address, name in (("handbok/tecken/", "Kunskapsbanken Exempelköping"), ("en/handbok/tecken/", "The Exempelköping knowledge bank")):
        assert page(other, address).findtext(".//title").endswith(f"– {name}")
    for name in ("404.html", "offline.html", "andringar.xml"):
        assert "Kunskapsbanken Exempelköping" in text_of(other / name)
    manual = documents(local_bank)[0]
    cover = pdf_html(local_bank, other, root / "overrides" / "pdf", manual, datetime.date(2026, 11, 28))
    assert '<p class="brand">Kunskapsbanken Exempelköping</p>' in cover
    assert "Kunskapsbanken Exempelköping, kopia från" in local_bank.strings["package-readme"].sv
    assert {page.source_meta.owner for page in local_bank.pages["sv"].values()} == {"Redaktionen", "Exempeljouren"}


def test_a_local_rule_stands_marked_above_the_first_heading(other):
    for address, title in (("handbok/", "Lokal regel, Exempelköping"), ("en/handbok/", "Local rule, Exempelköping")):
        main = page(other, f"{address}omedelbart-omhandertagande/").find(".//article")
        boxes = [box for box in main.xpath(".//div[contains(@class, 'admonition')]") if title in words(box)]
        assert len(boxes) == 1 and "Exempel" in words(boxes[0])
        assert boxes[0].xpath("count(preceding::h2[ancestor::article])") == 0
        assert boxes[0].xpath(".//a[contains(@href, '#exempeljouren')]")


def test_a_word_that_means_something_else_here_is_explained_where_it_stands(other, local_bank):
    shown = {
        one.address
        for one in local_bank.pages["sv"].values()
        if "Här heter det: stadsdel = Exempelkontoret." in words(page(other, one.address))
    }
    assert "handbok/overlamning/" in shown and not any(address.startswith("bakgrund/") for address in shown)
    assert "What it is called here: district = the Exempel office." in words(page(other, "en/handbok/overlamning/"))


def test_no_stockholm_is_left_but_what_is_true_for_all(other, local_bank):
    names = set()
    for source in local_bank.sources.values():
        for item in (source, source.original):
            names |= {item.title.sv, item.title.en, item.publisher} if item else set()
    addresses = {source.url for source in local_bank.sources.values() if source.url}
    addresses |= {url for contact in local_bank.contacts.values() for url in (contact.web, contact.source_url) if url}
    named = sorted((name for name in names if LOCAL.search(name)), key=len, reverse=True)
    assert named and any("stockholm" in address for address in addresses)
    met, stray = set(), []
    for path in sorted(other.rglob("*.html")):
        if re.search(r"(^|/)r/[a-z]", path.relative_to(other).as_posix()) or not LOCAL.search(text_of(path)):
            continue  # r/r08/ is r/R08/ once more
        address = path.parent.relative_to(other).as_posix() + "/"
        swedish = not address.startswith("en/")
        place = address.removeprefix("en/")
        for element in html.parse(str(path)).getroot().iter():
            texts = [element.text, element.tail] if isinstance(element.tag, str) else []
            texts += [value for value in element.attrib.values() if value not in addresses] if isinstance(element.tag, str) else []
            for text in texts:
                if not text or not LOCAL.search(text):
                    continue
                left = " ".join(text.split())
                for name in named:
                    left = left.replace(name, "")
                for phrases in ALLOWED.values():
                    for sv, en, places in phrases:
                        phrase = sv if swedish else en
                        # A permanent link holds the text of its page once more.
                        if phrase and phrase in left and (places is None or place in places or place.startswith("r/")):
                            left = left.replace(phrase, "")
                            met.add(phrase)
                if LOCAL.search(left):
                    stray.append((address, left))
    assert stray == []
    assert [phrase for phrases in ALLOWED.values() for sv, en, _ in phrases for phrase in (sv, en) if phrase and phrase not in met] == []


def test_no_stockholm_is_left_in_search_cards_and_scripts(other):
    phrases = [phrase for phrases in ALLOWED.values() for sv, en, _ in phrases for phrase in (sv, en)]
    files = [path for path in other.rglob("*") if path.suffix in (".js", ".vcf", ".xml", ".json", ".csv", ".ics")]
    files = [path for path in files if not path.is_relative_to(other / "assets" / "js")]  # the program, which knows the time zone
    assert {".js", ".vcf", ".xml"} <= {path.suffix for path in files}
    for path in files:
        text = text_of(path).replace("\r\n ", "").replace("\n ", "")
        for phrase in (*phrases, *SEARCHED):
            text = text.replace(phrase, "")
        # The index folds its words to small letters; they are those of the texts, which the test above has read.
        found = re.search(".{0,40}(?:Stockholm|Sthlm|Södertälje|Sigtuna|Mikamottagningen).{0,40}", text)
        assert found is None, (path, found)


def test_the_bank_itself_has_nothing_of_the_other(site, built):
    for address, one in built.items():
        text = one.document.text_content()
        assert "Exempelköping" not in text, address
        shown = " ".join(x.text or "" for x in one.document.iter() if x.tag not in ("code", "pre", "script") and isinstance(x.tag, str))
        assert "[[local" not in shown, address
    assert "i Stockholm" in built["handbok/tecken/"].document.text_content()
