"""The command an editor runs: a real tree with one thing broken gives exactly the line that helps."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from kunskapsbank.check import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
STEPS = "_data/steps/R08.yml"
PAGE = "sv/handbok/omedelbart-omhandertagande.md"
ENGLISH = "en/handbok/omedelbart-omhandertagande.md"


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree") / "docs"
    shutil.copytree(DOCS, folder)
    return folder


def said(tree, capsys, name, change):
    """What the command returns and writes, with one file changed."""
    path = tree / name
    before = path.read_bytes() if path.exists() else None
    try:
        change(path)
        code = main([str(tree)])
    finally:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)
    return code, capsys.readouterr()


def run(tree, capsys, name, change):
    code, written = said(tree, capsys, name, change)
    return code, written.out.splitlines()


def swap(old, new):
    def change(path):
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r} any more: mend this test"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def in_contact(contact, old, new):
    """Swap inside one contact's entry."""

    def change(path):
        head, start, rest = path.read_text(encoding="utf-8").partition(f"  - id: {contact}\n")
        entry, end, tail = rest.partition("\n  - id: ")
        assert old in entry, f"{contact} has no {old!r} any more: mend this test"
        path.write_text(head + start + entry.replace(old, new, 1) + end + tail, encoding="utf-8")

    return change


def doubt_about(contact, field):
    return in_contact(contact, "verify: false", f"verify: true\n    verify_fields: [{field}]")


def abroad(contact):
    return in_contact(contact, "area: Sweden", "area: FI")


def test_the_real_tree_has_no_faults(tree, capsys):
    assert main([str(tree)]) == 0
    written = capsys.readouterr()
    assert written.out == "" and "is called" not in written.err


def test_a_title_that_is_another_in_the_ledger_is_told_and_stops_nothing(tree, capsys):
    code, written = said(tree, capsys, "_data/ids.yml", swap('en: "Right now"', 'en: "Acute"'))
    wanted = r"Warning: \S+ids\.yml:\d+: A01 is called 'Acute' here and 'Right now' on its en page - write the page's title here too\n"
    assert code == 0 and re.search(wanted, written.err)


