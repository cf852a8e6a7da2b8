"""The training holds together: enough of every kind, references that cite the routine, answers that cannot be guessed."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from kunskapsbank.mirroring import _COPY, _PHONE, _SECTION
from kunskapsbank.models.base import LANGUAGES
from kunskapsbank.pages import REFERENCE, references_in
from kunskapsbank.reading import lix
from test_words import DICTIONARY, HERE, unknown

MODULES = [f"U{number}" for number in range(11, 19)]
KINDS = ("single", "multiple", "match", "order")
INVENTED = re.compile(r"\b(Amina|Dari|Elena|Marko|Sani)('?s)?\b")  # the names in the cases


@pytest.fixture(scope="module")
def questions(bank):
    return [question for module in bank.modules.values() for question in module.quiz]


@pytest.fixture(scope="module")
def scenes(bank):
    return [scene for module in bank.modules.values() for scene in module.case.scenes]


def texts(module):
    """Every text of a module, in reading order."""
    found = [*module.goals, *module.know, module.case.title, module.case.text]
    for scene in module.case.scenes:
        found += [scene.situation, scene.question]
        found += [text for choice in scene.choices for text in (choice, choice.follows, choice.why)]
    for question in module.case.questions:
        found += [question.text, question.answer]
    for question in module.quiz:
        found += [question.question, *question.options, *question.items, question.explanation]
    return found


def pages_in(text, language):
    return [r.id for r in references_in(text[language], 0) if r.kind == "" and r.id != "verify"]


def test_every_module_is_here(bank):
    assert list(bank.modules) == MODULES


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_a_case_in_scenes_and_questions_of_every_kind(bank, name):
    module = bank.modules[name]
    assert len(module.case.scenes) >= 4
    assert all(len(scene.choices) >= 3 for scene in module.case.scenes)
    assert len(module.quiz) >= 10
    assert {question.kind for question in module.quiz} == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_how_many_questions_there_are(bank, language):
    ten = {"sv": "Tio frågor. Godkänt är minst åtta rätt", "en": "Ten questions. To pass you need at least eight right"}
    for name, module in bank.modules.items():
        assert len(module.quiz) == 10 and ten[language] in bank.pages[language][name].body, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_explanation_cites_its_routine(questions, language):
    assert [q.id for q in questions if q.page not in pages_in(q.explanation, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_choice_says_why_with_a_routine(scenes, language):
    assert [(s.id, c.id) for s in scenes for c in s.choices if not pages_in(c.why, language)] == []
    assert [s.id for s in scenes if not any(s.page in pages_in(c.why, language) for c in s.choices)] == []


def test_both_languages_refer_to_the_same(bank):
    for module in bank.modules.values():
        for text in module.reference_texts():
            ours, theirs = ([(r.kind, r.id, r.anchor) for r in references_in(text[language], 0)] for language in LANGUAGES)
            assert sorted(ours, key=str) == sorted(theirs, key=str), text["en"]


def test_a_question_explains_no_term(questions):
    """A term's definition has an id of its own; the same question may stand twice on a page (the mixed test)."""
    for question in questions:
        assert "[[term:" not in question.explanation["sv"] + question.explanation["en"], question.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_section_or_number_is_written_by_hand(bank, language):
    for name, module in bank.modules.items():
        for text in texts(module):
            plain = _COPY.sub("", text[language])
            assert not _SECTION.search(plain) and not _PHONE.search(plain), f"{name}: {plain}"


def test_answers_differ_from_each_other(questions, scenes):
    for language in LANGUAGES:
        for entry in questions:
            for group in (entry.options, entry.items):
                assert len({text[language].lower() for text in group}) == len(group), entry.id
        for scene in scenes:
            assert len({choice[language].lower() for choice in scene.choices}) == len(scene.choices), scene.id


def place(entries, right):
    return next(position for position, entry in enumerate(entries) if right(entry))


def extreme(entries, right, language, which):
    """True when the right entry alone is the longest (which=max) or the shortest (which=min)."""
    lengths = [len(entry[language]) for entry in entries]
    own = lengths[place(entries, right)]
    return own == which(lengths) and lengths.count(own) == 1


def is_right(option):
    return option.correct


def is_best(choice):
    return choice.best


