"""The ledger of every page id: where it leads, now and for ever."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .base import Model, PageId, Text

Address = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*$")]


class Entry(Model):
    """One id. `path` is the published address without language; earlier addresses stay in `former`."""

    id: PageId
    path: Address
    state: Literal["published", "planned", "retired"]
    title: Text | None = None
    former: list[Address] = []
    successor: PageId | None = None

    @model_validator(mode="after")
    def _state_is_whole(self) -> Entry:
        if self.state == "retired" and self.successor is None:
            raise ValueError("a retired id names its successor: fill in successor")
        if self.state != "retired" and self.successor is not None:
            raise ValueError("only a retired id has a successor: remove successor or set state to retired")
        if self.state == "planned" and self.title is None:
            raise ValueError("a planned page needs a title: it is named in text before it exists")
        return self


class LedgerFile(Model):
    """docs/_data/ids.yml"""

    ids: Annotated[list[Entry], Field(min_length=1)]
