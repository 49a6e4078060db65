"""Pages that come and go with motion, faster than their fades end, make Qt say nothing: no binding loop, no warning."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtTest import QTest

from kiosk.core.domain.fit_feedback import FitRating, fit_areas_of
from kiosk.core.scene.garment_cards import FitFeedbackCard
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness
from tests.optional_values import present

OpenScreen = Callable[..., ScreenHarness]
LOOP = b"import QtQuick\nItem { property int one: other + 1; property int other: one + 1 }"


def walked(screen: ScreenHarness, seconds: float, language: str) -> list[str]:
    """What Qt said while random scenes were shown."""
    draw, scenes = random.Random(15), list(sample_scenes(language).values())
    end = monotonic() + seconds
    while monotonic() < end:
        screen.window.show(draw.choice(scenes))
        QTest.qWait(draw.choice((1, 20, 60, 250, 500)))
    return screen.qt_messages


@pytest.mark.parametrize("language", ["de", pytest.param("ar", marks=pytest.mark.full)])
@pytest.mark.parametrize("seconds", [5, pytest.param(60, marks=pytest.mark.full)])
def test_pages_that_move_say_nothing(seconds: float, language: str, open_screen: OpenScreen) -> None:
    screen = open_screen(settings=ScreenSettings(drift=False))
    assert walked(screen, seconds, language) == []


def test_answers_about_the_fit_that_come_and_go_say_nothing(open_screen: OpenScreen) -> None:
    """Whether the question stands above its answers depends on widths, which depend on where it stands."""
    screen = open_screen(settings=ScreenSettings(drift=False), size=(1080, 1920))
    draw = random.Random(3)
    for _ in range(100):
        scene = sample_scenes(draw.choice(("en", "de", "fr", "ja", "ar")))["feel"]
        felt = draw.choice((None, *FitRating))
        category = draw.choice(("shirts", "trousers", "shoes", "bags", "dresses"))
        areas = fit_areas_of(category) if felt in (FitRating.TIGHT, FitRating.LOOSE) else ()
        size = draw.choice(("M", "38/40", "one size fits all"))
        card = FitFeedbackCard(size, felt, draw.choice((None, *areas)), areas)
        garment = replace(present(scene.garment), feel=draw.choice((card, card, None)))
        screen.window.show(replace(scene, garment=garment))
        QTest.qWait(10)
    assert screen.qt_messages == []


def test_planted_a_binding_loop_is_heard(open_screen: OpenScreen) -> None:
    screen = open_screen()
    component = QQmlComponent(screen.window.view.engine())
    component.setData(LOOP, QUrl("planted.qml"))
    made = component.create()
    assert made is not None
    assert any("Binding loop" in said for said in screen.qt_messages)
    made.deleteLater()
