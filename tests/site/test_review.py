"""The build stops for a review that is too late, and the review list's files are offered where they are."""

from __future__ import annotations

import copies
import frozen
import pytest
from icalendar import Calendar
from kunskapsbank import reviewfiles, reviewing
from lxml import html


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Build the site as of a day, everything in it reviewed on 2026-11-23; return what MkDocs says."""
    folder = copies.copy_tree(tmp_path_factory.mktemp("late"))
    frozen.freeze(folder / "docs")

    def run(today):
        made = copies.build(folder, folder / "site", KUNSKAPSBANKEN_TODAY=today, KUNSKAPSBANKEN_LANG="sv")
        return made.returncode, made.stdout + made.stderr, (folder / "site" / "index.html").exists()

    return run


def test_the_build_stops_more_than_thirty_days_late(build):
    code, said, built = build("2027-01-23")
    assert code != 0
    assert "docs/sv/juridik/frister.md:" in said
    assert "the review of J01 was due 2026-12-23, 31 days ago: more than 30 days" in said
    assert "docs/_data/statutes.yml:" in said
    assert "Traceback" not in said
    assert not built


def test_a_wrong_day_stops_it_with_one_line(build):
    code, said, _ = build("soon")
    assert code != 0
    assert "KUNSKAPSBANKEN_TODAY is 'soon', which is no day - write YYYY-MM-DD" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_list_offers_its_files(site, bank, prefix):
    document = html.parse(str(site / prefix / "om" / "granskning" / "index.html")).getroot()
    offered = {link.get("href") for link in document.cssselect("a[download]")}
    names = [reviewfiles.TABLE, reviewfiles.calendar_name(), *(reviewfiles.calendar_name(owner) for owner in reviewing.owners(bank))]
    assert {"../" + name.removeprefix("om/") for name in names} == offered
    whole = Calendar.from_ical((site / prefix / reviewfiles.calendar_name()).read_bytes())
    root = html.parse(str(site / "index.html")).getroot().cssselect("link[rel=canonical]")[0].get("href")
    assert all(str(event["url"]).startswith(root) for event in whole.walk("VEVENT"))
    assert (site / prefix / reviewfiles.TABLE).read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_list_holds_everything_that_is_reviewed_and_to_be_confirmed(site, bank, language):
    folder = site if language == "sv" else site / "en"
    document = html.parse(str(folder / "om" / "granskning" / "index.html")).getroot()
    cells = document.cssselect("td[data-late=cell]")
    items = [item for item in reviewing.items(bank) if item.kind != "law"]
    acts = reviewing.grouped(item for item in reviewing.items(bank) if item.kind == "law")
    assert len(cells) == len(items) + len(acts)
    assert all(cell.text is None for cell in cells), "the page does not know what day it is read"
    tables = document.cssselect(".kb-unsure table")
    assert len(tables) == 7
    for table in tables:
        assert table.get("data-sortable")
        functions = {function.name[language] for function in bank.review.functions}
        assert {row.cssselect("td")[-1].text_content() for row in table.cssselect("tbody tr")} <= functions
