"""When pages, contacts, provisions and questions are due for review, and what is said when they are not reviewed in time.

Overdue warns for 30 days, then it is a fault, unless a written, dated postponement stands in the data.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from . import citing
from .bank import Bank
from .faults import Fault
from .models.base import Text
from .models.review import Function, ListedPostponement, Postponement
from .yamlsource import Where, YamlSource

Kind = Literal["page", "contact", "law", "quiz"]
KINDS: tuple[Kind, ...] = ("page", "contact", "law", "quiz")
State = Literal["good", "soon", "overdue", "postponed", "stopped"]

GRACE = 30  # days overdue that only warn
SOON = 30  # days ahead that are called soon
LONGEST = 3  # months a review may be postponed beyond its due day
_NAMED = 3  # ids named in a line for many

# the data file that holds a kind, its list of postponements, and the field with the day of the last check
_LISTS: dict[Kind, str] = {"contact": "contacts", "law": "statutes", "quiz": "quiz"}


def next_review(reviewed_on: datetime.date, months: int) -> datetime.date:
    """Return the day `months` after `reviewed_on`; the last of the month where the day does not exist."""
    index = reviewed_on.month - 1 + months
    year, month = reviewed_on.year + index // 12, index % 12 + 1
    return datetime.date(year, month, min(reviewed_on.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True)
class Item:
    """One thing that is reviewed. `group` is what it is named with where one line stands for many; `owner` is a function's name.

    Its place in a file says nothing to a reader: a line more above it makes no other item of it.
    """

    kind: Kind
    id: str
    group: str
    name: Text
    owner: Text
    checked: datetime.date
    due: datetime.date
    postponed: Postponement | None
    path: Path = field(compare=False)
    line: int = field(compare=False)
    postponed_at: tuple[Path, int] | None = field(default=None, compare=False)

    @property
    def last_day(self) -> datetime.date:
        """The last day on which the review is not late: the due day, or the end of its postponement."""
        return max(self.due, self.postponed.until) if self.postponed else self.due

    def days_over(self, today: datetime.date) -> int:
        """Return how many days ago it was due; negative before that."""
        return (today - self.due).days

    def state(self, today: datetime.date) -> State:
        """Return how it stands: stopped is what stops the build."""
        over = self.days_over(today)
        if over <= 0:
            return "soon" if over >= -SOON else "good"
        if self.postponed:
            return "postponed" if today <= self.postponed.until else "stopped"
        return "overdue" if over <= GRACE else "stopped"


def items(bank: Bank) -> list[Item]:
    """Return everything that is reviewed: pages, contacts, provisions and modules, each in the order of its register."""
    if bank.reviews is not None:
        return list(bank.reviews.values())
    return [*_pages(bank), *_contacts(bank), *_provisions(bank), *_modules(bank)]


def by_name(bank: Bank) -> dict[str, Item]:
    """Return the same by kind and id, such as 'page R08'."""
    return bank.reviews if bank.reviews is not None else {f"{item.kind} {item.id}": item for item in items(bank)}


def work_out(bank: Bank) -> None:
    """Let the bank keep what is reviewed. Nothing in it may change afterwards."""
    bank.reviews = by_name(bank)


def function_name(bank: Bank, owner: str) -> Text:
    """Return an owner's name in both languages; `owner` is a function's id, or its Swedish name as a page writes it."""
    for function in bank.review.functions if bank.review else []:
        if owner in (function.id, function.name.sv):
            return function.name
    return Text(sv=owner, en=owner)


def owners(bank: Bank) -> list[Function]:
    """Return the functions that own something to review, in the order of review.yml."""
    named = {item.owner for item in items(bank)}
    return [function for function in (bank.review.functions if bank.review else []) if function.name in named]


def _pages(bank: Bank) -> Iterator[Item]:
    order = {page_id: position for position, page_id in enumerate(bank.ledger)}
    for page in sorted(bank.pages["sv"].values(), key=lambda page: order.get(page.meta.id, len(order))):
        meta = page.source_meta
        english = bank.pages["en"].get(meta.id)
        yield Item(
            "page",
            meta.id,
            meta.id,
            Text(sv=meta.title, en=english.meta.title if english else meta.title),
            function_name(bank, meta.owner),
            meta.reviewed_on,
            next_review(meta.reviewed_on, meta.review_every),
            meta.postponed,
            page.path,
            page.front.line(("reviewed_on",)),
            (page.path, page.front.line(("postponed",))),
        )


def _contacts(bank: Bank) -> Iterator[Item]:
    source = bank.origin.get("contacts.yml")
    if bank.review is None or source is None:
        return
    period, put_off = bank.review.contacts, _postponed(bank, "contact")
    for position, contact in enumerate(bank.contacts.values()):
        yield Item(
            "contact",
            contact.id,
            contact.kind,
            contact.name,
            function_name(bank, period.owner),
            contact.checked_on,
            next_review(contact.checked_on, period.months),
            *_of(put_off, contact.id, source, ("contacts", position, "checked_on")),
        )


def _provisions(bank: Bank) -> Iterator[Item]:
    source = bank.origin.get("statutes.yml")
    if bank.review is None or source is None:
        return
    period, put_off = bank.review.statutes, _postponed(bank, "law")
    for a, act in enumerate(bank.acts.values()):
        for p, provision in enumerate(act.provisions):
            yield Item(
                "law",
                provision.id,
                act.id,
                Text(sv=citing.cite(bank, provision.id, "sv"), en=citing.cite(bank, provision.id, "en")),
                function_name(bank, period.owner),
                provision.checked_on,
                next_review(provision.checked_on, period.months),
                *_of(put_off, provision.id, source, ("acts", a, "provisions", p, "checked_on")),
            )


def _modules(bank: Bank) -> Iterator[Item]:
    if bank.review is None:
        return
    put_off = _postponed(bank, "quiz")
    for name, module in bank.modules.items():
        page = bank.source_page(name)
        yield Item(
            "quiz",
            name,
            name,
            Text(sv=bank.title(name, "sv"), en=bank.title(name, "en")) if name in bank.ledger else Text(sv=name, en=name),
            function_name(bank, page.source_meta.owner if page else ""),
            module.checked_on,
            next_review(module.checked_on, bank.review.quiz.months),
            *_of(put_off, name, bank.origin[f"training/{name}.yml"], ("checked_on",)),
        )


Postponed = dict[str, tuple[Postponement, Path, int]]


def _lists(bank: Bank, kind: Kind) -> list[ListedPostponement]:
    assert bank.review is not None
    lists: dict[Kind, list[ListedPostponement]] = {
        "contact": bank.review.contacts.postponed,
        "law": bank.review.statutes.postponed,
        "quiz": bank.review.quiz.postponed,
    }
    return lists[kind]


def _postponed(bank: Bank, kind: Kind) -> Postponed:
    source = bank.origin["review.yml"]
    found: Postponed = {}
    for position, entry in enumerate(_lists(bank, kind)):
        for n, name in enumerate(entry.ids):
            found[name] = (entry, source.path, source.line((_LISTS[kind], "postponed", position, "ids", n)))
    return found


def _of(put_off: Postponed, name: str, source: YamlSource, where: Where) -> tuple[Postponement | None, Path, int, tuple[Path, int] | None]:
    entry = put_off.get(name)
    return (entry[0] if entry else None), source.path, source.line(where), (entry[1:] if entry else None)


_WHAT: dict[Kind, tuple[str, str]] = {
    "page": ("the review of", "review the page and set reviewed_on"),
    "contact": ("the check of", "check with the function itself and set checked_on"),
    "law": ("the check of", "read the act again and set checked_on"),
    "quiz": ("the questions and the case of", "read them against their pages and set checked_on"),
}


def check(bank: Bank, today: datetime.date) -> list[Fault]:
    """Return a fault for what is more than 30 days overdue and not postponed, and for what is wrong in the data about reviews."""
    everything = items(bank)
    found = _wrong(bank, everything)
    for group in grouped(item for item in everything if item.state(today) == "stopped"):
        first = group[0]
        verb = "were" if len(group) > 1 else "was"
        if first.postponed:
            what = f"{verb} postponed until {first.postponed.until}, which has passed (due {first.due})"
        else:
            what = f"{verb} due {first.due}, {first.days_over(today)} days ago: more than {GRACE} days"
        found.append(
            Fault(first.path, first.line, f"{_named(group)} {what}", f"{_WHAT[first.kind][1]}, or postpone it in writing (page X06)")
        )
    return found


def wrong(bank: Bank) -> list[Fault]:
    """Return a fault for every postponement that does not hold and every owner that is no function, whatever day it is."""
    return _wrong(bank, items(bank))


def _wrong(bank: Bank, everything: Sequence[Item]) -> list[Fault]:
    return [*_wrong_owners(bank), *_wrong_lists(bank), *(fault for item in everything for fault in _wrong_postponement(item))]


def warnings(bank: Bank, today: datetime.date) -> list[Fault]:
    """Return one line for each page, kind of contact, act and module that is overdue or postponed. They do not stop the build."""
    found = []
    everything = items(bank)
    for group in grouped(item for item in everything if item.state(today) == "overdue"):
        first = group[0]
        verb, left = "were" if len(group) > 1 else "was", GRACE - first.days_over(today)
        what = f"{_named(group)} {verb} due {first.due}; the build stops {f'in {left + 1} days' if left else 'tomorrow'}"
        found.append(Fault(first.path, first.line, what, _WHAT[first.kind][1]))
    for group in grouped(item for item in everything if item.state(today) == "postponed"):
        first = group[0]
        assert first.postponed
        verb = "were" if len(group) > 1 else "was"
        what = f"{_named(group)} {verb} due {first.due} and postponed until {first.postponed.until}"
        found.append(Fault(first.path, first.line, what, _WHAT[first.kind][1]))
    # A later day than today would put the next review off unseen; but this computer's clock may be the one that is wrong.
    for kind in KINDS:
        ahead = [item for item in everything if item.kind == kind and item.checked > today + datetime.timedelta(days=1)]
        if ahead:
            first = ahead[0]
            what = f"{_named(ahead)} has a day after today ({today}): {first.checked}"
            found.append(Fault(first.path, first.line, what, "write the day it was done, or set this computer's clock"))
    return found


def grouped(found: Iterable[Item]) -> list[list[Item]]:
    """Return one list for each kind, group, due day and postponement, in the order they were found."""
    groups: dict[tuple[object, ...], list[Item]] = {}
    for item in found:
        groups.setdefault((item.kind, item.group, item.due, item.postponed and item.postponed.until), []).append(item)
    return list(groups.values())


def _named(group: Sequence[Item]) -> str:
    """'the review of R08', or for many 'the check of 9 in police: sos-112, polisen-11414, ... (scripts/review lists all)'."""
    first, what = group[0], _WHAT[group[0].kind][0]
    if len(group) == 1:
        return f"{what} {first.id}"
    ids = ", ".join(item.id for item in group[:_NAMED])
    more = ", ... (scripts/review lists all)" if len(group) > _NAMED else ""
    where = f" in {first.group}" if len({item.group for item in group}) == 1 else ""
    return f"{what} {len(group)}{where}: {ids}{more}"


def _wrong_postponement(item: Item) -> Iterator[Fault]:
    put_off = item.postponed
    if put_off is None or item.postponed_at is None:
        return
    path, line = item.postponed_at
    longest = next_review(item.due, LONGEST)
    if put_off.decided_on <= item.checked:
        yield Fault(path, line, f"{item.id} has been reviewed since its postponement was decided", "remove the postponement")
    elif put_off.until <= item.due:
        yield Fault(
            path, line, f"{item.id} is postponed until {put_off.until} but is due {item.due}", "remove the postponement, or mend until"
        )
    elif put_off.until > longest:
        what = f"{item.id} is postponed until {put_off.until}, more than {LONGEST} months after it is due ({item.due})"
        yield Fault(path, line, what, f"write {longest} or earlier")


def _wrong_owners(bank: Bank) -> Iterator[Fault]:
    """Every page is owned by a function that review.yml names, or its calendar would be nobody's."""
    if bank.review is None:
        return
    known = [function.name.sv for function in bank.review.functions]
    for page in bank.pages["sv"].values():
        if page.source_meta.owner not in known:
            what = f"there is no function '{page.source_meta.owner}'"
            yield Fault(page.path, page.front.line(("owner",)), what, "write one of functions in docs/_data/review.yml, or add it there")


def _wrong_lists(bank: Bank) -> Iterator[Fault]:
    """What review.yml postpones exists, and stands there once."""
    if bank.review is None:
        return
    source = bank.origin["review.yml"]
    indexes: dict[Kind, dict[str, Any]] = {"contact": bank.contacts, "law": bank.provisions, "quiz": bank.modules}
    for kind, index in indexes.items():
        seen: set[str] = set()
        for position, entry in enumerate(_lists(bank, kind)):
            for n, name in enumerate(entry.ids):
                line = source.line((_LISTS[kind], "postponed", position, "ids", n))
                if name not in index:
                    yield Fault(source.path, line, f"there is no {_NOUN[kind]} '{name}'", "check the id")
                if name in seen:
                    yield Fault(source.path, line, f"'{name}' is postponed twice", "remove one of them")
                seen.add(name)


_NOUN: dict[Kind, str] = {"page": "page", "contact": "contact", "law": "provision", "quiz": "module"}
