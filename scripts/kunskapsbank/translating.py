"""Which sections of the English pages render a Swedish text that has changed since. Reads and works out; writes no file.

A section is a second-level heading with everything below it, by the heading's id; 'intro' is what stands before the first
one, with the page's title and description. The English page records the digest of each Swedish section it translates.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .bank import Bank
from .faults import Fault
from .models.base import Model
from .models.forms import FormSection
from .models.frontmatter import Translated
from .models.routines import Decision, IndicatorGroup, StepGroup
from .pages import CALLOUTS, FENCE, BlockUse, PageSource

INTRO = "intro"
FIELD = "translates"


@dataclass(frozen=True)
class Section:
    """One section of a page: its title and its Markdown, each line with its number in the file."""

    title: str
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Behind:
    """A section of an English page whose Swedish text has changed since it was translated `on` a day. `line` holds the record."""

    page_id: str
    section: str
    on: datetime.date
    path: Path = field(compare=False)
    line: int = field(compare=False)


def sections(page: PageSource) -> dict[str, Section]:
    """Return the sections of a page in their order, by key. A heading without an id has none: that is a fault of its own."""
    starts = [(page.body_line, INTRO, page.meta.title)]
    starts += [(heading.line, heading.id, heading.text) for heading in page.headings if heading.level == 2 and heading.id]
    lines = list(enumerate(page.body.split("\n"), page.body_line))
    ends = [line for line, _, _ in starts[1:]] + [page.body_line + len(lines)]
    return {
        key: Section(title, tuple(lines[start - page.body_line : end - page.body_line]))
        for (start, key, title), end in zip(starts, ends, strict=True)
    }


def section_at(page: PageSource, line: int) -> str:
    """Return the key of the section that `line` of the file stands in."""
    return next(key for key, section in reversed(sections(page).items()) if section.lines and section.lines[0][0] <= line)


def digests(bank: Bank, page: PageSource) -> dict[str, str]:
    """Return, for each section of a Swedish page, eight digits that change when a word of it does.

    Counted are the Markdown and the Swedish of the page's own data where a block shows it: steps, decisions, forms, the
    training, signs, the flow chart, the outcomes of the cases. Not counted:

    - how lines are wrapped and blanks at their ends; only in a code example, where they mean something, lines are kept
    - the lines that begin and end a block: its ids are the same in both languages, which the check sees to
    - the shared registers (contacts, statutes, deadlines, glossary, sources, roles): a fact is written once for all pages, both
      languages side by side, and is translated there. One change would otherwise mark every page that names it.
    """
    head = [page.meta.title, page.meta.description]
    return {key: _digest(bank, page, section, head if key == INTRO else []) for key, section in sections(page).items()}


def _digest(bank: Bank, page: PageSource, section: Section, head: list[str]) -> str:
    uses = {use.line: use for use in page.blocks if use.name not in CALLOUTS}
    words = " ".join(head).split()
    fenced = False
    for number, line in section.lines:
        if number in uses:
            words += [word for item in _own_data(bank, page, uses[number]) for text in _swedish(item) for word in text.split()]
        elif FENCE.match(line):
            fenced = not fenced
            words.append(line.strip())
        elif fenced:
            words.append(line.rstrip())
        elif line.strip() != "///":
            words += (bank.edition.local.line(line, "sv") or "").split()
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]


def _own_data(bank: Bank, page: PageSource, use: BlockUse) -> list[Model]:
    """Return what a block shows of the data written for its page, in the block's order; nothing for a shared register."""
    routine, form, module = bank.routines.get(page.meta.id), bank.forms.get(page.meta.id), bank.modules.get(page.meta.id)
    lists: dict[str, Sequence[StepGroup | Decision | FormSection | IndicatorGroup]] = {
        "steps": routine.groups if routine else [],
        "decision": routine.decisions if routine else [],
        "form": form.sections if form else [],
        "indicators": bank.indicators.groups if bank.indicators else [],
    }
    if use.name in lists:
        return [item for argument in use.arguments for item in lists[use.name] if item.id == argument]
    if use.name in ("goals", "know", "case", "quiz"):
        found = getattr(module, use.name, [])
        return list(found) if isinstance(found, list) else [found]
    if use.name == "flow" and bank.flow:
        return [bank.flow]
    return list(bank.cases.outcomes_2010) if use.name == "chart" and "outcomes" in use.arguments and bank.cases else []


