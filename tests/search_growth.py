"""What the search would weigh and how fast it would answer with 10 and 50 times the pages. See docs/decisions/0007.

Not part of scripts/test. Run it after scripts/build, from the root:
    PYTHONPATH=scripts:tests .venv/bin/python tests/search_growth.py
"""

from __future__ import annotations

import copy
import gzip
import json
import shutil
import tempfile
from pathlib import Path

from browser.conftest import FLAGS, served
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
HEAD = "window.kunskapsbankenIndex="
NEW = 4  # every fourth word of a further page is one that no page had before
MEASURE = """async (texts) => {
  const load = (path) => new Promise((done) => {
    const s = document.createElement("script");
    s.src = path; s.onload = done; document.head.append(s);
  });
  await load("/engine.js"); await load("/search-engine.js");
  let start = performance.now();
  await load("/index.js");
  const loaded = performance.now() - start;
  start = performance.now();
  const engine = window.KunskapsbankenSearch(window.kunskapsbankenIndex);
  engine.search("omhänderta");
  const first = performance.now() - start, times = [];
  for (const text of texts) for (let end = 1; end <= text.length; end += 1) {
    start = performance.now(); engine.search(text.slice(0, end)); times.push(performance.now() - start);
  }
  times.sort((one, two) => one - two);
  return [loaded, first, times[times.length >> 1], times[Math.floor(times.length * 0.95)]];
}"""


def grown(index, times):
    """The index of a bank with `times` as many pages: further pages like these, with new words among the old."""
    terms = index["terms"].split(" ")
    copies = {
        (number, turn): f"{term}{'abcdefghij'[turn % 10]}{turn}"
        for turn in range(1, times)
        for number, term in enumerate(terms)
        if number % NEW == 0
    }
    names = sorted({*terms, *copies.values()})
    at = {name: position for position, name in enumerate(names)}
    places = {name: [] for name in names}
    sections = sum(len(page["sections"]) for page in index["pages"])
    pages = []
    for turn in range(times):
        name = [copies.get((number, turn), term) for number, term in enumerate(terms)]
        for page in copy.deepcopy(index["pages"]):
            page["stems"] = [[at[name[word]] for word in phrase] for phrase in page["stems"]]
            pages.append(page)
        for number, distances in enumerate(index["text"]):
            section = turn * sections
            for distance in distances:
                section += distance
                places[name[number]].append(section)
    text = [[b - a for a, b in zip([0, *found], found, strict=False)] for found in (places[name] for name in names)]
    compounds = {at[terms[int(word)]]: [at[terms[part]] for part in parts] for word, parts in index["compounds"].items()}
    return {**index, "terms": " ".join(names), "pages": pages, "text": text, "compounds": compounds}


def main():
    """Print one row for each size, at a processor four times slower than this one."""
    source = (ROOT / "site/assets/search/sv.js").read_text(encoding="utf-8")
    index = json.loads(source.removeprefix(HEAD).rstrip().removesuffix(";"))
    print("| pages | index, gzip | read by the browser | first answer | a keystroke, median | 95 of 100 |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        shutil.copy(ROOT / "site/assets/search/engine.js", folder)
        shutil.copy(ROOT / "site/assets/js/search-engine.js", folder)
        (folder / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for times in (1, 10, 50):
            text = HEAD + json.dumps(grown(index, times), ensure_ascii=False, separators=(",", ":")) + ";"
            (folder / "index.js").write_text(text, encoding="utf-8")
            with served(folder) as host:
                page = browser.new_page()
                page.goto(host)
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
                figures = page.evaluate(MEASURE, ["får vi låsa in barnet", "nummer till polisen", "6 § lvu", "rymt i natt"])
                size = len(gzip.compress(text.encode(), 9)) // 1000
                row = " | ".join(f"{figure:.0f} ms" for figure in figures)
                print(f"| {len(index['pages']) * times} | {size} kB | {row} |", flush=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
