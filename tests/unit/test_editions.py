"""An overlay laid over tiny data: what it replaces, adds, takes away and says in its own name, and how it is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from kunskapsbank import editions
from kunskapsbank.check import main
from kunskapsbank.faults import Fault, Faults
from kunskapsbank.localising import LocalError, Localiser
from kunskapsbank.models.base import Text
from kunskapsbank.models.contacts import in_sweden
from kunskapsbank.models.words import RoleFile
from kunskapsbank.pages import read_page
from kunskapsbank.validation import validate
from kunskapsbank.yamlsource import parse, read

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"ort": Text(sv="Storstad", en="Big City"), "orts": Text(sv="Storstads", en="Big City's")}
BASE = Localiser(NAMES)
OTHER = Localiser(
    {"ort": Text(sv="Provby", en="Provby"), "orts": Text(sv="Provbys", en="Provby's")}, False, {"contacts": {"a": "b", "c": "b"}}
)


@pytest.mark.parametrize(
    ("source", "base", "other"),
    [
        (
            "Jouren i [[local:ort]] och [[local:orts]] nämnd.",
            "Jouren i Storstad och Storstads nämnd.",
            "Jouren i Provby och Provbys nämnd.",
        ),
        ("Alla får råd[[local]], i länet av två[[/local]].", "Alla får råd, i länet av två.", "Alla får råd."),
        ("- [[local]]Länet har en plan.[[/local]]", "- Länet har en plan.", None),
        ("[[local]]En plan [[verify]] finns.[[/local]]", "En plan [[verify]] finns.", None),
        ("Ring [[contact:a]] eller [[phone:c|x]].", "Ring [[contact:a]] eller [[phone:c|x]].", "Ring [[contact:b]] eller [[phone:b|x]]."),
        ("[[contact:a[[local]]|Mottagningen[[/local]]]]", "[[contact:a|Mottagningen]]", "[[contact:b]]"),
        ("[[contact:d|[[local:orts]] jurister]]", "[[contact:d|Storstads jurister]]", "[[contact:d|Provbys jurister]]"),
        ("/// contacts | a d c", "/// contacts | a d c", "/// contacts | b d"),
        ("/// statutes | a c", "/// statutes | a c", "/// statutes | a c"),
        ("Skriv `[[local:ort]]` så.", "Skriv `[[local:ort]]` så.", "Skriv `[[local:ort]]` så."),
        ("-", "-", "-"),
        ("", "", ""),
    ],
)
def test_a_line_is_said_as_the_edition_says_it(source, base, other):
    assert BASE.line(source, "sv") == base
    assert OTHER.line(source, "sv") == other


@pytest.mark.parametrize(
    ("source", "what"),
    [("[[local:stad]]", "there is no name [[local:stad]]"), ("[[local]]x", "[[local]] stands"), ("x[[/local]]", "[[/local]] stands")],
)
def test_a_mark_that_cannot_be_made_out_is_refused(source, what):
    for local in (BASE, OTHER):
        with pytest.raises(LocalError) as caught:
            local.line(source, "sv")
        assert what in caught.value.what and caught.value.do


def test_data_is_said_in_the_language_of_its_key_and_what_was_local_alone_is_gone():
    source = parse(
        Path("f.yml"), 'a: {sv: "i [[local:ort]]", en: "in [[local:ort]]"}\nb: {sv: "[[local]]x[[/local]]", en: "[[local]]y[[/local]]"}\n'
    )
    source.data["c"] = ["[[local]]ord[[/local]]", "annat", ""]
    assert BASE.data(source).data == {
        "a": {"sv": "i Storstad", "en": "in Big City"},
        "b": {"sv": "x", "en": "y"},
        "c": ["ord", "annat", ""],
    }
    assert OTHER.data(source).data == {"a": {"sv": "i Provby", "en": "in Provby"}, "b": None, "c": ["annat", ""]}
    with pytest.raises(Faults) as caught:
        BASE.data(parse(Path("f.yml"), "x: 1\ny:\n  sv: '[[local:nowhere]]'\n"))
    assert [(fault.path.name, fault.line) for fault in caught.value.faults] == [("f.yml", 3)]


def test_a_page_keeps_its_lines_while_its_text_is_the_editions(tmp_path):
    (tmp_path / "p.md").write_text(
        '---\nid: J99\ntitle: Prov i [[local:ort]]\ndescription: En sida för provet, lång nog.\nsynonyms:\n  - "[[local]]länet[[/local]]"\n'
        "---\nText i [[local:ort]].\n- [[local]]En plan.[[/local]]\n- [[R01]]\n",
        encoding="utf-8",
    )
    text = (tmp_path / "p.md").read_text(encoding="utf-8")
    page = read_page(tmp_path / "p.md", text, "en", tmp_path, OTHER)
    assert page.meta.title == "Prov i Provby" and page.meta.synonyms == []
    assert page.text == "Text i Provby.\n- [[R01]]\n"
    assert "[[local:ort]]" in page.body  # as it stands in the file, whatever the edition
    assert [(reference.id, reference.line) for reference in page.references] == [("R01", 10)]
    assert read_page(tmp_path / "p.md", text, "en", tmp_path, BASE).meta.synonyms == ["länet"]


ROLES = """roles:
  - id: one
    name: {sv: Ett, en: One}
    does: {sv: A, en: A}
  - id: two
    name: {sv: Två, en: Two}
    does: {sv: B, en: B}
  - id: three
    name: {sv: Tre, en: Three}
    does: {sv: C, en: C}
