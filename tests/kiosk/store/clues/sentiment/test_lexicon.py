"""The lexicon: English words alone, and hostile texts are texts."""

from __future__ import annotations

import pytest

from kiosk.store.clues.sentiment.lexicon import score


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("I love this coat, it fits perfectly", True),
        ("Not good. The seams are ugly and it itches horribly", False),
        ("GREAT!!!", True),
    ],
)
def test_english_has_a_score(text: str, is_good: bool) -> None:
    found = score(text, "en")
    assert found is not None
    assert (found > 0) is is_good
    assert -1 <= found <= 1


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "ja", "zh", "ar", "", "xx"])
def test_no_other_language_has_one(language: str) -> None:
    assert score("I love this coat", language) is None


@pytest.mark.parametrize(
    "text",
    ["", "It came on Monday", "\x00\ud800", "😀" * 500, "!" * 4000, "but " * 1000, "<b>" * 1000, "\u202e"],
)
def test_a_text_without_a_word_of_it_or_a_hostile_one_is_no_error(text: str) -> None:
    found = score(text, "en")
    assert found is None or -1 <= found <= 1
