"""How often facts are checked again, who confirms what is uncertain, and what has been postponed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from .base import Date, Line, Model, Slug, Text

Months = Annotated[int, Field(ge=1, le=36, strict=True)]


class Postponement(Model):
    """A review put off in writing: when that was decided, until when, and why."""

    decided_on: Date
    until: Date
    why: Text

    @model_validator(mode="after")
    def _dates_in_order(self) -> Postponement:
        if self.until <= self.decided_on:
            raise ValueError("until is not after decided_on: mend one of the dates")
        return self


class ListedPostponement(Postponement):
    """A postponement of what has no page of its own to say it in: contacts, provisions, training modules."""

    ids: Annotated[list[Line], Field(min_length=1)]


class Function(Model):
    """One who owns pages or confirms facts: a function, never a person. A page's `owner` is its Swedish name."""

    id: Slug
    name: Text


class Period(Model):
    """How many months a check lasts, and the function that makes the next one."""

    months: Months
    owner: Slug


class FactPeriod(Period):
    """The period of contacts or of provisions, with those postponed."""

    postponed: list[ListedPostponement] = []


class QuizPeriod(Model):
    """The period of a module's questions and case. The owner is that of the module's page."""

    months: Months
    postponed: list[ListedPostponement] = []


class Confirmers(Model):
    """The function that confirms, by register: the id of a function, or `owner` for the owner of the fact's page."""

    contacts: Slug
    law: Slug
    signs: Slug
    terms: Slug
    steps: Slug
    deadlines: Slug
    marks: Slug


class ReviewFile(Model):
    """docs/_data/review.yml"""

    functions: Annotated[list[Function], Field(min_length=1)]
    contacts: FactPeriod
    statutes: FactPeriod
    quiz: QuizPeriod
    confirmed_by: Confirmers

    @model_validator(mode="after")
    def _functions_exist(self) -> ReviewFile:
        known = {function.id for function in self.functions}
        named = {self.contacts.owner, self.statutes.owner, *(self.confirmed_by.model_dump().values())} - {"owner"}
        if missing := sorted(named - known):
            raise ValueError(f"there is no function '{missing[0]}': add it to functions, or mend the id")
        return self
