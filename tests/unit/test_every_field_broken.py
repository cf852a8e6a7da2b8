"""Every field of every data file and of front matter, broken in turn, gives a fault with file, line and remedy."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from kunskapsbank.faults import Faults
from kunskapsbank.models.base import Model
from kunskapsbank.models.cases import CaseFile
from kunskapsbank.models.contacts import ContactFile
from kunskapsbank.models.deadlines import DeadlineFile
from kunskapsbank.models.events import EventFile
from kunskapsbank.models.frontmatter import EnglishFrontMatter, FrontMatter
from kunskapsbank.models.ledger import LedgerFile
from kunskapsbank.models.published import PublishedFile
from kunskapsbank.models.review import ReviewFile
from kunskapsbank.models.routines import FlowFile, IndicatorFile, RoutineFile
from kunskapsbank.models.sources import SourceFile, SourceKindFile
from kunskapsbank.models.statutes import StatuteFile
from kunskapsbank.models.training import ModuleFile
from kunskapsbank.models.words import GlossaryFile, RoleFile, StringFile
from kunskapsbank.validation import validate
from kunskapsbank.yamlsource import parse, read

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILES: dict[str, type[Model]] = {
    "contacts.yml": ContactFile,
    "statutes.yml": StatuteFile,
    "deadlines.yml": DeadlineFile,
    "events.yml": EventFile,
    "glossary.yml": GlossaryFile,
    "roles.yml": RoleFile,
    "strings.yml": StringFile,
    "ids.yml": LedgerFile,
    "sources.yml": SourceFile,
    "source_kinds.yml": SourceKindFile,
    "cases.yml": CaseFile,
    "review.yml": ReviewFile,
    "flow.yml": FlowFile,
    "published.yml": PublishedFile,
    "indicators.yml": IndicatorFile,
    "steps/R08.yml": RoutineFile,
    "training/U14.yml": ModuleFile,
    "front matter sv": FrontMatter,
    "front matter en": EnglishFrontMatter,
}
Path_ = tuple[str | int, ...]


DATE = datetime.date
PUT_OFF = {"decided_on": DATE(2026, 12, 20), "until": DATE(2027, 2, 15), "why": {"sv": "Skäl.", "en": "Reason."}}


def real_data(name: str) -> Any:
    """The real data, with a postponement wherever one may stand: today there may be none."""
    if name.startswith("front matter"):
        page = DOCS / name[-2:] / "handbok" / "omedelbart-omhandertagande.md"
        data = yaml.safe_load(page.read_text(encoding="utf-8").split("---")[1])
        return {**data, "postponed": PUT_OFF} if name[-2:] == "sv" else data
    data = read(DOCS / "_data" / name).data
    if name == "published.yml":  # every page has the same fields
        data["pages"] = {"R08": data["pages"]["R08"]}
    if name == "review.yml":
        for kind in ("contacts", "statutes", "quiz"):
            data[kind]["postponed"] = [{"ids": ["an-id"], **PUT_OFF}]
    return data


def small(data: Any) -> Any:
    """Keep of each list only the items that show a field no earlier item showed."""
    if isinstance(data, dict):
        return {key: small(value) for key, value in data.items()}
    if isinstance(data, list):
        kept, seen = [], set()
        for item in data:
            new = set(shapes(item)) - seen
            if new or not kept:
                kept.append(small(item))
                seen |= new
        return kept
    return data


def shapes(data: Any, where: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    yield where, type(data).__name__
    if isinstance(data, dict):
        for key, value in data.items():
            yield from shapes(value, (*where, str(key)))
    elif isinstance(data, list):
        for value in data:
            yield from shapes(value, (*where, "-"))


def first_of_each(data: Any, where: Path_ = (), pattern: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Path_]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*pattern, str(key)), (*where, key)
            yield from first_of_each(value, (*where, key), (*pattern, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from first_of_each(value, (*where, index), (*pattern, "-"))


def cases() -> Iterator[Any]:
    for name in FILES:
        data = small(real_data(name))
        done = set()
        for pattern, where in first_of_each(data):
            if pattern in done or (name == "source_kinds.yml" and where[0] == "hosts" and len(where) > 1 and done & {("hosts", "x")}):
                continue
            done.add(("hosts", "x") if where[0] == "hosts" and len(where) > 1 else pattern)
            if name == "strings.yml" and len(where) > 1 and where[1] != "site-name":
                continue
            yield pytest.param(name, data, where, id=f"{name}:{'.'.join(pattern)}")


def broken(data: Any, where: Path_, value: Any) -> Any:
    data = copy.deepcopy(data)
    inner = data
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    return data


@pytest.mark.parametrize(("name", "data", "where"), list(cases()))
def test_a_field_of_the_wrong_kind_is_named_with_its_line(name, data, where):
    text = yaml.safe_dump(broken(data, where, {"neither": ["this", "nor", 7]}), allow_unicode=True, sort_keys=False)
    path = Path("file.yml")
    with pytest.raises(Faults) as caught:
        validate(parse(path, text), FILES[name])
    for fault in caught.value.faults:
        assert fault.line > 0
        assert fault.what and fault.do
        assert "\n" not in fault.text()
    expected = parse(path, text).line(where)
    assert any(abs(fault.line - expected) <= 3 for fault in caught.value.faults), (expected, caught.value.faults)


@pytest.mark.parametrize("name", list(FILES))
def test_a_field_too_many_is_named(name):
    data = real_data(name)
    data["misspelt"] = 1
    with pytest.raises(Faults, match="misspelt is not a field here"):
        validate(parse(Path("file.yml"), yaml.safe_dump(data)), FILES[name])


SPAN = {"days": ["mon"], "opens": "09:00", "closes": "16:00"}


@pytest.mark.parametrize(
    ("name", "where", "value", "what"),
    [
        ("contacts.yml", ("contacts", 0, "id"), "Not A Slug", "id"),
        ("contacts.yml", ("contacts", 0, "kind"), "polisen", "kind"),
        ("contacts.yml", ("contacts", 0, "name", "en"), "", "name.en is empty"),
        ("contacts.yml", ("contacts", 0, "checked_on"), "2026-11-23", "checked_on must be a date"),
        ("contacts.yml", ("contacts", 0, "web"), "www.example.se", "is not a web address"),
        ("contacts.yml", ("contacts", 1, "verify_fields"), [], "verify and verify_fields disagree"),
        ("contacts.yml", ("contacts", 0, "open"), {"spans": [{**SPAN, "opens": "17:00"}]}, "closes is not after opens"),
        ("contacts.yml", ("contacts", 0, "open"), {"spans": [{**SPAN, "days": ["mån"]}]}, "spans.0.days.0 is wrong (Input should be 'mon'"),
        ("contacts.yml", ("contacts", 0, "open"), {"spans": [{**SPAN, "opens": 540}]}, "spans.0.opens must be text"),
        (
            "contacts.yml",
            ("contacts", 0, "open"),
            {"spans": [SPAN, {**SPAN, "opens": "15:59", "closes": "18:00"}]},
            "two spans overlap on mon",
        ),
        ("contacts.yml", ("contacts", 0, "open"), {"always": True, "spans": [SPAN]}, "needs either always or spans"),
        ("statutes.yml", ("acts", 0, "status"), "gäller", "status"),
        ("deadlines.yml", ("deadlines", 0, "law"), [], "law"),
        ("deadlines.yml", ("deadlines", 0, "count", "how"), "done-by", "count.how needs an amount and runs_from"),
        ("deadlines.yml", ("deadlines", 5, "count", "how"), "not", "there is an amount but no date is worked out"),
        ("deadlines.yml", ("deadlines", 5, "count", "runs_from"), [], "count.how needs an amount and runs_from"),
        ("events.yml", ("events", 0, "input"), "date", "input"),
        ("ids.yml", ("ids", 0, "state"), "retired", "a retired id names its successor"),
        ("training/U14.yml", ("quiz", 0, "options", 0, "correct"), False, "options has not the correct answers"),
        ("training/U14.yml", ("quiz", 0, "options", 1, "correct"), True, "options has not the correct answers"),
        ("training/U14.yml", ("quiz", 0, "options", 1, "id"), "a", "options or items has an id twice"),
        ("training/U14.yml", ("quiz", 0, "kind"), "order", "options and kind disagree"),
        ("training/U14.yml", ("quiz", 3, "options", 0), {"id": "a", "sv": "x", "en": "x"}, "options and kind disagree"),
        ("training/U14.yml", ("quiz", 6, "items", 0, "answer"), "nowhere", "items and kind disagree"),
        ("training/U14.yml", ("quiz", 6, "items"), [], "items and kind disagree"),
        ("training/U14.yml", ("quiz", 8, "order"), ["a", "b"], "order and kind disagree"),
        ("training/U14.yml", ("quiz", 8, "order"), ["a", "b", "c", "d"], "order is the order the options stand in"),
        ("training/U14.yml", ("quiz", 1, "id"), "m4-q1", "the id 'm4-q1' stands twice"),
        ("training/U14.yml", ("quiz", 1, "page_version"), 0, "page_version"),
        ("training/U14.yml", ("case", "scenes", 0, "choices", 0, "best"), True, "choices has not exactly one best"),
        ("training/U14.yml", ("case", "scenes"), [], "case.scenes"),
        ("front matter sv", ("reviewed_on",), DATE(2020, 1, 1), "reviewed_on is before valid_from"),
        ("front matter sv", ("review_every",), 0, "review_every"),
        ("front matter sv", ("postponed", "until"), DATE(2026, 12, 20), "until is not after decided_on"),
        ("front matter sv", ("postponed", "why", "en"), "", "postponed.why.en is empty"),
        ("review.yml", ("contacts", "owner"), "nobody", "there is no function 'nobody'"),
        ("review.yml", ("confirmed_by", "law"), "nobody", "there is no function 'nobody'"),
        ("review.yml", ("statutes", "months"), 0, "statutes.months"),
        ("review.yml", ("quiz", "postponed", 0, "ids"), [], "ids has too few items"),
        ("front matter sv", ("id",), "R8", "id"),
    ],
)
def test_values_that_look_right_but_are_wrong(name, where, value, what):
    text = yaml.safe_dump(broken(real_data(name), where, value), allow_unicode=True)
    with pytest.raises(Faults) as caught:
        validate(parse(Path("file.yml"), text), FILES[name])
    assert any(what in fault.what for fault in caught.value.faults), caught.value.faults
