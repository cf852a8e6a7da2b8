"""Put a release together: python -m kunskapsbank.hosting.release SITE TAG FOLDER [CHANGES-OF-THE-PREVIOUS]."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import io
import os
import shutil
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import yaml

from ..bank import load
from ..models.base import LANGUAGES
from ..models.changes import Change
from ..offline import package
from ..pdf.documents import MANUAL
from . import bom

ROOT = Path(__file__).resolve().parents[3]
_TITLES = {"sv": "Vad som har ändrats", "en": "What has changed"}
_KINDS = {
    "material": {"sv": "ändrar vad du ska göra", "en": "changes what to do"},
    "editorial": {"sv": "språk och form", "en": "wording and form"},
}
_NOTHING = {"sv": "Inget i innehållet.", "en": "Nothing in the content."}
# Besides the site these stand alone in the release: {place: name in the release}.
_SITE = {package.NAME: package.NAME, **{path: Path(path).name for path in MANUAL.values()}, bom.NAME: bom.NAME}
_REPOSITORY = {"scripts/nginx/kunskapsbanken.conf": "nginx-kunskapsbanken.conf", "scripts/PUBLISHING.md": "PUBLISHING.md"}


def since(now: Sequence[Change], before: str) -> list[Change]:
    """Return the entries of the log that are not in `before`, the text of changes.yml in the previous release; the newest first.

    That file is of its own time: only what every version of it has had is read.
    """
    known = {(entry["date"], entry["text"]["sv"]) for entry in (yaml.safe_load(before) or {}).get("changes", [])}
    return [change for change in now if (change.date, change.text.sv) not in known]


def changes(tag: str, new: Sequence[Change]) -> str:
    """Return the change list in both languages, as Markdown."""
    parts = [f"# {tag}"]
    for language in LANGUAGES:
        lines = [f"- {one.date}, {', '.join(one.pages)} ({_KINDS[one.kind][language]}): {one.text[language]}" for one in new]
        parts += [f"## {_TITLES[language]}", "\n".join(lines) or _NOTHING[language]]
    return "\n\n".join(parts) + "\n"


def archive(site: Path, name: str, moment: datetime.datetime) -> bytes:
    """Return the site as tar.gz in a folder `name`: the same bytes for the same files and `moment`, whoever packs."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=9, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in [site, *sorted(site.rglob("*"), key=lambda path: path.relative_to(site).as_posix())]:
            entry = tarfile.TarInfo(f"{name}/{path.relative_to(site).as_posix()}".removesuffix("/."))
            entry.mtime = int(moment.timestamp())
            entry.mode = 0o755 if path.is_dir() else 0o644
            if path.is_dir():
                entry.type = tarfile.DIRTYPE
                tar.addfile(entry)
            else:
                entry.size = path.stat().st_size
                with path.open("rb") as content:
                    tar.addfile(entry, content)
    return packed.getvalue()


def assemble(site: Path, repository: Path, tag: str, folder: Path, moment: datetime.datetime, new: Sequence[Change]) -> list[str]:
    """Fill the empty or missing `folder` with the release; return the names in it. Raises FileNotFoundError for what is not built."""
    folder.mkdir(parents=True, exist_ok=True)
    for origin, files in ((site, _SITE), (repository, _REPOSITORY)):
        for place, name in files.items():
            shutil.copyfile(origin / place, folder / name)
    whole = f"kunskapsbanken-{tag}"
    (folder / f"{whole}.tar.gz").write_bytes(archive(site, whole, moment))
    (folder / "CHANGES.md").write_text(changes(tag, new), encoding="utf-8")
    names = sorted(path.name for path in folder.iterdir())
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return [*names, "SHA256SUMS"]


def main(site: Path, tag: str, folder: Path, previous: Path | None) -> None:
    """Assemble beside `folder` and put it in place when it is whole; the moment is SOURCE_DATE_EPOCH (seconds)."""
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.UTC)
    log = load(ROOT / "docs").changes
    before = previous.read_text(encoding="utf-8") if previous else ""
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        names = assemble(site, ROOT, tag, unfinished, moment, since(log.changes if log else [], before))
    except FileNotFoundError as error:
        shutil.rmtree(unfinished)
        sys.exit(f"{error.filename} is not there: a release needs a whole site. Run scripts/build (with the PDFs) and try again.")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    print("\n".join(f"{folder / name}" for name in names), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
