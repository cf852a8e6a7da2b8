"""One fault, one line: where, what is wrong, what to do."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in a file an editor can mend. `line` counts from 1; 0 means the whole file."""

    path: Path
    line: int
    what: str
    do: str

    def __post_init__(self) -> None:
        # A line of an overlay laid over a register knows its own file (yamlsource.PlacedLine).
        if (path := getattr(self.line, "path", None)) is not None:
            object.__setattr__(self, "path", path)
            object.__setattr__(self, "line", int(self.line))

    def text(self, root: Path | None = None) -> str:
        """Return 'path:line: what is wrong - what to do', the path relative to `root` where possible."""
        path = self.path
        if root is not None and path.is_relative_to(root):
            path = path.relative_to(root)
        return f"{path}:{self.line}: {self.what} - {self.do}"


class Faults(Exception):
    """Raised where work cannot go on; carries every fault found so far."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(fault.text() for fault in faults))
        self.faults = faults


def told(error: BaseException) -> list[str]:
    """Return what a person needs to know of an error that is no fault of the program, a line each; nothing for other errors."""
    if isinstance(error, Faults):
        return [fault.text() for fault in error.faults]
    if not isinstance(error, OSError):
        return []
    if error.errno is None:
        return [str(error)]
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in _FULL:
        return [f"{place}there is no room left on the disk - make room and build again; the old site stands as it was"]
    return [f"{place}{error.strerror} - see that the file is there and may be read and written, then build again"]


@contextmanager
def no_traceback() -> Iterator[None]:
    """End the program with one line, not a traceback, when a file or the machine is at fault."""
    try:
        yield
    except (OSError, Faults) as error:
        sys.exit("\n".join(told(error)))
