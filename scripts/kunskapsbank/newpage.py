"""Make a new routine: `scripts/new`. Every file it needs, in both languages, or nothing at all."""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from . import check, schemas, translated, unwritten
from .bank import Bank, load
from .faults import Fault
from .models.base import LANGUAGES, Language
from .yamlsource import read_text

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
# The sections that hold routines and checklists, and the letter of their ids.
SECTIONS = {"handbok": "R", "atervandande": "T", "mallar": "M"}
_NAMES: dict[Language, str] = {"sv": "the Swedish title", "en": "the English title"}
_QUESTIONS: dict[Language, str] = {"sv": "Title in Swedish: ", "en": "Title in English: "}


class RefusedError(Exception):
    """The page cannot be made; the message is one line that says why and what to do."""


@dataclass(frozen=True)
class Wanted:
    """What the writer asked for. `address` is the last part of the published address; '' makes it from the Swedish title."""

    titles: dict[Language, str]
    section: str = "handbok"
    address: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Made:
    """A new page: its id, the whole text of every file that is new or changed, and the places still to be written."""

    id: str
    files: dict[Path, str]
    unwritten: tuple[Fault, ...] = ()


def slug(title: str) -> str:
    """Return `title` as the last part of an address: a-z, digits and hyphens, at most 60 characters. '' if nothing is left."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    while len("-".join(words)) > 60:
        words.pop()
    return "-".join(words)


def next_id(bank: Bank, letter: str, published: str = "") -> str:
    """Return the id after the highest ever used with `letter`: published, planned and retired ones count, in the ledger and
    in the list of what has been published (`published`). Raises RefusedError after 99.
    """
    used = [*bank.ledger, *(line.split(" ")[0] for line in published.splitlines())]
    highest = max((int(page_id[1:]) for page_id in used if re.fullmatch(rf"{letter}\d\d", page_id)), default=0)
    if highest == 99:
        raise RefusedError(f"all ids up to {letter}99 are used - choose another section")
    return f"{letter}{highest + 1:02}"


def plan(bank: Bank, root: Path, wanted: Wanted, today: datetime.date) -> Made:
    """Return the files that make the page, without writing any. Raises RefusedError."""
    if wanted.section not in SECTIONS:
        raise RefusedError(f"there is no section '{wanted.section}' for routines - choose one of {', '.join(SECTIONS)}")
    for language in LANGUAGES:
        _refuse_title(bank, language, wanted.titles[language])
    last = wanted.address or slug(wanted.titles["sv"])
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", last):
        raise RefusedError(f"'{last}' is no address - give one with --address, of a-z, digits and hyphens")
    docs, list_path = root / "docs", root / "tests" / "site" / "published.txt"
    ledger_path, changes_path = docs / "_data" / "ids.yml", docs / "_data" / "changes.yml"
    if not list_path.is_file():
        raise RefusedError("tests/site/published.txt is missing - restore it from the repository")
    published = read_text(list_path)
    letter = SECTIONS[wanted.section]
    page_id, path = next_id(bank, letter, published), f"{wanted.section}/{last}/"
    for entry in bank.ledger.values():
        if path in (entry.path, *entry.former):
            raise RefusedError(f"the address {path} is, or was, that of {entry.id} - give another with --address")
    if f" /{path}\n" in published + "\n":
        raise RefusedError(f"the address {path} has been published before - give another with --address")
    parent = next((e.id for e in bank.ledger.values() if e.path == f"{wanted.section}/"), None)
    above = bank.source_page(parent) if parent else None
    owner = wanted.owner or (above.source_meta.owner if above else "Redaktionen")
    values: dict[str, object] = {
        "id": page_id,
        "owner": _plain(owner),
        "today": today.isoformat(),
        "group": "gor-sa",
        "decision": "vagval",
        "contact": next(contact.id for contact in bank.contacts.values() if contact.number_confirmed),
        "role": next(iter(bank.roles)),
    }
    new = {docs / language / f"{path.rstrip('/')}.md": _page(language, wanted.titles[language], values) for language in LANGUAGES}
    steps = f"steps/{page_id}.yml"
    new[docs / "_data" / steps] = _render(
        "steps.yml", {**values, "sv": unwritten.MARK["sv"], "en": unwritten.MARK["en"], "modeline": schemas.modeline(steps)}
    )
    for file in new:
        if file.exists():
            raise RefusedError(f"{file.relative_to(root)} is there already - give another address with --address")
    title = f"{{sv: {json.dumps(wanted.titles['sv'], ensure_ascii=False)}, en: {json.dumps(wanted.titles['en'], ensure_ascii=False)}}}"
    entry_text = f"  - id: {page_id}\n    path: {path}\n    state: published\n    title: {title}\n"
    changed = {
        ledger_path: _after_last(read_text(ledger_path), letter, entry_text),
        changes_path: _first(bank, read_text(changes_path), page_id, wanted, today),
        list_path: published.rstrip("\n") + f"\n{page_id} /{path}\n",
    }
    return Made(page_id, {**new, **changed})


def make(root: Path, wanted: Wanted, today: datetime.date) -> Made:
    """Write the page's files, and take every one back if one cannot be written or the check then finds a new fault.

    Raises RefusedError; the tree is then as it was.
    """
    bank = load(root / "docs")
    if broken := [fault for fault in bank.faults if fault.path.suffix == ".yml"]:
        raise RefusedError(f"mend this first, then run scripts/new again: {broken[0].text(root)}")
    before = {(fault.path, fault.what) for fault in check.faults_of(bank, today)}
    made = plan(bank, root, wanted, today)
    old = {path: path.read_bytes() if path.exists() else None for path in made.files}
    folders = {parent for path in made.files for parent in path.parents if not parent.exists()}
    try:
        for path, text in made.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        bank = load(root / "docs")
        if all(made.id in bank.pages[language] for language in LANGUAGES):
            translated.record(bank, made.id, [], False, today)  # both languages come from one text
            bank = load(root / "docs")
        new = [fault for fault in check.faults_of(bank, today) if (fault.path, fault.what) not in before]
        if new:
            # a page that cannot be read is also missing in the ledger: the fault in the page itself says more
            first = next((fault for fault in new if fault.path.suffix == ".md"), new[0])
            raise RefusedError(f"the page would not pass the check: {first.text(root)}")
    except BaseException as error:
        for path, content in old.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        for folder in sorted(folders, reverse=True):
            if folder.is_dir():
                folder.rmdir()
        if isinstance(error, OSError):
            raise RefusedError(f"{error.filename} cannot be written ({error.strerror}) - check permissions and room on the disk") from None
        raise
    return Made(made.id, made.files, tuple(fault for fault in unwritten.warnings(bank) if fault.path in made.files))


def main(arguments: list[str] | None = None, root: Path | None = None, ask: Callable[[str], str] | None = None) -> int:
    """Make what is asked for and say what remains to be done; return 1, with one line, if nothing was made."""
    given = _arguments(arguments)
    root = root or Path.cwd()
    if ask is None and sys.stdin.isatty():
        ask = input
    try:
        wanted = _complete(given, ask)
        made = make(root, wanted, datetime.date.today())
    except RefusedError as refused:
        print(f"scripts/new: {refused}. Nothing was made.", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nscripts/new: interrupted. Nothing was made.", file=sys.stderr)
        return 1
    print(_summary(made, root))
    return 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/new",
        usage='scripts/new routine "Titel på svenska" "Title in English" [--section handbok] [--address nagot-kort] [--owner Socialjouren]',
        description="Make a new routine: the page in both languages, its steps, its line in the ledger of ids and in the log of "
        "changes. The id is the next free one. Run it without titles and it asks for them. It never overwrites a file.",
        epilog='For example: scripts/new routine "Möta barnet på sjukhus" "Meeting the child at a hospital"',
    )
    parser.add_argument("words", nargs="*", metavar="routine TITLE TITLE", help="the titles in Swedish and English, in quotation marks")
    sections = ", ".join(f"{name} ({letter}..)" for name, letter in SECTIONS.items())
    parser.add_argument("--section", default="", help=f"where it belongs: {sections}; without it, handbok")
    parser.add_argument(
        "--address", default="", help="the last part of its address, a-z, digits and hyphens; without it, made from the title"
    )
    parser.add_argument("--owner", default="", help="the function that owns the page; without it, the owner of the section's first page")
    return parser.parse_args(arguments)


def _complete(given: argparse.Namespace, ask: Callable[[str], str] | None) -> Wanted:
    words = given.words[1:] if given.words[:1] == ["routine"] else given.words
    if len(words) > 2:
        raise RefusedError('there are more than two titles - put each in quotation marks: "Titel på svenska" "Title in English"')
    titles: dict[Language, str] = {}
    for language, title in zip(LANGUAGES, [*words, "", ""], strict=False):
        if not title and ask is None:
            raise RefusedError(f'{_NAMES[language]} is missing - write scripts/new routine "Titel på svenska" "Title in English"')
        if not title and ask is not None:
            title = ask(_QUESTIONS[language])
        titles[language] = " ".join(title.split())
    section = given.section
    if not section and ask is not None and not words:
        section = ask(f"Section ({', '.join(SECTIONS)}; Enter for handbok): ").strip()
    return Wanted(titles, section or "handbok", given.address, given.owner)


def _refuse_title(bank: Bank, language: Language, title: str) -> None:
    name = _NAMES[language]
    if not 2 <= len(title) <= 80:
        raise RefusedError(f"{name} has {len(title)} characters - write between 2 and 80")
    if not title.isprintable() or re.search(r"\[\[|\]\]|[|{}<>`]", title):
        raise RefusedError(f"{name} has a character that is not for titles - use letters, digits and ordinary punctuation")
    for page_id in bank.ledger:
        planned = bank.ledger[page_id].title
        taken = {bank.title(page_id, language), planned[language] if planned else ""}
        if title.casefold() in {other.casefold() for other in taken}:
            raise RefusedError(f"{name} '{title}' is that of {page_id} - choose another")


def _marks() -> dict[str, str]:
    return {language: unwritten.MARK[language] for language in LANGUAGES}


def _page(language: Language, title: str, values: dict[str, object]) -> str:
    return _render(
        "routine.md",
        {
            **values,
            "language": language,
            "title": title,
            "WRITE": unwritten.MARK[language],
            "t": lambda sv, en: sv if language == "sv" else en,
            "quoted": lambda text: json.dumps(text, ensure_ascii=False),
        },
    )


def _render(name: str, values: dict[str, object]) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True, comment_start_string="{##", comment_end_string="##}",  # {#id} is a heading's id
    )  # fmt: skip
    return environment.get_template(name).render(**values)


def _plain(text: str) -> str:
    """Return `text` as a YAML value, in quotation marks only where it needs them."""
    try:
        same = yaml.safe_load(f"x: {text}") == {"x": text}
    except yaml.YAMLError:
        same = False
    return text if same else json.dumps(text, ensure_ascii=False)


def _after_last(ledger: str, letter: str, entry: str) -> str:
    """Return the ledger with `entry` after the last entry of its letter. The text is edited, so order and comments stay."""
    lines = ledger.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if re.match(rf"  - id: {letter}\d\d\b", line)]
    end = starts[-1] + 1 if starts else len(lines)
    while end < len(lines) and (lines[end].startswith("    ") and lines[end].strip()):
        end += 1
    if lines[end - 1][-1:] != "\n":
        lines[end - 1] += "\n"
    return "".join([*lines[:end], entry, *lines[end:]])


def _first(bank: Bank, log: str, page_id: str, wanted: Wanted, today: datetime.date) -> str:
    """Return the log of changes with an entry for the new page, before the first entry that is not later than today."""
    entry = f"  - date: {today}\n    kind: material\n    pages: [{page_id}]\n    text:\n"
    entry += f"      sv: {json.dumps('Ny rutin: ' + wanted.titles['sv'] + '.', ensure_ascii=False)}\n"
    entry += f"      en: {json.dumps('New routine: ' + wanted.titles['en'] + '.', ensure_ascii=False)}\n"
    lines = log.splitlines(keepends=True)
    dates = [change.date for change in bank.changes.changes] if bank.changes else []
    later = sum(date > today for date in dates)
    source = bank.origin["changes.yml"]
    at = source.line(("changes", later)) - 1 if later < len(dates) else len(lines)
    return "".join([*lines[:at], entry, *lines[at:]])


def _summary(made: Made, root: Path) -> str:
    files = [path.relative_to(root).as_posix() for path in made.files]
    lines = [f"{made.id} is made. These files are new: " + ", ".join(files[:3]) + ".", "These were added to: " + ", ".join(files[3:]) + "."]
    lines += ["", f"Still to be written, {len(made.unwritten)} places (scripts/check shows them again):"]
    lines += [f"  {fault.path.relative_to(root)}:{fault.line}: {fault.do}" for fault in made.unwritten]
    lines += ["", f"Then: name {made.id} in before and after of the pages that come before and after it, and run scripts/check."]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
