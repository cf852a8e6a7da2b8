"""A local edition: one overlay folder that holds only what differs, laid over docs. See docs/decisions/0020."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .faults import Fault, Faults
from .localising import REGISTER_OF, Localiser
from .models.base import LANGUAGES, Language, Text
from .models.edition import EditionFile, LocalFile, RegisterChanges
from .pages import PageSource
from .validation import validate
from .yamlsource import PlacedLine, Where, YamlSource, read

SETTING = "KUNSKAPSBANKEN_EDITION"
# The registers an overlay may change, and where their entries stand. Law, time limits, steps and forms are the same everywhere.
LISTS = {"contacts.yml": "contacts", "glossary.yml": "terms", "review.yml": "functions", "roles.yml": "roles", "sources.yml": "sources"}
HISTORY = ("B",)  # pages that tell of the base's past: its words mean there what they meant
MAPPINGS = {"strings.yml": "strings", "source_kinds.yml": "hosts"}


@dataclass
class Edition:
    """An edition while it is loaded. `folder` is None for the base's own."""

    folder: Path | None
    local: Localiser = field(default_factory=Localiser)
    file: EditionFile | None = None
    rules: LocalFile | None = None
    rules_source: YamlSource | None = None
    removed: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # what pages call their owner, and what it is called here
    sources: dict[str, YamlSource] = field(default_factory=dict)  # the overlay's registers, by file name
    faults: list[Fault] = field(default_factory=list)

    def page(self, language: Language, relative: str) -> Path | None:
        """The overlay's page in place of the base's at `relative`, or None."""
        path = self.folder / language / relative if self.folder else None
        return path if path and path.is_file() else None

    def holds(self, path: Path) -> bool:
        """True for a file of the overlay."""
        return self.folder is not None and path.is_relative_to(self.folder)


def chosen() -> Path | None:
    """The overlay folder that the one setting names, or None: the base's own edition."""
    name = os.environ.get(SETTING, "")
    return Path(name).resolve() if name else None


def opened(docs: Path, folder: Path | None) -> Edition:
    """Read what an edition says of itself. Never raises for an editor's mistake: see `Edition.faults`."""
    edition = Edition(folder)
    try:
        source = read(docs / "_data" / "edition.yml")
        own = validate(source, EditionFile)
    except Faults as faults:
        edition.faults += faults.faults
        return edition
    edition.file = own
    if folder is not None:
        _open_overlay(edition, folder, own, docs)
    # Where the overlay's names cannot be read the base's stand in, so that its own fault is the only one.
    said = edition.file or own
    names = {"name": said.name, "brand": said.brand, **own.names, **said.names}
    replaced = {LISTS[name]: _changes(source).replaced for name, source in edition.sources.items() if name in LISTS}
    edition.local = Localiser(names, folder is None, replaced)
    if folder is not None and (folder / "local.yml").is_file():
        try:
            edition.rules_source = edition.local.data(read(folder / "local.yml"))
            edition.rules = validate(edition.rules_source, LocalFile)
        except Faults as faults:
            edition.faults += faults.faults
    return edition


def _open_overlay(edition: Edition, folder: Path, base: EditionFile, docs: Path) -> None:
    edition.file = None
    if not folder.is_dir():
        edition.faults.append(Fault(folder, 0, "there is no such folder", f"mend {SETTING} or --edition: it names the overlay folder"))
        return
    edition.faults += _strangers(folder, docs)
    try:
        source = read(folder / "edition.yml")
        own = validate(source, EditionFile)
        edition.faults += _same_names(source, own, base)
        edition.file = own
    except Faults as faults:
        edition.faults += faults.faults
    for name in (*LISTS, *MAPPINGS):
        if (folder / "_data" / name).exists():
            try:
                edition.sources[name] = _register(folder / "_data" / name, name)
            except Faults as faults:
                edition.faults += faults.faults


def _strangers(folder: Path, docs: Path) -> Iterator[Fault]:
    """Yield a fault for each file that is laid over nothing."""
    registers = {f"_data/{name}" for name in (*LISTS, *MAPPINGS)}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        relative = path.relative_to(folder)
        place = relative.as_posix()
        if any(part.startswith(".") for part in relative.parts) or place in {"edition.yml", "local.yml", "README.md", *registers}:
            continue
        if relative.parts[0] in LANGUAGES and path.suffix == ".md":
            other = "en" if relative.parts[0] == "sv" else "sv"
            if not (docs / relative).is_file():
                yield Fault(path, 0, f"there is no page {place} to replace", "give it the name of the page in docs, or remove it")
            elif not (folder / other / Path(*relative.parts[1:])).is_file():
                yield Fault(path, 0, f"the page is replaced in {relative.parts[0]} alone", f"replace it in {other} too")
            continue
        yield Fault(path, 0, "an overlay has no such file", f"use edition.yml, local.yml, sv/, en/ or {', '.join(sorted(registers))}")


