"""axe with every A, AA and best-practice rule on every page, light and dark, 1280 and 390 px wide: no violations."""

from __future__ import annotations

import pytest

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], elementRef: false})"


@pytest.fixture(scope="module")
def axe(root):
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_violations(chromium, address, root_address, bank, axe, language):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    found, runs = [], 0
    paths = [("" if language == "sv" else "en/") + entry.path for entry in bank.ledger.values() if entry.state == "published"]
    for path in [*paths, "404.html"]:
        page.goto((root_address if path == "404.html" else address) + path)
        page.evaluate(axe)
        for scheme, width in VIEWS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            for violation in page.evaluate(RUN, TAGS)["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                found.append(f"{path} {scheme} {width}: {violation['id']} ({violation['impact']}): {nodes}")
            runs += 1
    context.close()
    assert runs == 4 * (len(paths) + 1)
    assert found == []


def test_axe_finds_what_is_wrong(chromium, axe):
    """The check above can fail: a page with a control without a name is found out."""
    page = chromium.new_page()
    page.set_content("<!doctype html><html lang=sv><title>x</title><main><h1>x</h1><input></main></html>")
    page.evaluate(axe)
    assert "label" in [violation["id"] for violation in page.evaluate(RUN, TAGS)["violations"]]
    page.close()
