"""Check that data files name only what exists in the other data files, and addresses only of known kinds."""

from __future__ import annotations

from collections.abc import Iterator

from .bank import Bank
from .faults import Fault
from .models.events import Event
from .showing import kind_of
from .yamlsource import Where


def check(bank: Bank) -> list[Fault]:
    """Return every broken reference between data files."""
    return [*_check_data(bank), *_check_hosts(bank)]


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
        yield from named("deadlines.yml", ("deadlines", i, "count", "runs_from"), deadline.count.runs_from, bank.events, "event")
    for i, event in enumerate(bank.events.values()):
        yield from named("events.yml", ("events", i, "not_before"), event.not_before, bank.events, "event")
        yield from named("events.yml", ("events", i, "follows"), event.follows, bank.events, "event")
        yield from _check_event(bank, i, event)
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


def _check_event(bank: Bank, position: int, event: Event) -> Iterator[Fault]:
    """An event stands in a group, starts some limit, and asks for the clock exactly when a limit from it is counted in hours."""
    source = bank.origin["events.yml"]
    if event.group not in bank.event_groups:
        yield Fault(source.path, source.line(("events", position, "group")), f"there is no group '{event.group}'", "check groups above")
    started = [deadline for deadline in bank.deadlines.values() if event.id in deadline.count.runs_from and deadline.amount]
    if not started:
        line = source.line(("events", position))
        yield Fault(source.path, line, f"no limit with an amount runs from '{event.id}'", "name it in deadlines.yml or remove it")
        return
    in_hours = any(deadline.amount and deadline.amount.unit == "hour" for deadline in started)
    if in_hours != (event.input == "moment"):
        what = "a limit from it is" if in_hours else "no limit from it is"
        yield Fault(
            source.path,
            source.line(("events", position, "input")),
            f"'{event.id}' has input: {event.input} but {what} counted in hours",
            f"write input: {'moment' if in_hours else 'day'}",
        )


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
