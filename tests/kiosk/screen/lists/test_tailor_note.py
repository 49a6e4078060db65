"""The tailor's note on the glass: with its request, also when that is done, as it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.screen.tools.sample_services import altered, service_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness


@pytest.mark.parametrize(
    ("language", "price", "day"),
    [("en", "€18.50", "Thursday, 3 Dec"), ("de", "18,50", "Donnerstag, 3. Dez"), ("ja", "18.50", "12/3")],
)
def test_the_glass_shows_text_price_and_day(
    open_screen: Callable[..., ScreenHarness], language: str, price: str, day: str
) -> None:
    screen, scene = open_screen(), service_scenes(language)["request-alteration"]
    screen.show(scene)
    shown = screen.all_text()
    assert "Hem 2 cm shorter, <b>both</b> sleeves" in shown
    assert price in shown
    assert day in shown
    screen.show(replace(scene, requests=(replace(scene.requests[0], note=""),)))
    assert price not in screen.all_text(), "without a note there is no price"


def test_what_costs_nothing_is_not_said_to_be_paid(open_screen: Callable[..., ScreenHarness]) -> None:
    screen, scene = open_screen(), service_scenes("en")["request-alteration"]
    screen.show(replace(scene, requests=(altered("en", price=0),)))
    shown = screen.all_text()
    assert "at no charge" in shown
    assert "You pay" not in shown
