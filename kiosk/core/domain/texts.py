"""Texts of the catalogue in several languages, and the languages of the mirror."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "de", "fr", "es", "it", "ja", "zh", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text in several languages, as pairs of language code (ISO 639-1) and text."""

    by_language: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(texts: Mapping[str, str] | str) -> LocalizedText:
        """From an object of language to text, or from a single text, which counts as English."""
        if isinstance(texts, str):
            return LocalizedText((("en", texts),))
        return LocalizedText(tuple(texts.items()))

    def in_language(self, language: str) -> str:
        """The text in that language, else in English, else in its first language; empty where there is none."""
        texts = dict(self.by_language)
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


NO_TEXT = LocalizedText()
