"""Forms a reader fills in on screen or on paper. Nothing filled in is stored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import Model, PageId, Slug, Text


class Option(Text):
    """One answer of a field with given answers."""

    id: Slug


class FormField(Model):
    """One thing to fill in."""

    id: Slug
    kind: Literal["text", "lines", "date", "time", "datetime", "choice", "checks"]
    label: Text
    help: Text | None = None
    rows: Annotated[int, Field(ge=2, le=12, strict=True)] | None = None
    options: list[Option] = []
    covers: list[Slug] = []

    @model_validator(mode="after")
    def _kind_is_whole(self) -> FormField:
        if (self.kind in ("choice", "checks")) != bool(self.options):
            raise ValueError("kind and options disagree: choice and checks have options, the others none")
        if self.rows is not None and self.kind != "lines":
            raise ValueError("only a field of kind lines has rows: remove rows")
        return self


class FormSection(Model):
    """Fields that belong together."""

    id: Slug
    title: Text
    help: Text | None = None
    fields: Annotated[list[FormField], Field(min_length=1)]


class FormFile(Model):
    """docs/_data/forms/<ID>.yml"""

    form: PageId
    sections: Annotated[list[FormSection], Field(min_length=1)]
