"""Texts in several languages."""

from __future__ import annotations

from kiosk.core.domain.texts import LANGUAGES, LocalizedText


def test_a_text_falls_back_to_english_and_then_to_its_first_language() -> None:
    words = LocalizedText.of({"en": "Shirt", "de": "Hemd"})
    assert [words.in_language(lang) for lang in ("de", "fr", "en")] == ["Hemd", "Shirt", "Shirt"]
    assert LocalizedText.of({"it": "Camicia"}).in_language("de") == "Camicia"
    assert LocalizedText.of("Shirt").in_language("de") == "Shirt"
    assert LocalizedText().in_language("en") == ""
    assert "ar" in LANGUAGES
