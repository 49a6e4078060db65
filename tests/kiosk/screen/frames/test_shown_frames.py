"""What the window really presents: a calm mirror is told apart from a frozen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from hardware.threads.heartbeat import Heartbeat
from kiosk.core.domain.status.mirror_status import FrameFault
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.navigation import Page
from kiosk.screen.shown_frames import CALM_S, SETTLED_S, PictureSampler, PictureWatch, page_key
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, until

OpenScreen = Callable[..., ScreenHarness]
SCENE = sample_scenes("en")["rest"]


def on(page: Page, *, dark: bool = False) -> Scene:
    return replace(SCENE, page=page, dark=dark)


class Rig:
    """A watch with a clock that the test sets; frames are presented until `freeze`."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.watch = PictureWatch(lambda: self.now_s)
        self.frames = Heartbeat(clock=lambda: self.now_s)

    def pass_s(self, seconds: float, *, frames: bool = True) -> None:
        self.now_s += seconds
        if frames:
            self.frames.beat()

    def shows(self, scene: Scene, picture: str) -> None:
        """The window is told to show a scene, and its picture is looked at when it is time."""
        self.watch.scene_changed(scene)
        self.pass_s(SETTLED_S)
        page = self.watch.page_to_look_at()
        if page is not None:
            self.watch.looked(page, picture)

    @property
    def fault(self) -> FrameFault | None:
        return self.watch.frame(self.frames).fault


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ((), None),
        ((("rest", "aa"), ("ask", "bb"), ("fit", "cc"), ("rest", "aa")), None),
        ((("rest", "aa"), ("ask", "aa"), ("ask", "bb")), None),
        ((("rest", "aa"), ("rest", "aa"), ("rest", "aa"), ("rest", "aa")), None),
        ((("rest", "aa"), ("ask", "aa"), ("fit", "aa")), FrameFault.SAME_PICTURE),
        ((("rest", "aa"), ("ask", "aa"), ("rest", "aa")), FrameFault.SAME_PICTURE),
        ((("rest", "aa"), ("ask", "aa"), ("fit", "aa"), ("rest", "bb")), None),
    ],
    ids=["nothing", "all-differ", "one-alike", "calm", "frozen", "frozen-to-and-fro", "well-again"],
)
def test_pages_and_pictures(shown: tuple[tuple[str, str], ...], fault: FrameFault | None) -> None:
    rig = Rig()
    for page, picture in shown:
        rig.shows(on(Page(page)), picture)
    assert rig.fault is fault


def test_a_mirror_without_frames_is_frozen_and_a_calm_one_is_not() -> None:
    rig = Rig()
    rig.shows(on(Page.REST, dark=True), "00")
    for _ in range(1000):
        rig.pass_s(2)
    assert rig.fault is None, "black all night"
    rig.pass_s(30.1, frames=False)
    assert rig.fault is FrameFault.NO_FRAMES
    rig.frames.beat()
    assert rig.fault is None


def test_a_watchdog_is_fed_until_the_glass_is_frozen_and_again_when_it_is_well() -> None:
    rig = Rig()
    fed = [rig.watch.progress(rig.frames)]
    for page, picture in (("rest", "aa"), ("ask", "aa"), ("fit", "aa"), ("rest", "aa"), ("ask", "bb")):
        rig.shows(on(Page(page)), picture)
        fed.append(rig.watch.progress(rig.frames))
    grows = [now > before for before, now in pairwise(fed)]
    assert grows == [True, True, False, False, True], "frames went on all the time"


def test_a_page_is_looked_at_when_its_fade_is_over_and_then_once_a_minute() -> None:
    rig = Rig()
    assert rig.watch.page_to_look_at() is None
    rig.watch.scene_changed(on(Page.ASK))
    assert rig.watch.page_to_look_at() is None
    rig.pass_s(SETTLED_S)
    assert rig.watch.page_to_look_at() == "ask"
    rig.watch.looked("ask", "aa")
    assert rig.watch.page_to_look_at() is None
    rig.pass_s(CALM_S)
    assert rig.watch.page_to_look_at() == "ask"
    rig.watch.scene_changed(on(Page.FIT))
    rig.watch.looked("ask", "aa")
    assert rig.watch.frame(rig.frames).picture_age_ms == CALM_S * 1000, (
        "a page that was left counts for nothing"
    )


def test_scenes_without_light_are_one_page() -> None:
    assert {page_key(on(page, dark=True)) for page in Page} == {"dark"}


def looked_at(
    screen: ScreenHarness, watch: PictureWatch, scenes: tuple[Scene, ...], *, stuck: bool
) -> list[str]:
    """The pictures of scenes; `stuck`: the window is told of them and goes on to show what it did."""
    found: list[str] = []
    sampler = PictureSampler(screen.window.view, watch)
    for scene in scenes:
        watch.scene_changed(scene)
        if not stuck:
            screen.show(scene)
        until(lambda: watch.page_to_look_at() is not None)
        sampler.look()
        until(lambda: watch.page_to_look_at() is None)
        found.append(watch.frame(screen.window.frames).picture)
    sampler.stop()
    return found


@pytest.mark.parametrize("stuck", [False, True], ids=["sound", "planted-stuck"])
def test_a_real_window_that_follows_its_scenes_and_one_that_does_not(
    open_screen: OpenScreen, *, stuck: bool
) -> None:
    """The planted fault: frames are presented as before, and the pages stay away."""
    screen, now_s = open_screen(), [0.0]

    def clock() -> float:
        now_s[0] += 1.0
        return now_s[0]

    watch = PictureWatch(clock)
    samples = sample_scenes("en")
    pictures = looked_at(
        screen, watch, tuple(samples[name] for name in ("ask", "rest", "wardrobe-three")), stuck=stuck
    )
    assert len(set(pictures)) == (1 if stuck else 3)
    assert watch.frame(screen.window.frames).fault is (FrameFault.SAME_PICTURE if stuck else None)
