"""What the training pages show beside plain text: the words their scripts need, and every question for the mixed test."""

from __future__ import annotations

import json
import posixpath
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from .bank import Bank
from .linking import address
from .memory import kept
from .models.base import LANGUAGES, Language
from .pages import PageSource

# Passed from this share of right answers: our own limit (page U00), not law.
PASS_PERCENT = 80

# What the scripts say. They hold no words of their own: the template hands them these, in the page's language.
QUIZ_WORDS = (
    "quiz-answer", "quiz-choose-first", "quiz-choose-all", "quiz-choose", "quiz-right", "quiz-wrong", "quiz-your-answer",
    "quiz-right-option", "quiz-up", "quiz-down", "quiz-place", "quiz-next", "quiz-show-result", "quiz-shuffle",
    "quiz-shuffled", "quiz-progress", "quiz-result", "quiz-score", "quiz-passed", "quiz-not-passed", "quiz-reread",
    "quiz-retry", "quiz-retried", "quiz-restart", "quiz-from",
)  # fmt: skip
PROGRESS_WORDS = (
    "progress-none", "progress-saving", "progress-erased", "progress-failed", "progress-module", "progress-date",
    "progress-score", "progress-of",
)  # fmt: skip
CASE_WORDS = ("case-yours", "case-sum")
MIXED_WORDS = ("mixed-failed", "mixed-loading", "mixed-ready")

# The parts of a question's markup that the mixed test builds again, and their attributes.
_TAGS = frozenset(["ol", "ul", "li", "p", "a", "span", "strong", "em", "details", "summary", "div"])
_ATTRIBUTES = frozenset(["class", "id", "href", "data-kind", "data-order", "data-item", "data-answer", "data-option", "data-right"])


def words(bank: Bank, names: tuple[str, ...], language: Language) -> str:
    """Return the strings `names` as JSON, for an attribute a script reads."""
    return json.dumps({name: bank.strings[name][language] for name in names}, ensure_ascii=False)


def modules_of(bank: Bank, language: Language) -> dict[str, str]:
    """Return the title of every module with its id before it, and of the mixed test (U00)."""
    titles = {page_id: f"{page_id} {bank.title(page_id, language)}" for page_id in bank.modules}
    return {**titles, "U00": bank.strings["mixed-test"][language]}


def write(bank: Bank, site: Path, languages: tuple[Language, ...] = LANGUAGES) -> None:
    """Write assets/training/questions.<language>.js: the questions of every module as they stand on its built page.

    A script file and not JSON: a page opened from a file may load a script but fetch nothing. The questions are trees
    of [tag, attributes, children...], so that the page builds elements and never reads markup from a string.
    """
    for language in languages:
        modules = []
        for page_id, title in modules_of(bank, language).items():
            page = bank.pages[language].get(page_id)
            if page and page_id in bank.modules:
                modules.append({"id": page_id, "title": title, "address": address(page), "questions": _questions(site, page)})
        data = json.dumps({"modules": modules}, ensure_ascii=False, separators=(",", ":"))
        path = site / "assets" / "training" / f"questions.{language}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"window.kbQuestions={data};\n", encoding="utf-8")


def _questions(site: Path, page: PageSource) -> list[Any]:
    html = (site / address(page) / "index.html").read_text(encoding="utf-8")

    def take() -> list[Any]:
        reader = _QuestionReader(address(page))
        reader.feed(html)
        return reader.questions

    return kept(("questions", page.language, page.meta.id), html, take)


class _QuestionReader(HTMLParser):
    """Collects each li.kb-question of a page as a tree. Links become relative to the site's root."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here
        self.questions: list[Any] = []
        self.open: list[list[Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if not self.open and not (tag == "li" and "kb-question" in given.get("class", "").split()):
            return
        if tag not in _TAGS:
            raise ValueError(f"<{tag}> in a question: add it to _TAGS of training.py if it is harmless")
        kept = {name: value for name, value in given.items() if name in _ATTRIBUTES}
        if "href" in kept:
            kept["href"] = self._from_root(kept["href"])
        node: list[Any] = [tag, kept]
        (self.open[-1] if self.open else self.questions).append(node)
        self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.open[-1].append(data)
        elif self.open and data and len(self.open[-1]) > 2:
            self.open[-1].append(" ")

    def _from_root(self, href: str) -> str:
        path, mark, anchor = href.partition("#")
        if ":" in path:
            return href
        target = posixpath.normpath(posixpath.join(self.here, path)) if path else self.here.rstrip("/")
        return target + ("/" if path.endswith("/") or not path else "") + mark + anchor
