"""Pages can be read in a hurry: LIX at most 42 for routines and training, 50 for the rest."""

from __future__ import annotations

import pytest
from kunskapsbank.reading import lix, text_of_page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_lix(bank, language):
    hard = {}
    for page_id, page in bank.pages[language].items():
        limit = 42 if page_id[0] in "ARUM" else 50
        value = lix(text_of_page(bank, page))
        if value > limit:
            hard[page_id] = round(value)
    assert hard == {}


def test_lix_counts_sentences_and_long_words():
    assert lix("Barnet är här. Ring nu.") == pytest.approx(2.5 + 0)
    assert lix("Omhändertagandet underställs.") == pytest.approx(2 + 100)
