"""Reading without a network: the package opened from files, and the copy a reader has asked the browser to keep."""

from __future__ import annotations

import contextlib
import functools
import http.server
import re
import shutil
import threading
import time
import zipfile

import pytest
from kunskapsbank.hosting.headers import POLICY
from kunskapsbank.offline import package, worker

from .conftest import PHONE, WIDE, Server
from .test_axe import RUN, TAGS, VIEWS, axe  # noqa: F401 - a fixture

X08 = "om/ladda-ner/"
R08 = "handbok/omedelbart-omhandertagande/"


def counts(page):
    """The calculator works out a time limit."""
    page.evaluate("document.querySelectorAll('.kb-calc details').forEach(part => { part.open = true; })")
    page.locator(".kb-calc input[type=datetime-local]").first.fill("2026-11-20T14:00")
    assert page.locator("[data-calc-list=dated] [data-due]").count() > 0


# ---- the package ----


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    place = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(site / package.NAME) as archive:
        archive.extractall(place)
    return place / package.FOLDER


@pytest.fixture
def open_file(open_page, folder):
    return lambda path, **options: open_page(f"file://{folder}/{path}", **options)


def test_from_files_the_menu_the_text_and_the_language_lead_on(open_file, folder):
    page = open_file("index.html")
    page.locator("a.kb-acute").click()
    page.wait_for_url(f"file://{folder}/akut/index.html")
    page.locator(".kb-nav").get_by_role("link", name="Handläggningsmanual").click()
    page.locator(".kb-nav").get_by_role("link", name=re.compile("R08")).click()
    page.wait_for_url(f"file://{folder}/{R08}index.html")
    assert page.locator("h1").inner_text()
    page.goto(page.url + "#frister")
    page.locator("a[data-language]").click()
    page.wait_for_url(f"file://{folder}/en/{R08}index.html#frister")
    page.locator(".kb-permanent a", has_text="Permanent link").click()
    page.wait_for_url(f"file://{folder}/en/{R08}index.html")
    page.locator("a.kb-brand").click()
    page.wait_for_url(f"file://{folder}/en/index.html")


@pytest.mark.parametrize(("prefix", "query", "found"), [("", "omedelbart omhändertagande", R08), ("en/", "interpreter", "handbok/tolk/")])
def test_from_files_the_search_finds(open_file, folder, prefix, query, found):
    page = open_file(prefix + "juridik/lvu/index.html")
    page.get_by_role("combobox").fill(query)
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"file://{folder}/{prefix}sok/index.html#q=*")
    first = page.locator("#search-results a").first
    first.wait_for()
    links = page.locator("#search-results a").evaluate_all("links => links.map(link => link.href)")
    assert all("index.html" in link for link in links)
    page.goto(next(link for link in links if prefix + found in link))
    assert page.locator(".kb-from-copy").is_visible()


def test_from_files_the_tools_work(open_file):
    page = open_file("juridik/frister/index.html")
    counts(page)
    page = open_file("kontakter/akut/index.html")
    assert page.locator(".kb-now:visible").count() > 0
    page = open_file(f"en/{R08}index.html")
    page.get_by_role("button", name="Tick off").click()
    page.locator(".kb-tick-box").first.click()
    assert re.search(r"1 of \d+ done", page.locator(".kb-tick-total").inner_text())
    page = open_file("r/R08/index.html?v=1")
    page.wait_for_url("**/index.html?v=1")
    assert page.locator(".kb-printed").is_visible()
    assert "nedladdad kopia" in page.locator(".kb-printed").inner_text()


@pytest.mark.parametrize(("prefix", "words"), [("", "Du läser en kopia från 20"), ("en/", "You are reading a copy from 20")])
def test_from_files_every_page_says_so_on_screen_and_on_paper(open_file, prefix, words):
    page = open_file(prefix + R08 + "index.html", **PHONE)
    line = page.locator(".kb-from-copy")
    assert line.inner_text().startswith(words) and line.get_by_role("link").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    assert line.is_visible() and not line.get_by_role("link").is_visible()


def test_from_files_no_copy_can_be_saved_and_the_page_says_so(open_file):
    page = open_file(X08 + "index.html")
    assert page.locator(".kb-copy-switch button:visible").count() == 0
    assert page.locator(".kb-copy-switch [role=status]").inner_text().startswith("Här går det inte att spara en kopia.")


# ---- the copy in the browser ----


