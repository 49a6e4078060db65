"""The page on which a technician connects the mirror: keys by touch, digits from left to right in every language."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.visit.pairing import PairingKey
from kiosk.core.visit.touches import LanguageChosen, PairingKeyPressed
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness, box

OpenScreen = Callable[..., ScreenHarness]


def test_every_key_sends_its_touch(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["pairing-typing"])
    for key in [k for k in PairingKey if k not in (PairingKey.OPEN, PairingKey.CLOSE)]:
        screen.touch(f"key-{key.value}")
    assert [t.key.value for t in screen.touches if isinstance(t, PairingKeyPressed)] == [
        *"0123456789", "erase",
    ]  # fmt: skip
    screen.touch("speak-ar")
    assert isinstance(screen.touches[-1], LanguageChosen)
    screen.show(sample_scenes("en")["pairing-closed"])
    screen.touch("pairing-open")
    last = screen.touches[-1]
    assert isinstance(last, PairingKeyPressed)
    assert last.key is PairingKey.OPEN


def test_digits_stand_from_left_to_right_in_arabic(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("ar")["pairing-typing"])
    one, three, title = (box(screen.item(name)) for name in ("key-1", "key-3", "pairing-title"))
    assert one.x() < three.x()
    content = box(screen.item("content"))
    assert abs(title.right() - content.right()) < 2, "the rest stands from right to left"
