"""What every built page must have, and must not."""

from __future__ import annotations

import gzip
import itertools
import re
from urllib.parse import urlsplit

LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
}


def test_nothing_is_loaded_from_another_host(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for tag in re.findall(r"<(?:script|link|img|iframe|source|video|audio|object)\b[^>]*>", text):
            if re.search(r'rel="?(canonical|alternate)', tag):
                continue
            assert not re.search(r'(src|href|data)="?(https?:)?//', tag), f"{path}: {tag}"
    for path in [*site.rglob("*.css"), *(site / "assets" / "js").glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", text), path


def test_no_inline_script_style_or_handler(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), path
        assert "<style" not in text and "javascript:" not in text, path
        assert not re.search(r"<[^>]+\s(on[a-z]+|style)=", text), path


def test_one_first_level_heading_and_no_level_skipped(built):
    for page in built.values():
        levels = [int(heading.tag[1]) for heading in page.document.cssselect("main h1, main h2, main h3, main h4")]
        assert levels.count(1) == 1 and levels[0] == 1, page.address
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), page.address


def test_titles_are_unique_and_descriptions_there(built):
    titles = [page.document.findtext(".//title") for page in built.values()]
    assert len(titles) == len(set(titles))
    for page in built.values():
        (description,) = page.document.cssselect("meta[name=description]")
        assert len(description.get("content")) >= 20, page.address


def test_every_page_says_its_status(built, bank):
    paths = {entry.path: entry.id for entry in bank.ledger.values()}
    for page in built.values():
        page_id = paths[page.address.removeprefix("en/")]
        if page_id in ("START", "SOK"):
            continue
        (status,) = page.document.cssselect(".kb-status")
        text = " ".join(status.text_content().split())
        meta = bank.pages["sv"][page_id].source_meta
        words = (
            ("granskad", "granskas senast", "Ej fastställd av verksamheten", "fastställd av")
            if page.language == "sv"
            else ("reviewed", "next review by", "Not approved by the service", "approved by")
        )
        assert text.startswith(f"{page_id} · version {meta.version} · {words[0]} {meta.reviewed_on} · {words[1]} "), page.address
        assert (f"{words[3]} {meta.approved_by}" if meta.approved_by else words[2]) in text, page.address
        assert (words[2] in text) == (not meta.approved_by), page.address


def test_a_page_resting_on_an_act_about_to_change_warns(built, bank):
    for page_id, source in bank.pages["sv"].items():
        changing = {act.id for act in bank.acts.values() if act.warning}
        assert changing, "no act carries a warning: is LVU replaced? then this test needs a new case"
        shown = built[source.address].document.cssselect("#lagen-andras")
        assert bool(shown) == bool(bank.laws_of(source) & changing and page_id not in ("START", "SOK")), page_id


def test_phone_links_can_be_dialled_and_the_acute_pages_hold_only_confirmed_ones(built, bank):
    confirmed = {contact.dial for contact in bank.contacts.values() if contact.number_confirmed}
    known = {contact.dial for contact in bank.contacts.values() if contact.dial}
    for page in built.values():
        for link in page.document.cssselect('a[href^="tel:"]'):
            assert re.fullmatch(r"tel:\+?\d{3,15}", link.get("href")), link.get("href")
            assert link.get("href") in known
            assert link.text_content().split(", ")[0].startswith(("Ring ", "Call ")), "a screen reader says whom the link calls"
            if page.address.removeprefix("en/") in ("", "akut/", "kontakter/akut/"):
                assert link.get("href") in confirmed, f"{page.address}: {link.get('href')}"


def test_a_routine_page_weighs_at_most_100_kilobytes_cold(site, built):
    for page in built.values():
        if not re.match(r"(en/)?handbok/", page.address):
            continue
        files = [page.path]
        for element in page.document.cssselect("link[rel=stylesheet], link[rel=icon], script[src]"):
            files.append((page.path.parent / urlsplit(element.get("href") or element.get("src")).path).resolve())
        weight = sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in set(files))
        assert weight <= 100_000, f"{page.address}: {weight} bytes"


def test_the_search_index_stays_small(site):
    for language in ("sv", "en"):
        size = len(gzip.compress((site / "assets" / "search" / f"{language}.js").read_bytes(), 9))
        assert size <= 200_000, f"{language}: {size} bytes; see the plan for growth in docs/decisions"


def test_nothing_that_is_not_for_readers_is_published(site):
    names = {path.name for path in site.rglob("*")}
    assert not {"_data", "decisions"} & names
    assert not [name for name in names if name.endswith((".yml", ".py", ".map"))]
    assert not list(site.rglob("assets/javascripts")), "the theme's own scripts are left out"


def test_contact_cards_can_be_read_back(site, bank):
    import vobject

    for prefix, language in (("", "sv"), ("en/", "en")):
        folder = site / prefix / "kontakter" / "vcard"
        names = {path.stem for path in folder.glob("*.vcf")}
        assert "sos-112" in names and "talita" not in names, "uncertain contacts are in no card"
        for path in folder.glob("*.vcf"):
            card = vobject.readOne(path.read_text(encoding="utf-8"))
            assert card.fn.value == bank.contacts[path.stem].name[language]
        together = list(vobject.readComponents((site / prefix / "kontakter" / "kontakter.vcf").read_text(encoding="utf-8")))
        assert len(together) == len(names)
