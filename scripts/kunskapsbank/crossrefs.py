"""Check that everything a page or a data file names exists, in both languages, and may be shown there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .bank import Bank
from .blocks import BLOCKS, CALLOUTS
from .faults import Fault
from .models.base import LANGUAGES, Text
from .models.forms import FormFile
from .models.routines import RoutineFile
from .pages import PageSource, Reference, references_in
from .showing import kind_of, may_cite, may_show
from .yamlsource import Where

# Pages on which a phone number must be confirmed before it is shown.
ACUTE_PAGES = ("START", "A01", "K01")
_INDEX = {"law": "provisions", "deadline": "deadlines", "contact": "contacts", "phone": "contacts", "term": "terms"}


def check(bank: Bank) -> list[Fault]:
    """Return every broken reference in pages and data."""
    faults: list[Fault] = []
    for language in LANGUAGES:
        for page in bank.pages[language].values():
            faults += _check_page(bank, page)
    for name, routine in bank.routines.items():
        faults += _check_routine(bank, name, routine)
    for name, form in bank.forms.items():
        faults += _check_form(bank, name, form)
    faults += _check_data(bank)
    faults += _check_hosts(bank)
    return faults


def _check_page(bank: Bank, page: PageSource) -> Iterator[Fault]:
    for reference in page.references:
        yield from _check_reference(bank, page.path, reference, page)
    for use in page.blocks:
        if use.name not in BLOCKS:
            if use.name not in CALLOUTS:
                yield Fault(page.path, use.line, f"there is no block '{use.name}'", f"use one of {', '.join([*BLOCKS, *CALLOUTS])}")
            continue
        block = BLOCKS[use.name]
        if block.whole and use.arguments:
            yield Fault(page.path, use.line, f"the block '{use.name}' takes no ids", "remove what stands after |")
        if not block.whole and not use.arguments:
            yield Fault(
                page.path,
                use.line,
                f"the block '{use.name}' names no {block.noun}",
                f"write the ids after |, for example /// {use.name} | id",
            )
        for argument in use.arguments if block.find else ():
            fact = block.find(bank, page, argument) if block.find else None
            if fact is None:
                yield Fault(page.path, use.line, f"there is no {block.noun} '{argument}'", "check the id in docs/_data")
            elif use.name in ("contacts", "phones", "statutes") and not may_show(bank, fact):
                yield Fault(
                    page.path, use.line, f"{block.noun} '{argument}' is too uncertain to show", "remove it: it stands in the review list"
                )
            elif use.name in ("contacts", "phones") and page.meta.id in ACUTE_PAGES and fact.phone and not fact.number_confirmed:
                yield Fault(page.path, use.line, f"the number of '{argument}' is not confirmed", "take it off the acute pages until it is")
            elif use.name == "sources" and fact.original is None and fact.url and not may_cite(bank, fact.url):
                yield Fault(page.path, use.line, f"the source '{argument}' may not be cited", "name the original document instead")
    if page.language == "sv":
        meta = page.source_meta
        for field in ("before", "after", "forms", "training"):
            for page_id in getattr(meta, field):
                if page_id not in bank.ledger:
                    yield Fault(
                        page.path, page.front.line((field,)), f"{field} names {page_id}, which is no page id", "check docs/_data/ids.yml"
                    )


def _check_reference(bank: Bank, path: Path, reference: Reference, page: PageSource | None = None) -> Iterator[Fault]:
    line, target = reference.line, reference.id
    if reference.kind == "":
        if target == "verify":
            return
        if target not in bank.ledger:
            yield Fault(path, line, f"[[{target}]] is no page id", "check docs/_data/ids.yml")
        elif reference.anchor:
            for language in LANGUAGES:
                other = bank.pages[language].get(target)
                if other and reference.anchor not in anchors(bank, other):
                    yield Fault(path, line, f"{target} has no heading '{reference.anchor}' in {language}", "check the heading's {#id}")
        return
    if reference.kind not in _INDEX:
        yield Fault(path, line, f"[[{reference.kind}:…]] is no kind of reference", f"use {', '.join(_INDEX)}")
        return
    found = getattr(bank, _INDEX[reference.kind]).get(target)
    if found is None:
        yield Fault(path, line, f"there is no {reference.kind} '{target}'", "check the id in docs/_data")
    elif reference.kind in ("law", "contact", "phone") and not may_show(bank, found):
        yield Fault(path, line, f"{reference.kind} '{target}' is too uncertain to show", "remove it: it stands in the review list")
    elif reference.kind == "phone":
        if found.dial is None:
            yield Fault(path, line, f"'{target}' has no number that can be dialled from Sweden", "use [[contact:…]] instead")
        elif page and page.meta.id in ACUTE_PAGES and not found.number_confirmed:
            yield Fault(path, line, f"the number of '{target}' is not confirmed", "take it off the acute pages until it is")


def anchors(bank: Bank, page: PageSource) -> set[str]:
    """Return every anchor a page has: headings, steps, decisions and what its blocks render."""
    found = {heading.id for heading in page.headings if heading.id}
    for use in page.blocks:
        routine = bank.routines.get(page.meta.id)
        if use.name == "steps" and routine:
            found |= {step.id for group in routine.groups if group.id in use.arguments for step in group.steps}
        elif use.name == "act":
            found |= {p.id for act in use.arguments if act in bank.acts for p in bank.acts[act].provisions}
        elif use.name == "decision":
            found |= set(use.arguments)
        elif use.name in ("contact-register", "acute-contacts"):
            found |= set(bank.contacts)
        elif use.name == "glossary":
            found |= set(bank.terms)
        elif use.name == "deadline-table":
            found |= set(bank.deadlines)
    return found


def _check_routine(bank: Bank, name: str, routine: RoutineFile) -> Iterator[Fault]:
    source = bank.origin[f"steps/{name}.yml"]
    if routine.routine != name:
        yield Fault(
            source.path, source.line(("routine",)), f"routine is {routine.routine} but the file is {name}.yml", "make them the same"
        )
    page = bank.source_page(name)
    if page is None:
        yield Fault(source.path, 1, f"there is no page {name} to show these steps", "write the page or remove the file")
        return
    used = {argument for use in page.blocks if use.name in ("steps", "decision") for argument in use.arguments}
    seen: set[str] = {heading.id for heading in page.headings if heading.id}
    for g, group in enumerate(routine.groups):
        if group.id not in used:
            yield Fault(
                source.path,
                source.line(("groups", g, "id")),
                f"no page shows the group '{group.id}'",
                f"add /// steps | {group.id} to {page.relative}",
            )
        for i, step in enumerate(group.steps):
            where: Where = ("groups", g, "steps", i)
            if step.id in seen:
                yield Fault(
                    source.path, source.line((*where, "id")), f"the anchor '{step.id}' stands twice on the page", "choose another id"
                )
            seen.add(step.id)
            for n, role in enumerate(step.who):
                if role not in bank.roles:
                    yield Fault(source.path, source.line((*where, "who", n)), f"there is no role '{role}'", "check docs/_data/roles.yml")
            for field in ("text", "note"):
                text = getattr(step, field)
                for language in LANGUAGES if text else ():
                    for reference in references_in(text[language], source.line((*where, field, language))):
                        yield from _check_reference(bank, source.path, reference, page)
    for d, decision in enumerate(routine.decisions):
        if decision.id not in used:
            yield Fault(
                source.path,
                source.line(("decisions", d, "id")),
                f"no page shows the decision '{decision.id}'",
                f"add /// decision | {decision.id}",
            )
        parts: list[tuple[Where, Text]] = [(("decisions", d, "question"), decision.question)]
        parts += [(("decisions", d, "criteria", c), criterion) for c, criterion in enumerate(decision.criteria)]
        parts += [(("decisions", d, "outcomes", o), outcome) for o, outcome in enumerate(decision.outcomes)]
        for place, text in parts:
            for language in LANGUAGES:
                for reference in references_in(text[language], source.line((*place, language))):
                    yield from _check_reference(bank, source.path, reference, page)
        for o, outcome in enumerate(decision.outcomes):
            if outcome.to and outcome.to not in bank.ledger:
                yield Fault(
                    source.path,
                    source.line(("decisions", d, "outcomes", o, "to")),
                    f"{outcome.to} is no page id",
                    "check docs/_data/ids.yml",
                )


def _check_form(bank: Bank, name: str, form: FormFile) -> Iterator[Fault]:
    source = bank.origin[f"forms/{name}.yml"]
    page = bank.source_page(name)
    if form.form != name or page is None:
        yield Fault(source.path, source.line(("form",)), f"there is no page {name} to show this form", "name the file after its page's id")
        return
    used = {argument for use in page.blocks if use.name == "form" for argument in use.arguments}
    for i, section in enumerate(form.sections):
        where: Where = ("sections", i)
        if section.id not in used:
            yield Fault(
                source.path,
                source.line((*where, "id")),
                f"no page shows the section '{section.id}'",
                f"add it to /// form on {page.relative}",
            )
        texts: list[tuple[Where, Text | None]] = [((*where, "help"), section.help)]
        texts += [((*where, "fields", n, "help"), field.help) for n, field in enumerate(section.fields)]
        for place, text in texts:
            for language in LANGUAGES if text else ():
                for reference in references_in(text[language] if text else "", source.line((*place, language))):
                    yield from _check_reference(bank, source.path, reference, page)


def _check_data(bank: Bank) -> Iterator[Fault]:
    def named(name: str, where: Where, ids: list[str], index: object, noun: str) -> Iterator[Fault]:
        source = bank.origin[name]
        for position, value in enumerate(ids):
            if value not in index:  # type: ignore[operator]
                yield Fault(source.path, source.line((*where, position)), f"there is no {noun} '{value}'", "check the id")

    for i, deadline in enumerate(bank.deadlines.values()):
        yield from named("deadlines.yml", ("deadlines", i, "law"), deadline.law, bank.provisions, "provision")
        yield from named("deadlines.yml", ("deadlines", i, "who"), deadline.who, bank.roles, "role")
        yield from named("deadlines.yml", ("deadlines", i, "pages"), deadline.pages, bank.ledger, "page")
    for i, term in enumerate(bank.terms.values()):
        yield from named("glossary.yml", ("terms", i, "pages"), term.pages, bank.ledger, "page")
    if bank.source_kinds:
        kinds = {kind.id for kind in bank.source_kinds.kinds}
        for host, kind in bank.source_kinds.hosts.items():
            if kind not in kinds:
                source = bank.origin["source_kinds.yml"]
                yield Fault(source.path, source.line(("hosts", host)), f"there is no kind of source '{kind}'", "check the kinds above")
        for i, item in enumerate(bank.sources.values()):
            if item.kind not in kinds:
                source = bank.origin["sources.yml"]
                yield Fault(
                    source.path, source.line(("sources", i, "kind")), f"there is no kind of source '{item.kind}'", "check source_kinds.yml"
                )
    if bank.flow:
        source = bank.origin["flow.yml"]
        phases, nodes = {p.id for p in bank.flow.phases}, {n.id for n in bank.flow.nodes}
        for i, node in enumerate(bank.flow.nodes):
            if node.phase not in phases:
                yield Fault(source.path, source.line(("nodes", i, "phase")), f"there is no phase '{node.phase}'", "check phases")
            if node.page not in bank.ledger:
                yield Fault(source.path, source.line(("nodes", i, "page")), f"{node.page} is no page id", "check docs/_data/ids.yml")
            if node.deadline and node.deadline not in bank.deadlines:
                yield Fault(
                    source.path, source.line(("nodes", i, "deadline")), f"there is no deadline '{node.deadline}'", "check deadlines.yml"
                )
            if (node.kind == "decision") != bool(node.branches):
                yield Fault(
                    source.path,
                    source.line(("nodes", i, "kind")),
                    f"'{node.id}': only a decision has branches, and it needs them",
                    "mend kind or branches",
                )
            yield from named("flow.yml", ("nodes", i, "who"), node.who, bank.roles, "role")
            for b, branch in enumerate(node.branches):
                if branch.next not in nodes:
                    yield Fault(
                        source.path,
                        source.line(("nodes", i, "branches", b, "next")),
                        f"there is no node '{branch.next}'",
                        "check the node ids",
                    )
    for entry in bank.ledger.values():
        if entry.successor and entry.successor not in bank.ledger:
            source = bank.origin["ids.yml"]
            yield Fault(source.path, 1, f"{entry.id} names the successor {entry.successor}, which is no page id", "check the id")


def _check_hosts(bank: Bank) -> Iterator[Fault]:
    """Every address in the data belongs to a host whose kind is known."""
    if bank.source_kinds is None:
        return
    for name, where, url in _addresses(bank):
        if kind_of(bank, url) is None:
            source = bank.origin[name]
            yield Fault(source.path, source.line(where), f"the host of {url} has no kind", "add it to hosts in source_kinds.yml")


def _addresses(bank: Bank) -> Iterator[tuple[str, Where, str]]:
    for i, contact in enumerate(bank.contacts.values()):
        for field, url in (("web", contact.web), ("source_url", contact.source_url)):
            if url:
                yield "contacts.yml", ("contacts", i, field), url
    for i, source in enumerate(bank.sources.values()):
        if source.url:
            yield "sources.yml", ("sources", i, "url"), source.url
    for a, act in enumerate(bank.acts.values()):
        for p, provision in enumerate(act.provisions):
            for url in (provision.source_url, provision.practice_url, *provision.support_urls):
                if url:
                    yield "statutes.yml", ("acts", a, "provisions", p), url
