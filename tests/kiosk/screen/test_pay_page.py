"""The pay page: the button says what it does, whatever the reason of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.core.scene.service_cards import NOT_HERE
from kiosk.screen.tools.sample_payments import payment_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness
from tests.optional_values import present


def test_the_button_of_a_refusal_says_what_it_does(open_screen: Callable[..., ScreenHarness]) -> None:
    screen, scene = open_screen(), payment_scenes("en")["pay-declined"]
    for why in (*sorted(NOT_HERE), "busy", "timeout", "over-limit", ""):
        screen.show(replace(scene, pay=replace(present(scene.pay), why=why)))
        shown = screen.all_text().splitlines()
        assert ("Call someone" in shown) is (why in NOT_HERE), why
        assert ("Try again" in shown) is (why not in NOT_HERE and why != "over-limit"), why
