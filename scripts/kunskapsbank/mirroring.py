"""Check the shape of pages: the ledger, the two languages mirroring each other, headings, sections of law."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from .bank import Bank
from .faults import Fault
from .models.base import LANGUAGES
from .pages import CALLOUTS, PageSource

# '6 §', '20 kap. 1 §', 'section 6', 'chapter 20' written by hand: section numbers live in statutes.yml alone
_SECTION = re.compile(r"\d+ ?[a-z]? ?§|§ ?\d|\b\d+ kap\.|\bsections? \d|\bchapter \d|\b[Aa]rt\. ?\d", re.ASCII)
_PHONE = re.compile(r"(?<![\d-])(?:\+\d{2}[ \d]{7,}|0\d{1,3}-\d[\d ]{4,}\d|11[246] ?\d{2,3}\b|\b112\b|\b1177\b)")
_LINK = re.compile(r"\]\((?!https?://)[^)]*\)")
_SUSPECT = re.compile(r"[\d(]")  # a line without a figure or a parenthesis has none of these
_COPIED = re.compile(r"`[^`]*`")
_COPY = re.compile(r"\[\[[^\]]*\]\]|`[^`]*`")


def check(bank: Bank) -> list[Fault]:
    """Return every fault in the pages' shape."""
    found = [*_ledger(bank), *_twins(bank), *_local_rules(bank)]
    for language in LANGUAGES:
        titles = Counter(page.meta.title for page in bank.pages[language].values())
        found += [fault for page in bank.pages[language].values() for fault in _page(page, titles)]
    return found


def warnings(bank: Bank) -> Iterator[Fault]:
    """Yield one line for each title of the ledger that is not its page's: it is what the page is called by when it is gone."""
    if "ids.yml" not in bank.origin:
        return
    source = bank.origin["ids.yml"]
    for number, entry in enumerate(bank.ledger.values()):
        for language in LANGUAGES:
            page = bank.pages[language].get(entry.id)
            if page and entry.title and entry.title[language] != page.meta.title and not bank.edition.holds(page.path):
                yield Fault(
                    source.path,
                    source.line(("ids", number)),
                    f"{entry.id} is called '{entry.title[language]}' here and '{page.meta.title}' on its {language} page",
                    "write the page's title here too",
                )


def _ledger(bank: Bank) -> Iterator[Fault]:
    if "ids.yml" not in bank.origin:
        return
    source = bank.origin["ids.yml"]
    lines = {entry: source.line(("ids", i)) for i, entry in enumerate(bank.ledger)}
    for entry in bank.ledger.values():
        here = [language for language in LANGUAGES if entry.id in bank.pages[language]]
        missing = ", ".join(language for language in LANGUAGES if language not in here and not bank.unread(entry.id, language))
        if entry.state == "published" and missing:
            yield Fault(
                source.path, lines[entry.id], f"{entry.id} is published but has no page in {missing}", "write the page, or retire the id"
            )
        if entry.state != "published" and here:
            page = bank.pages[here[0]][entry.id]
            yield Fault(
                page.path, page.front.line(("id",)), f"{entry.id} is {entry.state} in the ledger", "set its state to published in ids.yml"
            )
        for language in here:
            page = bank.pages[language][entry.id]
            if page.address != entry.path:
                yield Fault(
                    page.path,
                    page.front.line(("id",)),
                    f"{entry.id} belongs at {entry.path or 'the start'}",
                    "move the file, or add the old address to former",
                )
    for language in LANGUAGES:
        for page in bank.pages[language].values():
            if page.meta.id not in bank.ledger:
                yield Fault(page.path, page.front.line(("id",)), f"{page.meta.id} is not in the ledger", "add it to docs/_data/ids.yml")


def _twins(bank: Bank) -> Iterator[Fault]:
    for page_id, swedish in bank.pages["sv"].items():
        english = bank.pages["en"].get(page_id)
        if english is None:
            continue
        for what, ours, theirs in (
            ("heading", [(h.level, h.id, h.line) for h in swedish.headings], [(h.level, h.id, h.line) for h in english.headings]),
            ("block", _data_blocks(swedish), _data_blocks(english)),
            ("[[local]]", _local_passages(swedish), _local_passages(english)),
        ):
            pairs = zip_longest(ours, theirs, fillvalue=(None, None, english.body_line))
            for position, (our, their) in enumerate(pairs, 1):
                if our[:2] != their[:2]:
                    yield Fault(
                        english.path, their[2], f"{what} {position} is not the one of the Swedish page", "make both languages the same"
                    )
                    break


def _data_blocks(page: PageSource) -> list[tuple[str, tuple[str, ...], int]]:
    return [(use.name, use.arguments, use.line) for use in page.blocks if use.name not in CALLOUTS]


def _local_passages(page: PageSource) -> list[tuple[str, None, int]]:
    lines = enumerate(page.body.split("\n"), page.body_line)
    return [("local", None, number) for number, line in lines for _ in range(_COPIED.sub("", line).count("[[local]]"))]


def _page(page: PageSource, titles: Counter[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    level = 1
    for heading in page.headings:
        if heading.level == 1:
            yield Fault(
                page.path, heading.line, "the page has a first-level heading of its own", "remove it: the title stands in front matter"
            )
        elif heading.level > level + 1:
            yield Fault(page.path, heading.line, f"heading level {heading.level} after level {level}", "do not skip a level")
        level = heading.level
        if heading.id is None:
            yield Fault(page.path, heading.line, "the heading has no id", "write {#a-chosen-id} after it, the same in both languages")
        elif heading.id in seen:
            yield Fault(page.path, heading.line, f"the heading id '{heading.id}' stands twice", "choose another id")
        seen.add(heading.id or "")
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        if not line.startswith("///"):
            yield from _by_hand(page.path, number, line)
    if titles[page.meta.title] > 1:
        yield Fault(page.path, page.front.line(("title",)), f"another page has the title '{page.meta.title}'", "titles must be unique")


def _by_hand(path: Path, number: int, line: str) -> Iterator[Fault]:
    """Yield a fault for what must be a reference: a section of law, a phone number, a link to another page."""
    if not _SUSPECT.search(line):
        return
    plain = _COPY.sub("", line)
    if match := _SECTION.search(plain):
        yield Fault(
            path, number, f"a section of law written by hand ('{match[0]}')", "write [[law:…]], so that it can be changed in one place"
        )
    if match := _PHONE.search(plain):
        yield Fault(
            path, number, f"a phone number written by hand ('{match[0]}')", "write [[phone:…]], so that it can be changed in one place"
        )
    if _LINK.search(plain):
        yield Fault(path, number, "an ordinary link to another page", "write [[ID]] or [[ID|text]]")


def _local_rules(bank: Bank) -> Iterator[Fault]:
    """The same for the local rules of an overlay."""
    source, rules = bank.edition.rules_source, bank.edition.rules
    if source is None or rules is None:
        return
    for page_id, text in rules.rules.items():
        for language in LANGUAGES:
            for line in text[language].split("\n"):
                yield from _by_hand(source.path, source.line(("rules", page_id, language)), line)
