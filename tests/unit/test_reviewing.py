"""What is overdue warns for 30 days, then stops the build, unless a written, dated postponement stands in the data."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path

import frozen
import pytest
from jinja2 import Environment, FileSystemLoader
from kunskapsbank import framing, reviewing
from kunskapsbank.bank import load
from kunskapsbank.check import main
from kunskapsbank.faults import Faults
from kunskapsbank.models.base import Text
from kunskapsbank.models.review import ListedPostponement, Postponement
from kunskapsbank.pages import read_page
from kunskapsbank.reviewing import Item, next_review
from kunskapsbank.yamlsource import read_text

ROOT = Path(__file__).resolve().parents[2]
LAW_PAGE = "sv/juridik/frister.md"  # reviewed every month
WHY = Text(sv="Juristen är ledig.", en="The lawyer is on leave.")
PUT_OFF = """postponed:
  decided_on: 2026-12-20
  until: 2027-02-15
  why: {sv: Juristen är ledig., en: The lawyer is on leave.}
"""


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [("2026-11-23", 12, "2027-11-23"), ("2026-11-30", 3, "2027-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-12-31", 1, "2027-01-31")],
)
def test_next_review(reviewed, months, due):
    assert next_review(day(reviewed), months) == day(due)


def item(until=None):
    put_off = Postponement(decided_on=day("2026-12-01"), until=day(until), why=WHY) if until else None
    name = Text(sv="x", en="x")
    return Item("page", "R08", "R08", name, name, day("2026-11-23"), day("2026-12-23"), put_off, Path("x.md"), 1)


@pytest.mark.parametrize(
    ("today", "until", "state"),
    [
        ("2026-11-22", None, "good"),
        ("2026-11-23", None, "soon"),  # 30 days ahead
        ("2026-12-23", None, "soon"),  # the due day itself
        ("2026-12-24", None, "overdue"),
        ("2027-01-22", None, "overdue"),  # the 30th day
        ("2027-01-23", None, "stopped"),
        ("2026-12-24", "2027-02-01", "postponed"),
        ("2027-02-01", "2027-02-01", "postponed"),
        ("2027-02-02", "2027-02-01", "stopped"),
        ("2026-12-29", "2026-12-28", "stopped"),  # a postponement has passed: no second month of warnings
        ("2026-12-23", "2027-02-01", "soon"),
    ],
)
def test_how_it_stands_on_a_day(today, until, state):
    assert item(until).state(day(today)) == state


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The real docs, everything reviewed on 2026-11-23."""
    return frozen.copy(ROOT / "docs", tmp_path_factory.mktemp("tree") / "docs")


@pytest.fixture(scope="module")
def bank(tree):
    return load(tree)


@pytest.mark.parametrize(
    ("file", "due", "number"),
    [
        ("statutes.yml", "2026-12-23", lambda bank: len(bank.acts)),
        ("contacts.yml", "2027-02-23", lambda bank: len({contact.kind for contact in bank.contacts.values()})),
        ("U11.yml", "2027-11-23", lambda bank: 1),
    ],
)
def test_each_register_has_its_own_period(bank, file, due, number):
    """The due day, the day after, the 30th day and the 31st: one line for each act, each kind of contact, each module."""

    def lines(found):
        return len([fault for fault in found if fault.path.name == file])

    lines_then = number(bank)
    for ahead, warns, stops in ((0, 0, 0), (1, lines_then, 0), (30, lines_then, 0), (31, 0, lines_then)):
        today = day(due) + datetime.timedelta(days=ahead)
        assert (lines(reviewing.warnings(bank, today)), lines(reviewing.check(bank, today))) == (warns, stops), ahead


def test_many_facts_are_one_line_with_their_number_and_where_all_stand(bank):
    (line,) = [f.what for f in reviewing.warnings(bank, day("2027-02-24")) if "in police" in f.what]
    police = [contact.id for contact in bank.contacts.values() if contact.kind == "police"]
    assert line.startswith(
        f"the check of {len(police)} in police: {', '.join(police[:3])}, ... (scripts/review lists all) were due 2027-02-23"
    )
    assert line.endswith("; the build stops in 30 days")


def with_lists(bank, **lists):
    review = bank.review
    for name, entries in lists.items():
        review = review.model_copy(update={name: getattr(review, name).model_copy(update={"postponed": entries})})
    return dataclasses.replace(bank, review=review)


def put_off(*ids, until, decided_on="2026-12-20"):
    return ListedPostponement(ids=list(ids), decided_on=day(decided_on), until=day(until), why=WHY)


