"""Training modules: goals, reading, a fictional case in scenes, questions bound to a routine and its version."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import Date, Model, PageId, Slug, Text

Minutes = Annotated[int, Field(ge=1, le=240, strict=True)]


class Reading(Model):
    """A page to read, and how long it takes."""

    page: PageId
    minutes: Minutes


class Knowledge(Text):
    """Something to know, and where it is explained."""

    pages: list[PageId]


class Bound(Model):
    """What is written for one version of a page: reread when that page's version moves past `page_version`."""

    id: Slug
    page: PageId
    page_version: Annotated[int, Field(ge=1, strict=True)]


class Choice(Text):
    """One thing to do in a scene, what follows from it, and why."""

    id: Slug
    best: bool
    follows: Text
    why: Text


class Scene(Bound):
    """One stretch of the case: what happens, the question it puts, and the choices."""

    situation: Text
    question: Text
    choices: Annotated[list[Choice], Field(min_length=2)]

    @model_validator(mode="after")
    def _has_one_best(self) -> Scene:
        if sum(choice.best for choice in self.choices) != 1:
            raise ValueError("choices has not exactly one best: set best to true for one of them")
        if len({choice.id for choice in self.choices}) != len(self.choices):
            raise ValueError("choices has an id twice: give each choice its own id")
        return self


class CaseQuestion(Model):
    """A question on the case with a model answer."""

    id: Slug
    text: Text
    answer: Text
    pages: list[PageId]


class Case(Model):
    """A fictional case: it unfolds in scenes, and ends in questions to talk about."""

    title: Text
    text: Text
    scenes: Annotated[list[Scene], Field(min_length=4)]
    questions: list[CaseQuestion]


class Answer(Text):
    """One answer to choose, match with or put in order. `correct` only where answers are chosen."""

    id: Slug
    correct: bool | None = None


class Item(Text):
    """Something to match; `answer` is the id of the option that belongs to it."""

    id: Slug
    answer: Slug


class Question(Bound):
    """One quiz question.

    single, multiple: `options`, each with `correct`. match: `items` and the `options` they go with; an option may fit
    several items or none. order: `options` as they are shown, and `order`, their ids in the right order.
    """

    kind: Literal["single", "multiple", "match", "order"]
    question: Text
    options: Annotated[list[Answer], Field(min_length=3)]
    items: list[Item] = []
    order: list[Slug] = []
    explanation: Text

    @model_validator(mode="after")
    def _has_its_answers(self) -> Question:
        ids = [option.id for option in self.options]
        if len(set(ids)) != len(ids) or len({item.id for item in self.items}) != len(self.items):
            raise ValueError("options or items has an id twice: give each its own id")
        if (self.kind in ("single", "multiple")) != all(option.correct is not None for option in self.options) or (
            self.kind in ("match", "order") and any(option.correct is not None for option in self.options)
        ):
            raise ValueError("options and kind disagree: single and multiple say correct for each option, match and order for none")
        right = sum(bool(option.correct) for option in self.options)
        if (self.kind == "single" and right != 1) or (self.kind == "multiple" and not 0 < right < len(ids)):
            raise ValueError("options has not the correct answers its kind needs: single has one, multiple some but not all")
        if bool(self.items) != (self.kind == "match") or any(item.answer not in ids for item in self.items):
            raise ValueError("items and kind disagree: only match has items, and each answer is the id of an option")
        if sorted(self.order) != (sorted(ids) if self.kind == "order" else []):
            raise ValueError("order and kind disagree: only order has it, with the id of every option once")
        if self.order == ids:
            raise ValueError("order is the order the options stand in: write the options in another order")
        return self


class ModuleFile(Model):
    """docs/_data/training/<ID>.yml"""

    module: PageId
    minutes: Minutes
    checked_on: Date  # the day case and questions were last read against the pages they name
    goals: Annotated[list[Text], Field(min_length=1)]
    reading: Annotated[list[Reading], Field(min_length=1)]
    know: list[Knowledge]
    case: Case
    quiz: Annotated[list[Question], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_each_id_once(self) -> ModuleFile:
        ids = [item.id for item in self.bound()] + [question.id for question in self.case.questions]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"the id '{twice[0]}' stands twice in the module: give one of them another id")
        return self

    def bound(self) -> list[Bound]:
        """Everything in the module that belongs to a version of a page: the scenes, then the questions."""
        return [*self.case.scenes, *self.quiz]

    def reference_texts(self) -> list[Text]:
        """Every text of the module that may hold inline references."""
        found: list[Text] = [*self.know]
        found += [text for scene in self.case.scenes for choice in scene.choices for text in (choice.follows, choice.why)]
        found += [question.answer for question in self.case.questions]
        return found + [question.explanation for question in self.quiz]
