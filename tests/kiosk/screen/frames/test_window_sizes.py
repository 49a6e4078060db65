"""What a window holds does not grow with its visits: Python's objects by type, QML's objects, pictures in memory."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from kiosk.screen.shown_frames import PictureSampler, PictureWatch
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, until

OpenScreen = Callable[..., ScreenHarness]
PAGES: Final = ("garment", "rest")
LANGUAGES: Final = ("en", "ar", "ja")


class KeepingSampler(PictureSampler):
    """The planted fault: the signal of each copy keeps a function that keeps the copy."""

    def look(self) -> None:
        super().look()
        grab = self._grab
        if grab is not None:
            grab.ready.connect(lambda: grab)


def visit(screen: ScreenHarness, watch: PictureWatch, sampler: PictureSampler, language: str) -> None:
    """A visit in one language: each page is shown and looked at, then everything is wiped."""
    scenes = sample_scenes(language)
    for page in PAGES:
        watch.scene_changed(scenes[page])
        screen.show(scenes[page])
        until(lambda: watch.page_to_look_at() is not None)
        sampler.look()
        until(lambda: watch.page_to_look_at() is None)
    screen.window.wipe()
    screen.wait_until_idle()


def sizes(screen: ScreenHarness) -> Counter[str]:
    """How many objects there are of each type of Python; an entry for QML's objects, and one for pictures."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # the search makes objects of Python for those of QML, which are not counted twice
    of_qml = len(screen.window.view.findChildren(QObject))
    gc.collect()
    kinds = (type(one) for one in gc.get_objects())
    there = Counter(kind.__qualname__ for kind in kinds if not str(kind.__module__).startswith("PySide6"))
    return there + Counter({"of QML": of_qml, "pictures": screen.window.cached_pictures})


def grown(screen: ScreenHarness, kind: type[PictureSampler], visits: int) -> dict[str, int]:
    """Types of which there is at least one more for each look, both from the first `visits` to twice as many and from
    there to three times as many."""
    ticks = count(0.0, 1.0)
    watch = PictureWatch(lambda: next(ticks))
    sampler = kind(screen.window.view, watch)
    sizes(screen)  # the first call loads and caches what the later ones use
    seen: list[Counter[str]] = []
    for number in range(1, 3 * visits + 1):
        visit(screen, watch, sampler, LANGUAGES[number % len(LANGUAGES)])
        if number % visits == 0:
            seen.append(sizes(screen))
    sampler.stop()
    first, second, third = seen
    steps = {name: min(second[name] - first[name], third[name] - second[name]) for name in third}
    return {name: step for name, step in steps.items() if step >= visits * len(PAGES)}


@pytest.mark.parametrize("visits", [2, pytest.param(30, marks=[pytest.mark.full, pytest.mark.timeout(600)])])
def test_three_times_the_visits_leave_no_more(open_screen: OpenScreen, visits: int) -> None:
    assert grown(open_screen(), PictureSampler, visits) == {}


@pytest.mark.full
def test_a_window_that_keeps_its_copies_is_found_out(open_screen: OpenScreen) -> None:
    assert "function" in grown(open_screen(), KeepingSampler, 1)
