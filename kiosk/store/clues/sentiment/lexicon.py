"""The score of a text by a lexicon. The only module that imports the library.

VADER (Hutto and Gilbert, 2014; MIT licence) has English words alone. A language without a lexicon has no score.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

LANGUAGES: Final = ("en",)
"""Languages with a lexicon (ISO 639-1)."""


def score(text: str, language: str) -> float | None:
    """From -1 (bad) to 1 (good); None in a language without a lexicon, and for a text without a word of it."""
    if language not in LANGUAGES:
        return None
    found = _vader().polarity_scores(text)
    return float(found["compound"]) if found["pos"] or found["neg"] else None


@cache
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
