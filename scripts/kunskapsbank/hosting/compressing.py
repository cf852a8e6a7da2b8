"""Files compressed beforehand beside the text files, for a server that sends them as they are: python -m ... SITE."""

from __future__ import annotations

import gzip
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import brotli

SMALLEST = 1024  # bytes; below it the headers weigh more than what is saved
# Where the server has a location that sends brotli (scripts/nginx/site.conf); the others are sent as gzip.
BROTLI = {".html", ".css", ".js", ".json", ".svg", ".xml"}
TEXT = BROTLI | {".vcf", ".ics", ".txt"}


def wanted(site: Path) -> list[Path]:
    """Return the files worth compressing. The pages of permanent links are not: nginx answers 301 before it reads them."""
    found = []
    for path in sorted(site.rglob("*")):
        parts = path.relative_to(site).parts
        place = parts[1:] if parts[0] == "en" else parts
        permanent = len(place) == 3 and place[0] == "r"
        if path.suffix in TEXT and path.is_file() and path.stat().st_size >= SMALLEST and not permanent and parts[0][0] not in "_.":
            found.append(path)
    return found


def one(path: Path, quality: int = 11) -> int:
    """Write path.gz and, for most kinds, path.br: the same bytes for the same content. Return the bytes of both."""
    content = path.read_bytes()
    made = {".gz": gzip.compress(content, 9, mtime=0)}
    if path.suffix in BROTLI:
        made[".br"] = brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality)
    for ending, small in made.items():
        target = path.with_name(path.name + ending)
        target.unlink(missing_ok=True)  # a new file: an old one may be linked from a copy of the site
        target.write_bytes(small)
    return sum(len(small) for small in made.values())


def compress(site: Path, quality: int = 11) -> tuple[int, int]:
    """Compress with a process for each core, brotli in `quality` 0 to 11; return (number of files, bytes written)."""
    paths = wanted(site)
    with ProcessPoolExecutor() as pool:
        sizes = list(pool.map(partial(one, quality=quality), paths, chunksize=16))
    return len(sizes), sum(sizes)


if __name__ == "__main__":
    number, weight = compress(Path(sys.argv[1]))
    print(f"{number} files compressed beforehand, {weight / 1e6:.1f} MB.", file=sys.stderr)