def _same_names(source: YamlSource, own: EditionFile, base: EditionFile) -> Iterator[Fault]:
    line = source.line(("names",))
    missing = [name for name in base.names if name not in own.names]
    if missing:
        yield Fault(source.path, line, f"names lacks {', '.join(missing)}", "add them: see docs/_data/edition.yml")
    for name in own.names:
        if name not in base.names:
            yield Fault(
                source.path, source.line(("names", name)), f"no page uses the name '{name}'", "check the names in docs/_data/edition.yml"
            )


def _register(path: Path, name: str) -> YamlSource:
    """Read an overlay's register and check its outer shape; its entries are checked with the whole register. Raises Faults."""
    source = read(path)
    entries = LISTS.get(name) or MAPPINGS[name]
    if not isinstance(source.data, dict):
        raise Faults([Fault(path, 1, "the file is not key: value lines", f"begin with {entries}:")])
    parts = (entries, "added") if name in LISTS else (entries,)
    for key in parts:
        held = source.data.get(key, [] if name in LISTS else {})
        if name in LISTS:
            fits = isinstance(held, list) and all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in held)
        else:
            fits = isinstance(held, dict)
        if not fits:
            do = "write it as a list of entries, each with an id" if name in LISTS else "write it as key: value lines"
            raise Faults([Fault(path, source.line((key,)), f"{key} has the wrong shape", do)])
    validate(_without(source, parts), RegisterChanges)
    if name in MAPPINGS and set(source.data) - {entries}:
        key = next(key for key in source.data if key != entries)
        raise Faults([Fault(path, source.line((key,)), f"{key} has no meaning here", f"write what differs under {entries}")])
    return source


def _without(source: YamlSource, keys: tuple[str, ...]) -> YamlSource:
    return YamlSource(source.path, {key: value for key, value in source.data.items() if key not in keys}, source.text, source.lines)


def _changes(source: YamlSource) -> RegisterChanges:
    return validate(_without(source, ("added", *LISTS.values())), RegisterChanges)


def merged(edition: Edition, name: str, base: YamlSource) -> YamlSource:
    """Return the register `name` with the overlay laid over it; what stands in the overlay keeps its own file and lines."""
    over = edition.sources.get(name)
    if over is None:
        return base
    entries = LISTS.get(name) or MAPPINGS[name]
    if name in MAPPINGS:
        return _merged_mapping(edition, name, base, over, entries)
    changes = _changes(over)
    old = {item["id"]: index for index, item in enumerate(base.data[entries])}
    gone = {one for one, index in old.items() if base.data[entries][index].get("area") in changes.removed_areas} | set(changes.removed)
    edition.faults += _wrong_ids(over, entries, changes, base.data[entries])
    given = {item["id"]: index for index, item in enumerate(over.data.get(entries, []))}
    edition.removed[entries] = [one for one in old if one in gone and one not in given]
    if entries == "functions":
        edition.owners = {
            base.data[entries][old[one]]["name"]["sv"]: _swedish_name(over, entries, given[one]) for one in given if one in old
        }
    kept: list[tuple[YamlSource, Where]] = [
        (over, (entries, given[one])) if one in given else (base, (entries, index))
        for one, index in old.items()
        if one in given or one not in gone
    ]
    kept += [(over, ("added", index)) for index in range(len(over.data.get("added", [])))]
    return _joined(base, over, entries, kept)


def _swedish_name(source: YamlSource, entries: str, index: int) -> str:
    name = source.data[entries][index].get("name")  # of another shape: the model says so
    return str(name.get("sv", "")) if isinstance(name, dict) else ""


def _wrong_ids(over: YamlSource, entries: str, changes: RegisterChanges, base: list[dict[str, Any]]) -> Iterator[Fault]:
    known, areas = {item["id"] for item in base}, {item.get("area") for item in base}
    added = {item["id"] for item in over.data.get("added", [])}
    for index, item in enumerate(over.data.get(entries, [])):
        if item["id"] not in known:
            line = over.line((entries, index, "id"))
            yield Fault(over.path, line, f"there is no '{item['id']}' to replace", "check the id, or move the entry to added")
    for index, item in enumerate(over.data.get("added", [])):
        if item["id"] in known:
            line = over.line(("added", index, "id"))
            yield Fault(over.path, line, f"'{item['id']}' exists already", f"move the entry to {entries}, which replaces")
    for index, one in enumerate(changes.removed):
        if one not in known:
            yield Fault(over.path, over.line(("removed", index)), f"there is no '{one}' to remove", "check the id")
    for index, area in enumerate(changes.removed_areas):
        if area not in areas:
            yield Fault(over.path, over.line(("removed_areas", index)), f"no entry has the area '{area}'", "check the area")
    for one, new in changes.replaced.items():
        line = over.line(("replaced", one))
        if entries in ("roles", "functions"):
            yield Fault(over.path, line, "others name it by its id", f"give it an entry with the same id under {entries} instead")
        if one not in known:
            yield Fault(over.path, line, f"there is no '{one}' to replace", "check the id")
        if new not in known | added:
            yield Fault(over.path, line, f"there is no '{new}' in place of '{one}'", "check the id, or add the entry under added")