class Host:
    """A server whose network can be cut, slowed or broken, under /bank/, with the policy the site is to be served with."""

    def __init__(self, root):
        self.root, self.state, self.asked, self.slow = root, "up", [], threading.Event()
        host = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, format, *args):
                pass

            def end_headers(self):
                self.send_header("Content-Security-Policy", POLICY)
                self.send_header("Cache-Control", "max-age=600")  # a page in the browser's memory is not the site's answer
                super().end_headers()

            def do_GET(self):
                host.asked.append(self.path)
                if host.state == "hangs":
                    host.slow.wait(20)
                if host.state == "broken":
                    return self.send_error(502)
                if host.state == "cut":
                    self.close_connection = True
                    return None
                return super().do_GET()

        self.server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(root)))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/bank/"


@pytest.fixture(scope="module")
def tree(site, tmp_path_factory):
    """The site without its PDFs, to be changed by tests."""
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(site, root / "bank", ignore=shutil.ignore_patterns("pdf", "*.zip"))
    return root


@pytest.fixture
def host(tree):
    made = Host(tree)
    yield made
    made.slow.set()
    made.server.shutdown()


@pytest.fixture
def reader(chromium, host):
    """A browser of one's own; breaches of the policy and errors of scripts fail the test, a network that is cut does not."""
    problems = []
    with contextlib.closing(chromium.new_context(**WIDE, accept_downloads=True)) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
        yield page
    assert problems == []


def stored(page):
    """Everything the browser keeps for the site."""
    return page.evaluate(
        """async () => ({
            caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
            databases: (await indexedDB.databases()).length,
            other: document.cookie + localStorage.length + sessionStorage.length})"""
    )


def keys(page):
    return page.evaluate(
        """async () => { const all = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const key of await cache.keys()) all.push([key.url, (await cache.match(key)).url]);
            } return all; }"""
    )


def save(page, host, prefix=""):
    page.goto(host.address + prefix + X08)
    page.get_by_role("button", name="Save a copy" if prefix else "Spara en kopia").click()
    page.locator(".kb-copy-switch [role=status]").get_by_text("Done." if prefix else "Klart.").wait_for(timeout=60_000)


def said(page):
    return page.locator(".kb-from-copy").all_inner_texts()


def until(page, question, argument=None):
    """Wait for an asynchronous question about the page to be answered yes."""
    for _ in range(300):
        if page.evaluate(question, argument):
            return
        page.wait_for_timeout(200)
    raise AssertionError(question)


NOTHING = {"caches": [], "workers": 0, "databases": 0, "other": "00"}


def test_nothing_is_stored_until_the_reader_asks(reader, host):
    for path in ("", "akut/", R08, "en/kontakter/", "sok/#q=tolk", X08, "en/" + X08, "om/integritet/"):
        reader.goto(host.address + path)
    reader.goto(host.address + X08)
    assert reader.get_by_role("button", name="Spara en kopia").is_visible()
    assert not reader.get_by_role("button", name="Ta bort kopian").is_visible()
    assert "Ingen kopia är sparad" in reader.locator(".kb-copy-switch [role=status]").inner_text()
    assert stored(reader) == NOTHING
    assert not [path for path in host.asked if path.endswith(("sw.js", "worker.js"))]


def test_with_the_network_off_every_page_the_search_and_the_tools_work_unvisited(reader, host, bank):
    save(reader, host)
    host.state = "cut"
    for page_id in worker.essentials(bank, "sv"):
        reader.goto(host.address + worker.address(bank.pages["sv"][page_id]))
        assert reader.locator("h1").count() == 1
        (line,) = said(reader)
        assert re.fullmatch(r"Ingen kontakt med webbplatsen\. Du läser en kopia från \d{4}-\d\d-\d\d\.", line)
    reader.goto(host.address + "juridik/frister/")
    counts(reader)
    reader.get_by_role("combobox").fill("omedelbart omhändertagande")
    reader.locator("[role=option]").first.wait_for()
    reader.keyboard.press("Enter")
    reader.locator("#search-results a").first.wait_for()
    reader.locator(f"#search-results a[href*='{R08}']").first.click()
    reader.wait_for_url(f"**/{R08}**")
    assert said(reader) and reader.get_by_role("button", name="Bocka av").is_visible(), "its scripts are there"
    reader.goto(host.address + "kontakter/akut/")
    assert reader.locator(".kb-now:visible").count() > 0
    reader.goto(host.address + "r/r08/?v=1#frister")
    reader.wait_for_url(f"{host.address}{R08}?v=1#frister")
    assert reader.locator(".kb-printed").is_visible()
    assert not reader.locator(".kb-printed-offline").count() or reader.locator(".kb-printed-offline").is_visible()


