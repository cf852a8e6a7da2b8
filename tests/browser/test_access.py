"""What axe cannot see: the keyboard through everything, zoom, text spacing, forced colours, motion, names, targets, paper.

On each kind of page, in use: with its tool at work, since an untouched page is the least of it.
"""

from __future__ import annotations

import pytest

from .conftest import PHONE

NARROW = {"viewport": {"width": 390, "height": 844}}
ZOOMED = {"viewport": {"width": 320, "height": 256}}  # 1280 by 1024 at 400 %


def _tick(page):
    page.locator(".kb-tick-switch").click()
    page.locator(".kb-tick-box input").first.check()


def _filter(page):
    page.locator("#filter-text").fill("stockholm")
    page.locator(".kb-filter [role=status]:not(:empty)").wait_for(state="attached")


def _count(page):
    page.evaluate("document.querySelectorAll('.kb-calc details').forEach(part => { part.open = true; })")
    page.locator(".kb-calc input[type=datetime-local]").first.fill("2026-11-20T14:00")
    page.locator("[data-calc-list=dated] [data-due]").first.wait_for()


def _found(page):
    page.locator("#search-results a").first.wait_for()


def _answer(page):
    page.locator("#m4-q1 input").first.check()
    page.locator("#m4-q1 button[type=submit]").click()
    page.locator("#m4-q1 .kb-verdict").wait_for()


def _copies(page):
    page.locator(".kb-copy-switch button:visible").first.wait_for()


# kind: path and what the reader has done there
KINDS = {
    "start": ("", None),
    "routine in use": ("handbok/omedelbart-omhandertagande/", _tick),
    "flow chart": ("handbok/", None),
    "register, filtered": ("kontakter/", _filter),
    "calculator with results": ("juridik/frister/", _count),
    "law": ("juridik/lvu/", None),
    "search with hits": ("sok/#q=tolk", _found),
    "quiz, one answered": ("utbildning/modul-4/", _answer),
    "exercise": ("utbildning/ovning/", None),
    "downloads and copy": ("om/ladda-ner/", _copies),
    "form": ("mallar/skydd-och-risk/", None),
    "not found": ("404.html", None),
}
BOTH = [(prefix, kind) for kind in KINDS for prefix in ("", "en/") if not (prefix and kind == "not found")]

HELPERS = """
window.kb = (() => {
  const hidden = '.kb-hidden, .kb-hidden *, noscript, template';
  const shown = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && e.getClientRects().length > 0;
  const name = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + '.' + (e.getAttribute('class') || '') + ' "' +
    (e.textContent || e.name || '').trim().replace(/\\s+/g, ' ').slice(0, 40) + '"';
  // Everything the keyboard must reach, in order. Radio buttons of a group are one stop.
  const stops = () => Array.from(document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]'))
    .filter(e => !e.matches(':disabled') && !(e.tabIndex < 0) && shown(e) && !e.closest('[inert]'))
    .filter((e, _, all) => {
      if (e.type !== 'radio') return true;
      const group = all.filter(o => o.type === 'radio' && o.name === e.name && o.form === e.form);
      return e === (group.find(o => o.checked) || group[0]);
    });
  // The colours, lines and sizes by which focus can show, on the element and on what is drawn in it.
  const drawn = e => [e, ...e.querySelectorAll('.flow-box')].map(part => {
    const style = getComputedStyle(part);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 ? style.outlineColor : '';
    return [outline, style.stroke, style.strokeWidth];
  }).join();
  // Some part of the element lies uppermost in the window.
  const uncovered = e => Array.from(e.getClientRects()).some(box => [0.5, 0.05, 0.95].some(x => [0.5, 0.1, 0.9].some(y => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && (e.contains(top) || (top.closest('label') && top.closest('label').control === e));
  })));
  return {hidden, shown, name, stops, drawn, uncovered};
})();
"""


@pytest.fixture
def kind_page(open_page, root_address):
    def run(kind, prefix="", **options):
        path, prepare = KINDS[kind]
        page = open_page(root_address + path if path == "404.html" else prefix + path, **options)
        if prepare:
            prepare(page)
        page.evaluate(HELPERS)
        return page

    return run


