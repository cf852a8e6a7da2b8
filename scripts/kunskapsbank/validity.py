"""Law that has ended must not be shown as if it held."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .bank import Bank
from .faults import Fault


def check(bank: Bank, today: datetime.date) -> Iterator[Fault]:
    """Yield a fault for each act or provision whose `in_force_until` is before `today`."""
    source = bank.origin.get("statutes.yml")
    if source is None:
        return
    for a, act in enumerate(bank.acts.values()):
        if act.in_force_until and act.in_force_until < today:
            line = source.line(("acts", a, "in_force_until"))
            yield Fault(source.path, line, f"{act.id} ended on {act.in_force_until}", "enter the act that replaced it and reread its pages")
        for p, provision in enumerate(act.provisions):
            if provision.in_force_until and provision.in_force_until < today:
                line = source.line(("acts", a, "provisions", p, "in_force_until"))
                yield Fault(
                    source.path, line, f"{provision.id} ended on {provision.in_force_until}", "enter what replaced it and reread its pages"
                )
