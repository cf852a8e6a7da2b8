"""What was last published: of each page its version and a fingerprint of each part a reader acts on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from .base import Date, Model, PageId

# The first twelve hexadecimal digits of a SHA-256.
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Count = Annotated[int, Field(ge=1, strict=True)]


class State(Model):
    """One page as it was published. A part the page does not have has no fingerprint.

    `version` is the number of material entries in the log that named the page, `entries` the number of all of them.
    """

    version: Count
    entries: Count
    published_on: Date
    steps: Fingerprint | None = None
    wording: Fingerprint | None = None
    numbers: Fingerprint | None = None
    limits: Fingerprint | None = None
    law: Fingerprint | None = None


class PublishedFile(Model):
    """docs/_data/published.yml"""

    pages: dict[PageId, State]
