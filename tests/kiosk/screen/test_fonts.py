"""Our fonts contain every letter of our own texts and of the demo shop, so that no machine shows an empty box."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QRawFont

from kiosk.core.domain.currency_forms import CURRENCY_SIGNS
from kiosk.core.domain.texts import LANGUAGES
from kiosk.demo.invented_shop.styles import Style, styles
from kiosk.screen.assets import assets
from tests.kiosk.screen.screen_harness import ScreenHarness

OpenScreen = Callable[..., ScreenHarness]

SERIF = ("ChevalSerif-Regular.otf", "ChevalSerif-Italic.otf")
SANS = ("ChevalSans-Regular.otf", "ChevalSans-Medium.otf")
# Fonts for the letters that our Latin fonts lack, by language: serif and sans serif.
FALLBACKS = {
    "ja": ("ChevalMincho-Regular.otf", "ChevalGothic-Regular.otf"),
    "zh": ("ChevalSong-Regular.otf", "ChevalHei-Regular.otf"),
    "ar": ("ChevalNaskh-Regular.ttf", "ChevalNaskh-Regular.ttf"),
}
PAIRS = [(latin, 0) for latin in SERIF] + [(latin, 1) for latin in SANS]


def translated(language: str) -> Iterator[str]:
    file = assets() / "translations" / f"cheval_{language}.ts"
    for message in ET.parse(file).getroot().iter("translation"):
        yield from message.itertext()


def style_texts(style: Style, language: str) -> Iterator[str]:
    """The texts of a style on its garment page."""
    for words in (style.name, style.story, style.material, style.care, style.origin):
        yield words[language]
    yield from (colour.name[language] for colour in style.colours)


def missing_letters(text: str, latin: str, fallback: str | None) -> set[str]:
    """Letters of a text that neither of the two fonts contains."""
    fonts = [QRawFont(str(assets() / "fonts" / name), 16.0) for name in (latin, fallback) if name]
    assert all(font.isValid() for font in fonts)
    return {
        letter
        for letter in text
        if letter > " " and not any(font.supportsCharacter(ord(letter)) for font in fonts)
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("latin", "kind"), PAIRS)
def test_every_letter_is_in_our_fonts(language: str, latin: str, kind: int, open_screen: OpenScreen) -> None:
    open_screen()
    text = "".join(
        (*translated(language), *(text for style in styles() for text in style_texts(style, language)))
    )
    fallback = FALLBACKS[language][kind] if language in FALLBACKS else None
    assert missing_letters(text, latin, fallback) == set(), "run packaging/cut_fonts.py"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("latin", "kind"), PAIRS)
def test_every_sign_of_a_currency_is_in_our_fonts(
    language: str, latin: str, kind: int, open_screen: OpenScreen
) -> None:
    open_screen()
    signs = "".join(sign for code, sign in CURRENCY_SIGNS[language].items() if code != "THB")
    fallback = FALLBACKS[language][kind] if language in FALLBACKS else None
    missing = missing_letters(signs, latin, fallback)
    # the serif family takes what it lacks from the sans serif one
    assert not kind or missing == set()
    assert missing_letters("".join(missing), SANS[0], None) == set()


def test_a_missing_letter_is_found(open_screen: OpenScreen) -> None:
    open_screen()
    assert missing_letters("布 龘", "ChevalSans-Regular.otf", "ChevalGothic-Regular.otf") == {"龘"}
