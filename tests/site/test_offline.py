"""The package to read offline, as files: every link leads to a file, every page says that it is a copy, the bytes are the same twice."""

from __future__ import annotations

import datetime
import json
import posixpath
import re
import zipfile
from urllib.parse import unquote, urlsplit

import pytest
from kunskapsbank.hosting import bom
from kunskapsbank.offline import package, worker
from lxml import html

ATTRIBUTES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
MOMENT = datetime.datetime(2026, 11, 24, 2, 30, 14, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def unpacked(site):
    with zipfile.ZipFile(site / package.NAME) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def day_of(text):
    return re.search(r"\d{4}-\d\d-\d\d", text)[0]


def test_every_link_in_the_package_leads_to_a_file_and_an_anchor_in_it(unpacked):
    documents = {name: html.fromstring(content) for name, content in unpacked.items() if name.endswith(".html")}
    anchors = {name: {e.get("id") for e in document.iter() if e.get("id")} for name, document in documents.items()}
    broken, checked = [], 0
    for name, document in documents.items():
        for element in document.iter(*ATTRIBUTES):
            url = element.get(ATTRIBUTES[element.tag])
            if url is None or urlsplit(url).scheme or url == "#":
                continue
            checked += 1
            place = unquote(urlsplit(url).path)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), place)) if place else name
            fragment = urlsplit(url).fragment
            if target not in unpacked or (fragment and target in anchors and fragment not in anchors[target]):
                broken.append(f"{name}: {url}")
    assert checked > 5000
    assert broken == []


def test_every_page_says_in_its_language_which_day_it_is_a_copy_of(unpacked, bank):
    day = day_of(unpacked[package.README].decode())
    pages = [name for name in unpacked if name.endswith(".html")]
    assert len(pages) > 150
    for name in pages:
        document = html.fromstring(unpacked[name])
        (said,) = document.cssselect(".kb-from-copy")
        language = "en" if name.startswith(f"{package.FOLDER}/en/") else "sv"
        assert bank.strings["copy-packed"][language].replace("{date}", day) in said.text_content(), name
        for link in said.cssselect("a"):
            assert link.get("href").startswith("http"), name


def test_the_site_itself_says_nothing_of_a_copy(site):
    for path in site.rglob("*.html"):
        assert "kb-from-copy" not in path.read_text(encoding="utf-8"), path


def test_the_read_me_stands_first_and_says_how_to_begin_in_both_languages(site, unpacked):
    with zipfile.ZipFile(site / package.NAME) as archive:
        assert archive.namelist()[0] == package.README
    text = unpacked[package.README].decode("utf-8-sig")
    assert "LÄS MIG" in text and "README" in text and "\r\n" in text and "{" not in text
    places = re.findall(r"kunskapsbanken/\S*index\.html", text)
    assert len(places) == 2 and all(place in unpacked for place in places)


def test_the_package_holds_all_pages_and_files_and_nothing_a_server_needs(site, unpacked):
    names = {name.removeprefix(package.FOLDER + "/").lower() for name in unpacked} - {package.README.lower()}
    everything = {path.relative_to(site).as_posix().lower() for path in site.rglob("*") if path.is_file()}
    left_out = {"404.html", "offline.html", "sw.js", "sitemap.xml", "sitemap.xml.gz", package.NAME, "assets/js/worker.js", bom.NAME}
    assert everything - names == left_out | {name for name in everything if name.startswith("_")}
    assert len({name.lower() for name in unpacked}) == len(unpacked), "some computers cannot tell capitals from small letters"


def test_two_packages_of_one_site_are_the_same_to_the_byte(bank, tmp_path):
    """Packed from files written in another order, with other times and rights."""
    made = []
    pages = {"index.html": "sv", "en/index.html": "en", "om/index.html": "sv", "r/R08/index.html": "sv", "r/r08/index.html": "sv"}
    for number, names in enumerate((list(pages), list(reversed(pages)))):
        site = tmp_path / str(number)
        for name in names:
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'<link rel="canonical" href="https://a.example/"><body><header></header>{pages[name]}', encoding="utf-8")
            path.chmod(0o600 if number else 0o644)
        package.pack(bank, site, MOMENT)
        made.append((site / package.NAME).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "0" / package.NAME) as archive:
        assert archive.namelist() == [package.README, *(f"kunskapsbanken/{n}" for n in sorted(set(pages) - {"r/r08/index.html"}))]
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 24, 2, 30, 14)}


