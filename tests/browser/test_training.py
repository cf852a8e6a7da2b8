"""The training in real Chromium: every kind of question, retry, shuffle, the mixed test, results kept only when asked."""

from __future__ import annotations

import io
import json
import re
import unicodedata

import pytest
from pypdf import PdfReader

from .conftest import PHONE
from .test_axe import RUN, TAGS, VIEWS, axe  # noqa: F401 - axe is a fixture
from .test_walks import tab_to

KEY = "kunskapsbanken-utbildning"
MODULE = "utbildning/modul-4/"
WORDS = {
    "": {
        "right": "Rätt.", "wrong": "Inte rätt.",
        "passed": "Godkänt. Gränsen är 80 procent.", "below": "Under gränsen, som är 80 procent.",
    },
    "en/": {
        "right": "Right.", "wrong": "Not right.",
        "passed": "Passed. The limit is 80 per cent.", "below": "Below the limit, which is 80 per cent.",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def key(bank):
    """The questions of every module by id, with the key: read from the data, not from the page."""
    return {question.id: question for module in bank.modules.values() for question in module.quiz}


def forms(page):
    """The questions on the page that wait for an answer, in the order they stand."""
    return page.locator("li.kb-question:visible").evaluate_all("items => items.map(item => item.id)")


def fill(page, question, right=True):
    """Answer one question by its controls; wrong in the least way when `right` is false. Does not press the button."""
    box = page.locator(f"li.kb-question[id='{question.id}']")
    if question.kind in ("single", "multiple"):
        chosen = [option.id for option in question.options if option.correct == (right or question.kind == "multiple")]
        for option in chosen[: 1 if question.kind == "single" else None]:
            box.locator(f"input[value='{option}']").check()
        if question.kind == "multiple" and not right:
            box.locator(f"input[value='{chosen[0]}']").uncheck()
    elif question.kind == "match":
        for row, item in enumerate(question.items):
            wrong = next(option.id for option in question.options if option.id != item.answer)
            box.locator(f"select[data-item='{item.id}']").select_option(item.answer if right or row else wrong)
    else:
        wanted = question.order if right else [question.order[1], question.order[0], *question.order[2:]]
        for place, option in enumerate(wanted):
            row = box.locator(f".kb-order > li[data-option='{option}']")
            while row.evaluate("row => Array.from(row.parentNode.children).indexOf(row)") > place:
                row.locator("button[data-way='-1']").click()
    return box


def answer(page, question, right=True):
    box = fill(page, question, right)
    box.locator("button[type=submit]").click()
    return box


def storage(page):
    return page.evaluate("({...localStorage})")


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("kind", ["single", "multiple", "match", "order"])
def test_each_kind_is_marked_and_explained(open_page, key, kind, right, prefix):
    page = open_page(prefix + MODULE)
    question = next(q for q in key.values() if q.id.startswith("m4-") and q.kind == kind)
    box = answer(page, question, right)
    assert box.locator(".kb-verdict").inner_text() == WORDS[prefix]["right" if right else "wrong"]
    assert page.evaluate("document.activeElement.className") == "kb-verdict", "focus goes to the verdict, so that it is read out"
    assert box.locator(".kb-feedback a").count() >= 2, "the explanation links to the routine"
    assert box.locator(".kb-key").is_visible() == (not right)
    assert box.locator("fieldset").evaluate("fieldset => fieldset.disabled")
    assert box.locator("button[type=submit]").count() == 0
    if not right:
        language = "en" if prefix else "sv"
        said = box.locator(".kb-key").inner_text()
        assert all(option[language] in said for option in question.options if kind in ("match", "order") or option.correct)


def test_an_answer_must_be_given_first(open_page, key):
    page = open_page(MODULE)
    for kind, words in (("single", "Välj ett svar först."), ("match", "Välj ett svar på varje rad först.")):
        question = next(q for q in key.values() if q.id.startswith("m4-") and q.kind == kind)
        box = page.locator(f"#{question.id}")
        box.locator("button[type=submit]").click()
        assert box.locator("[role=status]", has_text=words).count() == 1
        assert box.locator(".kb-verdict").count() == 0


def test_moving_a_line_is_said_aloud_and_focus_stays_with_it(open_page, key):
    page = open_page(MODULE)
    question = key["m4-q9"]
    box = page.locator("#m4-q9")
    row = box.locator(f".kb-order > li[data-option='{question.options[0].id}']")
    row.locator("button[data-way='1']").focus()
    for place in (2, 3, 4):
        page.keyboard.press("Enter")
        assert box.locator("[role=status]", has_text=f"plats {place} av 4").count() == 1
        assert row.evaluate("row => row.contains(document.activeElement)")
    assert row.locator("button[data-way='1']").is_disabled(), "it stands last"
    assert page.evaluate("document.activeElement.dataset.way") == "-1", "focus went to the button that still works"


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_score_the_routines_to_reread_and_the_wrong_ones_again(open_page, key, prefix):
    page = open_page(prefix + MODULE)
    wrong = ["m4-q1", "m4-q6", "m4-q7"]
    ids = forms(page)
    assert ids == [q for q in key if q.startswith("m4-")]
    for name in ids:
        answer(page, key[name], right=name not in wrong)
    result = page.locator(".kb-quiz-result")
    assert "7" in result.locator(".kb-quiz-score").inner_text() and "70" in result.locator(".kb-quiz-score").inner_text()
    assert WORDS[prefix]["below"] in result.inner_text()
    routines = [link.split(" ")[0] for link in result.locator("li a").all_inner_texts()]
    assert routines == list(dict.fromkeys(key[name].page for name in wrong))
    page.locator("#m4-q10 .kb-feedback button").click()
    assert page.evaluate("document.activeElement.tagName") == "H3", "the last button leads to the result"
    result.locator("button").first.click()
    assert forms(page) == wrong, "only what was wrong is asked again"
    assert not result.is_visible()
    assert page.locator("#m4-q1").evaluate("item => item.contains(document.activeElement)")
    answer(page, key["m4-q1"])
    answer(page, key["m4-q6"], right=False)
    answer(page, key["m4-q7"])
    assert "2" in result.inner_text() and "70" in result.locator(".kb-quiz-score").inner_text(), "the score is that of the whole round"
    result.locator("button").last.click()
    assert forms(page) == ids, "start again asks everything"
    for name in ids:
        answer(page, key[name])
    assert WORDS[prefix]["passed"] in result.inner_text()
    assert result.locator("li").count() == 0 and result.locator("button").count() == 1


def test_eight_of_ten_is_a_pass(open_page, key):
    page = open_page(MODULE)
    for number, name in enumerate(forms(page)):
        answer(page, key[name], right=number > 1)
    assert WORDS[""]["passed"] in page.locator(".kb-quiz-result").inner_text()


def test_questions_stand_as_written_until_the_reader_asks_to_shuffle(open_page, key):
    page = open_page(MODULE)
    written = forms(page)
    answer(page, key[written[0]])
    orders = set()
    for _ in range(5):
        page.locator(".kb-quiz-tools button").first.click()
        now = forms(page)
        assert sorted(now) == sorted(written)
        orders.add(tuple(now))
        assert page.locator(".kb-verdict").count() == 0, "the answers are gone"
        for question in (key[name] for name in now if key[name].kind == "order"):
            shown = page.locator(f"#{question.id} .kb-order > li").evaluate_all("rows => rows.map(row => row.dataset.option)")
            assert sorted(shown) == sorted(question.order) and shown != question.order, "never shuffled into the right order"
        options = page.locator("#m4-q2 input").evaluate_all("inputs => inputs.map(input => input.value)")
        assert sorted(options) == ["a", "b", "c", "d"]
    assert len(orders) > 1
    assert page.locator(".kb-quiz-tools [role=status]").inner_text().startswith("Frågor och svar är blandade.")


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_mixed_test_asks_as_many_as_wanted_from_all_modules(open_page, site, key, prefix, scheme):
    page = open_page(f"file://{site}/{prefix}utbildning/index.html" if scheme == "file" else prefix + "utbildning/")
    assert not page.locator(".kb-mixed-links").is_visible(), "the links are for those without script"
    choices = page.locator("#blandat-antal option").evaluate_all("options => options.map(option => option.value)")
    assert choices == ["10", "20", "40", str(len(key))]
    seen = set()
    for number in ("20", "10"):
        page.locator("#blandat-antal").select_option(number)
        page.locator(".kb-mixed-form button").click()
        page.wait_for_function("number => document.querySelectorAll('li.kb-question form').length === number", arg=int(number))
        asked = forms(page)
        assert len(asked) == len(set(asked)) == int(number) and set(asked) <= set(key)
        seen.add(tuple(asked[:10]))
    assert len(seen) == 2
    for name in asked:
        box = answer(page, key[name], right=name != asked[3])
    assert page.locator(".kb-quiz-score").inner_text().startswith("9 ")
    link = box.locator(".kb-question-from a")
    assert link.inner_text()[:3] in {f"U{n}" for n in range(11, 19)}
    for link in box.locator(".kb-feedback a").all():
        target = link.evaluate("a => a.href")
        assert (
            target.startswith("tel:") or page.request.get(target).ok if scheme == "http" else ("index.html" in target or "tel:" in target)
        )
    assert storage(page) == {}


def test_all_questions_at_once_are_every_question(open_page, key):
    page = open_page("utbildning/")
    page.locator("#blandat-antal").select_option(str(len(key)))
    page.locator(".kb-mixed-form button").click()
    page.wait_for_selector("li.kb-question form")
    assert sorted(forms(page)) == sorted(key)


def test_a_mixed_test_that_cannot_be_fetched_says_so(chromium, address):
    page = chromium.new_page()
    page.route("**/assets/training/*", lambda route: route.abort())
    page.goto(address + "utbildning/")
    page.locator(".kb-mixed-form button").click()
    page.locator(".kb-mixed-form [role=status]", has_text="gick inte att hämta").wait_for()
    assert page.locator(".kb-mixed-links").is_visible()
    page.close()


def finish(page, key, wrong=0):
    for number, name in enumerate(forms(page)):
        answer(page, key[name], right=number >= wrong)


def test_nothing_is_kept_until_the_reader_asks_and_then_only_module_day_and_score(open_page, key):
    page = open_page(MODULE)
    box = page.locator("[data-saved-results] input")
    assert not box.is_checked() and page.locator("[data-saved-results] [role=status]").inner_text() == "Inget är sparat."
    finish(page, key, wrong=1)
    assert storage(page) == {}, "a finished round alone keeps nothing"
    box.check()
    day = page.evaluate("new Date().toLocaleDateString('sv')")
    assert {name: json.loads(value) for name, value in storage(page).items()} == {
        KEY: {"results": [{"module": "U14", "date": day, "right": 9, "of": 10}]}
    }
    assert page.locator(".kb-progress-saved tbody tr").all_inner_texts()[0].split("\t")[1:] == [day, "9 av 10"]
    page.locator(".kb-quiz-result button").first.click()
    answer(page, key[forms(page)[0]])
    assert json.loads(storage(page)[KEY])["results"][0]["right"] == 9, "redoing the wrong ones changes nothing"
    page.reload()
    assert box.is_checked(), "the wish is remembered"
    finish(page, key)
    assert [row["right"] for row in json.loads(storage(page)[KEY])["results"]] == [10], "the latest whole round stands"
    page.goto(page.url.replace("modul-4/", ""))
    assert "U14" in page.locator(".kb-progress-saved tbody").inner_text(), "all results can be seen together"
    page.locator(".kb-progress-saved button").click()
    assert storage(page) == {} and not page.locator("[data-saved-results] input").is_checked()
    assert page.locator("[data-saved-results] [role=status]").inner_text() == "Allt är raderat. Inget mer sparas."
    assert page.context.cookies() == []


def test_taking_the_tick_away_erases_everything(open_page, key):
    page = open_page("en/" + MODULE)
    page.locator("[data-saved-results] input").check()
    assert json.loads(storage(page)[KEY]) == {"results": []}
    page.locator("[data-saved-results] input").uncheck()
    assert storage(page) == {}
    finish(page, key)
    assert storage(page) == {}


@pytest.mark.parametrize(
    "stored", ["nonsense", "{}", '{"results": [{"module": "<b>", "date": 1}, null, {"module": "U14", "date": "x"}]}', "null"]
)
def test_what_this_page_did_not_write_is_never_shown(open_page, stored):
    page = open_page(MODULE)
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, stored])
    page.reload()
    assert page.locator(".kb-progress-saved tbody tr").count() == 0
    page.locator("[data-saved-results] input").check()
    page.locator("[data-saved-results] input").uncheck()
    assert storage(page) == {}