def _joined(base: YamlSource, over: YamlSource, entries: str, kept: list[tuple[YamlSource, Where]]) -> YamlSource:
    lines = {where: line for where, line in base.lines.items() if where[:1] != (entries,) or len(where) == 1}
    places = {(id(source), where): number for number, (source, where) in enumerate(kept)}
    for source in (base, over):
        for where, line in source.lines.items():
            number = places.get((id(source), where[:2]))
            if number is not None:
                lines[(entries, number, *where[2:])] = PlacedLine(line, source.path) if source is over else line
    items = [source.data[where[0]][where[1]] for source, where in kept]
    return YamlSource(base.path, {**base.data, entries: items}, base.text, lines)


def _merged_mapping(edition: Edition, name: str, base: YamlSource, over: YamlSource, entries: str) -> YamlSource:
    held = over.data.get(entries, {})
    for key in held:
        if name == "strings.yml" and key not in base.data[entries]:
            edition.faults.append(Fault(over.path, over.line((entries, key)), f"there is no '{key}' to replace", "check the name"))
    lines = dict(base.lines)
    lines |= {where: PlacedLine(line, over.path) for where, line in over.lines.items() if where[:1] == (entries,) and len(where) > 1}
    return YamlSource(base.path, {**base.data, entries: {**base.data[entries], **held}}, base.text, lines)


def finish(
    edition: Edition,
    pages: dict[Language, dict[str, PageSource]],
    strings: dict[str, Text],
    data_texts: Callable[[PageSource], list[str]],
) -> None:
    """Give the pages this edition's owners, words and rules, and find what it has taken away but pages still name."""
    if edition.folder is None or edition.file is None:
        return
    for page in pages["sv"].values():
        page.meta = page.source_meta.model_copy(update={"owner": edition.owners.get(page.source_meta.owner) or page.source_meta.owner})
    for page_id in edition.rules.rules if edition.rules else ():
        if page_id not in pages["sv"] and edition.rules_source:
            line = edition.rules_source.line(("rules", page_id))
            edition.faults.append(
                Fault(edition.rules_source.path, line, f"there is no page {page_id}", "check the id in docs/_data/ids.yml")
            )
    for language in LANGUAGES if strings else ():
        for page in pages[language].values():
            for local in _local(edition, edition.file, page, " ".join([page.text, *data_texts(page)]), strings):
                # Where a reader meets it before acting: above the first heading.
                head, heading, rest = page.text.partition("\n## ")
                page.text = f"{head.rstrip()}\n\n{local}\n{heading}{rest}"
    edition.faults += _missing(edition, pages)


def _local(edition: Edition, own: EditionFile, page: PageSource, said: str, strings: dict[str, Text]) -> Iterator[str]:
    """Yield what is local on a page that says `said`, as Markdown: what a word of the base means here, then the local rule."""
    page_id, language = page.meta.id, page.language
    met = [word for word in own.words if re.search(rf"\b{re.escape(word.base[language])}", said, re.IGNORECASE)]
    if met and not page_id.startswith(HISTORY):
        meanings = "; ".join(f"{word.base[language]} = {word.here[language]}" for word in met)
        yield f"**{strings['local-words'][language]}:** {meanings}."
    if edition.rules and page_id in edition.rules.rules:
        yield f"/// note | {strings['local-rule'][language]}, {own.brand[language]}\n{edition.rules.rules[page_id][language]}\n///"


def _missing(edition: Edition, pages: dict[Language, dict[str, PageSource]]) -> Iterator[Fault]:
    """One fault for each register with entries that are removed, named by pages or data, and answered for by nobody."""
    named: dict[str, set[str]] = {}
    for page in (page for language in LANGUAGES for page in pages[language].values()):
        for kind, ids in [(use.name, use.arguments) for use in page.blocks] + [(one.kind, (one.id,)) for one in page.references]:
            if kind in REGISTER_OF:
                named.setdefault(REGISTER_OF[kind], set()).update(ids)
    for kind, one in edition.local.met:
        named.setdefault(REGISTER_OF[kind], set()).add(one)
    for name, entries in LISTS.items():
        lost = [one for one in edition.removed.get(entries, []) if one in named.get(entries, set())]
        if lost:
            over = edition.sources[name]
            line = over.line(("removed_areas",) if "removed_areas" in over.data else ("removed",))
            do = f"give each an entry of your own under {entries}, or name under replaced who answers for it here"
            yield Fault(over.path, line, f"removed, but pages or steps name {', '.join(lost)}", do)