# ---- keyboard ----

START = """last => {
  document.activeElement.blur();
  kb.list = kb.stops();
  kb.plain = kb.list.map(kb.drawn);
  kb.at = () => kb.list.indexOf(document.activeElement);
  kb.made = [];
  kb.listening = kb.listening || document.addEventListener('focusin', e => {
    if (!kb.list.includes(e.target)) { // the calculator writes its results anew when a field is left: the same stops again
      const anew = kb.stops();
      if (anew.length === kb.list.length) kb.list = anew;
    }
    const at = kb.list.indexOf(e.target);
    kb.made.push({at, name: kb.name(e.target), seen: kb.drawn(e.target) !== kb.plain[at]});
  }) || true;
  kb.list[last ? kb.list.length - 1 : 0].focus();
  kb.made = [];
  return kb.list.map(kb.name);
}"""


def walk(page, key):
    """Press a key from the first stop to the last (backwards the other way); return names and steps.

    What each stop looked like is written down by the page itself when it gets the focus. Not around the corner: there the focus
    goes by way of the browser, which takes its own time.
    """
    back = key == "Shift+Tab"
    names = page.evaluate(START, back)
    for press in range(3 * len(names) + 40):  # a date field is several presses
        page.keyboard.press(key)
        if press >= len(names) - 2 and page.evaluate("kb.at()") == (0 if back else len(names) - 1):
            return names, page.evaluate("kb.made")
    raise AssertionError(f"a trap: {page.evaluate('kb.made.slice(-3)')}")


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_keyboard_reaches_everything_in_order_seen_and_back(kind_page, kind):
    page = kind_page(kind)
    for key in ("Tab", "Shift+Tab"):
        names, made = walk(page, key)
        at = [step["at"] for step in made]
        wanted = list(range(1, len(names)) if key == "Tab" else range(len(names) - 2, -1, -1))
        assert [n for n, before in zip(at, [None, *at], strict=False) if n != before] == wanted, (
            key,
            [step["name"] for step in made if step["at"] < 0],
            len(made),
        )
        assert [step["name"] for step in made if not step["seen"]] == [], "focus that nobody sees"


@pytest.mark.parametrize("kind", ["start", "form", "not found"])
def test_at_400_per_cent_the_focus_is_never_behind_something(kind_page, kind):
    page = kind_page(kind, **ZOOMED)
    page.evaluate("kb.list = kb.stops(); kb.list[0].focus()")
    behind = []
    for _ in range(page.evaluate("kb.list.length") - 1):
        page.keyboard.press("Tab")
        if not page.evaluate("kb.uncovered(document.activeElement)"):
            behind.append(page.evaluate("kb.name(document.activeElement)"))
    assert behind == []


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("script", [True, False])
def test_the_open_menu_keeps_the_keyboard_on_itself(open_page, script, prefix):
    """On a phone the menu lies over the page: whatever has the focus is in it until it is closed."""
    page = open_page(prefix + "handbok/tolk/", java_script_enabled=script, **NARROW)
    page.locator("a.kb-menu-link").focus()
    page.keyboard.press("Enter")
    inside = page.locator("#meny a").count()
    for _ in range(inside):
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('#meny')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#meny')")
    page.locator(".kb-nav-close a").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"
    assert page.locator("main h1").is_visible() and page.locator(".kb-header").is_visible()


# ---- zoom and spacing ----

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""

