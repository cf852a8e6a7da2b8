"""The bake-off of docs/decisions/0007: four searches on the same pages and the same queries, in Chromium, in one run.

Not part of scripts/test: it needs Pagefind. Run it after scripts/test, from the root:
    .venv/bin/python -m pip install --target /tmp/pagefind 'pagefind[bin]==1.5.2'
    PYTHONPATH=scripts:tests:/tmp/pagefind EVERY=4 .venv/bin/python tests/bakeoff.py
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from browser.conftest import FLAGS, served
from kunskapsbank.bank import load
from kunskapsbank.linking import UNNUMBERED, address
from lxml import html
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
STOCK = """site_name: Bake-off
site_url: http://127.0.0.1/
theme: {name: material, language: sv, font: false}
plugins: [{search: {lang: [sv, en]}}]
markdown_extensions: [md_in_html]
"""


def articles(bank, readers_words):
    """Yield address, title and the article's HTML of every page; with the reader's words as a last paragraph, if asked for."""
    for pages in bank.pages.values():
        for page in pages.values():
            if page.meta.id in UNNUMBERED:
                continue
            document = html.parse(str(ROOT / "site" / address(page) / "index.html")).getroot()
            article = document.cssselect("article")[0]
            for element in article.cssselect(".kb-status, h1, script, svg, button, noscript"):
                element.drop_tree()
            text = html.tostring(article, encoding="unicode")
            if readers_words:
                text = text.replace("</article>", f"<p>{' · '.join(page.meta.synonyms)}</p></article>")
            yield address(page), f"{page.meta.id} {page.meta.title}", page.language, text


def stock_site(bank, folder, readers_words):
    """The same pages as a plain Material site."""
    docs = folder / "docs"
    for path, title, _language, text in articles(bank, readers_words):
        file = docs / path / "index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {title}\n\n" + re.sub(r"\s*\n\s*", " ", text) + "\n", encoding="utf-8")
    (docs / "index.md").write_text("# Start\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.DEVNULL)
    return folder / "site"


def plain_site(bank, folder, readers_words):
    """The same pages with nothing around them, for Pagefind and for MiniSearch."""
    documents = []
    for path, title, language, text in articles(bank, readers_words):
        file = folder / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f'<!doctype html><html lang="{language}"><title>{title}</title><main data-pagefind-body><h1>{title}</h1>{text}</main></html>',
            "utf-8",
        )
        element = html.fromstring(text)
        headings = " ".join(heading.text_content() for heading in element.cssselect("h2, h3"))
        documents.append({"id": path, "lang": language, "title": title, "headings": headings, "text": element.text_content()})
    for language in ("sv", "en"):
        (folder / f"{language}.json").write_text(json.dumps([d for d in documents if d["lang"] == language]), encoding="utf-8")
        (folder / f"{language}.html").write_text(f'<!doctype html><html lang="{language}"><title>x</title></html>', encoding="utf-8")
    shutil.copy(ROOT / "node_modules/minisearch/dist/umd/index.js", folder / "minisearch.js")
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(folder), "--quiet"], check=True)
    return folder


MATERIAL = """async (query) => {
  const field = document.querySelector("[data-md-component=search-query]"), list = document.querySelector(".md-search-result__list");
  const type = async (text) => {
    field.focus(); field.value = text;
    for (const name of ["keyup", "input"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    let before = null, same = 0;
    for (let i = 0; i < 100 && same < 8; i += 1) { // until the list has stood still for 200 ms
      await new Promise((done) => setTimeout(done, 25));
      same = list.innerHTML === before ? same + 1 : 0;
      before = list.innerHTML;
    }
  };
  await type("");
  await type(query);
  return Array.from(list.querySelectorAll(".md-search-result__item")).slice(0, 3).map((item) => new URL(item.querySelector("a").href)
    .pathname.slice(1));
}"""
PAGEFIND = """async (query) => {
  window.engine = window.engine || await import(location.origin + "/pagefind/pagefind.js");
  const found = await window.engine.search(query);
  return Promise.all(found.results.slice(0, 3).map(async (hit) => (await hit.data()).url.slice(1)));
}"""
MINISEARCH = """async (query) => {
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g, "");
  if (!window.engine) {
    await new Promise((done) => {
      const s = document.createElement("script");
      s.src = "/minisearch.js"; s.onload = done; document.head.append(s);
    });
    const searchOptions = { prefix: true, fuzzy: 0.2, boost: { title: 5, headings: 2 } };
    window.engine = new MiniSearch({ fields: ["title", "headings", "text"], processTerm: fold, searchOptions });
    window.engine.addAll(await (await fetch(document.documentElement.lang + ".json")).json());
  }
  return window.engine.search(query).slice(0, 3).map((hit) => hit.id);
}"""
OURS = """async (query) => {
  window.engine = window.engine || await new Promise((done) => window.KunskapsbankenSearchField.load(done));
  return window.engine.search(query).slice(0, 3).map((hit) => hit.page.address);
}"""


def main():
    """Print one row for each way and language."""
    bank = load(ROOT / "docs")
    ids = {address(page): page_id for pages in bank.pages.values() for page_id, page in pages.items()}
    queries = [query for name in ("tuned", "held") for query in yaml.safe_load((ROOT / f"tests/search/{name}.yml").read_text("utf-8"))]
    every = int(os.environ.get("EVERY", "1"))  # Material needs half a second for each; EVERY=4 asks each fourth query
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        ways = [("ours", ROOT / "site", OURS, {"sv": "sok/", "en": "en/sok/"})]
        for words, label in ((False, ""), (True, ", with the reader's words as text")):
            stock = stock_site(bank, folder / f"stock{words}", words)
            plain = plain_site(bank, folder / f"plain{words}", words)
            ways += [
                ("Material as it comes" + label, stock, MATERIAL, {"sv": "", "en": ""}),
                ("Pagefind 1.5.2" + label, plain, PAGEFIND, {"sv": "sv.html", "en": "en.html"}),
                ("MiniSearch 7.2 as it comes" + label, plain, MINISEARCH, {"sv": "sv.html", "en": "en.html"}),
            ]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print(
            "| way | language | queries | first hit right | right in first three | hits in the other language |\n|---|---|---|---|---|---|"
        )
        for label, site, ask, starts in ways:
            with served(site) as host:
                for language in ("sv", "en"):
                    page = browser.new_page()
                    page.goto(host + starts[language])
                    if ask is MATERIAL:
                        page.wait_for_timeout(3000)
                    own = [query for query in queries if query["lang"] == language][::every]
                    first = three = other = 0
                    for query in own:
                        found = list(dict.fromkeys(re.sub(r"index\.html$|[?#].*", "", hit) for hit in page.evaluate(ask, query["q"])))[:3]
                        hits = [ids.get(hit) for hit in found]
                        first += bool(hits) and hits[0] in query["want"]
                        three += bool(set(hits) & set(query["want"]))
                        other += sum(hit.startswith("en/") != (language == "en") for hit in found)
                    count = len(own)
                    print(
                        f"| {label} | {language} | {count} | {100 * first / count:.1f} % | {100 * three / count:.1f} % | {other} |",
                        flush=True,
                    )
                    page.close()
        browser.close()


if __name__ == "__main__":
    main()