def test_with_the_network_back_the_line_is_gone(reader, host):
    save(reader, host)
    host.state = "cut"
    reader.goto(host.address + R08)
    assert said(reader)
    host.state = "up"
    reader.reload()
    assert said(reader) == []


@pytest.mark.parametrize("state", ["hangs", "broken"])
def test_a_network_that_hangs_or_breaks_is_not_waited_for(reader, host, state):
    save(reader, host)
    host.state = state
    begun = time.monotonic()
    reader.goto(host.address + R08)
    assert said(reader) and reader.get_by_role("button", name="Bocka av").is_visible()
    assert time.monotonic() - begun < 6


def test_what_is_not_in_the_copy_says_so_with_links_to_what_is(reader, host, bank):
    save(reader, host)
    host.state = "cut"
    reader.goto(host.address + "en/" + R08)
    assert reader.locator("h1").inner_text() == "Sidan finns inte i kopian / The page is not in the copy"
    assert "not saved here" in reader.locator("section[lang=en]").inner_text()
    assert reader.locator("section[lang=en] a").count() == 0, "the English pages are not in the copy"
    assert reader.locator("section[lang=sv] a").count() == len(worker.essentials(bank, "sv"))
    assert reader.evaluate("getComputedStyle(document.querySelector('.kb-header')).borderBottomStyle") == "solid", "its style is there"
    reader.get_by_role("link", name="A01 Akut nu").click()
    reader.wait_for_url(host.address + "akut/")
    assert said(reader)
    reader.goto(host.address + "no/such/page/")
    assert reader.get_by_role("link", name="A01 Akut nu").get_attribute("href") == host.address + "akut/"


def test_a_visited_page_of_the_other_language_is_in_the_copy_in_its_own_words(reader, host):
    save(reader, host)
    reader.goto(host.address + "en/" + R08)
    reader.wait_for_load_state("networkidle")
    host.state = "cut"
    reader.goto(host.address + "en/" + R08)
    assert re.fullmatch(r"No contact with the site\. You are reading a copy from \d{4}-\d\d-\d\d\.", *said(reader))


def test_no_query_and_no_anchor_is_stored(reader, host):
    save(reader, host)
    for path in (R08 + "?v=1&q=hemligt#frister", "sok/?q=hemligt", "sok/#q=hemligt", "r/R08/?v=1", "akut/index.html"):
        reader.goto(host.address + path)
        reader.wait_for_load_state("networkidle")
    found = keys(reader)
    assert len(found) > 100
    for key, address in found:
        assert not re.search(r"[?#]|hemligt|/r/|index\.html|sw\.js", key), key
        assert not re.search(r"[?#]|hemligt", address), address
    host.state = "cut"
    reader.goto(host.address + R08 + "?v=1")
    assert reader.locator(".kb-printed").is_visible(), "an address with a query finds the page"


def test_a_new_version_replaces_the_copy_quietly(reader, host, bank, tree, site):
    save(reader, host)
    changed, unvisited = tree / "bank" / R08 / "index.html", tree / "bank" / "handbok" / "tolk" / "index.html"
    before = {path: path.read_text(encoding="utf-8") for path in (changed, unvisited, tree / "bank" / "sw.js")}
    try:
        for path in (changed, unvisited):
            path.write_text(before[path].replace("<h1>", "<h1>Ny lydelse: "), encoding="utf-8")
        worker.write(bank, tree / "bank")
        host.asked.clear()
        reader.goto(host.address + R08)
        reader.evaluate("window.mine = 'still here'")
        version = re.search(r'"version":"(\w+)"', (tree / "bank" / "sw.js").read_text(encoding="utf-8"))[1]
        until(
            reader,
            """async version => {
                const cache = await caches.open((await caches.keys())[0]);
                const mark = (await cache.keys()).find(key => key.url.endsWith("/.saved/sv"));
                return !!mark && (await (await cache.match(mark)).text()) === version; }""",
            version,
        )
        assert reader.evaluate("window.mine") == "still here", "no reload under the reader's hands"
        assert reader.evaluate("caches.keys().then(names => names.length)") == 1, "what was collected aside is gone"
        pages = [path for path in host.asked if path.endswith("/")]
        assert len(pages) < 10, f"only what changed is fetched: {pages}"
        host.state = "cut"
        reader.goto(host.address + "handbok/tolk/")
        assert reader.locator("h1").inner_text().startswith("Ny lydelse: ") and said(reader)
    finally:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")


