"""The review list: in the terminal, as CSV and as calendars, each read back; and who confirms what."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import subprocess
from pathlib import Path

import frozen
import pytest
from icalendar import Calendar
from kunskapsbank import confirming, reviewfiles, reviewing
from kunskapsbank.bank import load
from kunskapsbank.reviewlist import main

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://example.org/bank/"


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The real docs, everything reviewed on 2026-11-23 but J01 and the contacts for the police, a month later."""
    docs = frozen.copy(ROOT / "docs", tmp_path_factory.mktemp("tree") / "docs")
    page = docs / "sv" / "juridik" / "frister.md"
    page.write_text(page.read_text("utf-8").replace("reviewed_on: 2026-11-23", "reviewed_on: 2026-12-20"), "utf-8")
    return docs


@pytest.fixture(scope="module")
def bank(tree):
    return load(tree)


@pytest.fixture
def review(tree, bank, capsys, monkeypatch):
    """Run scripts/review on a day; return code, lines of the list, lines of complaint."""

    def run(*arguments, today="2027-01-10", columns=None, fresh=False):
        if not fresh:
            monkeypatch.setattr("kunskapsbank.reviewlist.load", lambda _docs: bank)  # read once for all
        monkeypatch.setenv("KUNSKAPSBANKEN_TODAY", today)
        monkeypatch.delenv("COLUMNS", raising=False)
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
        code = main([str(tree), *arguments])
        output = capsys.readouterr()
        return code, output.out.splitlines(), output.err.splitlines()

    return run


def ids(lines, kind):
    return [match[1] for line in lines if (match := re.match(rf"  \d{{4}}-\d\d-\d\d  .*? {kind} +\w+ +([\w-]+): ", line))]


def test_every_provision_that_is_late_is_listed_though_the_check_groups_them(review, bank):
    code, lines, complaints = review()
    assert (code, complaints) == (0, [])
    assert ids(lines, "law") == list(bank.provisions)
    late = [page.meta.id for page in bank.pages["sv"].values() if page.source_meta.review_every == 1 and page.meta.id != "J01"]
    assert sorted(ids(lines, "page")) == sorted([*late, "J01"])
    at = lines.index(f"Overdue: {len(late) + len(bank.provisions)}")
    assert all("18 days over" in line for line in lines[at + 1 : at + 1 + len(late) + len(bank.provisions)])
    assert "Due within 30 days: 1" in lines
    assert not any(line.startswith("  2027-11-23") for line in lines), "what is not due soon needs --all"


def test_progress_counts_what_was_reviewed_since_a_day(review, bank):
    number = len(bank.pages["sv"])
    lines = review()[1]
    assert "Progress: reviewed since 2026-12-11" in lines
    assert any(re.fullmatch(rf"  pages +1 of {number} +\[-{{40}}\] +1 %", line) for line in lines)
    lines = review("--since", "2026-11-23")[1]
    assert any(re.fullmatch(rf"  pages +{number} of {number} +\[#{{40}}\] 100 %", line) for line in lines)
    owners = {function.name.sv for function in reviewing.owners(bank)}
    assert owners <= {line.split()[0] for line in lines if " of " in line}


def test_the_exit_code_says_when_the_build_stops(review):
    assert review(today="2026-11-28")[0] == 0
    assert review(today="2027-01-22")[0] == 0
    code, lines, _ = review(today="2027-01-23")
    assert code == 1
    assert any(line.startswith("Stops the build") for line in lines)
    assert review("--owner", "Socialjouren", today="2027-01-23")[0] == 0, "nothing of theirs is that late"


def test_it_follows_the_width_and_pipes_plainly(review):
    for columns in (40, 60, 100):
        lines = review(columns=columns)[1]
        assert max(len(line) for line in lines if line.startswith("  ")) <= columns
        assert any(line.endswith("…") for line in lines)
    lines = review()[1]
    assert not any(line.endswith("…") for line in lines), "nothing is cut for another program"
    assert "\033" not in "".join(lines)


def test_an_owner_sees_only_what_it_owns_and_confirms(review, bank):
    _, lines, _ = review("--owner", "socialjouren", "--all")
    owned = [i for i in reviewing.items(bank) if i.owner.sv == "Socialjouren"]
    assert sorted(ids(lines, "page") + ids(lines, "quiz")) == sorted(item.id for item in owned)
    assert ids(lines, "law") == ids(lines, "contact") == []
    mine = [fact for fact in confirming.waiting(bank) if fact.by.sv == "Socialjouren"]
    assert f"To be confirmed: {len(mine)}" in lines
    assert sum(line.startswith("    ") for line in lines) == len(mine)
    assert not any("[[" in line for line in lines), "references are written out"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [(["--owner", "Nobody"], "there is no function 'Nobody' - write one of: Redaktionen"), (["--since", "soon"], "--since is 'soon'")],
)
def test_a_wrong_question_gets_one_line(review, arguments, what):
    code, lines, complaints = review(*arguments)
    assert (code, lines) == (2, [])
    assert len(complaints) == 1
    assert what in complaints[0]


def test_data_that_cannot_be_read_says_what_to_mend(review, tree):
    path = tree / "_data" / "review.yml"
    before = path.read_text("utf-8")
    try:
        path.write_text(before.replace("months: 3", "months: tre"), "utf-8")
        code, lines, complaints = review(fresh=True)
    finally:
        path.write_text(before, "utf-8")
    assert (code, lines) == (2, [])
    assert re.match(r"docs/_data/review.yml:\d+: contacts.months must be a whole number", complaints[0])