@pytest.mark.parametrize(
    ("kind", "list_name", "name", "until", "stops"),
    [
        ("contact", "contacts", "sos-112", "2027-05-01", "2027-03-26"),
        ("law", "statutes", "lvu-6", "2027-03-01", "2027-01-23"),
        ("quiz", "quiz", "U14", "2028-01-31", "2027-12-24"),
    ],
)
def test_facts_are_postponed_in_review_yml(bank, kind, list_name, name, until, stops):
    def states(which, when):
        return {i.id: i.state(day(when)) for i in reviewing.items(which) if i.kind == kind}

    postponed = with_lists(bank, **{list_name: [put_off(name, until=until)]})
    assert reviewing.wrong(postponed) == []
    assert states(bank, stops)[name] == "stopped"
    now = states(postponed, stops)
    assert now[name] == "postponed"
    assert {key: value for key, value in now.items() if key != name} == {k: v for k, v in states(bank, stops).items() if k != name}
    assert any(f"postponed until {until}" in f.what for f in reviewing.warnings(postponed, day(stops)))
    after = (day(until) + datetime.timedelta(days=1)).isoformat()
    assert states(postponed, after)[name] == "stopped"
    assert any("which has passed" in f.what and name in f.what for f in reviewing.check(postponed, day(after)))


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ([put_off("nobody", until="2027-05-01")], "there is no contact 'nobody'"),
        ([put_off("sos-112", until="2027-05-01"), put_off("sos-112", until="2027-04-01")], "'sos-112' is postponed twice"),
        ([put_off("sos-112", until="2027-02-23")], "sos-112 is postponed until 2027-02-23 but is due 2027-02-23"),
        ([put_off("sos-112", until="2027-05-24")], "more than 3 months after it is due (2027-02-23)"),
        ([put_off("sos-112", until="2027-05-01", decided_on="2026-11-23")], "has been reviewed since its postponement was decided"),
    ],
)
def test_a_postponement_that_does_not_hold_is_a_fault_whatever_day_it_is(bank, entries, what):
    found = reviewing.check(with_lists(bank, contacts=entries), day("2026-11-28"))
    assert [fault for fault in found if what in fault.what], found
    assert all(fault.path.name == "review.yml" for fault in found)


def test_a_day_ahead_of_today_is_said_since_it_would_put_the_next_review_off(bank):
    assert reviewing.warnings(bank, day("2026-11-28")) == []
    lines = [fault.what for fault in reviewing.warnings(bank, day("2026-11-21"))]
    assert len(lines) == len(reviewing.KINDS)
    assert all("has a day after today (2026-11-21): 2026-11-2" in line for line in lines)


# The commands an editor runs, on the real tree with a frozen clock


@pytest.fixture
def run(tree, bank, capsys, monkeypatch):
    """Check the tree on a day, with the front matter of the page about time limits changed; return code, faults, warnings."""

    def check(today, front="", change=("", "")):
        path = tree / LAW_PAGE
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace("\nversion:", f"\n{front}version:", 1).replace(*change), encoding="utf-8")
        changed = dataclasses.replace(bank, pages={"sv": dict(bank.pages["sv"]), "en": bank.pages["en"]}, faults=[])
        monkeypatch.setattr(
            "kunskapsbank.check.load", lambda _docs, _overlay: changed
        )  # only one page is another: the rest is not read again
        monkeypatch.setenv("KUNSKAPSBANKEN_TODAY", today)
        try:
            changed.pages["sv"]["J01"] = read_page(path, read_text(path), "sv", tree / "sv")
        except Faults as faults:
            changed.faults += faults.faults
        finally:
            path.write_text(before, encoding="utf-8")
        code = main([str(tree)])
        output = capsys.readouterr()
        return code, output.out.splitlines(), [line for line in output.err.splitlines() if line.startswith("Warning: ")]

    return check


def of_page(lines):
    return [line for line in lines if LAW_PAGE in line]


def test_the_command_warns_and_then_fails(run, tree):
    assert run("2026-12-23") == (0, [], [])
    code, faults, warnings = run("2026-12-24")
    assert (code, faults) == (0, [])
    (line,) = of_page(warnings)
    what = "the review of J01 was due 2026-12-23; the build stops in 30 days - review the page and set reviewed_on"
    assert re.fullmatch(rf"Warning: docs/{LAW_PAGE}:\d+: {what}", line)
    code, faults, warnings = run("2027-01-22")
    assert (code, faults) == (0, [])
    assert "the build stops tomorrow" in of_page(warnings)[0]
    code, faults, warnings = run("2027-01-23")
    assert code == 1
    (line,) = of_page(faults)
    match = re.fullmatch(rf"docs/{LAW_PAGE}:(\d+): the review of J01 was due 2026-12-23, 31 days ago: more than 30 days - .+", line)
    assert match
    assert (tree / LAW_PAGE).read_text(encoding="utf-8").split("\n")[int(match[1]) - 1] == "reviewed_on: 2026-11-23"
    assert of_page(warnings) == []


