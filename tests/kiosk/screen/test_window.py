"""The window: calls from any thread, the language of the scene, identical pictures, and no data left after a visit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.core.scene.scene import Scene
from kiosk.core.visit.touches import Touch
from kiosk.screen.list_model import KeyedListModel
from kiosk.screen.settings import PageArea, ScreenSettings
from kiosk.screen.tools.sample_scenes import sample_scenes
from kiosk.screen.view_models import ViewModel
from tests.kiosk.screen.screen_harness import ScreenHarness, box, until

OpenScreen = Callable[..., ScreenHarness]


def test_scenes_from_many_threads_end_with_the_last_one(open_screen: OpenScreen) -> None:
    screen = open_screen()
    rest, wardrobe = sample_scenes("en")["rest"], sample_scenes("en")["wardrobe-three"]

    def show_in_turns() -> None:
        for n in range(200):
            screen.window.show(rest if n % 2 else wardrobe)

    threads = [threading.Thread(target=show_in_turns) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    screen.show(wardrobe)
    assert "Poplin shirt" in screen.all_text()
    assert screen.qt_messages == []


def test_the_time_of_the_first_frame_is_known(open_screen: OpenScreen) -> None:
    screen = open_screen()
    until(lambda: screen.window.first_frame is not None)


def test_frames_are_presented_and_counted_while_nothing_changes(open_screen: OpenScreen) -> None:
    """A watchdog needs them: a mirror that shows black all morning must not look like a dead one."""
    screen = open_screen()
    until(lambda: screen.window.first_frame is not None)
    before, looks = screen.window.frames.count, QTimer(interval=5)

    def look() -> None:
        if screen.window.frames.count >= before + 20:
            screen.window.quit()

    looks.timeout.connect(look)
    looks.start()
    assert screen.window.run(redraw_ms=5) == 0
    assert not screen.window.frames.is_late


def test_the_language_changes_in_place_and_back(open_screen: OpenScreen) -> None:
    screen = open_screen()
    scene = sample_scenes("en")["ask"]
    screen.show(scene)
    assert "What may we do for you?" in screen.all_text()
    screen.show(replace(scene, language="de"))
    assert "Was dürfen wir für Sie tun?" in screen.all_text()
    assert "Hilfe" in screen.all_text()
    screen.show(scene)
    assert "Help" in screen.all_text()
    assert "Hilfe" not in screen.all_text()


def test_a_language_without_translation_is_english(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(replace(sample_scenes("en")["ask"], language="tlh"))
    assert "What may we do for you?" in screen.all_text()


def test_right_to_left_mirrors_everything_except_the_reader_arrow(open_screen: OpenScreen) -> None:
    screen = open_screen()
    middle = 270.0
    screen.show(sample_scenes("en")["garment"])
    assert box(screen.item("help")).center().x() > middle
    assert box(screen.item("hero")).center().x() < middle
    screen.show(sample_scenes("ar")["garment"])
    assert box(screen.item("help")).center().x() < middle
    assert box(screen.item("hero")).center().x() > middle
    screen.show(sample_scenes("ar")["pay-tap"])
    assert box(screen.item("reader-arrow")).center().x() > middle


def test_pages_are_placed_low_or_centred_as_set(open_screen: OpenScreen) -> None:
    tops = {}
    for page_area in PageArea:
        screen = open_screen(settings=ScreenSettings(no_motion=True, drift=False, page_area=page_area))
        screen.show(sample_scenes("en")["ask"])
        tops[page_area] = box(screen.item("content")).top()
    assert tops[PageArea.LOWER] > 960 / 3 > tops[PageArea.FULL]


def test_the_arrow_points_to_the_reader(open_screen: OpenScreen) -> None:
    centres = {}
    for side in ("left", "right", "below"):
        screen = open_screen(side=side)
        screen.show(sample_scenes("en")["pay-tap"])
        centres[side] = box(screen.item("reader-arrow")).center()
        assert {"below": "below the mirror"}.get(side, f"to the {side}") in screen.all_text()
    assert centres["left"].x() < 270 < centres["right"].x()
    assert centres["below"].y() > centres["left"].y()


def test_two_pictures_of_one_scene_are_byte_identical(open_screen: OpenScreen, tmp_path: Path) -> None:
    taken = []
    for n in range(2):
        screen = open_screen()
        for name in ("wardrobe-three", "garment", "receipt-known"):
            screen.show(sample_scenes("en")[name])
            file = tmp_path / f"{name}-{n}.png"
            done = threading.Event()
            screen.window.save_picture(file, done=done.set)
            until(done.is_set)
            taken.append(file.read_bytes())
    assert taken[:3] == taken[3:]
    assert len(set(taken)) == 3


def test_with_motion_the_window_ends_with_the_same_picture(open_screen: OpenScreen) -> None:
    """Nearly the same: the software renderer of Qt may skip the last step of a fade."""
    pictures = []
    for settings in (ScreenSettings(no_motion=True, drift=False), ScreenSettings(drift=False)):
        screen = open_screen(settings=settings)
        screen.show(sample_scenes("en")["wardrobe-three"])
        screen.show(sample_scenes("en")["garment"])
        pictures.append(screen.window.view.grabWindow())
    assert difference(*pictures) < 0.5
    pictures[1].fill(0)
    assert difference(*pictures) > 5


def test_with_motion_every_piece_ends_fully_opaque(open_screen: OpenScreen) -> None:
    moving, no_motion = open_screen(settings=ScreenSettings(drift=False)), open_screen()
    scenes = sample_scenes("en")
    for name in ("wardrobe-empty", "wardrobe-two", "wardrobe-three", "wardrobe-eight", "wardrobe-six"):
        moving.window.show(scenes[name])
        QTest.qWait(40)
    moving.wait_until_idle()
    no_motion.show(scenes["wardrobe-six"])
    names = {item.objectName() for item in moving.items()}
    assert names >= {f"piece-E{n}" for n in range(6)}
    assert difference(moving.window.view.grabWindow(), no_motion.window.view.grabWindow()) < 0.5


def difference(one: QImage, other: QImage) -> float:
    """Mean difference of the bytes of two pictures."""
    pairs = list(zip(bytes(one.constBits())[::97], bytes(other.constBits())[::97], strict=True))
    return sum(abs(a - b) for a, b in pairs) / len(pairs)


def texts_left_over(screen: ScreenHarness, texts: tuple[str, ...]) -> set[str]:
    """Those of the words that are found in any item or view model."""
    held: list[str] = [str(item.property("text")) for item in _all_items(screen) if item.property("text")]
    _collect_values(screen.window.scene_view_model, held)
    return {text for text in texts if any(text in one for one in held)}


def _all_items(screen: ScreenHarness) -> list[QQuickItem]:
    waiting, found = [screen.window.view.rootObject()], list[QQuickItem]()
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting += item.childItems()
    return found


def _collect_values(card: ViewModel, held: list[str]) -> None:
    for value in card.values():
        if isinstance(value, ViewModel):
            _collect_values(value, held)
        elif isinstance(value, KeyedListModel):
            held += [str(row) for row in value.rows()]
        else:
            held.append(str(value))


_PRIVATE = ("Clara", "OST-2026-004711", "7Kq2vXw9sTn4", "Poplin", "41 of 60", "4242")


def _show_a_visit(screen: ScreenHarness) -> Scene:
    scenes = sample_scenes("en")
    for name in ("wardrobe-known", "garment", "pay-confirm", "receipt-known"):
        screen.show(scenes[name])
    assert texts_left_over(screen, _PRIVATE)
    return scenes["rest"]


def test_after_a_wipe_no_data_of_the_shopper_is_left(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(_show_a_visit(screen))
    screen.window.wipe()
    screen.wait_until_idle()
    assert texts_left_over(screen, _PRIVATE) == set()
    assert screen.window.cached_pictures == 0


def test_without_a_wipe_data_is_left_and_found(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(_show_a_visit(screen))
    assert "OST-2026-004711" in texts_left_over(screen, _PRIVATE)
    assert screen.window.cached_pictures > 0


def test_the_wipe_may_come_before_the_next_scene(open_screen: OpenScreen) -> None:
    screen = open_screen()
    rest = _show_a_visit(screen)
    screen.window.wipe()
    screen.show(rest)
    screen.wait_until_idle()
    assert texts_left_over(screen, _PRIVATE) == set()


def test_quit_from_another_thread_ends_the_loop(open_screen: OpenScreen) -> None:
    sent: list[Touch] = []
    screen = open_screen()
    timer = threading.Timer(0.05, screen.window.quit)
    timer.start()
    assert QCoreApplication.exec() == 0
    timer.join()
    assert sent == []


def test_pieces_that_stay_keep_their_delegate(open_screen: OpenScreen) -> None:
    """The delegate is the same object; a new one would flicker."""
    screen = open_screen()
    three = sample_scenes("en")["wardrobe-three"]
    screen.show(three)
    before = screen.item("piece-E2")
    screen.show(replace(three, pieces=three.pieces[1:]))
    assert screen.item("piece-E2") is before
