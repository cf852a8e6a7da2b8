"""Read a YAML file and remember on which line every value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .faults import Fault, Faults

Where = tuple[str | int, ...]
LONGEST = 1_000_000  # bytes; the longest file has a quarter, and a page of 5 MB would take a reader's phone minutes


class PlacedLine(int):
    """A line in another file than the source's own: what an overlay lays over a register keeps its place (see Fault)."""

    path: Path

    def __new__(cls, line: int, path: Path) -> PlacedLine:
        """Return `line` as a line of `path`."""
        placed = super().__new__(cls, line)
        placed.path = path
        return placed


@dataclass
class YamlSource:
    """Parsed data and, for the path to each value, its line (from 1). `text` is what was parsed."""

    path: Path
    data: Any
    text: str = ""
    lines: dict[Where, int] = field(default_factory=dict)

    def line(self, where: Where) -> int:
        """Return the line of `where`, or of its nearest known parent: a missing field has no line of its own."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


# libyaml reads ten times faster; every common wheel has it, and without it the same answers come slower.
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[valid-type, misc] # chosen when the module loads
    """SafeLoader that refuses a key written twice: the second would silently win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = str(key_node.value)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' stands twice", key_node.start_mark)
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def read_text(path: Path) -> str:
    """Return the file's text with any byte order mark removed and Windows line ends made plain.

    Raises Faults when the file is missing, unreadable, not UTF-8 or longer than anyone reads.
    """
    try:
        if path.stat().st_size > LONGEST:
            size = f"{path.stat().st_size / 1_000_000:.1f} MB"
            raise Faults([Fault(path, 0, f"{size} is more than a file may hold", f"divide it: at most {LONGEST // 1_000_000} MB each")])
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise Faults([Fault(path, 0, "the file is missing", "restore it from the repository")]) from None
    except UnicodeDecodeError as error:
        raise Faults([Fault(path, 0, f"not UTF-8 at byte {error.start}", "save the file as UTF-8")]) from None
    except OSError as error:
        raise Faults([Fault(path, 0, f"cannot be read ({error.strerror})", "check the file's permissions")]) from None


def parse(path: Path, text: str, first_line: int = 1) -> YamlSource:
    """Parse YAML `text` that begins on `first_line` of `path`. Raises Faults on bad YAML."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        raise Faults([Fault(path, line, f"not valid YAML: {error.problem}", "mend the spelling of this line or the one above")]) from None
    except yaml.YAMLError as error:
        raise Faults([Fault(path, first_line, f"not valid YAML: {error}", "remove the character")]) from None
    except ValueError as error:  # a date such as 2026-02-30
        raise Faults([Fault(path, first_line, f"not valid YAML: {error}", "write dates as YYYY-MM-DD")]) from None
    finally:
        loader.dispose()
    source = YamlSource(path, data, text)
    if node is not None:
        _note_lines(node, (), source.lines, first_line)
    return source


def read(path: Path) -> YamlSource:
    """Read and parse the YAML file at `path`. Raises Faults."""
    return parse(path, read_text(path))


def _note_lines(node: yaml.Node, where: Where, lines: dict[Where, int], first: int) -> None:
    lines[where] = node.start_mark.line + first
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            inner = (*where, key_node.value)
            _note_lines(value_node, inner, lines, first)
            lines[inner] = key_node.start_mark.line + first
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _note_lines(child, (*where, index), lines, first)
