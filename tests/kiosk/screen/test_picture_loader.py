"""The picture loader: late, broken and missing pictures, the cache, and clearing it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from kiosk.screen.picture_loader import PictureLoader, height_step
from kiosk.screen.tools.sample_garments import garment_pictures
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, until

OpenScreen = Callable[..., ScreenHarness]


def placeholder_count(screen: ScreenHarness) -> int:
    return sum(item.metaObject().className().startswith("PicturePlaceholder") for item in screen.items())


def _raises(path: str, height: int) -> bytes | None:
    raise OSError(f"cannot fetch {path} at {height}")


@pytest.mark.parametrize(
    "fetch",
    [
        lambda *_: None,
        lambda *_: b"",
        lambda *_: b"<svg",
        lambda *_: b"\x89PNG\r\n\x1a\n" * 9,
        _raises,
    ],
)
def test_a_broken_picture_shows_a_placeholder(
    fetch: Callable[[str, int], bytes | None], open_screen: OpenScreen
) -> None:
    screen = open_screen(fetch=fetch)
    screen.show(sample_scenes("en")["wardrobe-three"])
    assert placeholder_count(screen) == 6
    assert "Poplin shirt" in screen.all_text()
    assert screen.qt_messages == []


def test_with_all_pictures_there_is_no_placeholder(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["wardrobe-three"])
    assert placeholder_count(screen) == 0


def test_a_slow_picture_does_not_delay_the_page(open_screen: OpenScreen) -> None:
    gate = threading.Event()
    drawn = garment_pictures(None)

    def slow(path: str, height: int) -> bytes | None:
        gate.wait(20)
        return drawn(path, height)

    screen = open_screen(fetch=slow)
    screen.window.show(sample_scenes("en")["wardrobe-three"])
    until(lambda: "Poplin shirt" in screen.all_text())
    gate.set()
    screen.wait_until_idle()
    assert placeholder_count(screen) == 0


def test_a_picture_is_fetched_once_for_each_height(open_screen: OpenScreen) -> None:
    asked: list[tuple[str, int]] = []
    drawn = garment_pictures(None)

    def fetch(path: str, height: int) -> bytes | None:
        asked.append((path, height))
        return drawn(path, height)

    screen = open_screen(fetch=fetch)
    for name in ("wardrobe-three", "wardrobe-known", "basket", "wardrobe-three"):
        screen.show(sample_scenes("en")[name])
    assert len(asked) == len(set(asked))


def test_a_picture_that_arrives_after_clear_is_dropped() -> None:
    gate, done = threading.Event(), threading.Event()

    def late(path: str, height: int) -> bytes | None:
        gate.wait(20)
        done.set()
        return garment_pictures(None)(path, height)

    pictures = PictureLoader(late)
    pictures.source("gallery/coat/b98d5e.png", 200)
    assert pictures.loading_count == 1
    pictures.clear()
    gate.set()
    until(done.is_set)
    pictures.close()
    assert pictures.cached_count == 0
    assert pictures.loading_count == 0


def test_heights_are_fetched_in_steps() -> None:
    assert [height_step(n) for n in (1, 240, 241, 700, 5000)] == [240, 240, 480, 720, 2160]
