"""Front matter: small, and checked. The Swedish page holds what is true of both languages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from .base import Date, Line, Model, PageId
from .review import Postponement

Title = Annotated[str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True)]
Description = Annotated[str, StringConstraints(min_length=20, max_length=200, strip_whitespace=True)]

_NAME = re.compile(r"[^\W\d_a-zåäöéü][a-zåäöéü]+([ -][^\W\d_a-zåäöéü][a-zåäöéü]*)+")


def _a_function(value: str) -> str:
    if "@" in value or _NAME.fullmatch(value):
        raise ValueError("looks like a person: write the function, for example Enhetschefen för socialjouren")
    return value


# Who has approved a page: a function, never a person; empty until somebody has.
Approver = Annotated[str, AfterValidator(_a_function)]


class EnglishFrontMatter(Model):
    """What a translation says of itself."""

    id: PageId
    title: Title
    description: Description
    synonyms: list[Line] = []


class FrontMatter(EnglishFrontMatter):
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