CLIPPED = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
  document.querySelectorAll('body *').forEach(e => {
    if (e.matches(kb.hidden) || !kb.shown(e) || e.closest('svg')) return;
    const style = getComputedStyle(e);
    if (style.clipPath !== 'none' || e.closest('.kb-long')) return;
    const cut = /hidden|clip/.test(style.overflowX + style.overflowY);
    const control = e.matches('button, summary, .kb-mark, a.kb-acute, legend, label');
    if (!(cut || control)) return;
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth) found.push('too narrow: ' + kb.name(e));
    if (e.scrollHeight > e.clientHeight + 1 && e.clientHeight) found.push('too low: ' + kb.name(e));
  });
  return found;
}"""

STUCK = """() => Array.from(document.querySelectorAll('body *'))
  .filter(e => kb.shown(e) && /fixed|sticky/.test(getComputedStyle(e).position)).map(kb.name)"""

OVERLAPS = """() => {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest(kb.hidden) || e.closest('svg, option') || !kb.shown(e)) continue;
    if (e.closest('.kb-skip') || getComputedStyle(e).clipPath !== 'none' || e.closest('[aria-hidden=true]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // Half a line of air is not text: the middle of each line is compared.
    for (const box of range.getClientRects()) if (box.width > 2 && box.height > 4)
      boxes.push({top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3, left: box.left + 1, right: box.right - 1, e});
  }
  boxes.sort((a, b) => a.top - b.top);
  const found = [];
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
      const b = boxes[j];
      if (a.e !== b.e && a.left < b.right && b.left < a.right) found.push(kb.name(a.e) + ' over ' + kb.name(b.e));
    }
  });
  return found;
}"""


@pytest.mark.parametrize(("prefix", "kind"), BOTH)
def test_with_wider_text_spacing_nothing_is_cut_or_covered(kind_page, prefix, kind):
    page = kind_page(kind, prefix, bypass_csp=True)  # the reader's own style, which the site's policy does not govern
    page.add_style_tag(content=SPACING)
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal", "the spacing took hold"
    found = page.evaluate(CLIPPED) + page.evaluate(OVERLAPS)
    page.set_viewport_size(NARROW["viewport"])
    assert found + page.evaluate(CLIPPED) + page.evaluate(OVERLAPS) == []
    page.set_viewport_size(ZOOMED["viewport"])
    assert page.evaluate(STUCK) == [], "at 400 % nothing may stand still over what is read"


def test_the_checks_of_spacing_can_fail(open_page):
    page = open_page("om/", bypass_csp=True)
    page.evaluate(HELPERS)
    page.locator("article").evaluate(
        """article => { article.innerHTML = '<div style="height:1em;width:4em;overflow:hidden">Långa ord som inte får plats här</div>' +
        '<p style="margin:0">Över</p><p style="margin:-1.6em 0 0!important">Under</p>'; }"""
    )
    assert any(line.startswith("too low") for line in page.evaluate(CLIPPED))
    assert page.evaluate(OVERLAPS)


# ---- forced colours and motion ----

FORCED = """() => {
  const found = [];
  const style = e => getComputedStyle(e);
  const back = e => {
    while (e && /, 0\\)$|transparent/.test(style(e).backgroundColor)) e = e.parentElement;
    return style(e || document.documentElement).backgroundColor;
  };
  const edged = e => parseFloat(style(e).borderTopWidth) >= 1 && style(e).borderTopStyle !== 'none' &&
    style(e).borderTopColor !== back(e.parentElement);
  const lined = e => /underline/.test(style(e).textDecorationLine) || parseFloat(style(e).borderBottomWidth) >= 1;
  document.querySelectorAll('button, .kb-mark, a.kb-acute, input:not([type=checkbox], [type=radio]), select, textarea').forEach(e => {
    if (kb.shown(e) && !edged(e) && !lined(e) && !e.matches('.kb-heading-link')) found.push('no edge: ' + kb.name(e));
  });
  document.querySelectorAll('main a[href], .kb-tools a').forEach(e => {
    if (kb.shown(e) && !e.closest('svg') && !lined(e) && !edged(e) && !e.matches('.kb-heading-link, .kb-tel'))
      found.push('link looks like text: ' + kb.name(e));
  });
  document.querySelectorAll('a[aria-current]').forEach(e => {
    if (kb.shown(e) && e.closest('.kb-nav') && !(parseFloat(style(e).borderLeftWidth) >= 3 && style(e).borderLeftColor !== back(e)))
      found.push('current: ' + kb.name(e));
  });
  document.querySelectorAll('[aria-pressed=true]').forEach(e => {
    const other = document.querySelector('[aria-pressed=false]');
    const look = x => [style(x).backgroundColor, style(x).color, style(x).outlineStyle, getComputedStyle(x, '::before').content].join();
    if (kb.shown(e) && other && look(e) === look(other)) found.push('pressed looks like not: ' + kb.name(e));
  });
  document.querySelectorAll('.flow-box, .flow-line, .bars .bar, .flow text').forEach(e => {
    const ink = e.matches('text, .bar') ? style(e).fill : style(e).stroke;
    if (ink === style(document.documentElement).backgroundColor || (e.matches('.flow-box') && style(e).fill === ink))
      found.push('drawn in the colour of the page: ' + e.outerHTML.slice(0, 80));
  });
  return found;
}"""


@pytest.mark.parametrize("kind", list(KINDS))
def test_in_forced_colours_everything_can_be_told_apart_and_nothing_moves(kind_page, kind):
    """Nothing moves for anyone, so certainly not for those who have asked for less motion."""
    page = kind_page(kind, forced_colors="active", color_scheme="light", reduced_motion="reduce")
    assert page.evaluate("matchMedia('(forced-colors: active) and (prefers-reduced-motion: reduce)').matches")
    found = page.evaluate(FORCED)
    page.emulate_media(color_scheme="dark")
    assert found + page.evaluate(FORCED) == []
    page.locator("main a:visible, main button:visible").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.locator("a:visible, button:visible").last.hover()
    assert page.evaluate(MOVES) == []


MOVES = """() => {
  const found = [];
  const still = time => time.split(',').every(part => parseFloat(part) === 0);
  document.querySelectorAll('*').forEach(e => ['', '::before', '::after'].forEach(part => {
    const style = getComputedStyle(e, part || null);
    const moves = !still(style.transitionDuration) || (style.animationName !== 'none' && !still(style.animationDuration));
    if (moves || (!part && style.scrollBehavior !== 'auto')) found.push(kb.name(e) + part);
  }));
  return found.concat(document.getAnimations().map(a => String(a.effect && a.effect.target)));
}"""


# ---- what a screen reader is told ----

LANDMARKS = {"banner", "main", "contentinfo", "navigation", "search", "complementary", "region", "form"}
CONTROLS = {
    "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "listbox", "option", "spinbutton", "slider", "switch",
    "DisclosureTriangle", "Date", "DateTime", "InputTime",
}  # fmt: skip


def tree(page):
    """The accessibility tree as (role, name, level) of each node that is not ignored, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for node in nodes:
        if node["ignored"]:
            continue
        level = [p["value"]["value"] for p in node.get("properties", []) if p["name"] == "level"]
        found.append((node["role"]["value"], node.get("name", {}).get("value", ""), level[0] if level else None))
    return found


