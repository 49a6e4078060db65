"""The picture loader: late, broken and missing pictures, the cache, and clearing it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.scene.outline import Outline, outline_of
from kiosk.screen.picture_loader import PictureLoader, height_step
from kiosk.screen.tools.sample_garments import garment_pictures
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, until
from tests.optional_values import present

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


def outlines(screen: ScreenHarness) -> set[str]:
    """The drawings that stand in for pictures now."""
    return {str(item.objectName()) for item in screen.items() if item.objectName().startswith("outline-")}


class AwayStore:
    """A source of pictures that fails as long as it is away."""

    def __init__(self) -> None:
        self.away = True
        self._drawn = garment_pictures(None)

    def __call__(self, path: str, height: int) -> bytes | None:
        return None if self.away else self._drawn(path, height)


def test_a_picture_that_failed_is_fetched_again(open_screen: OpenScreen) -> None:
    store = AwayStore()
    screen = open_screen(fetch=store)
    screen.show(sample_scenes("en")["wardrobe-three"])
    assert placeholder_count(screen) == 6
    store.away = False
    until(lambda: placeholder_count(screen) == 0)
    screen.wait_until_idle()
    assert screen.qt_messages == []


def shown_while_away(retries_s: tuple[float, ...], again: int) -> list[str]:
    """What the loader gives for a picture of 480 px: its small copy is there, the store then fails `again` times."""
    tries: list[int] = []
    drawn = garment_pictures(None)

    def fetch(path: str, height: int) -> bytes | None:
        if height == 240:
            return drawn(path, height)
        tries.append(height)
        return drawn(path, height) if len(tries) > again else None

    pictures = PictureLoader(fetch, retries_s)
    path = "gallery/bag/8b5330.png"
    try:
        pictures.source(path, 200)
        until(lambda: not pictures.loading_count)
        shown = [pictures.source(path, 400)]
        until(lambda: bool(tries) and not pictures.loading_count)
        shown.append(pictures.source(path, 400))
        until(lambda: len(tries) > again or retries_s[0] > 60)
        if retries_s[0] < 60:
            until(lambda: "/480/" in pictures.source(path, 400))
        shown.append(pictures.source(path, 400))
        return ["480" if "/480/" in one else "240" if "/240/" in one else one for one in shown]
    finally:
        pictures.close()


def test_the_smaller_copy_is_shown_until_then() -> None:
    assert shown_while_away((0.02, 0.04), again=3) == ["240", "240", "480"]


def test_planted_a_loader_that_never_tries_again_is_caught() -> None:
    assert shown_while_away((3600.0,), again=1) == ["240", "240", "240"]


def test_after_clear_nothing_is_fetched_again() -> None:
    asked: list[str] = []
    pictures = PictureLoader(lambda path, _: asked.append(path), (0.01,))
    pictures.source("a.png", 100)
    until(lambda: len(asked) > 2)
    pictures.clear()
    assert pictures.cached_count == 0
    until(lambda: not pictures.loading_count)
    before = len(asked)
    spent = threading.Event()
    later = PictureLoader(lambda *_: spent.set(), (3600.0,))
    later.source("b.png", 100)
    until(spent.is_set)
    assert len(asked) <= before + 1, "one may have been under way"
    pictures.close()
    later.close()


def test_what_stands_in_is_of_the_pieces_category(open_screen: OpenScreen) -> None:
    screen = open_screen(fetch=lambda *_: None)
    scene = sample_scenes("en")["wardrobe-three"]
    pieces = [
        replace(piece, outline=outline_of(category))
        for piece, category in zip(scene.pieces, ("Handbags", "Chelsea boots", "Kleider"), strict=True)
    ]
    screen.show(replace(scene, pieces=tuple(pieces), looks=()))
    assert outlines(screen) == {"outline-bag", "outline-shoes", "outline-dress"}
    assert screen.qt_messages == []


@pytest.mark.parametrize("outline", Outline)
def test_every_outline_is_drawn(outline: Outline, open_screen: OpenScreen) -> None:
    """Each in its own way, so that none falls back to the hanger."""
    pictures = {}
    for one in (outline, Outline.HANGER):
        screen = open_screen(fetch=lambda *_: None)
        scene = sample_scenes("en")["garment"]
        screen.show(replace(scene, garment=replace(present(scene.garment), outline=one)))
        grabbed = screen.window.view.grabWindow()  # its bits live as long as it does
        pictures[one] = bytes(grabbed.constBits())
    assert (pictures[outline] == pictures[Outline.HANGER]) is (outline is Outline.HANGER)
