"""Both languages: same paths, same heading ids, lang, hreflang, sitemap, one 404 for both."""

from __future__ import annotations

from lxml import etree, html

XHTML = "{http://www.w3.org/1999/xhtml}link"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_every_page_stands_in_both_languages(built, bank):
    swedish = {address for address in built if not address.startswith("en/")}
    english = {address.removeprefix("en/") for address in built if address.startswith("en/")}
    assert swedish == english
    assert swedish == {entry.path for entry in bank.ledger.values() if entry.state == "published"}


def test_lang_is_the_language_of_the_text(built):
    for page in built.values():
        assert page.document.get("lang") == page.language, page.address


def test_heading_ids_are_the_same_in_both_languages(built):
    def ids(page):
        return [element.get("id") for element in page.document.cssselect("article [id], main > [id]")]

    for address, page in built.items():
        if page.language == "sv":
            ours, theirs = ids(page), ids(built["en/" + address])
            if "kb-glossary" in html.tostring(page.document).decode():
                ours, theirs = sorted(ours), sorted(theirs)  # terms stand in each language's own alphabetical order
            assert ours == theirs, address


def test_switch_leads_to_the_same_page_by_a_relative_address(built):
    for page in built.values():
        (link,) = page.document.cssselect("a[data-language]")
        assert not link.get("href").startswith(("/", "http"))
        target = (page.path.parent / link.get("href")).resolve() / "index.html"
        other = page.address.removeprefix("en/") if page.language == "en" else "en/" + page.address
        assert target == built[other].path.resolve()
        assert link.get("hreflang") == link.get("lang") == ("sv" if page.language == "en" else "en")


def test_hreflang_names_both_languages_and_itself(built):
    for page in built.values():
        base = page.address.removeprefix("en/")
        found = {link.get("hreflang"): link.get("href") for link in page.document.cssselect("link[rel=alternate][hreflang]")}
        root = found["x-default"].removesuffix(base)
        assert found == {"sv": root + base, "en": root + "en/" + base, "x-default": root + base}, page.address
        (canonical,) = page.document.cssselect("link[rel=canonical]")
        assert canonical.get("href") == found[page.language]


def test_sitemap_lists_every_page_with_its_twin(site, built):
    tree = etree.parse(str(site / "sitemap.xml"))
    addresses = {}
    for url in tree.getroot():
        addresses[url.find(f"{MAP}loc").text] = {link.get("hreflang"): link.get("href") for link in url.findall(XHTML)}
    root = min(addresses, key=len)
    assert {address.removeprefix(root) for address in addresses} == set(built)
    for links in addresses.values():
        assert set(links) == {"sv", "en"}
        assert set(links.values()) <= set(addresses)


def test_404_speaks_both_languages_and_stands_once(site):
    document = html.parse(str(site / "404.html")).getroot()
    assert not (site / "en" / "404.html").exists()
    assert [section.get("lang") for section in document.cssselect("section")] == ["sv", "en"]
    assert "Sidan finns inte" in document.text_content() and "The page does not exist" in document.text_content()


def test_terms_in_another_language_say_which(built):
    found = [em for page in built.values() if page.language == "en" for em in page.document.cssselect("article em")]
    assert len(found) > 100
    assert {em.get("lang") for em in found} <= {"sv", "da"}
    assert not [em for page in built.values() if page.language == "sv" for em in page.document.cssselect("article em[lang]")]


def test_no_swedish_text_in_english_pages(built):
    """A missing translation shows as words no English text has."""
    for page in built.values():
        if page.language == "en":
            for element in page.document.cssselect("main *, nav *, footer *, header *"):
                if element.xpath("ancestor-or-self::*[@lang='sv']") or element.tag in ("em", "i", "a", "code"):
                    continue
                if element.xpath("ancestor::ul[contains(@class, 'kb-sources-list')]"):  # titles and publishers in their own language
                    continue
                words = set((element.text or "").lower().split())
                assert not words & {"och", "att", "inte", "eller", "från", "barnet"}, f"{page.address}: {element.text!r}"
