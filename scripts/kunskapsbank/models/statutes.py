"""Acts and their provisions: the only place where a section number is written."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from .base import Confidence, Date, Line, Model, Slug, Text, WebAddress


class Provision(Model):
    """One rule: where it stands, what it says in our words, who decides, how long, since when."""

    id: Slug
    ref: Text
    cited: Text | None = None  # where reference and act together would read badly
    heading: Text | None = None
    rule: Text
    decides: Text | None
    time_limit: Text | None
    in_force: Text | None
    in_force_from: Date | None
    in_force_until: Date | None
    old_ref: Text | None
    source_url: WebAddress | None
    source_date: Line | None
    text_current_to: Date | None = None
    support_urls: list[WebAddress] = []
    practice_url: WebAddress | None = None
    confidence: Confidence
    verify: bool
    verify_what: list[Text] = []
    note: Text | None = None
    checked_on: Date

    @model_validator(mode="after")
    def _doubt_is_marked(self) -> Provision:
        if self.verify_what and not self.verify:
            raise ValueError("verify_what is filled but verify is false: set verify to true")
        return self


class Act(Model):
    """One act, convention or body of guidance, with its provisions."""

    id: Slug
    sfs: Line
    short: Text
    title: Text
    official_url: WebAddress | None
    status: Literal["in_force", "not_in_force", "uncertain", "practice"]
    status_note: Text
    in_force_until: Date | None
    text_basis: Text | None = None
    warning: Text | None = None
    note: Text | None = None
    history: Text | None = None
    celex: Line | None = None
    provisions: list[Provision]


class StatuteFile(Model):
    """docs/_data/statutes.yml"""

    acts: list[Act]
