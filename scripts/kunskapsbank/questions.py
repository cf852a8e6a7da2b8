"""Questions and scenes whose routine has moved on since they were written: reread them."""

from __future__ import annotations

from dataclasses import dataclass

from .bank import Bank
from .faults import Fault


@dataclass(frozen=True)
class Stale:
    """One question or scene of `module`, written for version `written_for` of `page`, which is now at `version`."""

    module: str
    id: str
    page: str
    written_for: int
    version: int
    line: int


def stale(bank: Bank) -> list[Stale]:
    """Return every question and scene whose page has a later version than the one it was written for, module by module."""
    return [item for item in _compared(bank) if item.version > item.written_for]


def ahead(bank: Bank) -> list[Stale]:
    """Return every question and scene that names a version its page has not reached: a fault of the data."""
    return [item for item in _compared(bank) if item.version < item.written_for]


def warnings(bank: Bank) -> list[Fault]:
    """Return one line for each stale question, for the editor who builds or checks. They do not stop the build."""
    return [
        Fault(
            bank.origin[f"training/{item.module}.yml"].path,
            item.line,
            f"'{item.id}' was written for version {item.written_for} of {item.page}, which is now version {item.version}",
            "reread it against the page, mend it, and set page_version to the page's version",
        )
        for item in stale(bank)
    ]


def _compared(bank: Bank) -> list[Stale]:
    found = []
    for name, module in bank.modules.items():
        source = bank.origin[f"training/{name}.yml"]
        places = [("case", "scenes", i) for i in range(len(module.case.scenes))] + [("quiz", i) for i in range(len(module.quiz))]
        for where, item in zip(places, module.bound(), strict=True):
            if page := bank.source_page(item.page):
                line = source.line((*where, "page_version"))
                found.append(Stale(name, item.id, item.page, item.page_version, page.source_meta.version, line))
    return found
