"""An edition: whose bank this is. The base's own stands in docs/_data/edition.yml, another municipality's in its overlay folder."""

from __future__ import annotations

from .base import Line, Model, PageId, Slug, Text


class Word(Model):
    """A word of the base that means something else here: pages that use it say so. The beginning of the word is enough."""

    base: Text
    here: Text


class EditionFile(Model):
    """edition.yml: what the bank is called, and the names that pages write as [[local:...]]."""

    name: Text
    brand: Text
    names: dict[Slug, Text]
    words: list[Word] = []


class LocalFile(Model):
    """local.yml of an overlay: a page's id and the local rule shown on it, as Markdown with our references."""

    rules: dict[PageId, Text]


class RegisterChanges(Model):
    """What an overlay's register says beside its entries. `replaced`: an id of the base and the id that answers for it here."""

    removed: list[Slug] = []
    removed_areas: list[Line] = []
    replaced: dict[Slug, Slug] = {}