@pytest.mark.parametrize(("prefix", "kind"), BOTH)
def test_the_accessibility_tree_has_landmarks_and_names_and_paper_has_text(kind_page, bank, prefix, kind):
    page = kind_page(kind, prefix)
    nodes = tree(page)
    language = "en" if prefix else "sv"
    # A form without a name is no landmark, though Chromium lists it: ten questions are not ten places to jump to.
    marks = [(role, name) for role, name, _ in nodes if role in LANDMARKS and (role, name) != ("form", "")]
    roles = [role for role, _ in marks]
    assert len(marks) == len(set(marks)), f"two landmarks alike: {marks}"
    assert roles.count("main") == roles.count("banner") == 1 and "search" in roles
    assert [name for role, name in marks if role in ("navigation", "region", "complementary") and not name] == []
    assert [(role, page.url) for role, name, _ in nodes if role in CONTROLS and not name.strip()] == []
    assert sum(role == "heading" and level == 1 for role, _, level in nodes) == 1
    if kind == "not found":
        return
    assert roles.count("contentinfo") == 1
    assert ("navigation", bank.strings["all-pages"][language]) in marks
    switch = page.locator("a[data-language]")
    other = "sv" if prefix else "en"
    assert switch.get_attribute("lang") == switch.get_attribute("hreflang") == other
    assert ("link", {"sv": "Svenska", "en": "English"}[other]) in [(role, name) for role, name, _ in nodes]
    if kind not in ("start", "search with hits"):
        assert ("group", bank.strings["status"][language]) in [(role, name) for role, name, _ in nodes], "the line of status"
    on_paper(page, kind)


