"""A short fingerprint of each part of a page that a reader acts on, so that a change of it can be told from a change of anything else."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from .bank import Bank
from .models.contacts import Contact
from .models.deadlines import Deadline
from .models.statutes import Provision
from .pages import PageSource, prose
from .showing import may_show, shown_contacts

# The letters of the pages a reader acts by in a case. Elsewhere a numbered list is not a list of what to do.
ACTED_ON = "ARTMJK"
# Each part and what it is called in a fault. `wording` is the words of what stands in `steps`.
PARTS = {
    "steps": "steps (which, their order, who)",
    "wording": "words of the steps",
    "numbers": "phone numbers or hours",
    "limits": "time limits",
    "law": "law",
}
_NUMBERED = re.compile(r"^ *\d+\. +(.*)$", re.M)


def of(bank: Bank, page: PageSource) -> dict[str, str | None]:
    """Return the fingerprint of each of PARTS for a Swedish page; None for a part the page does not have.

    A translation follows its source and has none of its own. Facts of a register are compared fact by fact, in the order
    of their ids: it does not matter where in a file or on a page they stand.
    """
    shape, words = _steps(bank, page)
    contacts = sorted(contacts_of(bank, page), key=lambda contact: contact.id)
    deadlines = [bank.deadlines[i] for i in sorted(bank.deadlines_of(page)) if i in bank.deadlines]
    provisions = [bank.provisions[i] for i in sorted(bank.provisions_of(page)) if i in bank.provisions]
    return {
        "steps": _mark(shape),
        "wording": _mark(words),
        "numbers": _mark([_number(contact) for contact in contacts]),
        "limits": _mark([_limit(deadline) for deadline in deadlines]),
        "law": _mark([_law(bank, provision) for provision in provisions if may_show(bank, provision)]),
    }


def contacts_of(bank: Bank, page: PageSource) -> list[Contact]:
    """Return the contacts a page shows or names; the register shows all that may be shown."""
    named = {reference.id for reference in bank.references_of(page) if reference.kind in ("contact", "phone")}
    for block in page.blocks:
        if block.name in ("contacts", "phones"):
            named.update(block.arguments)
        elif block.name == "contact-register":
            named.update(contact.id for contact in shown_contacts(bank))
        elif block.name == "acute-contacts":
            named.update(contact.id for contact in shown_contacts(bank) if {"acute", "local"} & set(contact.tags))
    return [contact for contact in bank.contacts.values() if contact.id in named]


def _mark(facts: list[Any]) -> str | None:
    if not facts:
        return None
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def _number(contact: Contact) -> list[Any]:
    """What a reader dials and when; a number that gets or loses the mark "to be confirmed" is another fact."""
    hours = contact.open.model_dump(exclude={"outside"}) if contact.open else (contact.hours.sv if contact.hours else None)
    outside = contact.open.outside.sv if contact.open and contact.open.outside else None
    doubt = sorted({"phone", "hours"} & set(contact.verify_fields))
    return [contact.id, contact.phone.display if contact.phone else None, contact.dial, hours, outside, doubt]


def _limit(deadline: Deadline) -> list[Any]:
    amount = deadline.amount.model_dump() if deadline.amount else None
    count = deadline.count
    runs = [deadline.starts.sv, sorted(count.runs_from), count.how, count.weekend_rule_seen]
    return [deadline.id, deadline.limit.sv, amount, runs, deadline.verify]


def _law(bank: Bank, provision: Provision) -> list[Any]:
    act = bank.act_of[provision.id]
    says = [text.sv if text else None for text in (provision.ref, provision.rule, provision.decides, provision.time_limit)]
    return [provision.id, act.short.sv, act.status, says, provision.verify]


def _steps(bank: Bank, page: PageSource) -> tuple[list[Any], list[Any]]:
    """Return what is to be done as (which acts, in what order, by whom), and as words, block by block down the page."""
    shape: list[Any] = []
    words: list[Any] = []
    for block in page.blocks:
        if reader := _READERS.get(block.name):
            for acts, texts in reader(bank, page, block.arguments):
                shape.append(acts)
                words.append(texts)
    if page.meta.id[0] in ACTED_ON and page.meta.id[1:].isdigit() and (lines := _NUMBERED.findall(prose(page))):
        shape.append(["numbered", len(lines)])
        words.append(lines)
    return shape, words


Read = Iterable[tuple[list[Any], list[Any]]]


def _of_steps(bank: Bank, page: PageSource, arguments: tuple[str, ...]) -> Read:
    routine = bank.routines.get(page.meta.id)
    groups = {group.id: group for group in routine.groups} if routine else {}
    for step in (step for name in arguments if name in groups for step in groups[name].steps):
        texts = [text.sv if text else None for text in (step.text, step.when, step.note, step.verify)]
        yield [step.id, step.who, step.own_rule, step.verify is not None], texts


def _of_decision(bank: Bank, page: PageSource, arguments: tuple[str, ...]) -> Read:
    routine = bank.routines.get(page.meta.id)
    for decision in routine.decisions if routine else ():
        if decision.id in arguments:
            texts = [text.sv for text in (decision.question, *decision.criteria, *decision.outcomes)]
            yield [decision.id, len(decision.criteria), [outcome.to for outcome in decision.outcomes]], texts


def _of_form(bank: Bank, page: PageSource, arguments: tuple[str, ...]) -> Read:
    form = bank.forms.get(page.meta.id)
    for section in form.sections if form else ():
        if section.id in arguments:
            yield [section.id], [section.title.sv, section.help.sv if section.help else None]
            for field in section.fields:
                options = [option.id for option in field.options]
                texts = [text.sv if text else None for text in (field.label, field.help, *field.options)]
                yield [field.id, field.kind, options], texts


def _of_indicators(bank: Bank, page: PageSource, arguments: tuple[str, ...]) -> Read:
    for group in bank.indicators.groups if bank.indicators else ():
        if group.id in arguments:
            for item in group.items:
                if item.confidence != "low":
                    yield [item.id, item.weight, item.verify], [item.text.sv]


def _of_flow(bank: Bank, page: PageSource, arguments: tuple[str, ...]) -> Read:
    for node in bank.flow.nodes if bank.flow else ():
        acts = [node.id, node.phase, node.page, node.who, [branch.next for branch in node.branches]]
        yield acts, [node.text.sv, node.limit.sv if node.limit else None, [branch.label.sv for branch in node.branches]]


_READERS: dict[str, Callable[[Bank, PageSource, tuple[str, ...]], Read]] = {
    "steps": _of_steps,
    "decision": _of_decision,
    "form": _of_form,
    "indicators": _of_indicators,
    "flow": _of_flow,
}
