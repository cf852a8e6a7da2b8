"""Glossary, roles and the words of the interface."""

from __future__ import annotations

from .base import Line, Model, PageId, Slug, Text


class NotThis(Model):
    """Words that must not stand on a page for this term: the same thing always has the same name."""

    sv: list[Line] = []
    en: list[Line] = []

    def __getitem__(self, language: str) -> list[str]:
        return self.sv if language == "sv" else self.en


class Term(Model):
    """A term with our own definition, and words a reader may type instead of it."""

    id: Slug
    term: Text
    definition: Text
    search_words: list[Line]
    not_this: NotThis = NotThis()
    pages: list[PageId]
    sources: list[Line]
    verify: bool


class GlossaryFile(Model):
    """docs/_data/glossary.yml"""

    terms: list[Term]


class Role(Model):
    """Someone who acts in a case; steps name roles by id."""

    id: Slug
    name: Text
    does: Text


class RoleFile(Model):
    """docs/_data/roles.yml"""

    roles: list[Role]


class StringFile(Model):
    """docs/_data/strings.yml: the interface's own words."""

    strings: dict[Slug, Text]
