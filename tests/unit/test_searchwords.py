"""Words as the search knows them; sections of law as keys."""

from __future__ import annotations

import pytest
from kunskapsbank import lawkeys, searchindex
from kunskapsbank.searchwords import Stems, compounds, fold, words


def test_a_keyboard_without_swedish_letters_gives_the_same_words():
    assert fold("Återvändande på Ærø – naïve") == "atervandande pa aero – naive"
    assert words("6 a § LVU: omhändertagande (R08)") == ("6", "a", "lvu", "omhandertagande", "r08")


@pytest.fixture(scope="module")
def stems(root):
    def telling(text, language):
        found = Stems(language, root / "node_modules")
        found.learn(words(text))
        return [found.of(word) for word in found.telling(words(text))]

    return telling


def test_inflections_share_a_stem_and_names_with_digits_stay(stems):
    assert stems("barnet barnens barnen", "sv") == ["barn", "barn", "barn"]
    assert stems("R08", "sv") == ["r08"]
    assert stems("placements placing", "en") == ["placement", "place"]


def test_words_that_tell_nothing_are_left_out_unless_there_are_no_others(stems):
    assert stems("vad gör vi om barnet", "sv") == ["barn"]
    assert stems("vad gör vi", "sv") == ["vad", "gor", "vi"]


@pytest.mark.parametrize(
    ("word", "stem", "code"),
    [("barn", "barn", ""), ("barnens", "barn", "3"), ("policies", "polici", "2"), ("studied", "studi", "2"), ("fly", "fli", "1i")],
)
def test_a_stem_is_told_by_what_it_leaves_off_and_puts_instead(word, stem, code):
    assert searchindex._cut(word, stem) == code


def test_compounds_are_taken_apart_where_both_parts_are_words(root):
    vocabulary = {"alder", "alders", "bedomning", "aldersbedomning", "polis", "anmalan", "polisanmalan", "aktenskap", "akten", "skap"}
    found = compounds(vocabulary, Stems("sv", root / "node_modules"))
    assert found["polisanmalan"] == ["polis", "anmalan"]
    assert found["aldersbedomning"][1] == "bedomning"
    assert not any("skap" in parts for parts in found.values()), "an ending is no part"
    assert compounds(vocabulary, Stems("en", root / "node_modules")) == {}


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("lvu-6", {"lvu 6"}),
        ("lvu-6a", {"lvu 6a"}),
        ("lvu-15e-15i", {"lvu 15e", "lvu 15f", "lvu 15i"}),
        ("lvu-24-31", {"lvu 24", "lvu 28", "lvu 31"}),
        ("brb-4-1a-1", {"brb 4:1a"}),
        ("sol-19-1", {"sol 19:1"}),
    ],
)
def test_every_section_a_provision_names_is_a_key(bank, provision, expected):
    act = bank.act_of[provision]
    found = set(lawkeys.keys(act, bank.provisions[provision]))
    assert expected <= found
    assert all(key.startswith(act.id + " ") for key in found)


def test_an_act_is_known_by_its_abbreviation_title_and_number(bank):
    names = lawkeys.names(bank.acts["osl"])
    assert {"osl", "offentlighets- och sekretesslagen", "2009:400"} <= set(names)
    assert "act" not in lawkeys.names(bank.acts["lag-2026-1601"])
