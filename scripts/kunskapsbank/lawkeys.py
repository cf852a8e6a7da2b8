"""Sections of law as search keys: '11 kap. 1 §' of the Social Services Act is 'sol 11:1', however it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .models.statutes import Act, Provision
from .searchwords import fold

_CHAPTER = re.compile(r"(\d+(?: [a-z])?) kap\. *(.*)")
_SECTION = re.compile(r"(\d+)(?: ([a-z])\b)?(?:–(\d+)(?: ([a-z])\b)?)?")
_GENERIC = {"", "act", "lagen", "ordinance", "forordningen", "vagledning", "guidance"}  # what is left of a name without its number
_LONGEST = 40  # a range wider than this is a chapter or a mistake, not a section somebody looks for


def keys(act: Act, provision: Provision) -> list[str]:
    """Return every section the provision's Swedish reference names: 'lvu 6a', 'sol 11:1', 'barnkonventionen 37'."""
    found: list[str] = []
    reference = re.sub(r"\(.*?\)", "", fold(provision.ref.sv)).replace("art. ", "")
    for part in re.split(r" och (?=\d+ kap)|, (?=\d+ kap)", reference):
        match = _CHAPTER.match(part)
        chapter, rest = (match[1].replace(" ", "") + ":", match[2]) if match else ("", part)
        found += [f"{act.id} {chapter}{section}" for section in _sections(rest.split(" – ")[0])]
    return list(dict.fromkeys(found))


def _sections(text: str) -> Iterator[str]:
    """Yield each section of a list such as '4–8, 10 och 10 a §§' or '15 e–15 i §§'."""
    for match in _SECTION.finditer(text):
        first, letter, last, last_letter = match.groups()
        if last is None:
            yield first + (letter or "")
        elif first == last:  # 15–15 d, 15 e–15 i: one section's letters
            if not letter:
                yield first
            for code in range(ord(letter or "a"), ord(last_letter or letter or "a") + 1):
                yield first + chr(code)
        elif int(last) - int(first) <= _LONGEST:
            yield from (str(number) for number in range(int(first), int(last) + 1))


def names(act: Act) -> list[str]:
    """Return what readers call the act, folded: its short names and titles, its abbreviation, its SFS number."""
    found = [act.id, act.short.sv, act.short.en, act.title.sv, act.title.en]
    found += re.findall(r"\(([A-ZÅÄÖ][A-Za-zÅÄÖåäö-]+)\)", " ".join(found))
    found += re.findall(r"\d{4}:\d+", act.sfs)
    return sorted({fold(re.sub(r"\s*\(.*?\)", "", name)).strip() for name in found} - _GENERIC)
