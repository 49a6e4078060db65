"""A mirror as it is put together: with a screen of the test's own, before a loopback store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from threading import Condition
from threading import Event as Signal

import pytest

from kiosk.config import parse_mirror
from kiosk.core.domain.status.mirror_status import ShownFrame
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import Event, StoreBack
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import ScreenWoken, Touch
from kiosk.mirror_app import FetchPicture, build_mirror
from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import snapshot


class ListScreen:
    """A screen that keeps its scenes; `touch` sends a touch."""

    def __init__(self, send: Callable[[Touch], None], fetch: FetchPicture) -> None:
        self.touch, self.fetch = send, fetch
        self.scenes: list[Scene] = []
        self._changed = Condition()

    def show(self, scene: Scene) -> None:
        with self._changed:
            self.scenes.append(scene)
            self._changed.notify_all()

    def wipe(self) -> None:
        """Nothing is cached."""

    def shown(self) -> ShownFrame:
        return ShownFrame(count=len(self.scenes), page="rest")

    def run(self) -> int:
        return 0

    def quit(self) -> None:
        """Nothing runs."""

    def until(self, holds: Callable[[Scene], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(holds, self.scenes)), 10), self.scenes[-1:]


@pytest.fixture
def store() -> Iterator[LoopbackStore]:
    one = LoopbackStore()
    one.replies[("PUT", "/visit")] = lambda _: (204, None)
    shop = {"name": "Ostrevane", "language": "fr", "languages": ["fr", "de"], "currency": "EUR"}
    one.replies[("GET", "/shop")] = lambda _: (200, shop)
    one.say("Snapshot", snapshot())
    yield one
    one.close()


def test_a_mirror_shows_scenes_takes_touches_and_closes(store: LoopbackStore) -> None:
    config = parse_mirror(json.dumps({"store": store.url, "room": "1", "screen": {"language": "de"}}))
    observed: list[str] = []
    connected = Signal()

    def observe(visit: Visit, event: Event, effects: tuple[Effect, ...], scene: Scene) -> None:
        assert visit.now_us >= event.at_us > 0
        assert scene.page is visit.page
        assert isinstance(effects, tuple)
        observed.append(type(event).__name__)
        if isinstance(event, StoreBack):
            connected.set()

    mirror = build_mirror(config, ListScreen, observe=observe)
    screen = mirror.screen
    assert isinstance(screen, ListScreen)
    mirror.start()
    try:
        screen.until(lambda scene: scene.house == "Ostrevane")
        screen.touch(ScreenWoken(0))
        screen.until(lambda scene: scene.page is Page.WARDROBE)
        assert screen.scenes[-1].language == "de", "the configuration's language replaces the shop's"
        assert screen.fetch("S1-WHI.webp", 400) is None
        assert connected.wait(20)
    finally:
        mirror.close()
    assert {"ShopDescribed", "ScreenWoken", "StoreBack"} <= set(observed)
