"""The garment page: its pictures one after the other, the price before a sale, care, and the age of the stock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.core.scene.scene import Scene
from kiosk.core.visit.touches import ColourChosen
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness
from tests.optional_values import present

OpenScreen = Callable[..., ScreenHarness]


def with_garment(scene: Scene, **changes: object) -> Scene:
    return replace(scene, garment=replace(present(scene.garment), **changes))  # type: ignore[arg-type]


def test_a_touch_shows_the_next_picture_and_after_the_last_the_first(open_screen: OpenScreen) -> None:
    screen, scene = open_screen(), sample_scenes("en")["garment-sale"]
    screen.show(scene)
    pictures = present(scene.garment).pictures
    seen = [screen.item("hero").property("path")]
    for _ in pictures:
        screen.touch("next-picture")
        screen.wait_until_idle()
        seen.append(screen.item("hero").property("path"))
    assert seen == [*pictures, pictures[0]]
    assert screen.touches == [], "the visit does not change"
    assert screen.qt_messages == []


def test_another_colour_begins_with_its_first_picture(open_screen: OpenScreen) -> None:
    screen, scene = open_screen(), sample_scenes("en")["garment-sale"]
    screen.show(scene)
    screen.touch("next-picture")
    other = tuple(reversed(present(scene.garment).pictures))
    screen.show(with_garment(scene, picture=other[0], pictures=other))
    assert screen.item("hero").property("path") == other[0]
    screen.show(with_garment(scene, pictures=other[:1], picture=other[0]))
    assert "next-picture" not in {item.objectName() for item in screen.items()}, "there is one picture"


def test_price_before_a_sale_and_care_are_on_the_page(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["garment-sale"])
    assert "€180  ·  before €240" in screen.all_text()
    assert "Wash at 30 °C, iron while damp" in screen.all_text()
    screen.show(sample_scenes("en")["garment"])
    assert "before" not in screen.all_text()


def test_the_age_of_the_stock_in_words(open_screen: OpenScreen) -> None:
    screen, scene = open_screen(), sample_scenes("en")["sizes"]
    words = {
        0: "Counted just now",
        89: "Counted 89 minutes ago",
        90: "Counted 2 hours ago",
        47 * 60: "Counted 47 hours ago",
        48 * 60: "Counted 2 days ago",
        7 * 24 * 60: "Counted 7 days ago",
    }
    for minutes, text in words.items():
        screen.show(with_garment(scene, stock_minutes=minutes))
        assert text in screen.all_text()
    screen.show(with_garment(scene, stock_minutes=-1))
    assert "Counted" not in screen.all_text(), "the age is not known"


def test_a_size_that_is_in_another_colour_is_one_touch_away(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["garment-other-colour"])
    assert "XS is sold out in this colour. In Navy it is here." in screen.all_text()
    screen.touch("action")
    assert screen.touches == [ColourChosen(7, "C1")]


def test_one_size_is_advised_and_the_other_one_is_also(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["sizes-two"])
    marks = [text for text in screen.all_text().splitlines() if text in ("advised", "also")]
    assert sorted(marks) == ["advised", "also"]


def test_the_symbols_of_the_care_label_are_on_the_page(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["garment"])
    shown = {str(item.objectName()) for item in screen.items() if item.objectName().startswith("care-")}
    assert shown == {
        f"care-{code}" for code in ("wash-30-mild", "no-bleach", "flat-dry", "iron-110", "dryclean-p")
    }
    screen.show(with_garment(sample_scenes("en")["garment"], symbols=()))
    assert not any(item.objectName().startswith("care-") for item in screen.items())
