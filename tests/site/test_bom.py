"""The software bill of materials: whole, valid by CycloneDX's own schema, the same bytes twice."""

from __future__ import annotations

import datetime
import json
import re

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from kunskapsbank.hosting import bom

MOMENT = datetime.datetime(2026, 11, 24, 2, 30, 14, tzinfo=datetime.UTC)


def test_it_is_valid_and_a_broken_one_is_not(site):
    text = (site / bom.NAME).read_text(encoding="utf-8")
    check = JsonStrictValidator(SchemaVersion.V1_6)
    assert check.validate_str(text) is None
    assert check.validate_str(text.replace('"scope": "required"', '"scope": "perhaps"')) is not None


def test_it_holds_every_locked_package_with_its_digests(site, root):
    made = json.loads((site / bom.NAME).read_text(encoding="utf-8"))
    components = {component["purl"]: component for component in made["components"]}
    lock = (root / "requirements.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", lock, re.M)
    npm = {
        path: one for path, one in json.loads((root / "package-lock.json").read_text())["packages"].items() if path and not one.get("dev")
    }
    assert len(locked) > 60 and {"node_modules/minisearch", "node_modules/@orama/stemmers"} <= set(npm)
    assert len(components) == len(locked) + len(npm)
    digests = 0
    for name, version in locked:
        (lock_entry,) = components[f"pkg:pypi/{name}@{version}"]["externalReferences"]
        digests += len(lock_entry["hashes"])
    assert digests == lock.count("--hash=sha256:")
    assert len(components["pkg:npm/minisearch@" + npm["node_modules/minisearch"]["version"]]["hashes"][0]["content"]) == 128
    shipped = {component["name"] for component in components.values() if component["scope"] == "required"}
    assert shipped == {"mkdocs-material", "minisearch", "stemmers"}
    assert sum("licenses" in component for component in components.values()) > 0.9 * len(components)


def test_it_says_what_needs_what(site):
    made = json.loads((site / bom.NAME).read_text(encoding="utf-8"))
    needs = {one["ref"]: one.get("dependsOn", []) for one in made["dependencies"]}
    top = " ".join(needs["kunskapsbanken"])
    assert "pkg:pypi/mkdocs@" in top and "pkg:npm/minisearch@" in top and "pkg:pypi/pyphen@" not in top
    assert any("pyphen" in one for one in next(value for ref, value in needs.items() if ref.startswith("pkg:pypi/weasyprint@")))


def test_it_is_the_same_twice_and_names_no_registry(root):
    first, second = bom.text(root, MOMENT), bom.text(root, MOMENT)
    assert first == second
    assert not re.search(r"pypi\.org|npmjs|/simple/", first)
    assert json.loads(first)["metadata"]["timestamp"].startswith("2026-11-24T02:30:14")
