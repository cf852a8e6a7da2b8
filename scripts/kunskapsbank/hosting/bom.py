"""The software bill of materials: what the site was built with and what of it readers get, as CycloneDX, from the locks alone."""

from __future__ import annotations

import base64
import datetime
import itertools
import json
import re
import tomllib
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from . import BOM

NAME = BOM
# Of the Python packages only the theme reaches readers: its stylesheet. All npm packages that are not for tests do: the search.
SHIPPED = {"mkdocs-material"}

_PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"#\s+(?:via )?(-r \S+|[A-Za-z0-9._-]+)$")


def pins(text: str) -> Iterator[dict[str, Any]]:
    """Yield {name, version, marker, hashes, via} for each package of a lock in pip's form; via: who needs it, '' for ourselves."""
    found: dict[str, Any] | None = None
    for line in text.splitlines():
        if pin := _PIN.match(line):
            if found:
                yield found
            found = {**pin.groupdict(), "hashes": [], "via": []}
        elif found and (digest := _HASH.search(line)):
            found["hashes"].append(digest[1])
        elif found and (via := _VIA.search(line)) and via[1] != "via":
            found["via"].append("" if via[1].startswith("-r ") else via[1])
    if found:
        yield found


def bom(root: Path, moment: datetime.datetime) -> Bom:
    """Return the bill of the repository in `root`; `moment` (UTC) stands in it, so the same commit gives the same bill."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    site = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        description=project["description"],
    )
    made = Bom()
    made.metadata.component, made.metadata.timestamp = site, moment
    locked = list(pins((root / "requirements.txt").read_text(encoding="utf-8")))
    python: dict[str, list[Component]] = {}  # one name may be locked in two versions, each for its own systems
    for pin in locked:
        python.setdefault(pin["name"], []).append(_python(pin))
    npm = [_npm(path, entry) for path, entry in _packages(root).items()]
    for component in [*itertools.chain(*python.values()), *npm]:
        made.components.add(component)
    needed: dict[str, set[Component]] = {}
    for pin in locked:
        for via in pin["via"] or [""]:
            needed.setdefault(via if via in python else "", set()).update(python[pin["name"]])
    made.register_dependency(site, [*needed.pop("", set()), *npm])
    for name, others in needed.items():
        for component in python[name]:
            made.register_dependency(component, others)
    # A number of its own for each content, in place of the library's random one.
    content = sorted(str(component.purl) for component in made.components)
    made.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join([*content, str(moment)]))
    return made


def _python(pin: dict[str, Any]) -> Component:
    marker = [Property(name="pip:marker", value=pin["marker"])] if pin["marker"] else []
    lock = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri("requirements.txt"),
        comment="the files the lock accepts",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin["hashes"]],
    )
    purl = PackageURL("pypi", None, pin["name"], pin["version"])
    return Component(
        name=pin["name"],
        version=pin["version"],
        bom_ref=str(purl),
        purl=purl,
        scope=ComponentScope.REQUIRED if pin["name"] in SHIPPED else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(name) for name in _license(pin["name"], pin["version"])],
        external_references=[lock],
        properties=marker,
    )


def _license(name: str, version: str) -> list[str]:
    """What the installed package says of itself in one line; nothing for one that this system does not need."""
    try:
        told = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return []
    if told["version"] != version:
        return []
    classifiers = [line.rpartition(" :: ")[2] for line in told.get("classifier", []) if line.startswith("License :: ")]
    words = str(told.get("license_expression") or told.get("license") or "").strip()
    if not words or "\n" in words or len(words) > 80:
        words = classifiers[0] if classifiers else ""
    return [words] if words else []


def _packages(root: Path) -> dict[str, dict[str, Any]]:
    """The packages of package-lock.json that are not for tests only."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {path: entry for path, entry in packages.items() if path and not entry.get("dev")}


def _npm(path: str, entry: dict[str, Any]) -> Component:
    group, _, name = path.removeprefix("node_modules/").rpartition("/")
    algorithm, _, digest = entry["integrity"].partition("-")
    assert algorithm == "sha512", f"package-lock.json: {path} is locked by {algorithm}"
    purl = PackageURL("npm", group or None, name, entry["version"])
    return Component(
        name=name,
        group=group or None,
        version=entry["version"],
        bom_ref=str(purl),
        purl=purl,
        scope=ComponentScope.REQUIRED,
        licenses=[LicenseFactory().make_from_string(entry["license"])] if entry.get("license") else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(digest).hex())],
    )


def text(root: Path, moment: datetime.datetime) -> str:
    """Return the bill as CycloneDX 1.6 in JSON, the same bytes for the same commit."""
    return JsonV1Dot6(bom(root, moment)).output_as_string(indent=1) + "\n"
