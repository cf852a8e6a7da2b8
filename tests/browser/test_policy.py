"""Every page in both languages behind the shipped nginx, compressed as it is published: no breach of the policy, an empty console."""

from __future__ import annotations

import contextlib
import re
import shutil

import nginx
import pytest
from kunskapsbank.hosting.headers import POLICY
from playwright.sync_api import expect

from .conftest import WIDE

R08 = "handbok/omedelbart-omhandertagande/"
# Runs before the page's own scripts. What it finds is said in the console, since a page may be left before it is asked.
WATCH = """document.addEventListener("securitypolicyviolation", (event) => {
  console.error("VIOLATION " + event.effectiveDirective + " " + event.blockedURI + " " + event.sample);
});"""


@contextlib.contextmanager
def watched(chromium, **options):
    """A page, and the list of what goes wrong on it: breaches, errors, warnings, files that are not there."""
    problems = []
    with contextlib.closing(chromium.new_context(**{**WIDE, **options})) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("response", lambda answer: problems.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        yield page, problems


@pytest.fixture(scope="module")
def behind(compressed):
    with nginx.running(compressed, "/bank/") as (port, _):
        yield f"http://127.0.0.1:{port}/bank/"


@pytest.fixture(scope="module")
def at_the_root(compressed):
    with nginx.running(compressed) as (port, _):
        yield f"http://127.0.0.1:{port}/"


def walk(chromium, host, addresses):
    """Open every page; return {address: what went wrong}."""
    found = {}
    with watched(chromium) as (page, problems):
        for address in addresses:
            answer = page.goto(host + address, wait_until="domcontentloaded")  # the deferred scripts have run
            assert answer.headers["content-security-policy"] == POLICY, address
            assert answer.headers["content-encoding"] == "br", address
            if problems:
                found[address] = list(problems)
                problems.clear()
    return found


def published(bank, prefix):
    return [prefix + entry.path for entry in bank.ledger.values() if entry.state == "published"]


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_no_page_breaks_the_policy(chromium, behind, bank, prefix):
    addresses = published(bank, prefix)
    assert len(addresses) > 80
    assert walk(chromium, behind, [*addresses, "offline.html"]) == {}


def test_nor_at_the_root_of_a_host(chromium, at_the_root, bank):
    assert walk(chromium, at_the_root, [*published(bank, "")[::9], *published(bank, "en/")[4::9]]) == {}


def test_the_page_for_what_is_not_there_is_shown_in_place(chromium, root_address):
    """At the root: 404.html stands for any depth, so it names its files by the configured address."""
    with watched(chromium) as (page, problems):
        answer = page.goto(root_address + "no/such/page/")
        assert answer.status == 404 and page.url == root_address + "no/such/page/"
        expect(page.get_by_role("heading", name="404")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.kb-header')).borderBottomStyle") == "solid", "its style is there"
    assert [one for one in problems if "no/such/page" not in one and "status of 404" not in one] == []


def test_the_tools_keep_to_the_policy(chromium, behind):
    with watched(chromium, permissions=["clipboard-write"]) as (page, problems):
        page.goto(behind)
        page.get_by_role("combobox").fill("omedelbart omhändertagande")
        expect(page.locator("[role=option]").first).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator("#search-results a").first).to_be_visible()
        page.goto(behind + "juridik/frister/")
        page.evaluate("document.querySelectorAll('.kb-calc details').forEach(part => { part.open = true; })")
        page.locator(".kb-calc input[type=datetime-local]").first.fill("2026-11-20T14:00")
        expect(page.locator("[data-calc-list=dated] [data-due]").first).to_be_attached()
        page.goto(behind + "kontakter/")
        page.locator("#filter-kind").select_option("police")
        expect(page.locator(".kb-filter [role=status]")).not_to_be_empty()
        page.goto(behind + "utbildning/")
        page.locator(".kb-mixed-form button[type=submit]").click()
        expect(page.locator(".kb-question form").first).to_be_visible()
        page.goto(behind + R08)
        page.get_by_role("button", name="Bocka av").click()
        page.locator(".kb-tick-box").first.click()
        page.locator("button.kb-term").first.click()
        expect(page.locator(".kb-definition").first).to_be_visible()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(behind + "r/r08/?v=1#frister")
        page.wait_for_url(f"{behind}{R08}?v=1#frister")
        expect(page.locator(".kb-printed")).to_be_visible()
        page.locator(".kb-status button.kb-copy").click()
        expect(page.locator("#kb-said")).to_have_text("Länken är kopierad")
        page.goto(behind + "om/ladda-ner/")
        page.get_by_role("button", name="Spara en kopia").click()
        expect(page.locator(".kb-copy-switch [role=status]")).to_contain_text("Klart.", timeout=60_000)
        page.goto(behind + "akut/")
        expect(page.locator("h1")).to_be_visible()
    assert problems == []


def test_a_breach_is_found(chromium, compressed, tmp_path):
    """The checks above can fail: a page with inline script, style and a picture from elsewhere is reported for each."""
    (tmp_path / "_nginx").mkdir()
    for path in (compressed / "_nginx").iterdir():
        shutil.copyfile(path, tmp_path / "_nginx" / path.name)
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>x</title><script>document.title = 'ran'</script><p style='color: red' onclick='x()'>x</p>"
        "<img src='https://elsewhere.example/x.png' alt=''>",
        encoding="utf-8",
    )
    with nginx.running(tmp_path, "/bank/") as (port, _), watched(chromium) as (page, problems):
        page.goto(f"http://127.0.0.1:{port}/bank/")
        assert page.title() == "x", "the script did not run"
    breaches = {re.match(r"VIOLATION (\S+)", one)[1] for one in problems if one.startswith("VIOLATION")}
    assert {"script-src-elem", "style-src-attr", "img-src"} <= breaches
