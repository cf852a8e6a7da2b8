"""Front matter: small, and checked. The Swedish page holds what is true of both languages."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints, model_validator

from .base import Date, Line, Model, PageId, Slug
from .review import Postponement

Title = Annotated[str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True)]
Description = Annotated[str, StringConstraints(min_length=20, max_length=200, strip_whitespace=True)]
_RECORD = r"([0-9a-f]{8}) (\d{4}-\d{2}-\d{2})"

_NAME = re.compile(r"[^\W\d_a-zåäöéü][a-zåäöéü]+([ -][^\W\d_a-zåäöéü][a-zåäöéü]*)+")


def _a_function(value: str) -> str:
    if "@" in value or _NAME.fullmatch(value):
        raise ValueError("looks like a person: write the function, for example Enhetschefen för socialjouren")
    return value


# Who has approved a page: a function, never a person; empty until somebody has.
Approver = Annotated[str, AfterValidator(_a_function)]


@dataclass(frozen=True)
class Translated:
    """Which Swedish text a section of the English page renders (`digest`, eight digits of its hash), and when it was translated."""

    digest: str
    on: datetime.date

    def __str__(self) -> str:
        """The record as it stands in the file: '3f2a9c1d 2026-11-23'."""
        return f"{self.digest} {self.on}"


def _translated(value: Any) -> Translated:
    found = re.fullmatch(_RECORD, value) if isinstance(value, str) else None
    try:
        if found:
            return Translated(found[1], datetime.date.fromisoformat(found[2]))
    except ValueError:  # a date such as 2026-02-30
        pass
    raise ValueError("is not a hash and a date: let scripts/translated write it")


Record = Annotated[Translated, PlainValidator(_translated, json_schema_input_type=Annotated[str, Field(pattern=f"^{_RECORD}$")])]


class SharedFrontMatter(Model):
    """What a page says of itself in either language."""

    id: PageId
    title: Title
    description: Description
    synonyms: list[Line] = []


class EnglishFrontMatter(SharedFrontMatter):
    """What a translation says: for each section of the Swedish page, which text it renders."""

    translates: dict[Slug, Record] = {}


class FrontMatter(SharedFrontMatter):
    """What the Swedish source says of a page: owner, review, neighbours, search words."""

    owner: Line
    valid_from: Date
    reviewed_on: Date
    review_every: Annotated[int, Field(ge=1, le=36, strict=True)]
    approved_by: Approver
    version: Annotated[int, Field(ge=1, strict=True)]
    before: list[PageId] = []
    after: list[PageId] = []
    forms: list[PageId] = []
    training: list[PageId] = []
    postponed: Postponement | None = None  # the review put off in writing; removed when the page is reviewed

    @model_validator(mode="after")
    def _dates_in_order(self) -> FrontMatter:
        if self.reviewed_on < self.valid_from:
            raise ValueError("reviewed_on is before valid_from: mend one of the dates")
        return self
