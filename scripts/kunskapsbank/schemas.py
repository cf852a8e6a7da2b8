"""JSON Schemas of the data files and of front matter, made from the models, so that an editor's program can complete fields."""

from __future__ import annotations

import json
from pathlib import Path

from .faults import Fault
from .models.base import Model
from .models.cases import CaseFile
from .models.changes import ChangeFile
from .models.contacts import ContactFile
from .models.deadlines import DeadlineFile
from .models.edition import EditionFile
from .models.events import EventFile
from .models.forms import FormFile
from .models.frontmatter import EnglishFrontMatter, FrontMatter
from .models.ledger import LedgerFile
from .models.published import PublishedFile
from .models.review import ReviewFile
from .models.routines import FlowFile, IndicatorFile, RoutineFile
from .models.sources import SourceFile, SourceKindFile
from .models.statutes import StatuteFile
from .models.training import ModuleFile
from .models.words import GlossaryFile, RoleFile, StringFile
from .yamlsource import read_text

FOLDER = "schemas"
# The name of a schema is that of the data file, or of the folder that holds one file for each page.
MODELS: dict[str, type[Model]] = {
    "cases": CaseFile,
    "changes": ChangeFile,
    "contacts": ContactFile,
    "deadlines": DeadlineFile,
    "edition": EditionFile,
    "events": EventFile,
    "flow": FlowFile,
    "forms": FormFile,
    "front-matter.en": EnglishFrontMatter,
    "front-matter.sv": FrontMatter,
    "glossary": GlossaryFile,
    "ids": LedgerFile,
    "indicators": IndicatorFile,
    "published": PublishedFile,
    "review": ReviewFile,
    "roles": RoleFile,
    "source_kinds": SourceKindFile,
    "sources": SourceFile,
    "statutes": StatuteFile,
    "steps": RoutineFile,
    "strings": StringFile,
    "training": ModuleFile,
}


def schema_name(file: str) -> str:
    """Return the schema's name for a data file given from docs/_data: 'contacts.yml' or 'steps/R08.yml'."""
    folder, slash, _ = file.partition("/")
    return folder if slash else file.removesuffix(".yml")


def schema(name: str) -> str:
    """Return the JSON Schema `name` as text. Raises KeyError for a name that is none."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **MODELS[name].model_json_schema()}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def modeline(file: str) -> str:
    """Return the first line by which an editor's program finds the schema of a data file."""
    return f"# yaml-language-server: $schema={'../' * file.count('/')}{FOLDER}/{schema_name(file)}.json"


def data_files(docs: Path) -> list[str]:
    """Return every data file from docs/_data, in order."""
    return sorted(path.relative_to(docs / "_data").as_posix() for path in (docs / "_data").rglob("*.yml"))


def check(docs: Path) -> list[Fault]:
    """Return a fault for each schema that is not what the models say, and for each data file that does not name its own."""
    data, do = docs / "_data", "run scripts/check --schemas"
    found = []
    for name in MODELS:
        path = data / FOLDER / f"{name}.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != schema(name):
            found.append(Fault(path, 0, "the schema is not what the models say", do))
    for file in data_files(docs):
        if schema_name(file) not in MODELS:
            found.append(Fault(data / file, 1, "the file has no model", "name its model in scripts/kunskapsbank/schemas.py"))
        elif not read_text(data / file).startswith(modeline(file) + "\n"):
            found.append(Fault(data / file, 1, "the first line does not name the file's schema", do))
    return found


def write(docs: Path) -> int:
    """Write every schema, and its name first in each data file that lacks it. Returns the number of files changed."""
    folder, changed = docs / "_data" / FOLDER, 0
    folder.mkdir(exist_ok=True)
    texts = {folder / f"{name}.json": schema(name) for name in MODELS}
    for file in data_files(docs):
        if schema_name(file) in MODELS:
            path, line = docs / "_data" / file, modeline(file) + "\n"
            text = read_text(path)
            texts[path] = text if text.startswith(line) else line + text
    for path, text in texts.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    return changed
