"""The data blocks: which ids each takes and what its template is given. One template each in overrides/blocks."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import calculator, confirming, feeds, history, linking, questions, reviewing, training, translating
from .bank import Bank, Item
from .flowchart import draw
from .linking import UNNUMBERED, address, dated_address
from .models.base import Text
from .models.contacts import Contact
from .models.routines import StepGroup
from .models.statutes import Act
from .offline import worker
from .pages import PageSource
from .pdf.documents import MANUAL, place
from .pdf.forms import fillable
from .showing import may_cite, may_show, shown_contacts

Values = dict[str, Any]
Finder = Callable[[Bank, PageSource, str], Any]


@dataclass(frozen=True)
class Block:
    """One kind of block. `find` returns what an id stands for (None: no such id); `values` adds to the template."""

    noun: str = ""
    find: Finder | None = None
    values: Callable[[Bank, PageSource, list[Any]], Values] | None = None
    whole: bool = False  # takes no ids: renders all there is

    def build(self, bank: Bank, page: PageSource, arguments: tuple[str, ...]) -> Values:
        """Return the template's values. Raises KeyError for an id that does not exist (the checks find it first)."""
        items = []
        for argument in arguments:
            item = self.find(bank, page, argument) if self.find else None
            if item is None:
                raise KeyError(f"{self.noun} '{argument}'")
            items.append(item)
        return {"items": items, **(self.values(bank, page, items) if self.values else {})}


def _with_id(items: Iterable[Item], wanted: str) -> Item | None:
    return next((item for item in items if item.id == wanted), None)


def _group(bank: Bank, page: PageSource, group_id: str) -> StepGroup | None:
    routine = bank.routines.get(page.meta.id)
    return _with_id(routine.groups, group_id) if routine else None


def _decision(bank: Bank, page: PageSource, decision_id: str) -> Any:
    routine = bank.routines.get(page.meta.id)
    return _with_id(routine.decisions, decision_id) if routine else None


def _indicator_group(bank: Bank, _page: PageSource, group_id: str) -> Any:
    return _with_id(bank.indicators.groups if bank.indicators else [], group_id)


def _step_numbers(bank: Bank, page: PageSource, items: list[StepGroup]) -> Values:
    """Steps are numbered through the whole page, so that 'step 7 in R08' means one thing."""
    number, starts = 1, {}
    for block in page.blocks:
        if block.name == "steps":
            for group_id in block.arguments:
                starts[group_id] = number
                group = _group(bank, page, group_id)
                number += len(group.steps) if group else 0
    return {"starts": starts}


def _pages_by_letter(bank: Bank, _page: PageSource, items: list[str]) -> Values:
    return {"entries": [entry for entry in bank.ledger.values() if entry.id[:1] in items and entry.state != "retired"]}


def _permalinks(bank: Bank, _page: PageSource, _items: list[Any]) -> Values:
    return {"entries": [entry for entry in bank.ledger.values() if entry.state == "published" and entry.id not in UNNUMBERED]}


def _register(bank: Bank, _page: PageSource, _items: list[Any]) -> Values:
    kinds: dict[str, list[Contact]] = {}
    for contact in shown_contacts(bank):
        kinds.setdefault(contact.kind, []).append(contact)
    order = ("police", "social", "health", "court", "legal", "migration", "return", "international", "ngo")
    hidden = sum(not may_show(bank, contact) for contact in bank.contacts.values())
    areas = sorted({contact.area for contact in shown_contacts(bank)}, key=lambda area: (len(area) == 2, area))
    timed = [contact for contact in shown_contacts(bank) if contact.open]
    return {"kinds": [(kind, kinds[kind]) for kind in order if kind in kinds], "areas": areas, "hidden": hidden, "timed": timed}


def _acute(bank: Bank, _page: PageSource, _items: list[Any]) -> Values:
    acute = [contact for contact in bank.contacts.values() if "acute" in contact.tags and may_show(bank, contact)]
    return {
        "confirmed": [contact for contact in acute if contact.number_confirmed],
        "unconfirmed": [contact for contact in acute if not contact.number_confirmed],
        "local": [contact for contact in bank.contacts.values() if "local" in contact.tags],
    }


