"""The window is idle once its pictures are loaded and its animations have ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtTest import QTest

from kiosk.screen.settings import ScreenSettings
from kiosk.screen.tools.sample_garments import garment_pictures
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, until

OpenScreen = Callable[..., ScreenHarness]


def test_the_window_is_not_idle_while_a_picture_is_loading(open_screen: OpenScreen) -> None:
    gate = threading.Event()

    def fetch(path: str, height: int) -> bytes | None:
        gate.wait(20)
        return garment_pictures(None)(path, height)

    screen = open_screen(fetch=fetch)
    calls: list[int] = []
    screen.window.show(sample_scenes()["garment"])
    screen.window.when_idle(lambda: calls.append(1))
    QTest.qWait(400)
    assert calls == []
    gate.set()
    until(lambda: bool(calls))


def test_each_callback_is_called_once(open_screen: OpenScreen) -> None:
    screen = open_screen()
    calls: list[int] = []
    for n in range(3):
        screen.window.when_idle(partial(calls.append, n))
    until(lambda: len(calls) == 3)
    screen.wait_until_idle()
    assert calls == [0, 1, 2]


def test_with_motion_the_window_is_idle_only_after_the_animations(open_screen: OpenScreen) -> None:
    screen = open_screen(settings=ScreenSettings(drift=False))
    began = monotonic()
    screen.show(sample_scenes()["garment"])
    assert monotonic() - began >= 0.9