def _swedish(value: object) -> Iterator[str]:
    """Yield every Swedish text in a model and what it holds, in the order of its fields."""
    if isinstance(value, list):
        for item in value:
            yield from _swedish(item)
    elif isinstance(value, Model):
        for name, inner in value:
            if name == "sv" and isinstance(inner, str):
                yield inner
            elif name != "en":
                yield from _swedish(inner)


def behind_on(bank: Bank, page: PageSource) -> list[Behind]:
    """Return the sections of an English page that are behind, in the page's order. What has no record is a fault, see `check`."""
    if bank.behind is not None:
        return bank.behind.get(page.meta.id, [])
    source = bank.source_page(page.meta.id)
    if bank.edition.holds(page.path):  # an edition's own page, in both languages its own
        return []
    base = bank.without_overlay()  # translated is what the base says; an edition's names stand in both languages
    return [
        Behind(page.meta.id, key, record.on, page.path, page.front.line((FIELD, key)))
        for key, digest in (digests(base, base.pages["sv"][page.meta.id]).items() if source else ())
        if (record := page.translates.get(key)) and record.digest != digest
    ]


def behind(bank: Bank) -> list[Behind]:
    """Return every section that is behind, in the order of the ledger."""
    if bank.behind is not None:
        return [item for found in bank.behind.values() for item in found]
    pages = bank.pages["en"]
    return [item for page_id in bank.ledger if page_id in pages for item in behind_on(bank, pages[page_id])]


def work_out(bank: Bank) -> None:
    """Let the bank keep which sections are behind, by page. Nothing in it may change afterwards."""
    pages = bank.pages["en"]
    bank.behind = {page_id: behind_on(bank, pages[page_id]) for page_id in bank.ledger if page_id in pages}


def warnings(bank: Bank) -> list[Fault]:
    """Return one line for each section that is behind, for the editor who builds or checks. They do not stop the build."""
    if bank.faults:  # with a file that cannot be read, nobody knows what has changed
        return []
    return [
        Fault(
            item.path,
            item.line,
            f"the Swedish text of '{item.section}' in {item.page_id} has changed since it was translated on {item.on}",
            f"translate it, then run scripts/translated {item.page_id} {item.section}; add --cosmetic if the English still says the same",
        )
        for item in behind(bank)
    ]


def check(bank: Bank) -> Iterator[Fault]:
    """Yield a fault for an English page without a record of a section, and for a record of a section that is not there."""
    for page_id, page in bank.pages["en"].items():
        source = bank.source_page(page_id)
        if source is None or bank.edition.holds(page.path):
            continue
        wanted = sections(source)
        for heading in source.headings:
            if heading.id == INTRO:
                yield Fault(source.path, heading.line, f"'{INTRO}' stands for the text before the first heading", "choose another id")
        if missing := [key for key in wanted if key not in page.translates]:
            yield Fault(
                page.path,
                page.front.line((FIELD,)),
                f"{FIELD} does not say which Swedish text these sections render: {', '.join(missing)}",
                f"read them against the Swedish page, then run scripts/translated {page_id}",
            )
        for key in page.translates:
            if key not in wanted:
                yield Fault(
                    page.path,
                    page.front.line((FIELD, key)),
                    f"{FIELD} names '{key}', which is no section of the Swedish page",
                    f"remove the line, or run scripts/translated {page_id}",
                )


def _key(key: str) -> str:
    """A heading may have an id that YAML reads as something else: no (Norway) is false, 2011 a number."""
    return key if yaml.safe_load(key) == key else f'"{key}"'


def written(text: str, records: Mapping[str, Translated]) -> str:
    """Return the English file `text` with its `translates` lines replaced by `records`, every other character as it was.

    The lines stand where they stood, or last in the front matter; they end as the file's first line does.
    """
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines) if number and line.strip() == "---")
    start = next((number for number in range(1, end) if lines[number].startswith(f"{FIELD}:")), end)
    stop = start + (start < end)
    for number in range(stop, end):
        if lines[number].strip():
            if lines[number][0] not in " \t":
                break
            stop = number + 1
    ending = "\r" if lines[0].endswith("\r") else ""
    made = [f"{FIELD}:", *(f"  {_key(key)}: {record}" for key, record in records.items())]
    return "\n".join([*lines[:start], *(line + ending for line in made), *lines[stop:]])
