"""What starts a time limit: the fields of the calculator, in groups."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Model, Slug, Text


class EventGroup(Model):
    """Events that belong together; `open` shows its fields from the start."""

    id: Slug
    name: Text
    open: bool


class Event(Model):
    """One event. `input` is moment (day and clock) where a limit from it is counted in hours, otherwise day."""

    id: Slug
    group: Slug
    input: Literal["day", "moment"]
    name: Text
    question: Text
    hint: Text | None = None
    not_before: list[Slug] = []
    follows: list[Slug] = []


class EventFile(Model):
    """docs/_data/events.yml"""

    groups: Annotated[list[EventGroup], Field(min_length=1)]
    events: Annotated[list[Event], Field(min_length=1)]
