"""Time limits: what starts the clock, how long it runs, by which provision."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import Model, PageId, Slug, Text


class Amount(Model):
    """A length of time in one unit."""

    value: Annotated[int, Field(ge=1, le=100, strict=True)]
    unit: Literal["hour", "day", "week", "month", "year"]


class Count(Model):
    """How the calculator treats a time limit.

    how: done-by (something must be done by then), ends (something may last until then), at-least (something lasts at
    least until then), at-once, or not (no date can be worked out). weekend_rule_seen: a source says of this very limit
    that the rule on weekends applies (section 2 of the Act on computing statutory time). note and unsure stand beside
    the result; why_not says why a limit with an amount is not worked out.
    """

    how: Literal["done-by", "ends", "at-least", "at-once", "not"]
    runs_from: list[Slug] = []
    weekend_rule_seen: bool = False
    note: Text | None = None
    unsure: Text | None = None
    why_not: Text | None = None

    @property
    def computed(self) -> bool:
        """True when the calculator gives a day or a time."""
        return self.how in ("done-by", "ends", "at-least")


class Deadline(Model):
    """One time limit. `limit` is what the reader sees; `amount` is for computing."""

    id: Slug
    name: Text
    starts: Text
    limit: Text
    amount: Amount | None
    count: Count
    law: Annotated[list[Slug], Field(min_length=1)]
    who: list[Slug]
    missed: Text | None
    counted: Text | None
    pages: list[PageId]
    verify: bool
    verify_what: list[Text] = []

    @model_validator(mode="after")
    def _the_count_fits_the_amount(self) -> Deadline:
        if self.count.computed and (self.amount is None or not self.count.runs_from):
            raise ValueError("count.how needs an amount and runs_from: fill them in, or write how: not")
        if not self.count.computed and self.amount is not None and (self.count.how == "at-once" or self.count.why_not is None):
            raise ValueError("there is an amount but no date is worked out: choose another count.how, or write how: not with why_not")
        return self


class DeadlineFile(Model):
    """docs/_data/deadlines.yml"""

    deadlines: list[Deadline]
