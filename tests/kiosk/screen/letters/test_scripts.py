"""Names in scripts that our own fonts lack are drawn with fonts of the system, in the shapes of the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QTextLayout

from kiosk.fonts.readable import PACKAGES, SCRIPTS
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness

OpenScreen = Callable[..., ScreenHarness]

NOTO = Path("/usr/share/fonts")
FILES = ("NotoSerifCJK-Regular.ttc", "NotoSansHebrew-Regular.ttf", "NotoColorEmoji.ttf")
INSTALLED = all(any(NOTO.rglob(name)) for name in FILES)
WITH_FONTS = pytest.mark.skipif(not INSTALLED, reason=f"not installed here: {PACKAGES}")
FAMILIES = ("Cheval Serif", "Cheval Sans", "Cheval Serif Zh", "Cheval Sans Zh")
MORE = {"names": "春夏コレクション 旧 遠州 老坊 Ελένη Наталья Łukasz Ngô Thị 김서연 שרה สมชาย अनुष्का Zoë👗"}
BEYOND_OURS = "繍"
"""In none of our cut fonts."""


def drawn_with(text: str, family: str) -> dict[str, int]:
    """The families that draw a text, with the number of its letters that each lacks."""
    layout = QTextLayout(text, QFont(family, 20))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    found: dict[str, int] = {}
    for run in layout.glyphRuns():
        name = run.rawFont().familyName()
        found[name] = found.get(name, 0) + list(run.glyphIndexes()).count(0)
    return found


@WITH_FONTS
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("script", [*SCRIPTS, *MORE])
def test_every_letter_of_a_name_is_drawn(script: str, family: str, open_screen: OpenScreen) -> None:
    open_screen()
    found = drawn_with({**SCRIPTS, **MORE}[script], family)
    assert sum(found.values()) == 0, found


@WITH_FONTS
@pytest.mark.parametrize(
    ("family", "drawing"),
    [
        ("Cheval Serif", "Noto Serif CJK JP"),
        ("Cheval Sans", "Noto Sans CJK JP"),
        ("Cheval Serif Zh", "Noto Serif CJK SC"),
        ("Cheval Sans Zh", "Noto Sans CJK SC"),
    ],
)
def test_shared_characters_have_the_shape_of_the_language(
    family: str, drawing: str, open_screen: OpenScreen
) -> None:
    open_screen()
    assert drawn_with(BEYOND_OURS, family) == {drawing: 0}


@WITH_FONTS
def test_our_own_fonts_come_first(open_screen: OpenScreen) -> None:
    open_screen()
    assert drawn_with("Coat 38", "Cheval Serif") == {"Cheval Serif": 0}
    assert drawn_with("معطف", "Cheval Sans") == {"Cheval Naskh": 0}
    assert drawn_with("コート", "Cheval Serif") == {"Cheval Mincho": 0}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_in_every_script_on_a_page_make_qt_say_nothing(language: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    scene = sample_scenes(language)["wardrobe-eight"]
    names = [*SCRIPTS.values()][: len(scene.pieces)]
    pieces = (replace(piece, name=name) for piece, name in zip(scene.pieces, names, strict=True))
    screen.show(replace(scene, pieces=tuple(pieces), first_name="अनुष्का"))
    assert screen.qt_messages == []


def test_planted_a_letter_that_no_font_has_is_found(open_screen: OpenScreen) -> None:
    open_screen()
    assert sum(drawn_with("a\U000f1234", "Cheval Serif").values()) >= 1
