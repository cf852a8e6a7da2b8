"""The last step of a build: the new site takes the old one's place at once, and what a killed build left behind goes away.

python -m kunskapsbank.publishing tidy ROOT | swap NEW SITE. Run only by the build that holds the lock, see scripts/build.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from .faults import no_traceback

LEFTOVER = ".site-new.*"
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: constants of Linux


def tidy(root: Path) -> int:
    """Remove what killed builds left in `root`; return how many. An old site one of them had moved aside goes back first."""
    found = sorted(root.glob(LEFTOVER))
    for folder in found:
        if not (root / "site").exists() and (folder / "old" / "index.html").exists():
            (folder / "old").rename(root / "site")
        shutil.rmtree(folder, ignore_errors=True)
    return len(found)


def swap(new: Path, site: Path) -> None:
    """Put the folder `new` in the place of `site`; the old site, if there was one, is then `new`.

    At no moment is there none, or half of one, where the system can exchange two folders (Linux can). Elsewhere there is a
    blink without a site; a build that dies in it leaves the old one for `tidy`.
    """
    if not site.exists():
        new.rename(site)
    elif not exchange(new, site):
        aside = new.with_name("old")
        site.rename(aside)
        try:
            new.rename(site)
        except OSError:
            aside.rename(site)
            raise
        aside.rename(new)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step. False where the system or the disk's format cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(number, os.strerror(number), str(other))


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    match arguments:
        case ["tidy", root]:
            tidy(Path(root))
        case ["swap", new, site]:
            swap(Path(new), Path(site))
        case _:
            sys.exit("usage: python -m kunskapsbank.publishing tidy ROOT | swap NEW SITE")


if __name__ == "__main__":
    with no_traceback():
        main(sys.argv[1:])
