"""Many pieces: eight are shown at a time at their full size, with the looks; basket and pay page stay readable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtQml import QQmlExpression, qmlContext

from kiosk.core.scene.scene import Scene
from kiosk.screen.tools.sample_scenes import sample_scenes
from kiosk.screen.tools.sample_wardrobe import wardrobe
from tests.kiosk.screen.screen_harness import ScreenHarness
from tests.optional_values import present

OpenScreen = Callable[..., ScreenHarness]


def shown(screen: ScreenHarness, begins: str) -> list[str]:
    names = [str(item.objectName()) for item in screen.items()]
    return [name.removeprefix(begins) for name in names if name.startswith(begins)]


def scale(screen: ScreenHarness) -> float:
    return screen.item("content").scale()


@pytest.mark.parametrize("count", [9, 11, 20, 36])
def test_all_pieces_are_reached_eight_at_a_time(count: int, open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(wardrobe("en", count))
    seen: set[str] = set()
    for _ in range(-(-count // 8)):
        part = shown(screen, "piece-")
        assert len(part) == 8
        assert len(shown(screen, "look-")) == 3, "the looks are kept"
        assert scale(screen) >= 0.9
        seen |= set(part)
        screen.touch("other-pieces")
        screen.wait_until_idle()
    assert len(seen) == count
    assert shown(screen, "piece-") == [f"E{n}" for n in range(8)], "after the last part the first"
    assert screen.qt_messages == []


def test_few_pieces_have_no_parts(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(wardrobe("en", 8))
    assert len(shown(screen, "piece-")) == 8
    assert "other-pieces" not in shown(screen, "")


def test_a_piece_that_comes_is_shown_at_once(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for count in range(1, 21):
        screen.show(wardrobe("en", count))
        assert f"E{count - 1}" in shown(screen, "piece-")
    screen.show(wardrobe("en", 12))
    assert "E11" in shown(screen, "piece-")
    screen.show(wardrobe("en", 5))
    assert shown(screen, "piece-") == [f"E{n}" for n in range(5)]
    assert screen.qt_messages == []


def test_a_long_basket_is_readable(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["basket-thirty-six"])
    assert len(shown(screen, "line-")) == 10
    assert scale(screen) >= 0.85
    assert "1 to 10 of 36" in screen.all_text()
    assert "20 pieces" in screen.all_text()


@pytest.mark.parametrize(("name", "more"), [("pay-twenty", 16), ("pay-thirty-six", 32)])
def test_the_pay_page_names_a_few_and_counts_the_rest(name: str, more: int, open_screen: OpenScreen) -> None:
    screen = open_screen()
    scene: Scene = sample_scenes("en")[name]
    screen.show(scene)
    assert f" and {more} more" in screen.all_text()
    assert scale(screen) >= 0.9
    assert scene.pay is not None
    screen.show(replace(scene, pay=replace(scene.pay, pieces=scene.pay.pieces[:5])))
    assert "more" not in screen.all_text()


def test_planted_a_page_of_all_pieces_is_scaled_down(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(wardrobe("en", 36))
    grid = next(item for item in screen.items() if item.metaObject().className().startswith("PieceGrid"))
    QQmlExpression(present(qmlContext(grid)), grid, "list.size = 36").evaluate()
    screen.wait_until_idle()
    assert scale(screen) < 0.9
