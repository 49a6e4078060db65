"""Fixture of a mirror window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kiosk.screen.picture_loader import FetchPicture
from kiosk.screen.settings import ReaderSide, ScreenSettings
from kiosk.screen.tools.sample_garments import garment_pictures
from tests.kiosk.screen.screen_harness import ScreenHarness


@pytest.fixture
def open_screen() -> Iterator[Callable[..., ScreenHarness]]:
    """Opens windows and closes them after the test."""
    opened: list[ScreenHarness] = []

    def make(
        *,
        fetch: FetchPicture | None = None,
        side: str = "right",
        settings: ScreenSettings | None = None,
        size: tuple[int, int] = (540, 960),
    ) -> ScreenHarness:
        settings = settings or ScreenSettings(no_motion=True, drift=False, reader_side=ReaderSide(side))
        one = ScreenHarness(fetch or garment_pictures(None), settings, size)
        opened.append(one)
        return one

    yield make
    for one in opened:
        one.close()