@pytest.mark.parametrize(
    ("name", "change", "pattern"),
    [
        (PAGE, swap("/// statutes | lvu-", "/// statutes | lvu-999 lvu-"), r"there is no provision 'lvu-999'"),
        (PAGE, swap("/// steps | ", "/// steps | nonsense "), r"there is no step group 'nonsense'"),
        (PAGE, swap("## Avgör {#avgor}", "## Avgör {#annat}"), r"is not the one of the Swedish page"),
        (
            "en/juridik/da-och-nu.md",
            swap("[[local]], in Stockholm County one for children and youth as well[[/local]]", ""),
            r"\[\[local\]\] 1 is not the one of the Swedish page",
        ),
        (PAGE, swap("## Avgör {#avgor}", "## Avgör"), r"the heading has no id"),
        (PAGE, swap("## Varför {#varfor}", "## Varför {#varfor}\n\nSe 6 § LVU."), r"a section of law written by hand"),
        (PAGE, swap("## Varför {#varfor}", "## Varför {#varfor}\n\nRing 08-508 40 000."), r"a phone number written by hand"),
        (PAGE, swap("## Varför {#varfor}", "## Varför {#varfor}\n\n[[R77]]"), r"\[\[R77\]\] is no page id"),
        (PAGE, swap("## Varför {#varfor}", "## Varför {#varfor}\n\n[[R09#nowhere]]"), r"R09 has no heading 'nowhere'"),
        (PAGE, swap("## Varför {#varfor}", "## Varför {#varfor}\n\n[sida](../akut/index.md)"), r"an ordinary link"),
        (PAGE, swap("/// sources |", "/// sources | petterssonsblogg-barn-kops-for-att-tigga-och"), r"may not be cited"),
        (PAGE, swap("/// contacts |", "/// contacts | talita"), r"too uncertain to show"),
        (PAGE, swap("/// contacts |", "/// nonsense |"), r"there is no block 'nonsense'"),
        (PAGE, swap("enligt 6 § LVU", "enligt 66 § LVU"), r"the title names '66 § LVU', which is no section in statutes\.yml"),
        (ENGLISH, swap("under section 6 LVU", "under section 66 LVU"), r"the title names 'section 66 LVU'"),
        (ENGLISH, swap("title:", "titel:"), r"titel is not a field here"),
        (ENGLISH, swap("  avgor: ", "  annat: "), r"translates names 'annat', which is no section of the Swedish page"),
        (ENGLISH, swap("  avgor: ", "  avgor: x"), r"translates\.avgor is not a hash and a date - let scripts/translated write it"),
        (PAGE, swap("## Avgör {#avgor}", "## Avgör {#intro}"), r"'intro' stands for the text before the first heading"),
        (ENGLISH, lambda path: path.unlink(), r"R08 is published but has no page in en"),
        (
            "sv/akut/index.md",
            swap("/// contacts |", "/// contacts | socialjouren-stockholm"),
            r"the number of 'socialjouren-stockholm' is not confirmed",
        ),
        (STEPS, swap("socialjour]", "nobody]"), r"there is no role 'nobody'"),
        ("_data/contacts.yml", swap("e164: '+46", "e164: '046"), r"is not a phone number"),
        ("_data/contacts.yml", swap("- id: polisen-11414", "- id: sos-112"), r"the id 'sos-112' stands twice"),
        ("_data/contacts.yml", swap("opens: '14:00'", "opens: '24:30'"), r"opens is not a time"),
        ("_data/contacts.yml", swap("opens: '14:00'", "opens: 14:00"), r"opens must be text"),
        ("_data/contacts.yml", swap("closes: '16:15'", "closes: '08:15'"), r"closes is not after opens"),
        ("_data/contacts.yml", swap("days: [fri]", "days: [sat]"), r"two spans overlap on sat"),
        ("_data/contacts.yml", swap("days: [fri]", "days: [fre]"), r"days\.0 is wrong"),
        (
            "_data/contacts.yml",
            swap("opens: '14:00'", "opens: '15:00'"),
            r"'socialjour-sodertalje': open and hours\.sv disagree: only in the words",
        ),
        ("_data/contacts.yml", swap("Thu 8.45–16.15", "Thu 9.45–16.15"), r"'barnahus-stockholm-nord': open and hours\.en disagree"),
        ("_data/contacts.yml", swap("sv: Dygnet runt\n", "sv: Dagtid\n"), r"disagree on round the clock"),
        ("_data/contacts.yml", swap("sv: Vardagar 9–15", "sv: Vardagar 9–15, lunch 12–13"), r"a time the check cannot read: 12–13"),
        ("_data/contacts.yml", swap("sv: akuta placeringar via", "sv: alla ärenden via"), r"open\.outside\.sv says more than"),
        (
            "_data/contacts.yml",
            swap("    hours:\n      sv: Dygnet runt\n      en: 24/7\n", "    hours: null\n"),
            r"open needs the same hours in words",
        ),
        (
            "_data/contacts.yml",
            swap("    open:\n      spans:", "    open:\n      holidays: closed\n      spans:"),
            r"says nothing of holidays",
        ),
        (
            "_data/contacts.yml",
            swap(
                "    open:\n      always: true\n    source_url",
                "    open:\n      spans:\n        - days: [mon]\n          opens: '09:00'\n          closes: '10:00'\n    source_url",
            ),
            r"disagree on round the clock",
        ),
        ("_data/contacts.yml", doubt_about("brottsoffermyndigheten", "hours"), r"'brottsoffermyndigheten': open stands beside a number"),
        ("_data/contacts.yml", abroad("brottsoffermyndigheten"), r"open has clock times in another area \(FI\)"),
        ("_data/deadlines.yml", swap("- lvu-7", "- lvu-77"), r"there is no provision 'lvu-77'"),
        ("_data/deadlines.yml", swap("runs_from: [anmalan-kom-in]", "runs_from: [nonsense]"), r"there is no event 'nonsense'"),
        ("_data/events.yml", swap("not_before: [omhandertagande-beslut]", "not_before: [nonsense]"), r"there is no event 'nonsense'"),
        ("_data/events.yml", swap("group: sis", "group: nonsense"), r"there is no group 'nonsense'"),
        ("_data/events.yml", swap("input: moment", "input: day"), r"'avskildhet' has input: day but a limit from it is counted in hours"),
        ("_data/events.yml", swap("input: day", "input: moment"), r"has input: moment but no limit from it is counted in hours"),
        ("_data/deadlines.yml", swap("runs_from: [brottet]", "runs_from: [flytt-begaran]"), r"no limit with an amount runs from 'brottet'"),
        ("_data/ids.yml", swap("path: akut/", "path: akuten/"), r"A01 belongs at akuten/"),
        ("_data/source_kinds.yml", swap("sosalarm.se: authority", "sosalarm.se: nonsense"), r"there is no kind of source 'nonsense'"),
        ("_data/training/U14.yml", swap("[[law:lvu-6]]", "[[law:lvu-666]]"), r"there is no law 'lvu-666'"),
        ("_data/training/U14.yml", swap("page: R03", "page: R99"), r"R99 is no page id"),
        ("_data/forms/M02.yml", swap("[[law:", "[[law:x"), r"there is no law 'x"),
        ("sv/extra.md", lambda path: path.write_text("no front matter"), r"the page has no front matter"),
    ],
)
def test_one_thing_broken(tree, capsys, name, change, pattern):
    code, lines = run(tree, capsys, name, change)
    assert code == 1
    assert any(re.search(pattern, line) for line in lines), lines
    for line in lines:
        assert re.match(r"^docs/[^:]+:\d+: .+ - .+$", line), line


@pytest.mark.parametrize("name", [PAGE, ENGLISH])
def test_a_page_that_cannot_be_read_gives_its_own_fault_alone(tree, capsys, name):
    code, lines = run(tree, capsys, name, swap("title:", "titel:"))
    assert code == 1 and lines and {line.partition(":")[0] for line in lines} == {f"docs/{name}"}, lines


def test_a_reference_to_a_heading_of_a_retired_page_names_the_page_that_took_over(tree, capsys):
    kept = {name: (tree / name).read_bytes() for name in ("sv/handbok/uppfoljning.md", "en/handbok/uppfoljning.md", "_data/steps/R22.yml")}
    page = tree / "sv/handbok/tolk.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n[[R22]] [[R22#kallor]] [[R22#nowhere]]\n", encoding="utf-8")
    for path in kept:
        (tree / path).unlink()
    change = swap("path: handbok/uppfoljning/\n    state: published", "path: handbok/uppfoljning/\n    state: retired\n    successor: R16")
    try:
        code, lines = run(tree, capsys, "_data/ids.yml", change)
    finally:
        page.write_text(text, encoding="utf-8")
        for path, content in kept.items():
            (tree / path).write_bytes(content)
    assert code == 1
    assert [line for line in lines if "nowhere" in line and "R22 is retired, and R16 that took over has no heading" in line], lines
    assert not [line for line in lines if "'kallor'" in line and "tolk.md" in line], lines
