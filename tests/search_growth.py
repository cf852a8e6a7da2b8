"""What the search would weigh and how fast it would answer with 10 and 50 times the pages. See docs/decisions/0007.

Not part of scripts/test. Run it after scripts/build, from the root:
    PYTHONPATH=scripts:tests .venv/bin/python tests/search_growth.py
"""

from __future__ import annotations

import copy
import gzip
import shutil
import tempfile
import zlib
from collections import defaultdict
from itertools import accumulate
from pathlib import Path

import search_part
from browser.conftest import FLAGS, served
from kunskapsbank.searchindex import script
from kunskapsbank.searchwords import Stems, words
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NEW = 4  # every fourth word of a further page is one that no page had before
MEASURE = """async (texts) => {
  const load = (path) => new Promise((done) => {
    const s = document.createElement("script");
    s.src = path; s.onload = done; document.head.append(s);
  });
  for (const name of ["engine", "search-index", "search-engine"]) await load(`/${name}.js`);
  let start = performance.now();
  await load("/names.js");
  const loaded = performance.now() - start;
  start = performance.now();
  const index = window.KunskapsbankenIndex, engine = window.KunskapsbankenSearch(index.sort(index.read(window.kunskapsbankenNames)));
  engine.search("barn");
  const first = performance.now() - start, times = [];
  await load("/text.js");
  engine.addText(window.kunskapsbankenText);
  for (const text of texts) for (let end = 1; end <= text.length; end += 1) {
    start = performance.now(); engine.search(text.slice(0, end)); times.push(performance.now() - start);
  }
  times.sort((one, two) => one - two);
  return [loaded, first, times[times.length >> 1], times[Math.floor(times.length * 0.95)]];
}"""


def renamed(word, turn):
    return f"{word}{'abcdefghij'[turn % 10]}{turn}" if turn and zlib.crc32(word.encode()) % NEW == 0 else word


def telling(pages):
    """The telling words of all phrases, in the order the build counts them."""
    stems = Stems("sv", ROOT / "node_modules")
    texts = (text for page in pages for text in (page["title"], page["description"], *page["synonyms"], *(s[1] for s in page["sections"])))
    return dict.fromkeys(word for text in texts for word in stems.telling(words(text)))


def grown(names, text, times):
    """The index of a bank with `times` as many pages: further pages like these, with new words among the old."""
    codes = dict(zip(telling(names["pages"]), names["stems"].split(" "), strict=True))
    pages = []
    for turn in range(times):
        for page in copy.deepcopy(names["pages"]):
            page["synonyms"] = [" ".join(renamed(word, turn) for word in words(synonym)) for synonym in page["synonyms"]]
            pages.append(page)
    order = telling(pages)
    terms = {cut(word, code) for word, code in codes.items()}
    old = sorted(terms) + text["further"].split(" ")
    called = sorted({cut(word, codes.get(word, "")) for word in order})
    sections = sum(len(page["sections"]) for page in names["pages"])
    places = defaultdict(list)
    for turn in range(times):
        for term, distances in zip(old, text["text"], strict=True):
            places[renamed(term, turn)] += [turn * sections + place for place in accumulate(distances)]
    further = sorted(places.keys() - set(called))
    distances = [[b - a for a, b in zip([0, *found], found, strict=False)] for found in (places[term] for term in [*called, *further])]
    grown_names = {**names, "pages": pages, "stems": " ".join(codes.get(word, "") for word in order), "compounds": {}}
    return grown_names, {"further": " ".join(further), "text": distances, "compounds": {}}


def cut(word, code):
    digits = code.rstrip("abcdefghijklmnopqrstuvwxyz")
    return word[: len(word) - int(digits or 0)] + code[len(digits) :]


def main():
    """Print one row for each size, at a processor four times slower than this one."""
    names, text = search_part.read(ROOT / "site", "sv"), search_part.read(ROOT / "site", "sv-text")
    print("| pages | names, gzip | text, gzip | names read by the browser | first answer | a keystroke, median | 95 of 100 |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        shutil.copy(ROOT / "site/assets/search/engine.js", folder)
        for name in ("search-index.js", "search-engine.js"):
            shutil.copy(ROOT / "site/assets/js" / name, folder)
        (folder / "index.html").write_text('<!doctype html><meta charset="utf-8"><title>x</title>', encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for times in (1, 10, 50):
            parts = zip(("Names", "Text"), grown(names, text, times), strict=True)
            scripts = {name: script(f"kunskapsbanken{name}", data) for name, data in parts}
            for name, content in scripts.items():
                (folder / f"{name.lower()}.js").write_text(content, encoding="utf-8")
            with served(folder) as host:
                page = browser.new_page()
                page.goto(host)
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
                figures = page.evaluate(MEASURE, ["får vi låsa in barnet", "nummer till polisen", "6 § lvu", "rymt i natt"])
                sizes = [f"{len(gzip.compress(content.encode(), 9)) // 1000} kB" for content in scripts.values()]
                row = " | ".join([*sizes, *(f"{figure:.0f} ms" for figure in figures)])
                print(f"| {len(names['pages']) * times} | {row} |", flush=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
