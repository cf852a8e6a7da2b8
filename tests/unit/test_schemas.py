"""The exported JSON Schemas are those of the models, the real files pass them, and a broken one does not."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from kunskapsbank import schemas
from kunskapsbank.yamlsource import read

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILES = schemas.data_files(DOCS)


def plain(data):
    """YAML data as JSON has it: a date is text."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if isinstance(data, datetime.date) else data


def validator(name):
    made = json.loads((DOCS / "_data" / schemas.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made, format_checker=FormatChecker())


def front_matter(language):
    for path in sorted((DOCS / language).rglob("*.md")):
        yield path.name, plain(yaml.safe_load(path.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n")))


def test_the_exported_schemas_are_those_of_the_models():
    assert [fault.text(DOCS.parent) for fault in schemas.check(DOCS)] == []
    assert {path.stem for path in (DOCS / "_data" / schemas.FOLDER).iterdir()} == set(schemas.MODELS)


@pytest.mark.parametrize("file", FILES)
def test_a_data_file_passes_the_schema_its_first_line_names(file):
    path = DOCS / "_data" / file
    named = path.read_text(encoding="utf-8").split("\n")[0].partition("$schema=")[2]
    target = (path.parent / named).resolve()
    assert target.is_file() and target.parent.name == schemas.FOLDER
    assert [error.message for error in validator(target.stem).iter_errors(plain(read(path).data))] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_front_matter_passes_its_schema(language):
    check = validator(f"front-matter.{language}")
    wrong = {name: [error.message for error in check.iter_errors(data)] for name, data in front_matter(language)}
    assert {name: errors for name, errors in wrong.items() if errors} == {} and len(wrong) > 10


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        ("contacts.yml", lambda data: data["contacts"][0].update(kind="polisen"), "'polisen' is not one of"),
        ("contacts.yml", lambda data: data["contacts"][0].update(checked_on="2026-13-01"), "is not a 'date'"),
        ("ids.yml", lambda data: data["ids"][0].update(stat="published"), "'stat' was unexpected"),
        ("steps/R06.yml", lambda data: data["groups"][0]["steps"][0].pop("when"), "'when' is a required property"),
        ("statutes.yml", lambda data: data["acts"][0]["provisions"][0].update(rule={"sv": "x"}), "'en' is a required property"),
    ],
)
def test_a_broken_file_does_not_pass(file, change, says):
    data = plain(read(DOCS / "_data" / file).data)
    change(data)
    errors = [error.message for error in validator(schemas.schema_name(file)).iter_errors(data)]
    assert any(says in error for error in errors), errors


def test_a_model_that_moves_on_and_a_file_without_its_line_are_seen_and_mended(tmp_path):
    docs = tmp_path / "docs"
    shutil.copytree(DOCS / "_data", docs / "_data")
    assert schemas.write(docs) == 0, "nothing to write where nothing has changed"
    (docs / "_data" / schemas.FOLDER / "ids.json").write_text("{}", encoding="utf-8")
    roles = docs / "_data" / "roles.yml"
    roles.write_text(roles.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    (docs / "_data" / "other.yml").write_text("a: 1\n", encoding="utf-8")
    found = {fault.path.name: fault.what for fault in schemas.check(docs)}
    assert found == {
        "ids.json": "the schema is not what the models say",
        "roles.yml": "the first line does not name the file's schema",
        "other.yml": "the file has no model",
    }
    assert schemas.write(docs) == 2
    assert [fault.path.name for fault in schemas.check(docs)] == ["other.yml"]
