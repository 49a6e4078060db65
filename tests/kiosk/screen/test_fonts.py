"""Every letter of our own words, and of the demo house's, is in a font that we ship: no machine shows a box for it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QRawFont

from kiosk.core.domain.texts import LANGUAGES
from kiosk.demo.invented_shop.styles import Style, styles
from kiosk.screen.assets import assets
from tests.kiosk.screen.screen_harness import ScreenHarness

OpenScreen = Callable[..., ScreenHarness]

SERIF = ("ChevalSerif-Regular.otf", "ChevalSerif-Italic.otf")
SANS = ("ChevalSans-Regular.otf", "ChevalSans-Medium.otf")
# The letters that our Latin fonts have not, by language: serif's file and sans' file.
BESIDE = {
    "ja": ("ChevalMincho-Regular.otf", "ChevalGothic-Regular.otf"),
    "zh": ("ChevalSong-Regular.otf", "ChevalHei-Regular.otf"),
    "ar": ("ChevalNaskh-Regular.ttf", "ChevalNaskh-Regular.ttf"),
}
PAIRS = [(latin, 0) for latin in SERIF] + [(latin, 1) for latin in SANS]


def translated(language: str) -> Iterator[str]:
    file = assets() / "translations" / f"cheval_{language}.ts"
    for message in ET.parse(file).getroot().iter("translation"):
        yield from message.itertext()


def told(settings: Style, language: str) -> Iterator[str]:
    """What a style's page says of it."""
    for words in (settings.name, settings.story, settings.material, settings.care, settings.origin):
        yield words[language]
    yield from (colour.name[language] for colour in settings.colours)


def missing(text: str, latin: str, beside: str | None) -> set[str]:
    """The letters of a text that are in neither of the two fonts."""
    fonts = [QRawFont(str(assets() / "fonts" / name), 16.0) for name in (latin, beside) if name]
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
        (*translated(language), *(said for settings in styles() for said in told(settings, language)))
    )
    beside = BESIDE[language][kind] if language in BESIDE else None
    assert missing(text, latin, beside) == set(), "cut the fonts again, with the new letters"


def test_a_letter_that_we_do_not_ship_is_seen(open_screen: OpenScreen) -> None:
    open_screen()
    assert missing("布 龘", "ChevalSans-Regular.otf", "ChevalGothic-Regular.otf") == {"龘"}
