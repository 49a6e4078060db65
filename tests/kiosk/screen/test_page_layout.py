"""Layout of every page in every state and language: no text is cut, hidden, overlapped or outside the window."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, QTranslator, QUrl
from PySide6.QtQml import QQmlComponent, QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem

from kiosk.core.visit.navigation import Page
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, box
from tests.optional_values import present

OpenScreen = Callable[..., ScreenHarness]


class Stretched(QTranslator):
    """Texts about 40 % longer than English: every vowel is doubled."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: ARG002
        longer = re.sub(r"(?<!%)([aeiouy])", r"\1\1", source)
        return longer.replace("%n", str(n)) if n >= 0 else longer

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def enum_number(item: QQuickItem, name: str) -> int:
    """The value of a QML enum property as a enum_number."""
    value, _ = QQmlExpression(present(qmlContext(item)), item, f"Number({name})").evaluate()
    return int(value)


def text_rectangle(text: QQuickItem) -> QRectF:
    """Rectangle of the visible text, which may be smaller than its item."""
    wide = min(float(text.property("contentWidth")), text.width())
    spare = text.width() - wide
    side = enum_number(text, "effectiveHorizontalAlignment")
    x = spare if side == 2 else spare / 2 if side == 4 else 0.0
    top = float(text.property("topPadding"))
    high = float(text.property("contentHeight"))
    y = text.height() - high if enum_number(text, "verticalAlignment") == 64 else top
    return QRectF(text.mapToScene(QPointF(x, y)), text.mapToScene(QPointF(x + wide, y + high))).normalized()


def layout_faults(screen: ScreenHarness) -> list[str]:
    """Descriptions of all layout faults of the visible texts."""
    area = QRectF(0, 0, screen.window.view.width(), screen.window.view.height()).adjusted(
        -0.5, -0.5, 0.5, 0.5
    )
    texts = [(str(text.property("text")), text) for text in screen.texts()]
    boxes = [(said, text_rectangle(text)) for said, text in texts]
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


def faults_by_scene(screen: ScreenHarness, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, scene in sample_scenes(language).items():
        screen.show(scene)
        wrong = layout_faults(screen)
        if wrong:
            found[name] = wrong
    return found


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.full), "de", "ar"])
def test_no_text_is_cut_hidden_or_overlapped(language: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    assert faults_by_scene(screen, language) == {}
    assert screen.qt_messages == []


@pytest.mark.full
@pytest.mark.parametrize("language", ["fr", "es", "it", "ja", "zh"])
def test_the_other_languages_fit_as_well(language: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    assert faults_by_scene(screen, language) == {}
    assert screen.qt_messages == []


def test_a_language_much_longer_than_english_still_fits(open_screen: OpenScreen) -> None:
    screen = open_screen()
    stretched = Stretched()
    screen.show(sample_scenes("en")["rest"])
    QCoreApplication.installTranslator(stretched)
    try:
        screen.window.view.engine().retranslate()
        assert faults_by_scene(screen, "en") == {}
        assert "Heelp" in screen.all_text()
    finally:
        QCoreApplication.removeTranslator(stretched)


def test_planted_layout_faults_are_found(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["ask"])
    assert layout_faults(screen) == []
    words = screen.texts()
    words[1].setX(words[1].x() + 2000)
    assert any("off the screen" in wrong for wrong in layout_faults(screen))
    words[1].setX(words[0].x())
    words[1].setParentItem(words[0].parentItem())
    words[1].setY(words[0].y())
    assert any("lies over" in wrong for wrong in layout_faults(screen))
    words[2].setProperty("wrapMode", 0)
    words[2].setWidth(20)
    assert any("wider than its place" in wrong for wrong in layout_faults(screen))


def test_every_page_has_a_sample_scene() -> None:
    shown = {scene.page for scene in sample_scenes().values()}
    assert shown == set(Page)


@pytest.mark.parametrize(
    "size",
    [(720, 1280), *(pytest.param(size, marks=pytest.mark.full) for size in ((1080, 2400), (900, 1000)))],
)
def test_pages_fit_windows_of_other_sizes(size: tuple[int, int], open_screen: OpenScreen) -> None:
    screen = open_screen(size=size)
    scenes = sample_scenes("de")
    for name in ("wardrobe-twelve", "garment-ten-sizes", "sizes-ten", "basket-twelve", "pay-tap", "receipt"):
        screen.show(scenes[name])
        assert layout_faults(screen) == [], name


@pytest.mark.parametrize("scale", [0.8, 1.15])
@pytest.mark.full
def test_pages_fit_at_other_scales(scale: float, open_screen: OpenScreen) -> None:
    screen = open_screen(settings=ScreenSettings(no_motion=True, drift=False, scale=scale))
    for name, scene in sample_scenes("en").items():
        screen.show(scene)
        assert layout_faults(screen) == [], name


def test_the_drawing_can_be_rotated(open_screen: OpenScreen) -> None:
    screen = open_screen(size=(960, 540), settings=ScreenSettings(no_motion=True, drift=False, rotation=90))
    screen.show(sample_scenes("en")["garment"])
    assert layout_faults(screen) == []
    stage = screen.item("stage")
    assert (stage.width(), stage.height()) == (540, 960)
    assert box(screen.item("help")).center().x() < 100


def test_a_warning_of_qt_is_recorded(open_screen: OpenScreen) -> None:
    screen = open_screen()
    part = QQmlComponent(screen.window.view.engine())
    part.setData(b"import QtQuick\nItem { width: nothing.at.all }", QUrl())
    made = part.create()
    assert isinstance(made, QObject)
    assert any("nothing is not defined" in said for said in screen.qt_messages)
