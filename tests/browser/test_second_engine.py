"""A second engine beside axe: IBM's accessibility checker, the rules of WCAG 2.2 A and AA, every page in both languages.

What it fails is none, or stands in EXPLAINED with the reason why nothing is wrong. What it asks a person about stands in ASKED with
the answer. A rule that is new in either way fails the test until somebody has looked; so does an explanation nothing needs any more.
See docs/decisions/0024.
"""

from __future__ import annotations

import re

import pytest

from .test_access import KINDS, kind_page  # noqa: F401 - a fixture

# Costly rules that never find a fault here: three of them only ask, about focus, which test_access.py measures at every stop;
# the fourth reads inline styles, which no page has (tests/site/test_built_pages.py). They run on the pages of FULL.
COSTLY = ["style_focus_visible", "element_tabbable_unobscured", "element_tabbable_visible", "text_spacing_valid"]
FULL = ("start", "routine in use", "form")

# rule: what its element looks like, and why it is no fault
EXPLAINED = {
    "aria_content_in_landmark": (
        r'^<a href="#innehall" class="kb-skip">',
        "The link that skips to the text stands first of all, outside every landmark, as it must. axe exempts such links.",
    ),
    "element_tabbable_role_valid": (
        r'^<div (?=[^>]*role="region")(?=[^>]*tabindex="0")(?=[^>]*class="kb-table")',
        "A box that scrolls sideways must be reached by keyboard: axe demands it (scrollable-region-focusable). The two engines disagree.",
    ),
    "aria_form_label_unique": (
        r'^<form[^>]* class="kb-quiz-form"',
        "A form without a name is no landmark. Named, ten questions would be ten landmarks on one page.",
    ),
    "aria_landmark_name_unique": (r'^<form[^>]* class="kb-quiz-form"', "The same as aria_form_label_unique."),
    "label_content_exists": (
        r'^<label class="kb-tick-box"',
        "The box has two labels: this one is the large target around it, the step's own text is its name (test_lists.py asserts it).",
    ),
}

ASKED = {
    "aria_keyboard_handler_exists": "The search field listens to arrows, Enter and Escape: test_search.py.",
    "download_keyboard_controllable": "The downloads are plain links; the keyboard walk passes them.",
    "element_tabbable_unobscured": "Measured at 400 %: test_access.py. At 1280 nothing is fixed or sticky over the text.",
    "element_tabbable_visible": "The skip link is moved into the window when it gets the focus.",
    "form_submit_button_exists": "The filter answers as one types; a form is filled in to be printed and is never sent.",
    "heading_markup_misuse": "Sections of an act whose heading is their number and name.",
    "input_checkboxes_grouped": "The boxes of a list stand in its ordered list, which a screen reader counts.",
    "input_fields_grouped": "The two choices of the filter stand in a named search form.",
    "input_label_visible": "The field in the head has a hidden label with the words of its placeholder, beside a visible button.",
    "list_structure_proper": "dl with div around each pair, which HTML allows; the Nu checker passes it.",
    "select_options_grouped": "The areas are one list of one kind.",
    "style_color_misuse": "Nothing is said by colour alone; forced colours take the colours away in test_access.py.",
    "style_focus_visible": "The focus is seen at every stop of the keyboard walk: test_access.py.",
    "style_highcontrast_visible": "test_access.py looks at every kind of page in forced colours.",
    "style_viewport_resizable": "The sizes with vw have a part in rem too, so that larger text makes them larger.",
    "text_block_heading": "The title of a box and a label in bold introduce a few lines, no section of the page.",
    "text_quoted_correctly": "Words cited from a statute within a sentence, in quotation marks.",
    "widget_tabbable_single": "The row's heading in a plain table may hold two links; it is no cell of a grid.",
    "text_sensory_misuse": "'Below' and the like mean the order of reading.",
}

RUN = """async drop => {
  const checker = new ace_ibma.Checker();
  const rules = checker.getGuidelines().find(guideline => guideline.id === 'WCAG_2_2');
  rules.id = 'ours';
  rules.checkpoints.forEach(point => { point.rules = (point.rules || []).filter(rule => !drop.includes(rule.id)); });
  checker.addGuideline(rules);
  const report = await checker.check(document, ['ours']);
  return {checked: report.numExecuted, said: report.results.filter(result => result.value[1] !== 'PASS')
    .map(result => [result.ruleId, result.value[1], result.snippet.slice(0, 300), result.message])};
}"""


@pytest.fixture(scope="module")
def engine(root):
    return (root / "node_modules" / "accessibility-checker-engine" / "ace-window.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def used():
    """The explanations and answers some page has needed, over the whole module."""
    return set()


def look(page, engine, used, where, drop=COSTLY):
    """Let the engine look at the page as it stands; return what is neither explained nor answered, and how much was checked."""
    page.evaluate(engine)
    report = page.evaluate(RUN, drop)
    found = []
    for rule, kind, snippet, message in report["said"]:
        known = re.search(EXPLAINED.get(rule, ["$^"])[0], snippet) if kind == "FAIL" else rule in ASKED
        if known:
            used.add(rule)
        else:
            found.append(f"{where}: {rule} ({kind}): {message}: {snippet[:150]}")
    return found, report["checked"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_unexplained_on_any_page(chromium, address, root_address, bank, engine, used, language):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    found, checked = [], 0
    paths = [("" if language == "sv" else "en/") + entry.path for entry in bank.ledger.values() if entry.state == "published"]
    for path in [*paths, "404.html"]:
        page.goto((root_address if path == "404.html" else address) + path)
        more, number = look(page, engine, used, path)
        found += more
        checked += number
    page.close()
    assert found == []
    assert checked > 1000 * len(paths), "hardly anything was checked"


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_unexplained_while_in_use(kind_page, engine, used, kind):  # noqa: F811
    page = kind_page(kind, **{"viewport": {"width": 390, "height": 844}})
    found, _ = look(page, engine, used, kind, [] if kind in FULL else COSTLY)
    assert found == []


def test_every_explanation_is_needed(used):
    """Runs last of the module, when every page has been seen."""
    used.add("download_keyboard_controllable")  # asked only where the PDFs have been made
    assert used == set(EXPLAINED) | set(ASKED), "an explanation nothing needs any more"


def test_the_engine_finds_what_is_wrong(chromium, engine):
    """A control without a name and a picture without words are found out, and no explanation covers them."""
    page = chromium.new_page()
    page.set_content("<!doctype html><html lang=sv><title>x</title><main><h1>x</h1><input><img src='data:,'></main></html>")
    found, _ = look(page, engine, set(), "made up")
    page.close()
    assert {line.split()[2] for line in found if "(FAIL)" in line} >= {"input_label_exists", "img_alt_valid"}
