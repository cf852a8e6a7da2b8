"""The search as a reader meets it: suggestions, keyboard, announcements, failure, hostile input, speed."""

from __future__ import annotations

import pytest

ROUTINE = "handbok/omedelbart-omhandertagande/"
PHONE = {"viewport": {"width": 320, "height": 640}}
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "\"'><script>alert(1)</script>",
    "a" * 100_000,
    "åäö " * 5_000,
    "\x00\x01\x1f\x7f\u202e\u200b\ufeff",
    "(((((.*+?^${}()|[]\\/",
    "(a+)+$" * 30,
    "__proto__ constructor toString hasOwnProperty",
    "\ud83d\ude00\U0001f9d2 \ud800",
    "%00%ff&q=#q=%",
    "-- '; DROP TABLE",
    "6 § § § LVU kap kap 99999999999999999999 §",
]


def suggestions(page):
    page.wait_for_selector("[role=option]")
    return page.locator("[role=option]").all_inner_texts()


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_the_search_and_arrows_and_enter_lead_to_a_page(open_page, key):
    page = open_page(ROUTINE)
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "kb-q"
    page.keyboard.type("rymt")
    texts = suggestions(page)
    assert texts[0].startswith("R13") and "rymt" in texts[0], "the reason is shown"
    field = page.locator("#kb-q")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None, "up from the first goes back to what was typed"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/handbok/barn-som-forsvinner/")


def test_a_slash_typed_in_a_field_stays_a_slash(open_page):
    page = open_page("kontakter/")
    page.locator("#filter-text").press_sequentially("a/b")
    assert page.locator("#filter-text").input_value() == "a/b"


def test_escape_closes_then_empties(open_page):
    page = open_page("en/" + ROUTINE)
    page.locator("#kb-q").press_sequentially("interpreter")
    suggestions(page)
    page.keyboard.press("Escape")
    assert page.locator("#kb-suggestions").is_hidden() and page.locator("#kb-q").input_value() == "interpreter"
    page.keyboard.press("Escape")
    assert page.locator("#kb-q").input_value() == ""


def test_a_part_of_a_page_can_be_chosen_and_the_count_is_announced(open_page):
    page = open_page(ROUTINE)
    page.locator("#kb-q").press_sequentially("får vi låsa in")
    suggestions(page)
    assert page.locator(".kb-search [role=status]").inner_text().split()[0].isdigit()
    page.locator(".kb-part", has_text="Får vi låsa in").first.click()
    page.wait_for_url("**/handbok/placering/#fa-lasa")


