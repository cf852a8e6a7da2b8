"""Figures of the 2011 report's case review. They must add up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from .base import Model, Slug, Text

Count = Annotated[int, Field(ge=0, strict=True)]


class YearCount(Model):
    """Emergency care orders in one year."""

    year: Annotated[int, Field(ge=2000, le=2100, strict=True)]
    cases: Count


class OutcomeCount(Model):
    """Cases that ended in one way."""

    id: Slug
    n: Count
    text: Text


class CaseFile(Model):
    """docs/_data/cases.yml"""

    lvu6_by_year: list[YearCount]
    lvu6_total: Count
    outcomes_2010: list[OutcomeCount]
    total_2010: Count

    @model_validator(mode="after")
    def _figures_add_up(self) -> CaseFile:
        if sum(row.cases for row in self.lvu6_by_year) != self.lvu6_total:
            raise ValueError("lvu6_by_year does not add up to lvu6_total: check against the report")
        if sum(row.n for row in self.outcomes_2010) != self.total_2010:
            raise ValueError("outcomes_2010 does not add up to total_2010: check against the report")
        return self