def on_paper(page, kind):
    """The same page printed: text, where its sources are, the foot by which it is checked; no navigation and no button."""
    page.emulate_media(media="print")
    for gone in (".kb-header", "#meny", ".kb-toc", ".kb-trail", ".kb-skip", "article .kb-search", ".kb-related", ".kb-footer ul"):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    assert page.locator("button:visible:not(.kb-term, .kb-sort, th button)").evaluate_all("list => list.map(kb.name)") == []
    assert page.locator("main").inner_text().strip()
    if kind not in ("start", "search with hits"):
        assert page.locator(".kb-print-foot").is_visible()
        assert page.evaluate(
            """Array.from(document.querySelectorAll('.kb-sources-list a[href^="http"]')).every(
                 a => getComputedStyle(a, '::after').content.includes('(')) """
        ), "where a source is"


# ---- targets ----

PRIMARY = (
    "a.kb-acute, .kb-search button, #kb-q, .kb-phones a, .kb-contact-number a, .kb-tick-switch, .kb-tick-box, .kb-tick-tools button, "
    ".kb-calc-buttons button, .kb-calc .kb-field input, .kb-filter select, .kb-filter input, .kb-parts button, .kb-quiz-button, "
    ".kb-option, .kb-move, .kb-match select, "
    ".kb-copy-switch button, .kb-form input:not([type=checkbox], [type=radio]), .kb-form textarea, .kb-tools a"
)
TARGETS = """primary => {
  const wanted = e => (e.closest('label') && e.matches('[type=checkbox], [type=radio]') ? e.closest('label') : e);
  const all = Array.from(document.querySelectorAll('a[href], button, input, select, textarea, summary'))
    .filter(e => !e.matches(':disabled') && kb.shown(e) && !e.closest('.kb-skip')).map(wanted);
  const box = e => e.getBoundingClientRect();
  // 2.5.8: in a line of text the size is the line's; a small one alone in a circle of 24 px is large enough.
  const inline = e => {
    if (!/^inline/.test(getComputedStyle(e).display) && !e.matches('svg a')) return false;
    let block = e.parentElement;
    while (/^inline$|contents/.test(getComputedStyle(block).display)) block = block.parentElement;
    return block.textContent.trim().length > e.textContent.trim().length + 1 && getComputedStyle(e).display === 'inline';
  };
  const small = [], spaced = [], low = [];
  let inText = 0;
  all.forEach(e => {
    const b = box(e);
    if (b.width >= 24 && b.height >= 24) return;
    if (inline(e)) { inText++; return; }
    const x = b.left + b.width / 2, y = b.top + b.height / 2;
    const near = all.some(o => { if (o === e || o.contains(e) || e.contains(o)) return false; const c = box(o);
      const dx = Math.max(c.left - x, 0, x - c.right), dy = Math.max(c.top - y, 0, y - c.bottom);
      const tiny = c.width < 24 || c.height < 24;
      return Math.hypot(dx, dy) < 12 || (tiny && Math.hypot(c.left + c.width / 2 - x, c.top + c.height / 2 - y) < 24); });
    (near ? small : spaced).push(kb.name(e) + ' ' + Math.round(b.width) + 'x' + Math.round(b.height));
  });
  document.querySelectorAll(primary).forEach(e => {
    if (kb.shown(e) && (box(e).height < 43.9 || box(e).width < 40))
      low.push(kb.name(e) + ' ' + Math.round(box(e).width) + 'x' + Math.round(box(e).height));
  });
  return {all: all.length, small, spaced, low, inText};
}"""


@pytest.mark.parametrize(("prefix", "kind"), BOTH)
def test_targets_are_24_pixels_and_the_primary_ones_44(kind_page, prefix, kind):
    page = kind_page(kind, prefix, **PHONE)
    measured = page.evaluate(TARGETS, PRIMARY)
    assert measured["all"] > 5
    assert measured["small"] == [] and measured["low"] == [], measured
