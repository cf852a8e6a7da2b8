"""Check that everything a page or a data file names exists, in both languages, and may be shown there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .bank import Bank
from .blocks import BLOCKS
from .faults import Fault
from .models.base import LANGUAGES, Text
from .models.forms import FormFile
from .models.routines import RoutineFile
from .models.training import ModuleFile
from .pages import CALLOUTS, PageSource, Reference, references_in
from .questions import ahead
from .showing import may_cite, may_show
from .yamlsource import Where, YamlSource

# Pages on which a phone number must be confirmed before it is shown.
ACUTE_PAGES = ("START", "A01", "K01")
_INDEX = {"law": "provisions", "deadline": "deadlines", "contact": "contacts", "phone": "contacts", "term": "terms"}
_SECTION_IN_TITLE = re.compile(r"\d+ ?[a-z]? §.*|\bsection \d.*")


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
    for name, module in bank.modules.items():
        faults += _check_module(bank, name, module)
    if bank.edition.rules and bank.edition.rules_source:
        for page_id, text in bank.edition.rules.rules.items():
            if page_id in bank.pages["sv"]:
                faults += _check_texts(bank, bank.edition.rules_source, bank.pages["sv"][page_id], [(("rules", page_id), text)])
    faults += [
        Fault(
            bank.origin[f"training/{item.module}.yml"].path,
            item.line,
            f"'{item.id}' names version {item.written_for} of {item.page}, which is at version {item.version}",
            "set page_version to the version you read",
        )
        for item in ahead(bank)
    ]
    return faults


def _check_title(bank: Bank, page: PageSource) -> Iterator[Fault]:
    """Section numbers live in statutes.yml; a title that repeats one must repeat today's."""
    match = _SECTION_IN_TITLE.search(page.meta.title)
    if match is None:
        return
    for provision in bank.provisions.values():
        if match[0] == f"{provision.ref[page.language]} {bank.act_of[provision.id].short[page.language]}":
            return
    yield Fault(
        page.path,
        page.front.line(("title",)),
        f"the title names '{match[0]}', which is no section in statutes.yml",
        "write today's section, here and in ids.yml, and look for the old one in headings, search words and the glossary",
    )


def _check_page(bank: Bank, page: PageSource) -> Iterator[Fault]:
    yield from _check_title(bank, page)
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
            current = bank.current(target)
            name = target if current == target else f"{target} is retired, and {current} that took over"
            for language in LANGUAGES:
                other = bank.pages[language].get(current)
                if other and reference.anchor not in anchors(bank, other):
                    yield Fault(path, line, f"{name} has no heading '{reference.anchor}' in {language}", "check the heading's {#id}")
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


def _check_texts(bank: Bank, source: YamlSource, page: PageSource, texts: list[tuple[Where, Text | None]]) -> Iterator[Fault]:
    """Check the inline references of data texts that `page` shows, in both languages."""
    for where, text in texts:
        for language in LANGUAGES if text else ():
            for reference in references_in(text[language] if text else "", source.line((*where, language))):
                yield from _check_reference(bank, source.path, reference, page)


def _check_routine(bank: Bank, name: str, routine: RoutineFile) -> Iterator[Fault]:
    source = bank.origin[f"steps/{name}.yml"]
    if routine.routine != name:
        yield Fault(
            source.path, source.line(("routine",)), f"routine is {routine.routine} but the file is {name}.yml", "make them the same"
        )
    page = bank.source_page(name)
    if page is None:
        if bank.unread(name, "sv"):
            return
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
                f"add /// steps | {group.id} to {page.relative}, or remove it here",
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
            yield from _check_texts(bank, source, page, [((*where, "text"), step.text), ((*where, "note"), step.note)])
    for d, decision in enumerate(routine.decisions):
        if decision.id not in used:
            yield Fault(
                source.path,
                source.line(("decisions", d, "id")),
                f"no page shows the decision '{decision.id}'",
                f"add /// decision | {decision.id}, or remove it here",
            )
        parts: list[tuple[Where, Text | None]] = [(("decisions", d, "question"), decision.question)]
        parts += [(("decisions", d, "criteria", c), criterion) for c, criterion in enumerate(decision.criteria)]
        parts += [(("decisions", d, "outcomes", o), outcome) for o, outcome in enumerate(decision.outcomes)]
        yield from _check_texts(bank, source, page, parts)
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
        yield from _check_texts(bank, source, page, texts)


def _check_module(bank: Bank, name: str, module: ModuleFile) -> Iterator[Fault]:
    source = bank.origin[f"training/{name}.yml"]
    page = bank.source_page(name)
    if module.module != name or page is None:
        yield Fault(
            source.path, source.line(("module",)), f"there is no page {name} to show this module", "name the file after its page's id"
        )
        return
    named: list[tuple[Where, str]] = [(("reading", i, "page"), item.page) for i, item in enumerate(module.reading)]
    named += [(("know", i, "pages", n), page_id) for i, item in enumerate(module.know) for n, page_id in enumerate(item.pages)]
    named += [
        (("case", "questions", i, "pages", n), page_id)
        for i, question in enumerate(module.case.questions)
        for n, page_id in enumerate(question.pages)
    ]
    named += [(("case", "scenes", i, "page"), scene.page) for i, scene in enumerate(module.case.scenes)]
    named += [(("quiz", i, "page"), question.page) for i, question in enumerate(module.quiz)]
    for where, page_id in named:
        if page_id not in bank.ledger:
            yield Fault(source.path, source.line(where), f"{page_id} is no page id", "check docs/_data/ids.yml")
    texts: list[tuple[Where, Text | None]] = [(("know", i), item) for i, item in enumerate(module.know)]
    for i, scene in enumerate(module.case.scenes):
        for n, choice in enumerate(scene.choices):
            where = ("case", "scenes", i, "choices", n)
            texts += [((*where, "follows"), choice.follows), ((*where, "why"), choice.why)]
    texts += [(("case", "questions", i, "answer"), question.answer) for i, question in enumerate(module.case.questions)]
    texts += [(("quiz", i, "explanation"), question.explanation) for i, question in enumerate(module.quiz)]
    yield from _check_texts(bank, source, page, texts)
