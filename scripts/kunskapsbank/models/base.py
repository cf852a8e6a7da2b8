"""What the models share: strictness, a text in two languages, ids, dates, web addresses."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
PageId = Annotated[str, StringConstraints(pattern=r"^([A-Z]\d{2}|START|SOK)$")]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Confidence = Literal["high", "medium", "low"]


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")) or " " in value or "." not in value.partition("//")[2]:
        raise ValueError("is not a web address: write it whole, from https://")
    return value


def _past_date(value: datetime.date) -> datetime.date:
    if not datetime.date(1900, 1, 1) <= value <= datetime.date(2100, 1, 1):
        raise ValueError("is not a likely date: write YYYY-MM-DD")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
Date = Annotated[datetime.date, Field(strict=True), AfterValidator(_past_date)]


class Model(BaseModel):
    """Every model refuses fields it does not know: a misspelt field would otherwise be lost in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Model):
    """The same text in both languages; neither may be empty."""

    sv: Line
    en: Line

    def __getitem__(self, language: str) -> str:
        return self.sv if language == "sv" else self.en
