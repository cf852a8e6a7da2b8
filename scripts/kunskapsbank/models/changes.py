"""What changed, when, and whether it changes what a reader should do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Date, Model, PageId, Text


class Change(Model):
    """One change of the pages it names."""

    date: Date
    kind: Literal["material", "editorial"]
    pages: Annotated[list[PageId], Field(min_length=1)]
    text: Text


class ChangeFile(Model):
    """docs/_data/changes.yml"""

    changes: Annotated[list[Change], Field(min_length=1)]