def test_the_right_answer_stands_in_no_predictable_place(questions, scenes):
    singles = [q for q in questions if q.kind == "single"]
    places = Counter(place(q.options, is_right) for q in singles)
    assert set(places) == {0, 1, 2, 3}
    assert all(0.18 <= number / len(singles) <= 0.32 for number in places.values()), places
    best = Counter(place(s.choices, is_best) for s in scenes)
    assert all(0.25 <= number / len(scenes) <= 0.42 for number in best.values()) and set(best) == {0, 1, 2}, best


def test_where_several_are_right_neither_place_nor_number_gives_them_away(questions):
    several = [q.options for q in questions if q.kind == "multiple"]
    for position in range(5):
        here = [options[position].correct for options in several if len(options) > position]
        assert 0.45 <= sum(here) / len(here) <= 0.85, (position, here)
    numbers = Counter(sum(option.correct for option in options) for options in several)
    assert max(numbers.values()) / len(several) <= 0.7 and len(numbers) >= 3, numbers


def test_no_module_has_the_right_answer_in_the_same_place_three_times_running(bank):
    for name, module in bank.modules.items():
        for right, rows in (
            (is_right, [q.options for q in module.quiz if q.kind == "single"]),
            (is_best, [scene.choices for scene in module.case.scenes]),
        ):
            places = "".join(str(place(entries, right)) for entries in rows)
            assert not re.search(r"(.)\1\1", places), f"{name}: {places}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_length_of_an_answer_gives_nothing_away(questions, scenes, language):
    singles = [q.options for q in questions if q.kind == "single"]
    longest = sum(extreme(options, is_right, language, max) for options in singles) / len(singles)
    shortest = sum(extreme(options, is_right, language, min) for options in singles) / len(singles)
    assert 0.10 <= longest <= 0.35, longest
    assert 0.10 <= shortest <= 0.35, shortest
    best = sum(extreme(s.choices, is_best, language, max) for s in scenes) / len(scenes)
    assert 0.15 <= best <= 0.45, best
    several = [q for q in questions if q.kind == "multiple"]
    wrong_is_longest = sum(not max(q.options, key=lambda option: len(option[language])).correct for q in several) / len(several)
    assert 0.2 <= wrong_is_longest <= 0.7, wrong_is_longest


def test_the_stored_order_gives_nothing_away(questions):
    """Where things are matched or put in order, the place in the file says no more than chance would."""
    orders = [q for q in questions if q.kind == "order"]
    in_place = sum(option.id == wanted for q in orders for option, wanted in zip(q.options, q.order, strict=True))
    assert in_place / sum(len(q.order) for q in orders) <= 0.3
    assert not [q.id for q in orders if q.order == [option.id for option in q.options][::-1]]
    matches = [q for q in questions if q.kind == "match"]
    same_line = sum([o.id for o in q.options].index(item.answer) == row for q in matches for row, item in enumerate(q.items))
    assert same_line / sum(len(q.items) for q in matches) <= 0.3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_easy_to_read_and_rightly_spelt(bank, name, language):
    lines = [REFERENCE.sub(lambda match: match["text"] or "", text[language]).strip() for text in texts(bank.modules[name])]
    whole = "\n".join(line if line.endswith((".", "?", "!", ":")) else line + "." for line in lines)
    assert lix(whole) <= 42
    plain = re.sub(r"\*[^*\n]+\*", " ", whole) if language == "en" else whole
    plain = INVENTED.sub(" ", re.sub(r"\b[A-Z]\d\d\b", " ", plain))
    words = {word.strip("'’-") for word in re.findall(r"[^\W\d_][\w’'-]*", plain)}
    known = set((HERE / f"words.{language}.txt").read_text(encoding="utf-8").split())
    assert unknown(words, DICTIONARY[language]) - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_thing_has_the_same_name_in_the_modules(bank, language):
    wrong = [
        (name, word, term.term[language])
        for name, module in bank.modules.items()
        for text in texts(module)
        for term in bank.terms.values()
        for word in term.not_this[language]
        if re.search(rf"\b{re.escape(word)}\b", text[language], re.I)
    ]
    assert wrong == []


def test_every_item_of_the_induction_leads_to_a_page(bank):
    for group in bank.routines["U01"].groups:
        for step in group.steps:
            for language in LANGUAGES:
                assert pages_in(step.text, language) or (step.note and pages_in(step.note, language)), step.id
