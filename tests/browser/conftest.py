"""The built site in real Chromium, behind nginx with the shipped configuration, under a sub-path as on a shared web host."""

from __future__ import annotations

import contextlib
import functools
import http.server
import shutil
import threading

import nginx
import pytest
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
WIDE = {"viewport": {"width": 1280, "height": 900}}


NOTHING = {"caches": [], "workers": 0, "databases": 0, "other": "00"}


def stored(page):
    """Everything the browser keeps for the site."""
    return page.evaluate(
        """async () => ({
            caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
            databases: (await indexedDB.databases()).length,
            other: document.cookie + localStorage.length + sessionStorage.length})"""
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept: closed after each answer, one was reset now and then on a busy machine

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    """A page asks for a dozen files at once; the library's queue of five turns some of them away on a busy machine."""

    request_queue_size = 128


@contextlib.contextmanager
def served(folder):
    server = Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def address(site):
    """The site's address, under /bank/: whatever assumes the root of a host breaks here, and whatever the policy forbids."""
    with nginx.running(site, "/bank/") as (port, _):
        yield f"http://127.0.0.1:{port}/bank/"


@pytest.fixture(scope="session")
def plain_address(site, tmp_path_factory):
    """The same on a host that knows nothing but files: no headers, no redirects."""
    root = tmp_path_factory.mktemp("host")
    (root / "bank").symlink_to(site, target_is_directory=True)
    with served(root) as host:
        yield host + "bank/"


@pytest.fixture(scope="session")
def root_address(site):
    """The site at the root of a host, for 404.html: it is shown at any depth and so knows only the configured address."""
    with nginx.running(site) as (port, _):
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium was not found: sudo apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def clipboard(plain_address):
    """Read what a page has copied, in a page beside it: the site's own pages may not read the clipboard."""

    def read(page):
        beside = page.context.new_page()
        beside.goto(plain_address + "404.html")
        text = beside.evaluate("navigator.clipboard.readText()")
        beside.close()
        return text

    return read


@pytest.fixture
def open_page(chromium, address):
    """Open a page by its address in the site; errors in the console fail the test."""
    contexts = []
    problems: list[str] = []

    def run(path: str = "", **options):
        context = chromium.new_context(**{**WIDE, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(path if ":" in path else address + path)
        return page

    yield run
    for context in contexts:
        context.close()
    assert problems == []