@pytest.mark.parametrize("how", ["no storage", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_the_quiz_still_works(chromium, address, key, how):
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
        if how == "no storage"
        else "Storage.prototype.setItem = () => { throw new Error('full'); }"
    )
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address + MODULE)
    box = page.locator("[data-saved-results] input")
    if how == "full":
        box.click()
        assert not box.is_checked()
    else:
        assert box.is_disabled()
    assert "låter inte sidan spara" in page.locator("[data-saved-results] [role=status]").inner_text()
    finish(page, key)
    assert page.locator(".kb-quiz-result").is_visible()
    assert problems == []
    context.close()


def test_the_quiz_works_and_can_keep_results_from_a_file(open_page, site, key):
    page = open_page(f"file://{site}/utbildning/modul-4/index.html")
    finish(page, key, wrong=3)
    assert page.locator(".kb-quiz-score").inner_text() == "7 av 10 rätt, 70 procent."
    assert storage(page) == {}
    page.locator("[data-saved-results] input").check()
    assert json.loads(storage(page)[KEY])["results"][0]["module"] == "U14"
    page.locator("[data-saved-results] input").uncheck()
    assert storage(page) == {}


def reach(page, wanted):
    """Go to a control that is near, forwards or backwards, by Tab alone."""
    for step, limit in (("Tab", 10), ("Shift+Tab", 25)):
        for _ in range(limit):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press(step)
    raise AssertionError(f"the keyboard did not reach {wanted}")


