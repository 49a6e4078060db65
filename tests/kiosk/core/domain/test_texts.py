"""Texts in several languages."""

from __future__ import annotations

from kiosk.core.domain.texts import LANGUAGES, LocalizedText


def test_words_fall_back_to_english_then_to_whatever_there_is() -> None:
    words = LocalizedText.of({"en": "Shirt", "de": "Hemd"})
    assert [words.in_language(lang) for lang in ("de", "fr", "en")] == ["Hemd", "Shirt", "Shirt"]
    assert LocalizedText.of({"it": "Camicia"}).in_language("de") == "Camicia"
    assert LocalizedText().in_language("en") == ""
    assert "ar" in LANGUAGES