def test_packing_again_gives_the_package_again(bank, site, tmp_path):
    """The package of the built site: its own offer on the page must not change what is packed."""
    with zipfile.ZipFile(site / package.NAME) as archive:
        moment = datetime.datetime(*archive.infolist()[0].date_time, tzinfo=datetime.UTC)
        kept = archive.read("kunskapsbanken/om/ladda-ner/index.html").decode()
    assert kept.count(bank.strings["package-here"].sv) == 1 and "kb-package" not in kept
    text = package.page(bank, site, "handbok/index.html", (site / "handbok" / "index.html").read_text(encoding="utf-8"), moment.date())
    with zipfile.ZipFile(site / package.NAME) as archive:
        assert archive.read("kunskapsbanken/handbok/index.html").decode() == text


@pytest.mark.parametrize(("prefix", "words"), [("", "kopia från"), ("en/", "copy from")])
def test_the_page_offers_the_package_with_size_and_date(site, unpacked, prefix, words):
    document = html.parse(str(site / prefix / "om" / "ladda-ner" / "index.html")).getroot()
    (link,) = document.cssselect("a.kb-package")
    size = (site / package.NAME).stat().st_size / 1e6
    shown = re.search(r"\(zip, (\d+[.,]\d) MB, " + words + r" (\d{4}-\d\d-\d\d)\)", link.text_content())
    assert abs(float(shown[1].replace(",", ".")) - size) <= 0.05
    assert shown[2] == day_of(unpacked[package.README].decode())
    assert posixpath.normpath(posixpath.join(prefix + "om/ladda-ner", link.get("href"))) == package.NAME


# ---- the copy in the browser ----


@pytest.fixture(scope="module")
def known(site):
    return json.loads(re.search(r"^self\.kbCopy=(.*);$", (site / "sw.js").read_text(encoding="utf-8"), re.M)[1])


def test_the_copy_knows_every_page_and_what_the_pages_load(site, bank, known):
    for language in ("sv", "en"):
        places = [place for place, _ in known["files"][language]]
        assert len(places) == len(set(places))
        assert {worker.address(page) for page in bank.pages[language].values()} <= set(places)
        loaded = set()
        for place in places:
            path = worker._file(site, place)
            assert path.is_file(), place
            if path.suffix == ".html":
                for element in html.parse(str(path)).getroot().cssselect("script[src], link[rel=stylesheet], link[rel=icon]"):
                    url = urlsplit(element.get("src") or element.get("href")).path
                    loaded.add((path.parent / url).resolve().relative_to(site.resolve()).as_posix())
        assert loaded <= set(places)
        assert {f"assets/search/{language}.js", f"assets/search/{language}-text.js"} <= set(places) and "assets/search/engine.js" in places
        other = "en" if language == "sv" else "sv"
        assert not [place for place in places if place.startswith((f"assets/search/{other}.", f"assets/search/{other}-"))], (
            "nothing of the other language"
        )
        assert not [p for p in places if p.startswith("r/") or "/r/" in p or p.endswith((".pdf", ".vcf", ".zip", ".json"))]


def test_the_digests_are_those_of_the_site_as_it_stands(site, bank, known):
    """Fails when a page was changed after sw.js was written: the copy would fetch it for ever."""
    assert worker.data(bank, site, ("sv", "en")) == known


def test_the_essentials_are_saved_first(known, bank):
    pages = [place for place, _ in known["files"]["sv"] if place == "" or place.endswith("/")]
    assert pages[:3] == ["akut/", "kontakter/akut/", "kontakter/"]
    routines = [worker.address(bank.pages["sv"][f"R{n:02}"]) for n in range(23)]
    assert set(routines) <= set(pages[: len(worker.FIRST) + 23])


def test_every_permanent_link_leads_to_its_page(site, known):
    for path in site.rglob("r/*/index.html"):
        here = path.parent.relative_to(site).as_posix() + "/"
        page = html.parse(str(path)).getroot()
        there = posixpath.normpath(posixpath.join(here, page.get("data-target"))) + "/"
        assert known["moved"][here.lower()] == [there] if not page.get("data-replaced") else [there, page.get("data-replaced")]


def test_a_copy_stays_small(site, bank):
    for language in ("sv", "en"):
        assert worker.weight(bank, site, language) < 8_000_000
    assert (site / package.NAME).stat().st_size < 30_000_000


def test_only_the_page_of_the_switch_knows_of_the_worker(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name != "ladda-ner":
            assert "offline.js" not in text, path
    scripts = [path for path in site.rglob("*.js") if "serviceWorker" in path.read_text(encoding="utf-8")]
    assert [path.name for path in scripts] == ["offline.js"]


def test_a_publisher_can_take_all_copies_back(bank, tmp_path, monkeypatch):
    monkeypatch.setenv("KUNSKAPSBANKEN_COPIES", "removed")
    worker.write(bank, tmp_path, ())
    assert 'self.kbCopy={"removed":true};' in (tmp_path / "sw.js").read_text(encoding="utf-8")
    assert not worker.allowed()