def test_removal_leaves_nothing_and_says_what_it_did(reader, host):
    save(reader, host)
    assert stored(reader)["workers"] == 1 and len(stored(reader)["caches"]) == 1
    reader.reload()
    status = reader.locator(".kb-copy-switch [role=status]")
    status.get_by_text("En kopia är sparad").wait_for()
    reader.get_by_role("button", name="Ta bort kopian").click()
    status.get_by_text("Kopian är borttagen").wait_for()
    assert re.search(r"borttagen: 1\d\d filer", status.inner_text())
    reader.get_by_role("combobox").fill("tolk")
    reader.locator("[role=option]").first.wait_for()
    assert stored(reader) == NOTHING, "the page that is still open stores nothing anew"
    assert reader.evaluate("document.activeElement.id") == "kb-q"
    reader.goto(host.address + R08)
    assert stored(reader) == NOTHING


def test_the_publisher_can_take_copies_back(reader, host, bank, tree, monkeypatch):
    save(reader, host)
    before = (tree / "bank" / "sw.js").read_text(encoding="utf-8")
    try:
        monkeypatch.setenv("KUNSKAPSBANKEN_COPIES", "removed")
        worker.write(bank, tree / "bank")
        reader.goto(host.address + R08)
        until(reader, "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length")
        reader.goto(host.address + "akut/")
        assert stored(reader) == NOTHING
    finally:
        (tree / "bank" / "sw.js").write_text(before, encoding="utf-8")


def test_a_copy_that_is_cut_short_says_so_and_is_filled_later(reader, host):
    reader.goto(host.address + X08)
    host.state = "up"
    stop = threading.Event()

    def cut():
        while not stop.is_set():
            if sum(path.endswith("/") for path in host.asked) > 12:
                host.state = "cut"
                return
            time.sleep(0.005)

    host.asked.clear()
    thread = threading.Thread(target=cut, daemon=True)
    thread.start()
    reader.get_by_role("button", name="Spara en kopia").click()
    status = reader.locator(".kb-copy-switch [role=status]")
    status.get_by_text("Kopian blev inte hel").wait_for(timeout=60_000)
    stop.set()
    reader.goto(host.address + "akut/")
    assert said(reader), "the essentials came first"
    host.state = "up"
    reader.goto(host.address + "kontakter/")
    until(reader, "async () => (await (await caches.open((await caches.keys())[0])).keys()).length > 100")


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_switch_by_keyboard(reader, host, prefix):
    reader.goto(host.address + prefix + X08)
    button = reader.get_by_role("button", name="Save a copy" if prefix else "Spara en kopia")
    button.focus()
    assert button.bounding_box()["height"] >= 44
    reader.keyboard.press("Enter")
    reader.locator(".kb-copy-switch [role=status]").get_by_text("Done." if prefix else "Klart.").wait_for(timeout=60_000)
    remove = reader.get_by_role("button", name="Remove the copy" if prefix else "Ta bort kopian")
    assert remove.evaluate("e => e === document.activeElement"), "the focus is not lost with the button"
    reader.keyboard.press("Enter")
    reader.locator(".kb-copy-switch [role=status]").get_by_text("is removed" if prefix else "är borttagen").wait_for()
    assert stored(reader) == NOTHING


def violations(page, axe):  # noqa: F811
    found = []
    page.evaluate(axe)
    for scheme, width in VIEWS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [(scheme, width, v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in page.evaluate(RUN, TAGS)["violations"]]
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("does not fit in 320 px")
    return found


def test_axe_on_what_only_a_reader_without_network_sees(reader, host, folder, axe):  # noqa: F811
    reader.context.set_default_timeout(60_000)
    save(reader, host)
    assert violations(reader, axe) == []
    host.state = "cut"
    for path in ("akut/", "en/akut/"):
        reader.goto(host.address + path)
        assert violations(reader, axe) == [], path
    reader.goto(f"file://{folder}/en/{R08}index.html")
    assert violations(reader, axe) == []


def test_the_page_that_is_missing_is_as_wide_as_any(reader, host):
    reader.goto(host.address + "offline.html")
    assert reader.locator(".kb-article").bounding_box()["width"] > 500
