"""What the window holds of memory is flat over visits: at most 2 KB a visit after the first 200.

Measured is the heap that is in use (glibc, `mallinfo2`), always at rest after a wipe: resident memory also has what is
free between blocks in use, which differs from run to run. The slope is the median of all slopes between two samples
(Theil and Sen), which single samples do not move.
"""

from __future__ import annotations

import ctypes
import gc
import random
from collections.abc import Callable
from itertools import combinations
from statistics import median

import pytest
from PySide6.QtTest import QTest

from kiosk.screen.settings import ScreenSettings
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness

OpenScreen = Callable[..., ScreenHarness]
MAX_KB = 2.0
"""A visit."""
EVERY = 20
"""Visits between two samples."""


class _Heap(ctypes.Structure):
    """`struct mallinfo2` of malloc.h (glibc 2.33 and later)."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    ]  # fmt: skip


def heap_in_use_kb() -> float:
    """The heap in use in KB, with large blocks that have pages of their own."""
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Heap
    heap = ask()
    return float(heap.uordblks + heap.hblkhd) / 1024


def slope_kb(screen: ScreenHarness, visits: int, settled: int, leak: Callable[[], object]) -> float:
    """KB a visit after the first `settled` ones. A visit: six random scenes in three languages, then a wipe."""
    draw = random.Random(16)
    scenes = {language: sample_scenes(language) for language in ("en", "de", "ar")}
    names = [name for name in scenes["en"] if not name.startswith("pairing")]
    for language, name in ((language, name) for language in scenes for name in names):
        # what is kept once for a page, a language or a size of type
        screen.window.show(scenes[language][name])
        QTest.qWait(1)
    samples: list[tuple[int, float]] = []
    for visit in range(visits + 1):
        if visit >= settled and visit % EVERY == 0:
            gc.collect()
            screen.window.view.engine().collectGarbage()
            screen.wait_until_idle()
            samples.append((visit, heap_in_use_kb()))
        language = draw.choice(tuple(scenes))
        for name in draw.sample(names, 6):
            screen.window.show(scenes[language][name])
            QTest.qWait(3)
        leak()
        screen.window.show(scenes[language]["rest"])
        screen.window.wipe()
        screen.wait_until_idle()
    slopes = [
        (after - before) / (later - sooner) for (sooner, before), (later, after) in combinations(samples, 2)
    ]
    return median(slopes)


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("motion", [False, True], ids=["still", "moving"])
def test_a_thousand_visits_leave_nothing(motion: bool, open_screen: OpenScreen) -> None:
    screen = open_screen(settings=ScreenSettings(no_motion=not motion, drift=False))
    assert slope_kb(screen, 1000, 200, lambda: None) <= MAX_KB
    assert screen.qt_messages == []


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_planted_a_leak_of_20_kb_a_visit_is_found(open_screen: OpenScreen) -> None:
    kept: list[bytes] = []
    assert slope_kb(open_screen(), 240, 100, lambda: kept.append(b"x" * 20_000)) > MAX_KB