def test_the_command_itself_tells_its_options():
    run = subprocess.run(
        [str(ROOT / "scripts" / "review"), "--help"], capture_output=True, text=True, timeout=60, check=True, env=os.environ
    )
    for option in ("--all", "--owner", "--since", "--csv", "KUNSKAPSBANKEN_TODAY"):
        assert option in run.stdout


# Who confirms


def test_everything_to_confirm_has_someone_who_does(bank):
    facts = confirming.waiting(bank)
    functions = [function.name for function in bank.review.functions]
    assert {fact.register for fact in facts} == set(confirming.REGISTERS)
    assert all(fact.by in functions for fact in facts)
    by = {fact.register: {other.by.sv for other in facts if other.register == fact.register} for fact in facts}
    assert by["law"] == by["deadlines"] == {"Jurist"}
    assert by["contacts"] == {"Redaktionen"}
    for fact in facts:
        if fact.register == "steps":
            assert fact.by.sv == bank.source_page(fact.page).source_meta.owner
    uncertain = [contact.id for contact in bank.contacts.values() if contact.verify or contact.confidence == "low"]
    assert [fact.id for fact in facts if fact.register == "contacts"] == uncertain


# The files


@pytest.fixture(scope="module", params=["sv", "en"])
def table(request, bank):
    raw = reviewfiles.table(bank, request.param, SITE)
    return request.param, raw, list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_csv_opens_in_a_swedish_excel_and_holds_everything(bank, table):
    language, raw, lines = table
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    assert {len(line) for line in lines} == {len(reviewfiles.COLUMNS)}
    kind, name = {"sv": ("sida", "Id"), "en": ("page", "Id")}[language]
    assert lines[0][:2] == ["Slag" if language == "sv" else "Kind", name]
    assert [line[1] for line in lines if line[0] == kind] == [page_id for page_id in bank.ledger if page_id in bank.pages["sv"]]
    facts = confirming.waiting(bank)
    others = sum(fact.register not in ("contacts", "law", "marks") for fact in facts)
    assert len(lines) == 1 + len(reviewing.items(bank)) + others
    assert sum(bool(line[10]) for line in lines[1:]) == len(facts)
    assert all(line[11].startswith(SITE) for line in lines[1:])
    assert not any(cell.startswith(("=", "+", "-", "@")) or "[[" in cell for line in lines for cell in line)
    j01 = next(line for line in lines if line[1] == "J01")
    assert j01[5:7] == ["2026-12-20", "2027-01-20"]


@pytest.mark.parametrize("cell", ["=1+1", "+46812345", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(cell):
    ((read,),) = (csv.reader(io.StringIO(reviewfiles.as_csv([cell], []), newline=""), delimiter=";"),)
    assert reviewfiles.safe(cell) == f"'{cell}"
    assert reviewfiles.safe("6 § LVU; och mer") == "6 § LVU; och mer"
    assert read == [cell]


def test_the_command_writes_the_same_csv_with_how_it_stands(review):
    _, lines, _ = review("--csv", today="2027-01-10")
    found = list(csv.reader(lines, delimiter=";"))
    assert found[0][-1] == "Läge"
    assert {line[1]: line[-1] for line in found}["J02"] == "overdue"
    assert {line[1]: line[-1] for line in found}["J01"] == "soon"
    _, lines, _ = review("--csv", "--owner", "Jurist")
    assert {line[10] for line in csv.reader(lines[1:], delimiter=";")} == {"Jurist"}


def events(bank, language="sv", owner=None):
    made = Calendar.from_ical(reviewfiles.calendar(bank, language, SITE, owner))
    return {str(event["uid"]): event for event in made.walk("VEVENT")}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_calendar_is_read_back_with_a_whole_day_for_each(bank, language):
    found = events(bank, language)
    groups = {(item.kind, item.group) for item in reviewing.items(bank)}
    assert len(found) == len(groups)
    event = found[f"page-R08-{language}@kunskapsbanken"]
    assert event.decoded("dtstart") == datetime.date(2027, 11, 23)
    assert event.decoded("dtend") == datetime.date(2027, 11, 24)
    assert event["url"] == f"{SITE}{'en/' if language == 'en' else ''}r/R08/"
    assert "R08" in event["summary"]
    assert event.decoded("dtstamp") == datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    law = found[f"law-lvu-{language}@kunskapsbanken"]
    assert all(f"({provision.id})" in law["description"] for provision in bank.acts["lvu"].provisions)
    assert law.decoded("dtstart") == datetime.date(2026, 12, 23)


def test_each_owner_has_a_calendar_and_together_they_are_the_whole(bank):
    owners = reviewing.owners(bank)
    assert len(owners) > 1
    parts = [set(events(bank, owner=owner)) for owner in owners]
    assert set.union(*parts) == set(events(bank))
    assert sum(map(len, parts)) == len(events(bank))


def test_an_event_keeps_its_uid_when_its_day_moves(bank, tree, tmp_path):
    moved = load(frozen.copy(tree, tmp_path / "docs"))  # J01 back on the first day
    before, after = events(bank), events(moved)
    assert set(before) == set(after)
    name = "page-J01-sv@kunskapsbanken"
    assert before[name].decoded("dtstart") == datetime.date(2027, 1, 20)
    assert after[name].decoded("dtstart") == datetime.date(2026, 12, 23)


def test_the_files_are_the_same_bytes_twice(bank, tmp_path):
    for name in ("one", "two"):
        reviewfiles.write(bank, tmp_path / name, SITE, ("sv", "en"))
    names = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(names) == 2 * (2 + len(reviewing.owners(bank)))
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
