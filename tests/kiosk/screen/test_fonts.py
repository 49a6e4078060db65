"""Our fonts contain every letter of our own texts and of the demo shop, so that no machine shows an empty box."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

import pytest
from babel.numbers import get_currency_symbol
from PySide6.QtGui import QRawFont

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import LANGUAGES
from kiosk.demo.invented_shop.styles import Style, styles
from kiosk.pictures.slips.letters import Letters
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


def missing_letters(text: str, *names: str | None) -> set[str]:
    """Letters of a text that none of the fonts contains."""
    fonts = [QRawFont(str(assets() / "fonts" / name), 16.0) for name in names if name]
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


def amounts(language: str) -> str:
    """An amount in every currency that a shop can configure, above and below 0."""
    return "".join(
        Money(sign * 123_456_789, code).formatted(language, with_zeros=True)
        for code in CURRENCY_DIGITS
        for sign in (1, -1)
    )


# Marks of direction are not drawn; blanks are.
UNDRAWN = {"\u200e", "\u200f", "\u061c"}
# On paper a letter is taken from any of these; fonts of the system are not counted.
PAPER = (
    "ChevalSans-Regular.otf",
    "ChevalNaskh-Regular.ttf",
    "ChevalHei-Regular.otf",
    "ChevalGothic-Regular.otf",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("latin", "kind"), PAIRS)
def test_amounts_in_every_currency_are_in_the_fonts_of_the_glass(
    language: str, latin: str, kind: int, open_screen: OpenScreen
) -> None:
    open_screen()
    fallback = FALLBACKS[language][kind] if language in FALLBACKS else None
    missing = missing_letters(amounts(language), latin, fallback) - UNDRAWN
    # the serif family takes what it lacks from the sans serif one
    assert not kind or missing == set()
    assert missing_letters("".join(missing), SANS[0], None) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_in_every_currency_are_in_the_fonts_of_the_paper(language: str) -> None:
    assert missing_letters(amounts(language), *PAPER) - UNDRAWN == set()
    letters = Letters(assets() / "fonts", language, 24)
    assert set(letters.missing(amounts(language))) - UNDRAWN == set()


def test_planted_the_sign_that_cldr_has_for_the_baht_is_missed() -> None:
    assert get_currency_symbol("THB", "de") == "\u0e3f"
    assert missing_letters("1,00 \u0e3f", *PAPER) == {"\u0e3f"}


def test_a_missing_letter_is_found(open_screen: OpenScreen) -> None:
    open_screen()
    assert missing_letters("布 龘", "ChevalSans-Regular.otf", "ChevalGothic-Regular.otf") == {"龘"}