def _acts(bank: Bank, _page: PageSource, items: list[Act]) -> Values:
    return {"hidden": {act.id: sum(not may_show(bank, provision) for provision in act.provisions) for act in items}}


def _flow(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    assert bank.flow is not None
    return {"flow": bank.flow, "svg": draw(bank, page), "nodes": {node.id: node for node in bank.flow.nodes}}


def _all(name: str) -> Callable[[Bank, PageSource, list[Any]], Values]:
    return lambda bank, _page, _items: {"all": list(getattr(bank, name).values())}


@dataclass(frozen=True)
class Chart:
    """Bars and their table. `short` labels stand beside the bars, long ones are numbered."""

    title: Text
    head: Text
    rows: list[tuple[str, int]]
    total: int
    short: bool

    @property
    def most(self) -> int:
        """The longest bar's value."""
        return max(value for _, value in self.rows)


def _chart(bank: Bank, page: PageSource, name: str) -> Chart | None:
    cases = bank.cases
    if cases is None:
        return None
    title, head = bank.strings.get(f"chart-{name}"), bank.strings.get(f"chart-{name}-head")
    if title is None or head is None:
        return None
    if name == "lvu6":
        return Chart(title, head, [(str(row.year), row.cases) for row in cases.lvu6_by_year], cases.lvu6_total, True)
    return Chart(title, head, [(row.text[page.language], row.n) for row in cases.outcomes_2010], cases.total_2010, False)


def _form_section(bank: Bank, page: PageSource, section_id: str) -> Any:
    form = bank.forms.get(page.meta.id)
    return _with_id(form.sections, section_id) if form else None


def _module(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    old = {item.id for item in questions.stale(bank)}
    values = {"case_words": training.CASE_WORDS, "quiz_words": training.QUIZ_WORDS}
    return {"module": bank.modules[page.meta.id], "stale": old, **_words(bank, page, values), "limit": training.PASS_PERCENT}


def _words(bank: Bank, page: PageSource, wanted: dict[str, tuple[str, ...]]) -> Values:
    return {name: training.words(bank, names, page.language) for name, names in wanted.items()}


def _mixed(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    total = sum(len(module.quiz) for module in bank.modules.values())
    given = _words(bank, page, {"quiz_words": training.QUIZ_WORDS, "mixed_words": training.MIXED_WORDS})
    return {"modules": list(bank.modules), "total": total, "limit": training.PASS_PERCENT, **given}


def _progress(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    titles = json.dumps(training.modules_of(bank, page.language), ensure_ascii=False)
    return {"titles": titles, **_words(bank, page, {"progress_words": training.PROGRESS_WORDS})}


def _record(bank: Bank, _page: PageSource, _items: list[Any]) -> Values:
    return {"modules": [(module.module, len(module.quiz)) for module in bank.modules.values()]}


def _stale_translations(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    """The sections that are behind, each with the title it has in the language of the list."""
    pages = bank.pages[page.language]
    rows = [(item, translating.sections(pages[item.page_id])[item.section].title) for item in translating.behind(bank)]
    return {"rows": rows, "intro": translating.INTRO}


def _changes(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    changes = bank.changes.changes if bank.changes else []
    marks = zip(changes, history.marks(changes), strict=True)
    return {"changes": marks, "every": set(bank.pages["sv"]), "feed": _from(page, feeds.place(page.language))}


def _changes_by_page(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    """The numbered pages that have changed since their first edition, newest change first; the others by their number."""
    entries = [entry for entry in bank.ledger.values() if history.spans(bank, entry)]
    logs = [(entry, history.of_page(bank, entry.id)[::-1]) for entry in entries]
    changed = [(entry, events) for entry, events in logs if len(events) > 1 or entry.state == "retired"]
    first = sorted({events[0].date for entry, events in logs if len(events) == 1 and entry.state != "retired"})
    return {
        "changed": changed,
        "others": len(logs) - len(changed),
        "first": first,
        "current": bank.current,
        "dated": lambda page_id, day: _from(page, dated_address(page_id, day, page.language)),
    }


def _from(page: PageSource, target: str) -> str:
    """Return the way from a page's published address to another, or to a file, both from the site's root."""
    return posixpath.relpath(target, address(page) or ".") + ("/" if target.endswith("/") else "")


def _deadline_table(bank: Bank, _page: PageSource, _items: list[Any]) -> Values:
    """All deadlines with their length in hours for sorting; what is due at once or has no number comes first."""
    hours = {"hour": 1, "day": 24, "week": 168, "month": 730, "year": 8760}
    lengths = {d.id: d.amount.value * hours[d.amount.unit] if d.amount else 0 for d in bank.deadlines.values()}
    return {"all": list(bank.deadlines.values()), "hours": lengths}


def _act_list(bank: Bank, _page: PageSource, _items: list[Any]) -> Values:
    return {"acts": [(act, bank.law_page(act.id), max(p.checked_on for p in act.provisions)) for act in bank.acts.values()]}


@dataclass(frozen=True)
class ReviewRow:
    """One line of a review list. `item` is the first of what the line stands for."""

    item: reviewing.Item
    name: str
    href: str | None
    version: int | None = None


def _review_table(bank: Bank, page: PageSource, kinds: list[reviewing.Kind]) -> Values:
    """What is reviewed, soonest first. Provisions stand act by act: they are checked together, and the CSV has each."""
    tables = []
    for kind in kinds:
        found = sorted((item for item in reviewing.items(bank) if item.kind == kind), key=lambda item: item.due)
        if kind == "law":
            rows = [_act_row(bank, page, act_items) for act_items in reviewing.grouped(found)]
        else:
            rows = [_review_row(bank, page, item) for item in found]
        tables.append((kind, rows))
    return {"tables": tables}


def _review_row(bank: Bank, page: PageSource, item: reviewing.Item) -> ReviewRow:
    name = item.name[page.language]
    if item.kind == "contact":
        shown = may_show(bank, bank.contacts[item.id])
        return ReviewRow(item, name, linking.link(bank, page, "K00", item.id) if shown else None)
    source = bank.source_page(item.id)
    version = source.source_meta.version if source else None
    return ReviewRow(item, f"{item.id} {name}", linking.link(bank, page, item.id), version)


def _act_row(bank: Bank, page: PageSource, act_items: list[reviewing.Item]) -> ReviewRow:
    act = bank.acts[act_items[0].group]
    home = bank.law_page(act.id)
    return ReviewRow(act_items[0], f"{act.title[page.language]} ({len(act_items)})", linking.link(bank, page, home) if home else None)


def _unsure(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    """Every fact to confirm, register by register: (register, anchor, name of its heading, [(fact, link or None)])."""
    facts = confirming.waiting(bank)
    headings = (
        ("contacts", "kontakter", "review-contacts"),
        ("law", "lag", "law"),
        ("signs", "tecken", "sign"),
        ("terms", "termer", "term"),
        ("steps", "steg", "routine"),
        ("deadlines", "frister", "deadline"),
        ("marks", "pa-sidorna", "marked-in-text"),
    )
    return {
        "registers": [
            (register, anchor, heading, [(fact, _place(bank, page, fact)) for fact in facts if fact.register == register])
            for register, anchor, heading in headings
        ]
    }


def _place(bank: Bank, page: PageSource, fact: confirming.Waiting) -> str | None:
    """The link to where an uncertain fact stands, or None while it is shown nowhere."""
    if fact.register == "contacts":
        return linking.link(bank, page, "K00", fact.id) if may_show(bank, bank.contacts[fact.id]) else None
    if fact.register == "law":
        home = bank.law_page(bank.act_of[fact.id].id) if may_show(bank, bank.provisions[fact.id]) else None
        return linking.link(bank, page, home, fact.id) if home else None
    return linking.link(bank, page, fact.page, fact.anchor) if fact.page else None


def _pdfs(bank: Bank, page: PageSource, ids: Iterable[str]) -> Values:
    return {"pdfs": [(page_id, address) for page_id in ids if (address := place(bank, page_id, page.language))]}


def _form_pdfs(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    return _pdfs(bank, page, sorted(fillable(bank)))


def _routine_pdfs(bank: Bank, page: PageSource, _items: list[Any]) -> Values:
    return _pdfs(bank, page, [page_id for page_id in bank.ledger if page_id not in fillable(bank)])


def _source_list(bank: Bank, _page: PageSource, _items: list[Any]) -> Values:
    kinds = bank.source_kinds.kinds if bank.source_kinds else []
    shown = [source for source in bank.sources.values() if source.original or source.url is None or may_cite(bank, source.url)]
    return {"kinds": [(kind, [source for source in shown if source.kind == kind.id]) for kind in kinds]}


BLOCKS: dict[str, Block] = {
    "steps": Block("step group", _group, _step_numbers),
    "decision": Block("decision", _decision),
    "contacts": Block("contact", lambda bank, _page, name: bank.contacts.get(name)),
    "phones": Block("contact", lambda bank, _page, name: bank.contacts.get(name)),
    "statutes": Block("provision", lambda bank, _page, name: bank.provisions.get(name)),
    "act": Block("act", lambda bank, _page, name: bank.acts.get(name), _acts),
    "deadlines": Block("deadline", lambda bank, _page, name: bank.deadlines.get(name)),
    "sources": Block("source", lambda bank, _page, name: bank.sources.get(name)),
    "indicators": Block("indicator group", _indicator_group),
    "routines": Block("page letter", lambda _bank, _page, name: name if len(name) == 1 else None, _pages_by_letter),
    "deadline-table": Block(values=_deadline_table, whole=True),
    "calculator": Block(values=lambda bank, _page, _items: calculator.values(bank), whole=True),
    "undated-limits": Block(values=lambda bank, _page, _items: calculator.undated(bank), whole=True),
    "counting-examples": Block(values=lambda bank, _page, _items: {"examples": calculator.examples(bank)}, whole=True),
    "glossary": Block(values=_all("terms"), whole=True),
    "contact-register": Block(values=_register, whole=True),
    "acute-contacts": Block(values=_acute, whole=True),
    "permalinks": Block(values=_permalinks, whole=True),
    "flow": Block(values=_flow, whole=True),
    "chart": Block("chart", _chart),
    "form": Block("form section", _form_section),
    "goals": Block(values=_module, whole=True),
    "reading": Block(values=_module, whole=True),
    "know": Block(values=_module, whole=True),
    "case": Block(values=_module, whole=True),
    "quiz": Block(values=_module, whole=True),
    "mixed": Block(values=_mixed, whole=True),
    "progress": Block(values=_progress, whole=True),
    "record": Block(values=_record, whole=True),
    "stale-questions": Block(values=lambda bank, _page, _items: {"rows": questions.stale(bank)}, whole=True),
    "stale-translations": Block(values=_stale_translations, whole=True),
    "changes": Block(values=_changes, whole=True),
    "changes-by-page": Block(values=_changes_by_page, whole=True),
    "vcards": Block(values=lambda bank, _page, _items: {"number": len(shown_contacts(bank))}, whole=True),
    "form-pdfs": Block(values=_form_pdfs, whole=True),
    "manual-pdf": Block(values=lambda _bank, page, _items: {"address": MANUAL[page.language]}, whole=True),
    "routine-pdfs": Block(values=_routine_pdfs, whole=True),
    "offline-package": Block(whole=True),
    "offline-copy": Block(values=lambda _bank, _page, _items: {"allowed": worker.allowed()}, whole=True),
    "acts": Block(values=_act_list, whole=True),
    "review-table": Block("kind of review", lambda _bank, _page, name: name if name in reviewing.KINDS else None, _review_table),
    "review-files": Block(values=lambda bank, _page, _items: {"functions": reviewing.owners(bank)}, whole=True),
    "source-list": Block(values=_source_list, whole=True),
    "unsure": Block(values=_unsure, whole=True),
}
