"""Time limits: what starts the clock, how long it runs, by which provision."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Model, PageId, Slug, Text


class Amount(Model):
    """A length of time in one unit."""

    value: Annotated[int, Field(ge=1, le=100, strict=True)]
    unit: Literal["hour", "day", "week", "month", "year"]


class Deadline(Model):
    """One time limit. `limit` is what the reader sees; `amount` is for computing."""

    id: Slug
    name: Text
    starts: Text
    limit: Text
    amount: Amount | None
    law: Annotated[list[Slug], Field(min_length=1)]
    who: list[Slug]
    missed: Text | None
    counted: Text | None
    pages: list[PageId]
    verify: bool
    verify_what: list[Text] = []


class DeadlineFile(Model):
    """docs/_data/deadlines.yml"""

    deadlines: list[Deadline]
