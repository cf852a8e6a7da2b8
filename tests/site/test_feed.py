"""The Atom feeds: read back strictly, and held against the rules of RFC 4287."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

import feedparser
import pytest
from kunskapsbank import feeds
from kunskapsbank.models.changes import Change, ChangeFile
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# 4.1.1, 4.1.2: how often each child may stand in the feed and in an entry.
ONCE = {"feed": {"id", "title", "updated"}, "entry": {"id", "title", "updated"}}
AT_MOST_ONCE = {
    "feed": {"generator", "icon", "logo", "rights", "subtitle"},
    "entry": {"content", "published", "rights", "source", "summary"},
}
# 3.3: a full date and time with a time zone
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGES = [("sv", ""), ("en", "en/")]


def children(element):
    return [child.tag.removeprefix(ATOM) for child in element]


def against_the_rules(data: bytes) -> list[str]:
    """Return what breaks a rule of RFC 4287, in words."""
    feed = etree.fromstring(data)
    wrong = [] if feed.tag == ATOM + "feed" else ["the root is no feed"]
    entries = feed.findall(ATOM + "entry")
    for kind, element in [("feed", feed), *(("entry", entry) for entry in entries)]:
        names = children(element)
        wrong += [f"{kind}: {name} {names.count(name)} times" for name in ONCE[kind] if names.count(name) != 1]
        wrong += [f"{kind}: {name} more than once" for name in AT_MOST_ONCE[kind] if names.count(name) > 1]
        for date in [*element.findall(ATOM + "updated"), *element.findall(ATOM + "published")]:
            wrong += [] if RFC3339.fullmatch(date.text or "") else [f"{kind}: {date.text} is no RFC 3339 date"]
        for name in element.findall(ATOM + "id"):
            wrong += [] if urlsplit(name.text or "").scheme in ("https", "http", "tag") else [f"{kind}: id {name.text} is no IRI"]
        for link in element.findall(ATOM + "link"):
            wrong += [] if link.get("href") else [f"{kind}: a link without href"]
        alternates = [(link.get("type"), link.get("hreflang")) for link in element.findall(ATOM + "link") if link.get("rel") == "alternate"]
        wrong += [f"{kind}: two alternate links of one type"] if len(set(alternates)) < len(alternates) else []
        wrong += [f"{kind}: a category without term" for category in element.findall(ATOM + "category") if not category.get("term")]
        for person in element.findall(ATOM + "author"):
            wrong += [] if [len(person.findall(ATOM + "name"))] == [1] else [f"{kind}: an author without one name"]
    wrong += [] if feed.findall(ATOM + "author") or all(entry.findall(ATOM + "author") for entry in entries) else ["no author"]
    wrong += [] if [link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"] else ["no self link"]
    for entry in entries:
        if not entry.findall(ATOM + "content") and not [link for link in entry.findall(ATOM + "link") if link.get("rel") == "alternate"]:
            wrong.append("an entry with neither content nor alternate link")
    ids = [element.findtext(ATOM + "id") for element in (feed, *entries)]
    return wrong + (["an id stands twice"] if len(set(ids)) < len(ids) else [])


@pytest.fixture(params=LANGUAGES, ids=["sv", "en"])
def feed(request, site):
    language, prefix = request.param
    return language, prefix, (site / prefix / "andringar.xml").read_bytes()


def test_the_feed_is_well_formed_and_holds_to_the_rules(feed):
    language, _, data = feed
    assert against_the_rules(data) == []
    parsed = feedparser.parse(data, sanitize_html=True)
    assert not parsed.bozo and parsed.version == "atom10"
    assert parsed.feed.language == language
    for name in ("id", "title", "updated", "author", "subtitle", "link"):
        assert parsed.feed[name], name
    for entry in parsed.entries:
        assert entry.id and entry.title and entry.updated_parsed and entry.published and entry.link and entry.content[0].value


def test_the_feed_says_what_the_log_says(feed, bank, site):
    language, prefix, data = feed
    parsed = feedparser.parse(data)
    root = parsed.feed.id.removesuffix(f"{prefix}andringar.xml")
    assert root.startswith("http") and root.endswith("/")
    assert [link.href for link in parsed.feed.links] == [f"{root}{prefix}om/andringar/", parsed.feed.id]
    assert len(parsed.entries) == len(bank.changes.changes)
    assert parsed.feed.updated[:10] == str(bank.changes.changes[0].date), "the newest entry, not the clock"
    anchors = re.findall(r'<li id="(\d{4}-\d\d-\d\d-\d+)"', (site / prefix / "om" / "andringar" / "index.html").read_text(encoding="utf-8"))
    for entry, change, anchor in zip(parsed.entries, bank.changes.changes, anchors, strict=True):
        assert entry.updated[:10] == str(change.date)
        assert [tag.term for tag in entry.tags] == [change.kind]
        assert change.text[language] in entry.content[0].value
        assert entry.link == f"{root}{prefix}om/andringar/#{anchor}" and entry.id == f"{root}{prefix}r/X05/#{anchor}"


def test_every_page_and_the_page_of_changes_lead_to_the_feed_of_their_language(built):
    for page in built.values():
        (link,) = page.document.cssselect('head link[rel="alternate"][type="application/atom+xml"]')
        wanted = (page.path.parents[page.address.count("/")] / ("en" if page.language == "en" else "") / "andringar.xml").resolve()
        assert (page.path.parent / link.get("href")).resolve() == wanted, page.address
        assert link.get("title")
        if page.address.endswith("om/andringar/"):
            (seen,) = page.document.cssselect('article a[href$="andringar.xml"]')
            assert (page.path.parent / seen.get("href")).resolve() == wanted


def entry(day, kind, *pages):
    text = {"sv": "Två & <b>tre</b>.", "en": "Two & <b>three</b>."}
    return Change(date=datetime.date(2027, 1, day), kind=kind, pages=list(pages), text=text)


def test_an_entry_keeps_its_id_when_others_are_added_and_signs_are_text(bank, monkeypatch):
    def made(*changes):
        monkeypatch.setattr(bank, "changes", ChangeFile(changes=list(changes)))
        return feeds.text(bank, "sv", "https://a.example/bank/").encode()

    first, second = entry(5, "material", "R08"), entry(5, "editorial", "START", "R09")
    before, after = feedparser.parse(made(first)), feedparser.parse(made(entry(6, "material", "K00"), second, first))
    assert before.entries[0].id == after.entries[2].id == "https://a.example/bank/r/X05/#2027-01-05-1"
    assert [one.id.rpartition("#")[2] for one in after.entries] == ["2027-01-06-1", "2027-01-05-2", "2027-01-05-1"]
    assert "Två &amp; &lt;b&gt;tre&lt;/b&gt;." in after.entries[2].content[0].value
    assert [one.title for one in after.entries][1:] == ["START, R09", f"R08 {bank.title('R08', 'sv')}"]
    assert against_the_rules(made(second, first)) == [] and made(first) == made(first)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (r"<updated>[^<]*</updated>", "<updated>2026-11-23</updated>", "no RFC 3339 date"),
        (r"<author>.*?</author>", "", "no author"),
        (r'<link [^>]*rel="self"/>', "", "no self link"),
        (r"#2026-11-24-1</id>", "#2026-11-23-1</id>", "an id stands twice"),
        (r"</id>", "</id><id>https://a.example/</id>", "id 2 times"),
    ],
)
def test_the_rules_find_what_is_wrong(site, old, new, what):
    data = re.sub(old, new, (site / "andringar.xml").read_text(encoding="utf-8"), flags=re.S, count=1)
    assert [fault for fault in against_the_rules(data.encode()) if what in fault]