def test_enter_shows_all_results_and_a_part_of_the_bank_can_be_chosen(open_page):
    page = open_page("en/" + ROUTINE)
    page.locator("#kb-q").press_sequentially("passport")
    suggestions(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/sok/#q=passport")
    page.wait_for_selector("#search-results[data-ready] > li")
    every = page.locator("#search-results > li").count()
    page.locator("#search-parts button", has_text="Return").click()
    links = page.locator("#search-results > li > a").all_inner_texts()
    assert 0 < len(links) < every and all(text.startswith("T") for text in links)
    assert page.locator("#search-parts [aria-pressed=true]").inner_text().startswith("Return")
    assert str(len(links)) in page.locator("#search-status").inner_text()
    assert page.locator("#search-results mark").count() > 0, "why it was found is marked"


def test_no_result_helps_on(open_page):
    page = open_page("sok/#q=xqzxqz")
    page.wait_for_selector("#search-results[data-ready]", state="attached")
    assert page.locator("#search-help").is_visible()
    assert "xqzxqz" in page.locator("#search-status").inner_text()
    assert page.locator("#bradskar").is_visible() and page.locator("#alla").is_visible()


def test_loading_is_seen_and_a_failed_index_says_so_and_is_tried_again(chromium, address):
    context = chromium.new_context()
    context.route("**/assets/search/sv.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(address + ROUTINE)
    page.locator("#kb-q").press_sequentially("tolk")
    # each letter tries again, so the message comes and goes while somebody types
    status = page.locator(".kb-broken [role=status]", has_text="kunde inte laddas")
    status.wait_for()
    page.wait_for_load_state("networkidle")
    assert status.bounding_box()["height"] > 10
    context.unroute("**/assets/search/sv.js")
    page.locator("#kb-q").press_sequentially("a")
    assert suggestions(page)[0].startswith("R06")
    context.close()


def test_the_results_page_says_when_the_index_is_missing(chromium, address):
    context = chromium.new_context()
    context.route("**/assets/search/*", lambda route: route.abort())
    page = context.new_page()
    page.goto(address + "en/sok/#q=tolk")
    page.wait_for_selector("#search-results[data-ready]", state="attached")
    assert "could not be loaded" in page.locator("#search-status").inner_text()
    assert page.locator("#alla ~ div a").count() > 50, "the list of all pages stands there"
    context.close()


def test_nothing_is_fetched_until_the_search_is_used_and_nothing_typed_is_sent(open_page):
    requests = []
    page = open_page(ROUTINE)
    page.on("request", lambda request: requests.append(request.url))
    assert not page.evaluate("performance.getEntriesByType('resource').filter((e) => e.name.includes('assets/search')).length")
    page.locator("#kb-q").press_sequentially("hemligt ord")
    suggestions(page)
    assert any("assets/search/sv.js" in url for url in requests)
    assert not [url for url in requests if "hemligt" in url]
    assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


def test_hostile_input_neither_breaks_nor_runs(open_page):
    page = open_page("sok/")
    page.on("dialog", lambda dialog: pytest.fail("script ran"))
    for text in HOSTILE:
        page.evaluate("() => document.getElementById('search-results').removeAttribute('data-ready')")
        page.evaluate("(text) => { location.hash = 'q=' + encodeURIComponent(text.toWellFormed()); }", text)
        page.wait_for_selector("#search-results[data-ready]", state="attached", timeout=3000)
        assert page.evaluate("document.querySelectorAll('main script, main img').length") == 0
    page = open_page(ROUTINE)
    page.locator("#kb-q").fill("<b>pass</b> <img src=x>")
    suggestions(page)
    assert page.locator("#kb-suggestions b, #kb-suggestions img").count() == 0


def test_a_phone_of_320_px_in_the_dark_has_the_search_on_every_page(open_page, root):
    page = open_page(ROUTINE, **PHONE, color_scheme="dark")
    page.locator("[data-opens-search]").click()
    assert page.evaluate("document.activeElement.id") == "kb-q"
    page.keyboard.type("ålder")
    suggestions(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box = page.locator("[role=option]").first.bounding_box()
    assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["suggestions", "results", "nothing"])
def test_axe_finds_nothing_while_searching(open_page, root, scheme, view):
    page = open_page(ROUTINE if view == "suggestions" else f"sok/#q={'rymt' if view == 'results' else 'xqzxqz'}", color_scheme=scheme)
    if view == "suggestions":
        page.locator("#kb-q").press_sequentially("rymt")
        suggestions(page)
        page.keyboard.press("ArrowDown")
    else:
        page.wait_for_selector("#search-results[data-ready]", state="attached")
    page.evaluate((root / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)["violations"]
    assert [(item["id"], [node["html"][:100] for node in item["nodes"]]) for item in found] == []


def test_forced_colours_keep_the_choice_visible(open_page):
    page = open_page(ROUTINE, forced_colors="active", reduced_motion="reduce")
    page.locator("#kb-q").press_sequentially("rymt")
    suggestions(page)
    page.keyboard.press("ArrowDown")
    style = "getComputedStyle(document.querySelector('[aria-selected=true]'))"
    assert page.evaluate(f"{style}.outlineStyle") == "solid"
    assert page.evaluate(f"{style}.backgroundColor") != page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.alone
@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_answers_in_time_on_a_slow_machine(open_page, language):
    """Four times slower than here: the first answer within 300 ms of the index, a keystroke within 50 ms (the median of many)."""
    page = open_page(("" if language == "sv" else "en/") + "sok/")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    figures = page.evaluate(
        """async (text) => {
          const field = document.getElementById("kb-q"), list = document.getElementById("search-results");
          const load = (path) => new Promise((done, failed) => {
            const script = document.createElement("script");
            script.src = path; script.onload = done; script.onerror = failed; document.head.append(script);
          });
          const root = new URL(document.body.dataset.root + "/", location.href).href;
          const parts = `assets/search/${document.documentElement.lang}`;
          const code = ["assets/search/engine.js", "assets/js/search-index.js", "assets/js/search-engine.js"];
          for (const path of [...code, `${parts}.js`, `${parts}-text.js`]) await load(root + path);
          let start, first = Infinity;
          for (let turn = 0; turn < 3; turn += 1) { // the best of three: other work on the machine is not the search's
            start = performance.now();
            const index = window.KunskapsbankenIndex;
            const engine = window.KunskapsbankenSearch(index.sort(index.read(window.kunskapsbankenNames)));
            engine.addText(window.kunskapsbankenText);
            engine.search(text);
            first = Math.min(first, performance.now() - start);
          }
          const keys = [];
          await new Promise((done) => window.KunskapsbankenSearchField.load(done));
          for (let end = 1; end <= text.length; end += 1) {
            field.value = text.slice(0, end);
            start = performance.now();
            field.dispatchEvent(new Event("input", { bubbles: true }));
            keys.push(performance.now() - start);
            if (!list.hasAttribute("data-ready")) throw new Error("no answer");
          }
          keys.sort((one, two) => one - two);
          return { first, median: keys[keys.length >> 1], worst: keys[keys.length - 1] };
        }""",
        "får vi låsa in barnet i natt" if language == "sv" else "may we lock the child in tonight",
    )
    print(language, figures)
    assert figures["first"] <= 300 and figures["median"] <= 50, figures


def held_back(context, what):
    """Hold back the files that match until the function returned is called."""
    waiting = []
    context.route(what, lambda route: waiting.append(route))

    def go():
        while waiting:
            waiting.pop().continue_()

    return go


def first_hits(page):
    return page.locator("#search-results > li > a").evaluate_all("links => links.map((link) => link.href)")


def test_hits_by_name_do_not_wait_for_the_text_and_stand_where_they_stand(chromium, address):
    context = chromium.new_context(**PHONE)
    go = held_back(context, "**/assets/search/sv-text.js")
    page = context.new_page()
    page.goto(address + "sok/#q=omhänderta barn")
    page.wait_for_selector("#search-results > li")
    early, places = first_hits(page), page.locator("#search-results > li > a").evaluate_all("all => all.map((one) => one.offsetTop)")
    assert page.locator("#search-results[data-ready]").count() == 0, "they are not all yet"
    second = page.locator("#search-results > li").nth(1)
    second.locator("a").first.focus()
    go()
    page.wait_for_selector("#search-results[data-ready]")
    assert first_hits(page)[: len(early)] == early and len(early) == 10
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#search-results > li')[1]"), (
        "nobody loses the place"
    )
    assert page.locator("#search-results > li > a").evaluate_all("all => all.map((one) => one.offsetTop)")[0] == places[0]
    assert page.locator("#search-status").inner_text().split()[0].isdigit()
    assert page.locator("#search-results .kb-sections a").count() > 0
    context.close()


def test_a_word_that_no_page_is_called_by_waits_for_the_text(chromium, address):
    context = chromium.new_context()
    go = held_back(context, "**/assets/search/sv-text.js")
    page = context.new_page()
    page.goto(address + "sok/#q=omhändetagande")
    page.wait_for_timeout(500)
    assert page.locator("#search-results > li").count() == 0
    assert page.locator("#search-results[data-loading]").count() == 1 and page.locator("#search-status").inner_text()
    go()
    page.wait_for_selector("#search-results[data-ready] > li")
    assert "R08" in page.locator("#search-results > li > a").first.inner_text()
    context.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_missing_without_the_text_is_said(chromium, address, bank, language):
    context = chromium.new_context()
    context.route("**/assets/search/*-text.js", lambda route: route.abort())
    page = context.new_page()
    root = address + ("" if language == "sv" else "en/")
    page.goto(root + "sok/#q=" + ("tolk" if language == "sv" else "interpreter"))
    page.wait_for_selector("#search-results[data-ready] > li")
    assert "R06" in page.locator("#search-results > li > a").first.inner_text()
    assert bank.strings["search-partial"][language] in page.locator("#search-status").inner_text()
    page.evaluate("location.hash = 'q=xqzxqz'")
    failed = page.locator("#search-status", has_text=bank.strings["search-failed"][language])
    failed.wait_for()
    context.unroute("**/assets/search/*-text.js")
    page.evaluate("location.hash = 'q=R06'")
    page.wait_for_selector("#search-results[data-ready] > li")
    assert bank.strings["search-partial"][language] not in page.locator("#search-status").inner_text(), "it was tried again"
    context.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_browser_reads_the_phrases_as_the_build_counted_them(open_page, root, language):
    from kunskapsbank.searchwords import Stems, words

    page = open_page(("" if language == "sv" else "en/") + "sok/")
    ask = """() => new Promise((done) => window.KunskapsbankenSearchField.loadNames((engine) =>
      done(engine.phrases.map((phrase) => [phrase.text, phrase.stems.map((term) => engine.terms[term])]))))"""
    found = page.evaluate(ask)
    stems = Stems(language, root / "node_modules")
    stems.learn(word for text, _ in found for word in words(text))
    wrong = [(text, here) for text, here in found if here != list(dict.fromkeys(stems.of(word) for word in stems.telling(words(text))))]
    assert len(found) > 5000 and wrong == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_browser_cuts_words_to_the_same_stems_as_the_build(open_page, bank, root, language):
    """A word cut otherwise here than in the index would never be found."""
    from kunskapsbank.searchwords import Stems, words

    vocabulary = sorted({word for page in bank.pages[language].values() for word in words(page.body)})
    stems = Stems(language, root / "node_modules")
    stems.learn(vocabulary)
    page = open_page(("" if language == "sv" else "en/") + "sok/")
    ask = "(words) => new Promise((done) => window.KunskapsbankenSearchField.load((engine) => done(words.map(engine.stem))))"
    found = page.evaluate(ask, vocabulary)
    assert len(vocabulary) > 2000
    assert [word for word, here in zip(vocabulary, found, strict=True) if here != stems.of(word)] == []
