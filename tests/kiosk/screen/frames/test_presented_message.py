"""A message counts as shown when the window has presented frames with it, and not before."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.screen.presented_message import FRAMES, PresentedMessage
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, until


def test_a_real_window_tells_once_for_each_time_on_the_glass(
    open_screen: Callable[..., ScreenHarness],
) -> None:
    screen, scenes = open_screen(), sample_scenes("en")
    screen.show(scenes["wardrobe-three"])
    assert screen.presented == []
    screen.show(scenes["message-look-two"])
    until(lambda: screen.presented == ["m1"])
    screen.show(scenes["message-look-garment"])
    screen.show(scenes["pay-tap"])
    assert screen.presented == ["m1"]
    screen.show(scenes["message-line"])
    until(lambda: screen.presented == ["m1", "m1"])


def test_a_window_that_presents_no_frame_tells_nothing() -> None:
    told: list[str] = []
    watch = PresentedMessage(told.append, lambda: None)
    watch.frame_presented()
    watch.scene_set(sample_scenes("en")["message-look-two"])
    for _ in range(FRAMES - 1):
        watch.frame_presented()
    assert told == []
    watch.frame_presented()
    watch.frame_presented()
    assert told == ["m1"]


def test_a_message_that_has_gone_before_its_frame_is_not_told() -> None:
    told: list[str] = []
    watch = PresentedMessage(told.append, lambda: None)
    watch.scene_set(sample_scenes("en")["message-look-two"])
    watch.scene_set(sample_scenes("en")["wardrobe-three"])
    for _ in range(FRAMES + 1):
        watch.frame_presented()
    assert told == []
