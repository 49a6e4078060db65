"""Accessibility: contrast, size of texts and controls, and reach (WCAG 2.2, EN 301 549)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem

from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, box

OpenScreen = Callable[..., ScreenHarness]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours (WCAG 2.2, definition of contrast ratio)."""

    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    def light(colour: QColor) -> float:
        return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF())

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_every_text_colour_has_a_contrast_of_at_least_7(open_screen: OpenScreen) -> None:
    theme = open_screen().window.view.engine().singletonInstance("Mirror", "Theme")
    assert isinstance(theme, QObject)
    black = theme.property("background")
    for name in ("foreground", "muted", "faint", "accent"):
        assert contrast(theme.property(name), black) >= 7, name
    assert contrast(theme.property("dark"), theme.property("foreground")) >= 7
    assert contrast(QColor("#6f6a62"), black) < 7


MIN_TEXT_SIZE = 28
"""Design units (1080 = width): type of 8 mm on a panel of 43 inches, readable from 80 cm."""
MIN_TOUCH_SIZE = 20 * 1080 / 535
"""Design units: 20 mm on a panel 535 mm wide."""
MIN_TOUCH_Y = 1920 * (1 - 840 / 951)
"""Design units from the top: at most 1220 mm above the floor (EN 301 549, 8.3), where the lower edge of the panel
(951 mm high) is at 380 mm."""


def accessibility_faults(screen: ScreenHarness) -> list[str]:
    """Texts and controls that are too small or out of reach, on a window of 1080 x 1920."""
    found = [
        f"small words: {one.property('text')}" for one in screen.texts() if _type_size(one) < MIN_TEXT_SIZE
    ]
    for item in screen.items():
        if item.metaObject().indexOfSignal("touched()") < 0:
            continue
        if min(item.width(), item.height()) < MIN_TOUCH_SIZE:
            found.append(f"small to touch: {item.objectName()}")
        if box(item).bottom() - MIN_TOUCH_SIZE < MIN_TOUCH_Y:
            found.append(f"out of reach: {item.objectName()}")
    return found


def _type_size(text: QQuickItem) -> int:
    return int(text.property("font").pixelSize())


def test_everything_can_be_read_touched_and_reached(open_screen: OpenScreen) -> None:
    screen = open_screen(size=(1080, 1920))
    for name, scene in sample_scenes("en").items():
        screen.show(scene)
        # an extremely long word may become smaller than the limit
        assert "long-name" in name or accessibility_faults(screen) == [], name
    screen.item("help").setWidth(30)
    screen.item("language").setY(-1800)
    screen.texts()[0].setProperty("size", 20)
    assert {one.split(":")[0] for one in accessibility_faults(screen)} == {
        "small words",
        "small to touch",
        "out of reach",
    }
