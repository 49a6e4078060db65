"""A glass for each test that asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kiosk.screen.pictures import Fetch
from kiosk.screen.style import GlassStyle, ReaderSide
from kiosk.screen.tools.contact_sheet_drawing import garments_from
from tests.kiosk.screen.hall import Hall


@pytest.fixture
def hall() -> Iterator[Callable[..., Hall]]:
    """Opens glasses and closes them after the test."""
    opened: list[Hall] = []

    def make(
        *,
        fetch: Fetch | None = None,
        side: str = "right",
        style: GlassStyle | None = None,
        size: tuple[int, int] = (540, 960),
    ) -> Hall:
        style = style or GlassStyle(still=True, drift=False, reader_side=ReaderSide(side))
        one = Hall(fetch or garments_from(None), style, size)
        opened.append(one)
        return one

    yield make
    for one in opened:
        one.close()
