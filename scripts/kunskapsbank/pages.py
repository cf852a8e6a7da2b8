"""Read a page's source: front matter, headings, blocks and inline references, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from .faults import Fault, Faults
from .localising import LocalError, Localiser
from .models.base import Language
from .models.frontmatter import EnglishFrontMatter, FrontMatter, SharedFrontMatter, Translated
from .validation import validate
from .yamlsource import YamlSource, parse, read_text

REFERENCE = re.compile(r"\[\[(?:(?P<kind>[a-z]+):)?(?P<id>[A-Za-z0-9-]+)(?:#(?P<anchor>[a-z0-9-]+))?(?:\|(?P<text>[^\[\]|]+))?\]\]")
_BLOCK = re.compile(r"^/// *(?P<name>[a-z-]+)(?: *\| *(?P<argument>.*?))? *$")
_HEADING = re.compile(r"^(?P<level>#{1,6}) +(?P<text>.*?)(?: *\{ *#(?P<id>[^\s}]+) *\})? *$")
FENCE = re.compile(r"^ *(```|~~~)")

# Blocks of the Markdown library we allow beside our own: callouts. What they hold is text of the page.
CALLOUTS = ("danger", "note")


@dataclass(frozen=True)
class Heading:
    """A heading and its explicit id, if it has one."""

    level: int
    text: str
    id: str | None
    line: int


@dataclass(frozen=True)
class BlockUse:
    """A data block named in the page, for example `/// contacts | sos-112`."""

    name: str
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Reference:
    """An inline reference such as [[R08]] or [[law:lvu-6|text]]. `kind` is '' for a page."""

    kind: str
    id: str
    anchor: str | None
    text: str | None
    line: int


@dataclass
class PageSource:
    """One Markdown page. `path` is its file, `relative` the path inside its language folder.

    `body` is what stands in the file, `text` what this edition says: with its names, see localising.py.
    """

    path: Path
    relative: str
    language: Language
    meta: SharedFrontMatter
    body: str
    body_line: int
    front: YamlSource
    text: str = ""
    headings: list[Heading] = field(default_factory=list)
    blocks: list[BlockUse] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    @property
    def source_meta(self) -> FrontMatter:
        """The front matter of a Swedish page; calling it on an English one is a programming error."""
        assert isinstance(self.meta, FrontMatter)
        return self.meta

    @property
    def translates(self) -> dict[str, Translated]:
        """What an English page says of each section it translates; calling it on a Swedish one is a programming error."""
        assert isinstance(self.meta, EnglishFrontMatter)
        return self.meta.translates

    @property
    def address(self) -> str:
        """The published address without language: 'handbok/tecken/', '' for the start page."""
        stem = self.relative.removesuffix(".md")
        stem = stem.removesuffix("index")
        return stem if stem == "" or stem.endswith("/") else stem + "/"


def references_in(text: str, line: int) -> list[Reference]:
    """Find the inline references in `text`, all reported on `line`."""
    return [Reference(match["kind"] or "", match["id"], match["anchor"], match["text"], line) for match in REFERENCE.finditer(text)]


def prose(page: PageSource) -> str:
    """Return the page's own text without what stands in fences: those lines are examples, not text."""
    lines, fenced = [], False
    for line in page.text.split("\n"):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            lines.append(line)
    return "\n".join(lines)


def read_page(path: Path, language: Language, folder: Path, local: Localiser | None = None) -> PageSource:
    """Read one page of `folder` (docs/sv or docs/en) as the edition of `local` says it. Raises Faults."""
    local = local or Localiser()
    text = read_text(path)
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        raise Faults([Fault(path, 1, "the page has no front matter", "begin the file with --- lines and an id")])
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    front = local.data(parse(path, "\n".join(lines[1:end]), first_line=2), language)
    meta = validate(front, FrontMatter if language == "sv" else EnglishFrontMatter)
    page = PageSource(
        path=path,
        relative=path.relative_to(folder).as_posix(),
        language=language,
        meta=meta,
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
        front=front,
    )
    _scan_body(page, local)
    return page


def _scan_body(page: PageSource, local: Localiser) -> None:
    fenced, said = False, []
    for number, source in enumerate(page.body.split("\n"), page.body_line):
        line: str | None = source
        if FENCE.match(source):
            fenced = not fenced
        if not fenced:
            try:
                line = local.line(source, page.language)
            except LocalError as error:
                raise Faults([Fault(page.path, number, error.what, error.do)]) from None
        if line is None:
            continue
        said.append(line)
        if fenced:
            continue
        page.references += references_in(re.sub(r"`[^`]*`", "", line), number)
        if block := _BLOCK.match(line):
            page.blocks.append(BlockUse(block["name"], tuple((block["argument"] or "").split()), number))
        elif heading := _HEADING.match(line):
            page.headings.append(Heading(len(heading["level"]), heading["text"], heading["id"], number))
    page.text = "\n".join(said)
