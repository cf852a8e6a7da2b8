"""How long a build takes beside stock Material with the languages plugin, for as many pages as asked. See docs/decisions/0023.

Run it from the root; 1,600 pages take some minutes:
    PYTHONPATH=scripts:tests .venv/bin/python tests/build_times.py 160 1600

Stock is given the same pages with the words a reader sees: our built pages written out as Markdown, with their headings, lists and
tables. It then has no data to read, no blocks to fill in, no permanent links and no checks of content; it has its own search.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from lxml import html

ROOT = Path(__file__).resolve().parent.parent
FREE = "CDEFGHILN"  # letters no page id begins with
STOCK = {
    "site_name": "Stock",
    "site_url": "https://kunskapsbanken.example/",
    "theme": {"name": "material", "font": False, "language": "sv"},
    "plugins": [
        "search",
        {
            "i18n": {
                "docs_structure": "folder",
                "languages": [
                    {"locale": "sv", "name": "Svenska", "default": True, "build": True},
                    {"locale": "en", "name": "English", "build": True},
                ],
            }
        },
    ],
    "markdown_extensions": ["attr_list", "tables", {"toc": {"toc_depth": "2-3"}}, "pymdownx.blocks.admonition"],
}


def grow(tree: Path, pages: int) -> int:
    """Add copies of the pages of `tree`, each with its own id, address, title, data and versions; return how many there are then."""
    docs, data = tree / "docs", tree / "docs" / "_data"
    ledger = yaml.safe_load((data / "ids.yml").read_text(encoding="utf-8"))
    changes = yaml.safe_load((data / "changes.yml").read_text(encoding="utf-8"))
    places = {path: path.read_text(encoding="utf-8") for path in sorted(docs.glob("??/**/*.md"))}
    entries = [entry for entry in ledger["ids"] if entry["state"] == "published" and entry["id"] not in ("START", "SOK")]
    wanted, made = (pages - len(places)) // 2, 0
    while made < wanted:
        entry, turn = entries[made % len(entries)], made // len(entries) + 1
        old, new = entry["id"], f"{FREE[made // 100]}{made % 100:02d}"
        for path, text in places.items():
            if f"\nid: {old}\n" in text:
                language = docs / path.relative_to(docs).parts[0]
                target = language / f"kopia-{turn}" / path.relative_to(language)
                target.parent.mkdir(parents=True, exist_ok=True)
                head, title, rest = text.replace(f"\nid: {old}\n", f"\nid: {new}\n", 1).partition("\ntitle: ")
                name, end, body = rest.partition("\n")
                quoted = name.strip("\"'")[:70] + f" {turn}"
                target.write_text(head + title + f'"{quoted}"' + end + body, encoding="utf-8")
        for folder, field in (("steps", "routine"), ("forms", "form"), ("training", "module")):
            source = data / folder / f"{old}.yml"
            if source.exists():
                text = source.read_text(encoding="utf-8").replace(f"{field}: {old}\n", f"{field}: {new}\n", 1)
                (data / folder / f"{new}.yml").write_text(text, encoding="utf-8")
        for change in changes["changes"]:
            change["pages"] += [new] if old in change["pages"] else []
        ledger["ids"].append({"id": new, "path": f"kopia-{turn}/{entry['path']}", "state": "published"})
        made += 1
    for name, content in (("ids.yml", ledger), ("changes.yml", changes)):
        (data / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return len(places) + 2 * made


def stock(site: Path, folder: Path) -> int:
    """Write a stock site's source into `folder` from the pages of `site`; return the number of pages."""
    written = 0
    for path in sorted(site.rglob("index.html")):
        parts = path.relative_to(site).parts[:-1]
        language, parts = ("en", parts[1:]) if parts[:1] == ("en",) else ("sv", parts)
        if parts[:1] == ("r",):
            continue
        page = html.parse(str(path)).getroot()
        target = folder / "docs" / language / Path(*parts) / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"# {page.cssselect('h1')[0].text_content()}", *markdown(page.cssselect("article")[0])]
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")
        written += 1
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(STOCK), encoding="utf-8")
    return written


def markdown(element: html.HtmlElement) -> list[str]:
    """The words of a page as Markdown: headings, items, rows of tables, and every other text as a paragraph."""
    lines: list[str] = []
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("h1", "script", "svg", "template"):
            continue
        text = " ".join(child.text_content().split())
        if child.tag in ("h2", "h3", "h4"):
            lines += ["", f"{'#' * int(child.tag[1])} {text}", ""]
        elif child.tag == "table":
            rows = [[" ".join(cell.text_content().split()) for cell in row] for row in child.iter("tr")]
            lines += ["", *(f"| {' | '.join(row)} |" for row in rows[:1]), "|" + "---|" * len(rows[0])]
            lines += [*(f"| {' | '.join(row)} |" for row in rows[1:]), ""]
        elif child.tag in ("li", "dt", "dd", "summary"):
            inner = child.cssselect("ul, ol, table")
            lines += markdown(child) if inner else [f"- {text}"]
        elif child.tag in ("p", "a", "span", "strong", "button", "em"):
            lines += ["", text, ""]
        else:
            lines += ["", *markdown(child), ""]
    return lines


def timed(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Build the site in `folder` with MkDocs; return seconds by the clock and seconds of the processor."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [str(ROOT / ".venv" / "bin" / "mkdocs"), "build", "--quiet"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(ours: Path, other: Path, times: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Build the tree `ours`, and by turns with it stock in `other`, made from its pages; return the best clock and processor of each."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ours / "scripts")}
    found = [timed(ours, environment)]
    stock(ours / "site", other)
    others = [timed(other, environment)]
    for _ in range(times - 1):
        found.append(timed(ours, environment))
        others.append(timed(other, environment))
    return tuple(map(min, zip(*found, strict=True))), tuple(map(min, zip(*others, strict=True)))


def copy(folder: Path) -> Path:
    """Copy the source of our site to `folder`."""
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    return folder


def main(sizes: list[int]) -> None:
    """Print one row for each size."""
    print("| pages | ours, clock | ours, processor | stock, clock | stock, processor | ratio, clock | ratio, processor |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            ours, other = copy(Path(name) / "ours"), Path(name) / "stock"
            pages = grow(ours, size)
            mine, theirs = compare(ours, other, 2 if size > 500 else 3)
            seconds = " | ".join(f"{number:.1f} s" for number in (*mine, *theirs))
            print(f"| {pages} | {seconds} | {mine[0] / theirs[0]:.2f} | {mine[1] / theirs[1]:.2f} |", flush=True)


if __name__ == "__main__":
    main([int(given) for given in sys.argv[1:]] or [160, 1600])
