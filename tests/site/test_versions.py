"""Dated addresses: every one ever published leads to the page, or to the text as it was, plainly marked; each page shows its history."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import search_part
from copies import copy_tree, edit, environment
from jinja2 import Environment, FileSystemLoader
from kunskapsbank import freezing, history, keeping, versions
from kunskapsbank.models.base import Text
from kunskapsbank.models.changes import Change, ChangeFile
from lxml import html

LEDGER = Path(__file__).parent / "dates.txt"
DATED = [line.split() for line in LEDGER.read_text(encoding="utf-8").splitlines() if line[:1] not in "#"]
OLD = "r/J01/2026-11-23/"


def document(path):
    return html.parse(str(path)).getroot()


def words(element):
    return " ".join(element.text_content().split())


def leads_to(path):
    """The page a dated address goes on to, or the one an older version names as what holds now."""
    page = document(path)
    target = page.get("data-target") or page.cssselect(".kb-superseded a")[0].get("href").removesuffix("index.html")
    assert not target.startswith(("/", "http")), path
    return (path.parent / target / "index.html").resolve()


def test_what_is_published_is_in_the_ledger_and_kept(bank):
    """What scripts/freeze writes belongs together. A line of the ledger is never removed: the next test asks for each."""
    waiting = set(freezing.new_addresses(bank, LEDGER))
    assert len(DATED) >= 82 and len(bank.published.pages) >= 83
    for page_id, state in bank.published.pages.items():
        for span in history.spans(bank, bank.ledger[page_id]):
            if span.version > state.version:
                continue  # entered in the log since the last freeze
            assert f"{page_id} {span.start}" not in waiting, f"{page_id} {span.start} is not in tests/site/dates.txt"
            if keeping.is_kept(page_id):
                for language in ("sv", "en"):
                    kept = keeping.file_of(bank, page_id, span.start, language)
                    assert kept.is_file(), f"{kept} is missing: restore it from the repository"


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_every_dated_address_ever_published_leads_to_the_page_that_holds(site, bank, prefix):
    for page_id, day in DATED:
        path = site / prefix / "r" / page_id / day / "index.html"
        assert path.is_file(), path
        assert leads_to(path) == (site / prefix / bank.ledger[bank.current(page_id)].path / "index.html").resolve(), path
        assert document(path).cssselect('meta[name=robots][content="noindex"]'), path


@pytest.mark.parametrize(("prefix", "said"), [("", "Version {v} gäller sedan {date}."), ("en/", "Version {v} has applied since {date}.")])
def test_for_a_version_in_force_the_page_is_small_and_says_since_when(site, bank, prefix, said):
    for page_id in ("J01", "R08", "X05"):
        span = history.spans(bank, bank.ledger[page_id])[-1]
        path = site / prefix / "r" / page_id / str(span.start) / "index.html"
        said_here = said.format(v=span.version, date=span.start)
        assert f"{page_id} {bank.title(page_id, 'en' if prefix else 'sv')}: {said_here}" in words(document(path).body)
        assert document(path).get("data-from") == str(span.start)
        assert path.stat().st_size < 2000


@pytest.mark.parametrize(
    ("prefix", "marks", "text"),
    [
        (
            "",
            ("Gäller inte längre.", "J01, version 1, som gällde från 2026-11-23. Den ersattes 2026-11-24.", "Räknare för frister."),
            "Räkna den första dagen som dag ett.",
        ),
        (
            "en/",
            (
                "No longer in force.",
                "J01, version 1, which applied from 2026-11-23. It was replaced on 2026-11-24.",
                "A calculator for time limits.",
            ),
            "Count the first day as day one.",
        ),
    ],
)
def test_the_first_version_of_the_time_limits_stands_as_it_was(site, prefix, marks, text):
    """The real case: 23 November 2026 the day of the decision still counted as day one."""
    page = document(site / prefix / OLD / "index.html")
    for mark in marks:
        assert mark in words(page.cssselect("main")[0])
    assert text in words(page.cssselect("article")[0])
    now = site / prefix / "juridik" / "frister" / "index.html"
    assert text not in words(document(now).cssselect("article")[0])
    assert page.cssselect(".kb-print-foot strong")[0].text_content().startswith(marks[0].rstrip("."))
    assert len(page.cssselect("h1")) == 1 and page.get("lang") == (prefix.rstrip("/") or "sv")


def test_nothing_in_an_old_text_can_be_pressed_by_mistake(site):
    """No number to dial, no control, no script: it is to be read. Kept texts that are not published yet are the same."""
    page = document(site / OLD / "index.html")
    assert page.cssselect("script, button, input, select, textarea, form, template, [hidden], [popover], [style]") == []
    texts = list((site.parent / "docs" / keeping.FOLDER).glob("*/*.html"))
    assert len(texts) >= 110
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<(script|button|input|select|textarea|form|template|style|label)\b|\b(hidden|popover|style|on\w+)=", text), (
            path
        )
        assert set(re.findall(r'href="([a-z]+):', text)) <= {"page", "https", "http"}, path


def test_old_texts_are_published_once_and_only_when_something_has_replaced_them(site, bank):
    shown = {path.parent.relative_to(site).as_posix() for path in site.rglob("r/*/*/index.html") if b"kb-superseded" in path.read_bytes()}
    spans = {(entry.id, span) for entry in bank.ledger.values() for span in history.spans(bank, entry)}
    assert shown == {f"{prefix}r/{i}/{span.start}" for i, span in spans if not span.holds for prefix in ("", "en/")}
    assert {OLD.rstrip("/"), "en/" + OLD.rstrip("/")} <= shown


def test_old_texts_are_not_in_sitemap_search_or_the_reader_s_copy(site):
    assert not re.search(r"/r/", (site / "sitemap.xml").read_text(encoding="utf-8"))
    known = json.loads(re.search(r"^self\.kbCopy=(.*);$", (site / "sw.js").read_text(encoding="utf-8"), re.M)[1])
    places = [place for files in known["files"].values() for place, _ in files] + list(known["moved"])
    assert len(places) > 300 and not [place for place in places if "2026-11-2" in place]
    for language in ("sv", "en"):
        pages = search_part.read(site, language)["pages"]
        anchors = {anchor for page in pages for anchor, _ in page["sections"]}
        assert len(pages) > 80 and "per-sida" in anchors
        assert not anchors & {"historik", "sida-j01"} and not [page for page in pages if "r/" in page["address"][:5]]


def test_every_numbered_page_shows_its_history_closed_with_dated_addresses(built, bank, site):
    paths = {entry.path: entry for entry in bank.ledger.values()}
    for page in built.values():
        entry = paths[page.address.removeprefix("en/")]
        events = history.of_page(bank, entry.id)[::-1]
        found = page.document.cssselect("details.kb-history")
        if entry.id in ("START", "SOK"):
            assert found == []
            continue
        (details,) = found
        assert details.get("open") is None
        rows = details.cssselect("li")
        assert [words(row).split(": ", 1)[1] for row in rows] == [event.change.text[page.language] for event in events]
        for row, event in zip(rows, events, strict=True):
            assert str(event.date) in words(row)
            links = [(page.path.parent / link.get("href") / "index.html").resolve() for link in row.cssselect("a")]
            prefix = "" if page.language == "sv" else "en"
            assert links == ([site.resolve() / prefix / "r" / entry.id / str(event.date) / "index.html"] if event.material else [])


@pytest.mark.parametrize(("prefix", "rest"), [("", "sidor har bara sin första utgåva: "), ("en/", "pages have only their first edition: ")])
def test_the_page_of_changes_has_two_views_linked_from_each_other(built, bank, prefix, rest):
    page = built[f"{prefix}om/andringar/"].document
    by_date, by_page = page.cssselect("h2#alla")[0], page.cssselect("h2#per-sida")[0]
    assert by_date.getnext().cssselect('a[href="#per-sida"]') and by_page.getnext().cssselect('a[href="#alla"]')
    assert len(page.cssselect(".kb-changes li")) == len(bank.changes.changes)
    changed = {heading.get("id") for heading in page.cssselect(".kb-changes-by-page h3")}
    more = {page_id for page_id in bank.pages["sv"] if len(history.of_page(bank, page_id)) > 1 and page_id not in ("START", "SOK")}
    assert changed == {f"sida-{page_id.lower()}" for page_id in more} and "sida-j01" in changed
    numbered = len([i for i in bank.pages["sv"] if i not in ("START", "SOK")])
    assert f"{numbered - len(more)} {rest}" in words(page.cssselect(".kb-changes-by-page")[0])


# ---- a later day, made of the pages there are ----


def change(day, kind, *pages):
    return Change(
        date=datetime.date(2027, 1, day), kind=kind, pages=list(pages), text={"sv": "Ändrat <i>så</i>.", "en": "Changed <i>so</i>."}
    )


def later(bank, *changes, **entries):
    """The bank with a few pages and a log of its own, which begins as the real one did."""
    ledger = {page_id: bank.ledger[page_id].model_copy(update=update) for page_id, update in entries.items()}
    return dataclasses.replace(bank, ledger=ledger, changes=ChangeFile(changes=[*changes, bank.changes.changes[-1]]))


def write(bank, folder, site, root):
    for name in ("handbok", "om", "en", "juridik", "kontakter"):
        (folder / name).symlink_to(site / name) if name != "en" else None
    (folder / "en").mkdir()
    for name in ("handbok", "om", "juridik", "kontakter"):
        (folder / "en" / name).symlink_to(site / "en" / name)
    versions.write(bank, folder, Environment(loader=FileSystemLoader(root / "overrides"), autoescape=False), "https://a.example/", "x.css")


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_retired_page_and_one_whose_text_was_not_kept_still_answer(bank, site, root, tmp_path, prefix):
    """R22 is retired with an entry of its own, X05 gets a second and, the same day, a third version."""
    log = [change(9, "material", "X05"), change(9, "material", "X05"), change(5, "editorial", "R22"), change(5, "material", "R22", "R16")]
    bank = later(bank, *log, R22={"state": "retired", "successor": "R16", "title": Text(sv="Uppföljning", en="Follow-up")}, R16={}, X05={})
    bank.ledger["R22"] = type(bank.ledger["R22"]).model_validate(bank.ledger["R22"].model_dump())
    write(bank, tmp_path, site, root)
    now = (site / prefix / "handbok" / "utredning" / "index.html").resolve()
    for day, ended in (("2026-11-23", True), ("2027-01-05", False)):
        path = tmp_path / prefix / "r" / "R22" / day / "index.html"
        text = words(document(path).cssselect("main")[0])
        assert leads_to(path) == now
        assert ("R22 is no longer used. R16" if prefix else "R22 används inte längre. I stället gäller R16") in text
        assert (("It was replaced on 2027-01-05" if prefix else "Den ersattes 2027-01-05") in text) == ended
        # the text of November was kept; the entry of January is the retiring itself
        assert bool(document(path).cssselect("article .kb-steps-list")) == ended
    assert "Ändrat &lt;i&gt;så&lt;/i&gt;" in (tmp_path / "r" / "R22" / "2026-11-23" / "index.html").read_text(encoding="utf-8")
    first = document(tmp_path / prefix / "r" / "X05" / "2026-11-23" / "index.html")
    assert ("was not kept" if prefix else "är inte sparad") in words(first.cssselect("main")[0])
    assert words(first.cssselect("h1")[0]).startswith("X05 ")
    assert "ersion 3" in words(document(tmp_path / prefix / "r" / "X05" / "2027-01-09" / "index.html").body)
    assert sorted(path.name for path in (tmp_path / prefix / "r" / "X05").iterdir()) == ["2026-11-23", "2027-01-09"]


def test_a_link_of_an_old_text_outlives_what_it_led_to(bank):
    """An anchor that is gone is left out, a retired page leads to its successor, an unknown one becomes plain text."""
    bank = later(bank, R22={"state": "retired", "successor": "R16"}, R16={})
    text = '<a href="page:R22#gone">a</a><a href="page:R16#here">b</a><a href="page:R99">c</a><a href="page:START">d</a>'
    made = keeping.settle(text, bank, "en", "../../../../", lambda place: {"here"})
    assert made == (
        '<a href="../../../../en/r/R16/index.html">a</a><a href="../../../../en/r/R16/index.html#here">b</a>'
        '<a >c</a><a href="../../../../en/index.html">d</a>'
    )


def test_freezing_asks_for_the_log_first_then_keeps_the_new_version_once(site, root, bank, tmp_path, capsys):
    """From edit to fault to entry to frozen, on a copy of the repository."""
    shutil.copytree(root / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("decisions", "assets"))
    (tmp_path / "tests" / "site").mkdir(parents=True)
    shutil.copy(LEDGER, tmp_path / "tests" / "site")
    assert freezing.main([str(site), "--root", str(tmp_path)]) == 0, "what is entered in the log since the last release"
    ledger = tmp_path / "tests" / "site" / "dates.txt"
    listed, version = ledger.read_text(encoding="utf-8"), bank.pages["sv"]["R08"].source_meta.version
    before = {path: path.read_bytes() for path in (tmp_path / "docs" / "_data" / "archive").rglob("*.html")}

    def edit(name, old, new):
        path = tmp_path / "docs" / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r} any more: mend this test"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(*arguments):
        code = freezing.main([*arguments, "--root", str(tmp_path)])
        return code, *capsys.readouterr()

    assert run("--check")[0] == 0
    edit("_data/steps/R08.yml", "who: [socialjour]", "who: [socialjour, polis]")
    code, out, error = run(str(site))
    assert code == 1 and "Nothing is frozen" in error
    assert re.match(r"docs/sv/handbok/omedelbart-omhandertagande\.md:\d+: steps .* no material entry in changes\.yml names R08 - ", out)
    edit(
        "_data/changes.yml",
        "changes:\n",
        "changes:\n  - {date: 2027-01-01, kind: material, pages: [R08], text: {sv: Polisen är med., en: The police take part.}}\n",
    )
    edit("sv/handbok/omedelbart-omhandertagande.md", f"\nversion: {version}\n", f"\nversion: {version + 1}\n")
    code, _, error = run("--check")
    assert code == 1 and "2 texts to keep, 1 new dated addresses" in error
    assert run(str(site))[0] == 0
    kept = set((tmp_path / "docs" / "_data" / "archive").rglob("*.html")) - set(before)
    assert {path.relative_to(tmp_path / "docs" / "_data" / "archive").as_posix() for path in kept} == {
        "2027-01-01/R08.sv.html",
        "2027-01-01/R08.en.html",
    }
    assert all(path.read_bytes() == text for path, text in before.items()), "a kept text is never made anew"
    state = (tmp_path / "docs" / "_data" / "published.yml").read_text(encoding="utf-8")
    assert re.search(rf"R08: {{version: {version + 1}, entries: \d+, published_on: 2027-01-01", state)
    assert ledger.read_text(encoding="utf-8") == listed + "R08 2027-01-01\n"
    stamp = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert run(str(site))[0] == 0 and run("--check")[0] == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == stamp, "the second time nothing is written"


def test_the_build_stops_and_the_server_only_warns(tmp_path):
    """The log is written when a change is done: the preview goes on meanwhile."""
    copy_tree(tmp_path, "archive", "decisions")
    edit(tmp_path / "docs/_data/steps/R08.yml", "who: [socialjour]", "who: [socialjour, polis]")
    program = (
        "import sys; sys.path.insert(0, 'scripts'); import hooks; from mkdocs.config import load_config; import mkdocs.exceptions as e\n"
        "hooks.on_startup(command=sys.argv[1], dirty=False); config = load_config('mkdocs.yml')\n"
        "hooks._inner_build = lambda config: False\n"
        "try: hooks.on_config(config)\n"
        "except e.Abort as stopped: print('STOPPED', stopped)\n"
    )
    said = {}
    for command in ("build", "serve"):
        run = subprocess.run(
            [sys.executable, "-c", program, command], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=True,
            env=environment(PYTHONPATH=str(tmp_path / "scripts")),
        )  # fmt: skip
        said[command] = run.stdout + run.stderr
    line = r"docs/sv/handbok/omedelbart-omhandertagande\.md:\d+: steps .* no material entry in changes\.yml names R08 - "
    assert re.search(line, said["build"]) and "STOPPED 1 faults" in said["build"]
    assert re.search("Warning: " + line, said["serve"]) and "STOPPED" not in said["serve"]