"""


def laid(tmp_path, over, name="roles.yml", base=ROLES):
    (tmp_path / "_data").mkdir(exist_ok=True)
    (tmp_path / "_data" / name).write_text(over, encoding="utf-8")
    (tmp_path / "base.yml").write_text(base, encoding="utf-8")
    edition = editions.Edition(tmp_path)
    edition.sources[name] = editions._register(tmp_path / "_data" / name, name)
    return edition, editions.merged(edition, name, read(tmp_path / "base.yml"))


def test_entries_are_replaced_in_place_taken_away_and_added_last(tmp_path):
    edition, source = laid(
        tmp_path,
        "removed: [one]\nroles:\n  - {id: two, name: {sv: Annan, en: Other}, does: {sv: B, en: B}}\n"
        "added:\n  - {id: four, name: {sv: Fyra, en: Four}, does: {sv: D, en: D}}\n",
    )
    roles = validate(source, RoleFile).roles
    assert [(role.id, role.name.sv) for role in roles] == [("two", "Annan"), ("three", "Tre"), ("four", "Fyra")]
    assert edition.faults == [] and edition.removed == {"roles": ["one"]}
    # Every entry keeps the file and the line it was written on.
    places = [Fault(source.path, source.line(("roles", index, "id")), "w", "d") for index in range(3)]
    assert [(fault.path.name, fault.line) for fault in places] == [("roles.yml", 3), ("base.yml", 8), ("roles.yml", 5)]


def test_an_entry_that_is_wrong_is_named_in_the_overlay(tmp_path):
    _, source = laid(tmp_path, "roles:\n  - id: two\n    name: {sv: Annan, en: Other}\n    dose: {sv: B, en: B}\n")
    with pytest.raises(Faults) as caught:
        validate(source, RoleFile)
    assert {(fault.path.name, fault.path.parent.name, fault.line) for fault in caught.value.faults} == {
        ("roles.yml", "_data", 4),
        ("roles.yml", "_data", 2),
    }


@pytest.mark.parametrize(
    ("over", "line", "what"),
    [
        ("roles:\n  - {id: tvo, name: {sv: x, en: x}, does: {sv: x, en: x}}\n", 2, "there is no 'tvo' to replace"),
        ("added:\n  - {id: two, name: {sv: x, en: x}, does: {sv: x, en: x}}\n", 2, "'two' exists already"),
        ("removed:\n  - one\n  - tvo\n", 3, "there is no 'tvo' to remove"),
        ("removed_areas: [Stockholm]\n", 1, "no entry has the area 'Stockholm'"),
        ("replaced:\n  one: two\n", 2, "others name it by its id"),
    ],
)
def test_an_id_that_does_not_exist_is_never_passed_over(tmp_path, over, line, what):
    edition, _ = laid(tmp_path, over)
    assert [(fault.path, fault.line) for fault in edition.faults] == [(tmp_path / "_data" / "roles.yml", line)]
    assert what in edition.faults[0].what and edition.faults[0].do


def test_who_answers_in_place_of_another_must_exist(tmp_path):
    base = ROLES.replace("roles:", "sources:")
    edition, _ = laid(tmp_path, "replaced:\n  tvo: one\n  one: tre\n  two: three\n", "sources.yml", base)
    assert [(fault.line, fault.what) for fault in edition.faults] == [
        (2, "there is no 'tvo' to replace"),
        (3, "there is no 'tre' in place of 'one'"),
    ]


@pytest.mark.parametrize(
    ("name", "over", "what"),
    [
        ("roles.yml", "- one\n", "not key: value lines"),
        ("roles.yml", "roles: {two: x}\n", "roles has the wrong shape"),
        ("roles.yml", "added:\n  - {name: x}\n", "added has the wrong shape"),
        ("roles.yml", "rolls: []\n", "rolls is not a field here"),
        ("strings.yml", "strings: [a]\n", "strings has the wrong shape"),
        ("strings.yml", "strings: {}\nremoved: [a]\n", "removed has no meaning here"),
    ],
)
def test_a_register_of_another_shape_is_refused(tmp_path, name, over, what):
    with pytest.raises(Faults) as caught:
        laid(tmp_path, over, name)
    assert what in caught.value.faults[0].what


def test_words_of_the_interface_are_replaced_by_name(tmp_path):
    base = "strings:\n  a: {sv: A, en: A}\n  b: {sv: B, en: B}\n"
    edition, source = laid(tmp_path, "strings:\n  b: {sv: Ny, en: New}\n  c: {sv: C, en: C}\n", "strings.yml", base)
    assert source.data["strings"]["a"]["sv"] == "A" and source.data["strings"]["b"]["sv"] == "Ny"
    assert [(fault.line, fault.what) for fault in edition.faults] == [(3, "there is no 'c' to replace")]


def test_a_county_lies_in_sweden_and_a_country_code_does_not():
    assert [area for area in ("Sweden", "Stockholm", "Provby", "local", "DK", "international") if not in_sweden(area)] == [
        "DK",
        "international",
    ]


def check(overlay, capsys):
    code = main([str(ROOT / "docs"), "--edition", str(overlay)])
    return code, capsys.readouterr().out.splitlines()


def test_whole_overlays_are_refused_file_by_file(tmp_path, capsys):
    """What no part alone can see: strange files, a page in one language, names that lack, functions taken away that pages name."""
    over = tmp_path / "overlay"
    shutil.copytree(ROOT / "tests" / "edition", over)
    (over / "_data" / "statutes.yml").write_text("acts: []\n")
    (over / "sv" / "handbok").mkdir(parents=True)
    (over / "sv" / "handbok" / "tolk.md").write_text(
        re.sub("version: .*", "version: 99", (ROOT / "docs/sv/handbok/tolk.md").read_text("utf-8")), "utf-8"
    )
    (over / "sv" / "handbok" / "ny.md").write_text("x\n")
    edition, contacts = over / "edition.yml", over / "_data" / "contacts.yml"
    edition.write_text(edition.read_text("utf-8").replace("  kommun: ", "  stad: "), "utf-8")
    contacts.write_text(contacts.read_text("utf-8").replace("  socialjouren-stockholm: exempeljouren\n", ""), "utf-8")
    (over / "local.yml").write_text(
        'rules:\n  R99: {sv: x, en: x}\n  R08:\n    sv: "Ring 112, se 6 §."\n    en: "[[contact:ingen]]"\n', "utf-8"
    )
    code, lines = check(over, capsys)
    assert code == 1
    found = [line.removeprefix(f"{over}/").split(" - ")[0] for line in lines]
    for expected in (
        "_data/statutes.yml:0: an overlay has no such file",
        "sv/handbok/ny.md:0: there is no page sv/handbok/ny.md to replace",
        "sv/handbok/tolk.md:0: the page is replaced in sv alone",
        "edition.yml:3: names lacks kommun",
        "edition.yml:7: no page uses the name 'stad'",
        "_data/contacts.yml:2: removed, but pages or steps name socialjouren-stockholm",
        "local.yml:2: there is no page R99",
        "local.yml:4: a section of law written by hand ('6 §')",
        "local.yml:4: a phone number written by hand ('112')",
    ):
        assert expected in found, found
    # With these mended, what the rule names and whether the page knows of the base's newest version.
    (over / "_data" / "statutes.yml").unlink()
    (over / "sv" / "handbok" / "ny.md").unlink()
    shutil.copy(ROOT / "tests" / "edition" / "edition.yml", edition)
    shutil.copy(ROOT / "tests" / "edition" / "_data" / "contacts.yml", contacts)
    (over / "local.yml").write_text('rules:\n  R08: {sv: "Ring [[contact:ingen]].", en: "Call."}\n', "utf-8")
    _, lines = check(over, capsys)
    found = [line.removeprefix(f"{over}/").split(" - ")[0] for line in lines]
    assert "local.yml:2: there is no contact 'ingen'" in found, found
    assert any(line.startswith("sv/handbok/tolk.md:") and "version is 99, but the page it replaces is at" in line for line in found), found
    assert all(not line.startswith("docs/") for line in found), found


def test_a_folder_that_is_not_there_is_one_line(tmp_path, capsys):
    code, lines = check(tmp_path / "nowhere", capsys)
    assert code == 1 and any("nowhere:0: there is no such folder" in line for line in lines), lines
