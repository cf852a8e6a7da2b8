"""Training modules: goals, reading, a fictional case, questions bound to a routine and its version."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import Model, PageId, Slug, Text

Minutes = Annotated[int, Field(ge=1, le=240, strict=True)]


class Reading(Model):
    """A page to read, and how long it takes."""

    page: PageId
    minutes: Minutes


class Knowledge(Text):
    """Something to know, and where it is explained."""

    pages: list[PageId]


class CaseQuestion(Model):
    """A question on the case with a model answer."""

    id: Slug
    text: Text
    answer: Text
    pages: list[PageId]


class Case(Model):
    """A fictional case."""

    title: Text
    text: Text
    questions: list[CaseQuestion]


class Answer(Text):
    """One answer to choose."""

    id: Slug
    correct: bool


class Question(Model):
    """One quiz question. It belongs to a routine and is reread when that routine's version moves."""

    id: Slug
    kind: Literal["single", "multiple"]
    question: Text
    options: Annotated[list[Answer], Field(min_length=3)]
    explanation: Text
    page: PageId
    page_version: Annotated[int, Field(ge=1, strict=True)]

    @model_validator(mode="after")
    def _has_its_answers(self) -> Question:
        right = sum(option.correct for option in self.options)
        if right == 0 or (self.kind == "single" and right != 1):
            raise ValueError("options has no single correct answer: mark one, or set kind to multiple")
        return self


class ModuleFile(Model):
    """docs/_data/training/<ID>.yml"""

    module: PageId
    minutes: Minutes
    goals: Annotated[list[Text], Field(min_length=1)]
    reading: Annotated[list[Reading], Field(min_length=1)]
    know: list[Knowledge]
    case: Case
    quiz: Annotated[list[Question], Field(min_length=1)]
