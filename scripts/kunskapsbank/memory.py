"""What a server keeps between two builds: a thing is made anew only when something it is made from has changed.

Kept in memory, so the first build of a process makes everything. See docs/decisions/0023.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

Made = TypeVar("Made")
_KEPT: dict[tuple[str, ...], tuple[str, Any]] = {}


def kept(name: tuple[str, ...], made_from: str, make: Callable[[], Made], anew: bool = False) -> Made:
    """Return the thing called `name`, as kept if it was made from the same, otherwise from `make`; what `make` raises is not kept.

    With `anew` it is made whatever was kept.
    """
    before = None if anew else _KEPT.get(name)
    if before is not None and before[0] == made_from:
        found: Made = before[1]
        return found
    made = make()
    _KEPT[name] = (made_from, made)
    return made


def drop(name: tuple[str, ...]) -> None:
    """Forget one thing: it was made, but not as it should be."""
    _KEPT.pop(name, None)


def forget() -> None:
    """Forget everything, as a new process has."""
    _KEPT.clear()


def digest(*parts: str) -> str:
    """Return one short text that differs when any of `parts` does."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(raw) + raw)
    return made.hexdigest()


class Compiled(BytecodeCache):
    """Templates as they were compiled, by their text: MkDocs begins with none for every language and every build."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template its code if its text is the same."""
        if code := self._codes.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._codes[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


compiled = Compiled()
