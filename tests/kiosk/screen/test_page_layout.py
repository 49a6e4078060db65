"""Every page in every state, in several languages and in one that is too long: nothing breaks, hides or overlaps."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, QTranslator, QUrl
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlComponent, QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem

from kiosk.core.visit.navigation import Page
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, box

OpenScreen = Callable[..., ScreenHarness]


class Stretched(QTranslator):
    """A language 40 % longer than English: each vowel twice, and no word shorter for it."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: ARG002
        longer = re.sub(r"(?<!%)([aeiouy])", r"\1\1", source)
        return longer.replace("%n", str(n)) if n >= 0 else longer

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def number(item: QQuickItem, name: str) -> int:
    """An enum of QML as a number, which Python's own way to properties cannot give."""
    value, _ = QQmlExpression(qmlContext(item), item, f"Number({name})").evaluate()
    return int(value)


def words_on(text: QQuickItem) -> QRectF:
    """Where the words of a text are, which is less than the item."""
    wide = min(float(text.property("contentWidth")), text.width())
    spare = text.width() - wide
    side = number(text, "effectiveHorizontalAlignment")
    x = spare if side == 2 else spare / 2 if side == 4 else 0.0
    top = float(text.property("topPadding"))
    high = float(text.property("contentHeight"))
    y = text.height() - high if number(text, "verticalAlignment") == 64 else top
    return QRectF(text.mapToScene(QPointF(x, y)), text.mapToScene(QPointF(x + wide, y + high))).normalized()


def troubles(screen: ScreenHarness) -> list[str]:
    """What is wrong with the texts on the screen."""
    area = QRectF(0, 0, screen.window.view.width(), screen.window.view.height()).adjusted(
        -0.5, -0.5, 0.5, 0.5
    )
    texts = [(str(text.property("text")), text) for text in screen.texts()]
    boxes = [(said, words_on(text)) for said, text in texts]
    found = [f"cut short: {said}" for said, text in texts if text.property("truncated")]
    found += [f"wider than its place: {said}" for said, text in texts if _too_wide(text)]
    found += [f"off the screen: {said} {place}" for said, place in boxes if not area.contains(place)]
    for (one, here), (other, there) in combinations(boxes, 2):
        both = here.intersected(there)
        if both.width() > 1.5 and both.height() > here.height() * 0.28 / max(
            1, here.height() / there.height()
        ):
            found.append(f"{one!r} lies over {other!r}")
    return found


def _too_wide(text: QQuickItem) -> bool:
    return float(text.property("contentWidth")) > text.width() + 1.0


