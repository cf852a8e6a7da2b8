"""Sources, and which kinds of source a reader may be shown."""

from __future__ import annotations

from .base import Date, Line, Model, Slug, Text, WebAddress


class SourceKind(Model):
    """A kind of source; `show` says whether pages may cite it."""

    id: Slug
    name: Text
    show: bool


class SourceKindFile(Model):
    """docs/_data/source_kinds.yml"""

    kinds: list[SourceKind]
    hosts: dict[Line, Slug]


class Original(Model):
    """The document a copy reprints: named to the reader instead of the copy."""

    title: Text
    publisher: Line


class Source(Model):
    """One document or web page."""

    id: Slug
    title: Text
    publisher: Line
    kind: Slug
    url: WebAddress | None
    original: Original | None = None
    checked_on: Date


class SourceFile(Model):
    """docs/_data/sources.yml"""

    sources: list[Source]
