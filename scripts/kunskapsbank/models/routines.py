"""Steps and decision points of the routines, and the flow chart over them all."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Line, Model, PageId, Slug, Text


class Step(Model):
    """One act: what, by whom, by when. `covers` lists the entries of the source material it carries."""

    id: Slug
    text: Text
    who: Annotated[list[Slug], Field(min_length=1)]
    when: Text
    note: Text | None = None
    own_rule: bool = False
    verify: Text | None = None
    covers: list[Slug] = []


class StepGroup(Model):
    """Steps that stand together under one heading."""

    id: Slug
    steps: Annotated[list[Step], Field(min_length=1)]


class Outcome(Text):
    """One answer at a decision point, and the page it leads to."""

    to: PageId | None = None


class Decision(Model):
    """A question with the criteria that answer it and where each answer leads."""

    id: Slug
    question: Text
    criteria: Annotated[list[Text], Field(min_length=1)]
    outcomes: Annotated[list[Outcome], Field(min_length=2)]
    covers: list[Slug] = []


class RoutineFile(Model):
    """docs/_data/steps/<ID>.yml"""

    routine: PageId
    groups: list[StepGroup]
    decisions: list[Decision] = []

    def texts(self) -> list[Text]:
        """Every text an editor wrote in it that may hold inline references: steps, their notes, decision points."""
        found = [text for group in self.groups for step in group.steps for text in (step.text, step.note) if text]
        return found + [text for decision in self.decisions for text in (decision.question, *decision.criteria, *decision.outcomes)]


FlowText = Annotated[str, StringConstraints(min_length=1, max_length=45)]


class NodeText(Model):
    """Text short enough for a box of the chart."""

    sv: FlowText
    en: FlowText

    def __getitem__(self, language: str) -> str:
        return self.sv if language == "sv" else self.en


class Branch(Model):
    """An answer leaving a decision."""

    label: Text
    next: Slug
    page: PageId | None = None


class Node(Model):
    """One box of the flow chart."""

    id: Slug
    phase: Slug
    kind: Literal["act", "decision", "end"]
    text: NodeText
    page: PageId
    who: list[Slug] = []
    limit: Text | None = None
    deadline: Slug | None = None
    branches: list[Branch] = []


class Phase(Model):
    """A stretch of time in a case."""

    id: Slug
    title: Text
    window: Text
    goal: Text


class FlowFile(Model):
    """docs/_data/flow.yml"""

    phases: list[Phase]
    nodes: list[Node]


class Indicator(Model):
    """One sign, with its weight."""

    id: Slug
    text: Text
    weight: Literal["strong", "medium", "weak"]
    sources: list[Line]
    confidence: Literal["high", "medium", "low"]
    verify: bool
    basis: Text | None = None


class IndicatorGroup(Model):
    """Signs of one form of exploitation."""

    id: Slug
    title: Text
    intro: Text
    items: list[Indicator]


class IndicatorFile(Model):
    """docs/_data/indicators.yml"""

    weights: dict[Literal["strong", "medium", "weak"], Text]
    how_to_use: list[Text]
    groups: list[IndicatorGroup]