def walk(screen: ScreenHarness, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, scene in sample_scenes(language).items():
        screen.show(scene)
        wrong = troubles(screen)
        if wrong:
            found[name] = wrong
    return found


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_text_is_cut_hidden_or_overlapped(language: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    assert walk(screen, language) == {}
    assert screen.qt_messages == []


@pytest.mark.full
@pytest.mark.parametrize("language", ["fr", "es", "it", "ja", "zh"])
def test_the_other_languages_fit_as_well(language: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    assert walk(screen, language) == {}
    assert screen.qt_messages == []


def test_a_language_much_longer_than_english_still_fits(open_screen: OpenScreen) -> None:
    screen = open_screen()
    stretched = Stretched()
    screen.show(sample_scenes("en")["rest"])
    QCoreApplication.installTranslator(stretched)
    try:
        screen.window.view.engine().retranslate()
        assert walk(screen, "en") == {}
        assert "Heelp" in screen.all_text()
    finally:
        QCoreApplication.removeTranslator(stretched)


def test_the_walker_catches_planted_faults(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["ask"])
    assert troubles(screen) == []
    words = screen.texts()
    words[1].setX(words[1].x() + 2000)
    assert any("off the screen" in wrong for wrong in troubles(screen))
    words[1].setX(words[0].x())
    words[1].setParentItem(words[0].parentItem())
    words[1].setY(words[0].y())
    assert any("lies over" in wrong for wrong in troubles(screen))
    words[2].setProperty("wrapMode", 0)
    words[2].setWidth(20)
    assert any("wider than its place" in wrong for wrong in troubles(screen))


def test_every_page_has_a_scene_in_the_gallery() -> None:
    shown = {scene.page for scene in sample_scenes().values()}
    assert shown == set(Page)


@pytest.mark.parametrize("size", [(720, 1280), (1080, 2400), (900, 1000)])
def test_any_size_of_glass_holds_every_page(size: tuple[int, int], open_screen: OpenScreen) -> None:
    screen = open_screen(size=size)
    scenes = sample_scenes("de")
    for name in ("wardrobe-twelve", "garment-ten-sizes", "sizes-ten", "basket-twelve", "pay-tap", "receipt"):
        screen.show(scenes[name])
        assert troubles(screen) == [], name


@pytest.mark.parametrize("scale", [pytest.param(0.8, marks=pytest.mark.full), 1.15])
def test_an_enlarged_glass_holds_every_page(scale: float, open_screen: OpenScreen) -> None:
    screen = open_screen(settings=ScreenSettings(no_motion=True, drift=False, scale=scale))
    for name, scene in sample_scenes("en").items():
        screen.show(scene)
        assert troubles(screen) == [], name


def test_a_panel_that_hangs_on_its_side_turns_the_drawing(open_screen: OpenScreen) -> None:
    screen = open_screen(size=(960, 540), settings=ScreenSettings(no_motion=True, drift=False, rotation=90))
    screen.show(sample_scenes("en")["garment"])
    assert troubles(screen) == []
    stage = screen.item("stage")
    assert (stage.width(), stage.height()) == (540, 960)
    assert box(screen.item("help")).center().x() < 100


def contrast(one: QColor, other: QColor) -> float:
    """Of two colours (WCAG 2.2, relative luminance and contrast ratio)."""

    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    def light(colour: QColor) -> float:
        return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF())

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_every_colour_of_words_keeps_seven_to_one(open_screen: OpenScreen) -> None:
    theme = open_screen().window.view.engine().singletonInstance("Mirror", "Theme")
    black = theme.property("background")
    for name in ("foreground", "muted", "faint", "accent"):
        assert contrast(theme.property(name), black) >= 7, name
    assert contrast(theme.property("dark"), theme.property("foreground")) >= 7
    assert contrast(QColor("#6f6a62"), black) < 7


SMALLEST_WORDS = 28
"""Of 1080 to the width: 8 mm of type on a panel of 43 inches, to be read from a step away."""
SMALLEST_TOUCH = 20 * 1080 / 535
"""20 mm on a panel 535 mm wide."""
HIGHEST_TOUCH = 1920 * (1 - 840 / 951)
"""1220 mm above the floor where the panel's lower edge is at 380 mm (EN 301 549, 8.3): 840 of its 951 mm."""


def hardships(screen: ScreenHarness) -> list[str]:
    """What a person could not read, hit or reach; on a screen of the design's size."""
    found = [
        f"small words: {one.property('text')}" for one in screen.texts() if _type_size(one) < SMALLEST_WORDS
    ]
    for item in screen.items():
        if item.metaObject().indexOfSignal("touched()") < 0:
            continue
        if min(item.width(), item.height()) < SMALLEST_TOUCH:
            found.append(f"small to touch: {item.objectName()}")
        if box(item).bottom() - SMALLEST_TOUCH < HIGHEST_TOUCH:
            found.append(f"out of reach: {item.objectName()}")
    return found


def _type_size(text: QQuickItem) -> int:
    return int(text.property("font").pixelSize())


def test_everything_can_be_read_hit_and_reached(open_screen: OpenScreen) -> None:
    screen = open_screen(size=(1080, 1920))
    for name, scene in sample_scenes("en").items():
        screen.show(scene)
        # the longest word there is may become small; it is still there to be asked about
        assert name == "garment-long-name" or hardships(screen) == [], name
    screen.item("help").setWidth(30)
    screen.item("language").setY(-1800)
    screen.texts()[0].setProperty("size", 20)
    assert {one.split(":")[0] for one in hardships(screen)} == {
        "small words",
        "small to touch",
        "out of reach",
    }


def test_a_complaint_of_qt_is_heard(open_screen: OpenScreen) -> None:
    screen = open_screen()
    part = QQmlComponent(screen.window.view.engine())
    part.setData(b"import QtQuick\nItem { width: nothing.at.all }", QUrl())
    made = part.create()
    assert isinstance(made, QObject)
    assert any("nothing is not defined" in said for said in screen.qt_messages)
