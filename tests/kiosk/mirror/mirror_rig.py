"""A mirror without screen and readers, connected to a loopback store: its shell, effect runner and event stream."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from kiosk.core.domain.ids import RoomId
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import Event, GarmentArrived, StaffChanged
from kiosk.core.visit.state import Visit
from kiosk.core.wire import to_json
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.event_stream import StoreEventStream
from kiosk.mirror.shell import Shell
from kiosk.mirror.store_client import StoreClient
from tests.kiosk.mirror.loopback_store import LoopbackStore


class Clock:
    def __init__(self) -> None:
        self.us = 1_000_000

    def __call__(self) -> int:
        return self.us


class Seen:
    """A screen that keeps the last scene, and can wait for one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.scene: Scene | None = None
        self.wiped = 0

    def show(self, scene: Scene) -> None:
        with self._changed:
            self.scene = scene
            self._changed.notify_all()

    def wipe(self) -> None:
        self.wiped += 1

    def until(self, holds: Callable[[Scene], bool], within_s: float = 10) -> Scene:
        with self._changed:
            assert self._changed.wait_for(lambda: self.scene is not None and holds(self.scene), within_s), (
                self.scene
            )
            assert self.scene is not None
            return self.scene


class MirrorRig:
    """Runs from its creation to `close`."""

    def __init__(self, store: LoopbackStore) -> None:
        self.seen, self.clock = Seen(), Clock()
        client = StoreClient(store.url, "1", "token")
        self.effects = EffectRunner(client, self.tell, self.clock)
        self.shell = Shell(
            Visit(RoomId("1"), "boot"),
            now_us=self.clock,
            show=self.seen.show,
            wipe=self.seen.wipe,
            run=self.effects.run,
        )
        self.stream = StoreEventStream(client, self.shell.post_message)
        self.client = client
        self.shell.start()
        self.stream.start()

    def tell(self, *events: Event) -> None:
        for event in events:
            self.shell.post(event)

    def close(self) -> None:
        self.stream.close()
        self.shell.close()
        self.effects.close()
        self.client.close()


def snapshot(*pieces: GarmentArrived, radio: bool = True) -> dict[str, Any]:
    staff = to_json(StaffChanged(0, ("Inès",), 2))
    return {"is": "Snapshot", "pieces": [to_json(p) for p in pieces], "radio": radio, "staff": staff}
