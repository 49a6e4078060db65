"""The touch driver works from another thread than that of the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QImage

from kiosk.core.domain.ids import PieceId
from kiosk.core.visit.touches import GarmentOpened
from kiosk.screen.tools.sample_scenes import sample_scenes
from kiosk.screen.touch_driver import TouchDriver
from tests.kiosk.screen.screen_harness import ScreenHarness, until

OpenScreen = Callable[..., ScreenHarness]
Result = TypeVar("Result")


def in_thread(call: Callable[[], Result]) -> Result:
    """The result of a call in another thread, while this one runs the Qt loop."""
    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(call)
        until(result.done)
        return result.result()


def test_a_control_is_touched_by_its_object_name(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.window.show(sample_scenes()["wardrobe-three"])
    driver = TouchDriver(screen.window)
    assert in_thread(lambda: driver.tap("piece-E1"))
    assert screen.touches == [GarmentOpened(7, PieceId("E1"))]


def test_a_control_that_is_hidden_or_unknown_is_not_touched(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.window.show(sample_scenes()["rest"])
    driver = TouchDriver(screen.window)
    assert not in_thread(lambda: driver.tap("help"))
    assert not in_thread(lambda: driver.tap("no-such-control"))
    assert screen.touches == []


def test_the_picture_shows_the_last_scene(open_screen: OpenScreen, tmp_path: Path) -> None:
    screen = open_screen()
    screen.show(sample_scenes()["garment"])
    expected = screen.window.view.grabWindow()
    screen.show(sample_scenes()["rest"])
    screen.window.show(sample_scenes()["garment"])
    file = tmp_path / "garment.png"
    in_thread(lambda: TouchDriver(screen.window).photograph(file))
    format_ = QImage.Format.Format_RGB32
    assert QImage(str(file)).convertToFormat(format_) == expected.convertToFormat(format_)