def test_a_whole_quiz_by_keyboard_alone(open_page, key):
    """Tab, arrows, space and Enter answer all four kinds, lead on to the next question and to the result."""
    page = open_page(MODULE)
    page.locator("#m4-q1 input").first.focus()
    for name in [name for name in key if name.startswith("m4-")]:
        question = key[name]
        assert page.evaluate("name => document.getElementById(name).contains(document.activeElement)", name), name
        if question.kind == "single":
            page.keyboard.press("Space")
            for _ in range(next(n for n, option in enumerate(question.options) if option.correct)):
                page.keyboard.press("ArrowDown")
        elif question.kind == "multiple":
            for place, option in enumerate(question.options):
                page.keyboard.press("Tab") if place else None
                page.keyboard.press("Space") if option.correct else None
        elif question.kind == "match":
            for place, item in enumerate(question.items):
                page.keyboard.press("Tab") if place else None
                for _ in range(1 + [option.id for option in question.options].index(item.answer)):
                    page.keyboard.press("ArrowDown")
        else:
            for place, option in enumerate(question.order):
                row = page.locator(f"#{name} .kb-order > li[data-option='{option}']")
                while row.evaluate("row => Array.from(row.parentNode.children).indexOf(row)") > place:
                    reach(page, row.locator("button[data-way='-1']"))
                    page.keyboard.press("Enter")
        tab_to(page, page.locator(f"#{name} button[type=submit]"), 12)
        page.keyboard.press("Enter")
        assert page.locator(f"#{name} .kb-verdict").inner_text() == "Rätt.", name
        tab_to(page, page.locator(f"#{name} .kb-feedback button"), 15)
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Resultat"
    assert page.locator(".kb-quiz-score").inner_text() == "10 av 10 rätt, 100 procent."


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("where", [MODULE, "utbildning/"])
def test_no_violations_in_the_middle_of_a_quiz(open_page, key, axe, prefix, where):  # noqa: F811 - the fixture
    page = open_page(prefix + where)
    if where == "utbildning/":
        page.locator("#blandat-antal").select_option(str(len(key)))
        page.locator(".kb-mixed-form button").click()
        page.wait_for_selector("li.kb-question form")
    kinds = {}
    for name in forms(page):
        kinds.setdefault(key[name].kind, []).append(name)
    for names in kinds.values():
        answer(page, key[names[0]])
        if len(names) > 1:
            answer(page, key[names[1]], right=False)
    page.locator("[data-saved-results] input").check()
    for choice in page.locator(".kb-scene").first.locator(".kb-choice summary").all() if where == MODULE else []:
        choice.click()
    page.evaluate(axe)
    found = []
    for scheme, width in VIEWS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [(scheme, width, v["id"], [n["html"][:100] for n in v["nodes"][:2]]) for v in page.evaluate(RUN, TAGS)["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert found == []


def test_no_violations_at_the_result(open_page, key, axe):  # noqa: F811 - the fixture
    page = open_page(MODULE)
    finish(page, key, wrong=4)
    page.evaluate(axe)
    assert [violation["id"] for violation in page.evaluate(RUN, TAGS)["violations"]] == []


def test_controls_are_large_enough_for_a_thumb(open_page, key):
    page = open_page(MODULE, **PHONE)
    for selector in (
        ".kb-quiz-form .kb-option",
        ".kb-quiz-form select",
        ".kb-move",
        ".kb-quiz-button",
        ".kb-choice summary",
        ".kb-progress .kb-option",
    ):
        elements = page.locator(f"{selector}:visible").all()
        assert elements, selector
        for element in elements:
            box = element.bounding_box()
            assert box["height"] >= 44 and box["width"] >= 44, (selector, box)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_without_script_every_question_stands_with_its_answer(open_page, bank, prefix):
    page = open_page(prefix + MODULE, java_script_enabled=False)
    language = "en" if prefix else "sv"
    assert page.locator(".kb-quiz form, .kb-quiz button").count() == 0
    for question in bank.modules["U14"].quiz:
        box = page.locator(f"#{question.id}")
        assert box.locator(".kb-question-text").is_visible()
        assert all(item.is_visible() for item in box.locator(".kb-options > li, .kb-items > li").all())
        key_of = box.locator(".kb-key")
        assert not key_of.is_visible()
        box.locator("summary").click()
        assert key_of.is_visible()
        right = [o for o in question.options if o.correct or question.kind in ("match", "order")]
        assert all(option[language] in key_of.inner_text() for option in right)
        if question.kind == "order":
            shown = key_of.locator("li").all_inner_texts()
            assert shown == [next(o[language] for o in question.options if o.id == wanted) for wanted in question.order]
    assert page.locator("[data-saved-results] input").is_visible() is False
    assert page.locator(".kb-progress-without").is_visible()


def test_without_script_the_mixed_test_leads_to_the_modules(open_page):
    page = open_page("utbildning/", java_script_enabled=False)
    assert page.locator(".kb-mixed-links a").count() == 8
    assert not page.locator(".kb-mixed-form").is_visible()
    page.locator(".kb-mixed-links a").nth(3).click()
    page.wait_for_url("**/utbildning/modul-4/#fragor")


@pytest.mark.parametrize("script", [True, False])
def test_the_case_unfolds_choice_by_choice(open_page, bank, script):
    page = open_page(MODULE, java_script_enabled=script)
    case = bank.modules["U14"].case
    scenes = page.locator(".kb-scene").all()
    assert len(scenes) == len(case.scenes)
    assert scenes[0].locator(".kb-scene-question").is_visible() and not scenes[1].locator(".kb-scene-question").is_visible()
    for number, (box, scene) in enumerate(zip(scenes, case.scenes, strict=True)):
        if number:
            box.locator("summary").first.click()
        for place, choice in enumerate(scene.choices):
            detail = box.locator(".kb-choice").nth(place)
            assert choice.follows.sv[:30] not in detail.inner_text(), "what follows is not shown before the choice"
        picked = next(i for i, choice in enumerate(scene.choices) if choice.best == (number != 2))
        detail = box.locator(".kb-choice").nth(picked)
        detail.locator("summary").click()
        if script:
            detail.locator("summary .kb-mark").wait_for()
        said = detail.inner_text()
        assert ("Inte det bästa valet." in said) == (number == 2)
        assert "Därför:" in said and detail.locator("a").count() >= 1
        assert ("ditt val" in said) == script
    total = page.locator(".kb-case-sum")
    if script:
        total.wait_for()
        assert total.inner_text() == "Ditt första val var det bästa i 3 av 4 lägen."
    else:
        assert not total.is_visible()
    assert not script or storage(page) == {}


PARTS = {"": ("För dig som deltar", "För dig som leder"), "en/": ("For you who take part", "For you who lead")}
SECRETS = {
    "": ["farbror", "fönster", "register", "Akt 2", "busshållplats", "försvinn"],
    "en/": ["uncle", "window", "register", "Act 2", "bus stop", "disappear"],
}
OWN = {"": "Ditt blad till genomgången", "en/": "Your sheet for the debrief"}


def sheets(page):
    """The text of each sheet of the page as it comes out on paper, ligatures taken apart."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [unicodedata.normalize("NFKC", re.sub(r"\s+", " ", sheet.extract_text())) for sheet in reader.pages]


def printed(page):
    return " ".join(sheets(page))


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_exercise_prints_as_two_documents_that_do_not_give_each_other_away(open_page, prefix, script):
    page = open_page(prefix + "utbildning/ovning/", java_script_enabled=script)
    mine, theirs = PARTS[prefix]
    for hash_ in ("", "#deltagare", "#laget", "#lagen-andras", "#kallor"):
        page.goto(page.url.partition("#")[0] + hash_)
        text = printed(page)
        assert mine in text and OWN[prefix] in text
        assert theirs not in text
        assert [secret for secret in SECRETS[prefix] if secret in text] == [], hash_ or "no hash"
    page.goto(page.url.partition("#")[0])
    page.locator("main a[href='#ledare']").first.click()
    assert page.locator("#ledare").is_visible() and not page.locator("#deltagare").is_visible()
    for hash_ in ("#ledare", "#akt-3", "#kryss"):
        page.goto(page.url.partition("#")[0] + hash_)
        text = printed(page)
        assert theirs in text and OWN[prefix] not in text
        assert [secret for secret in SECRETS[prefix] if secret not in text] == [], hash_
    page.locator("main a[href='#deltagare']").first.click()
    assert page.locator("#deltagare").is_visible() and not page.locator("#ledare").is_visible()


@pytest.mark.parametrize(
    ("prefix", "name", "other"), [("", "Intyg att fylla i för hand", "Blandat prov"), ("en/", "Record to fill in by hand", "Mixed test")]
)
def test_the_record_prints_alone_on_one_sheet_with_nothing_filled_in(open_page, prefix, name, other):
    page = open_page(prefix + "utbildning/#intyg")
    (text,) = sheets(page)
    assert name in text and "U18" in text and other not in text
    assert page.locator(".kb-record input").count() == 0
    whole = printed(open_page(prefix + "utbildning/"))
    assert name in whole and other in whole


def test_the_induction_prints_with_a_box_at_every_item(open_page, bank):
    for prefix in ("", "en/"):
        page = open_page(prefix + "utbildning/introduktion/")
        steps = sum(len(group.steps) for group in bank.routines["U01"].groups)
        assert printed(page).count("☐") == steps == 21