def test_the_page_postpones_in_writing(run):
    code, faults, warnings = run("2027-01-23", PUT_OFF)
    assert code == 1, "the other law pages are not postponed"
    assert of_page(faults) == []
    assert "the review of J01 was due 2026-12-23 and postponed until 2027-02-15" in of_page(warnings)[0]
    assert of_page(run("2027-02-15", PUT_OFF)[1]) == []
    (line,) = of_page(run("2027-02-16", PUT_OFF)[1])
    assert "was postponed until 2027-02-15, which has passed (due 2026-12-23)" in line


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("  why: {sv: Juristen är ledig., en: The lawyer is on leave.}\n", "", "postponed.why is missing"),
        ("en: The lawyer is on leave.", "en: ''", "postponed.why.en is empty"),
        ("2027-02-15", "2027-03-24", "more than 3 months after it is due (2026-12-23) - write 2027-03-23 or earlier"),
        ("2027-02-15", "2026-12-23", "J01 is postponed until 2026-12-23 but is due 2026-12-23"),
        ("2027-02-15", "2026-12-20", "until is not after decided_on"),
        ("2027-02-15", "'soon'", "postponed.until must be a date"),
        ("decided_on: 2026-12-20", "decided_on: 2026-11-23", "J01 has been reviewed since its postponement was decided"),
    ],
)
def test_a_postponement_without_reason_or_too_long_stops_at_once(run, old, new, what):
    assert old in PUT_OFF
    code, faults, _ = run("2026-11-28", PUT_OFF.replace(old, new))
    assert code == 1
    assert any(what in line for line in of_page(faults)), faults


def test_the_longest_postponement_is_three_months(run):
    assert run("2026-11-28", PUT_OFF.replace("2027-02-15", "2027-03-23"))[:2] == (0, [])


def test_an_owner_that_is_no_function_is_a_fault(run):
    code, faults, _ = run("2026-11-28", change=("owner: Redaktionen", "owner: Redaktion"))
    assert code == 1
    assert "there is no function 'Redaktion' - write one of functions in docs/_data/review.yml" in of_page(faults)[0]


@pytest.mark.parametrize("value", ["2026-02-30", "tomorrow", "20261128", "2026-1-1"])
def test_a_wrong_day_is_said_in_one_line(tree, capsys, monkeypatch, value):
    monkeypatch.setenv("KUNSKAPSBANKEN_TODAY", value)
    assert main([str(tree)]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"KUNSKAPSBANKEN_TODAY is '{value}', which is no day - write YYYY-MM-DD\n"


def test_only_the_checks_and_the_list_ask_what_day_it_is():
    """The built pages must not: two builds of one commit are the same bytes, whenever they are made."""
    asking = {path.name for path in (ROOT / "scripts").rglob("*.py") if re.search(r"clock\.today|date\.today", path.read_text("utf-8"))}
    assert asking == {"clock.py", "check.py", "newpage.py", "reviewlist.py", "translated.py", "hooks.py"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "Granskningen är uppskjuten till 2027-02-15: Juristen är ledig."),
        ("en", "Review postponed until 2027-02-15: The lawyer is on leave."),
    ],
)
def test_the_page_says_that_it_is_postponed(bank, language, words):
    swedish = bank.pages["sv"]["J01"]
    postponed = Postponement(decided_on=day("2026-12-20"), until=day("2027-02-15"), why=WHY)
    changed = dataclasses.replace(swedish, meta=swedish.meta.model_copy(update={"postponed": postponed}))
    pages = {"sv": {**bank.pages["sv"], "J01": changed}, "en": bank.pages["en"]}
    for which, shown in ((dataclasses.replace(bank, pages=pages), True), (bank, False)):
        environment = Environment(loader=FileSystemLoader(ROOT / "overrides" / "partials"), autoescape=False)
        environment.filters["url"] = str
        text = environment.get_template("status.html").render(kb=framing.frame(which, which.pages[language]["J01"]))
        assert (words in text) == shown
        assert ('data-until="2027-02-15"' in text) == shown
        assert 'data-late="review" data-due="2026-12-23"' in text
