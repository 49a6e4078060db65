"""A text in several languages, and which languages run from right to left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "de", "fr", "es", "it", "ja", "zh", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text by language; asked for a language it has not, it answers in English, then in its first."""

    by_language: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(texts: Mapping[str, str] | str) -> LocalizedText:
        """From a feed's object of language to text, or from a bare text taken as English."""
        if isinstance(texts, str):
            return LocalizedText((("en", texts),))
        return LocalizedText(tuple(texts.items()))

    def in_language(self, language: str) -> str:
        """The text in that language, or the next best; empty if there is none at all."""
        texts = dict(self.by_language)
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


NO_TEXT = LocalizedText()
