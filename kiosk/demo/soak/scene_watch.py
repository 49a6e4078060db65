"""Waits for what a mirror shows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final

from kiosk.core.domain.status.mirror_status import ShownFrame
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import Event, Tick

MAX_TRAIL: Final = 16


class SceneWatch:
    """Keeps the last scene of a mirror. `showing` is called by the visit's thread."""

    def __init__(self) -> None:
        self._scene: Scene | None = None
        self._changed = threading.Condition()
        self._trail: deque[str] = deque(maxlen=MAX_TRAIL)

    @property
    def trail(self) -> str:
        """The last events of the visit, the newest last: their names, and states of payments. Nothing of a person."""
        return ", ".join(tuple(self._trail))

    def happened(self, event: Event) -> None:
        """An event was stepped."""
        if not isinstance(event, Tick):
            state = getattr(event, "state", None)
            detail = f" {state.value}" if isinstance(state, Enum) else ""
            self._trail.append(f"{type(event).__name__}{detail}")

    def showing(self, scene: Scene) -> None:
        """A scene is shown now."""
        with self._changed:
            self._scene = scene
            self._changed.notify_all()

    def wait(self, holds: Callable[[Scene], bool], within_s: float) -> Scene | None:
        """The first scene from now on that holds that; None if none was shown in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._scene is not None and holds(self._scene), within_s)
            scene = self._scene
        return scene if scene is not None and holds(scene) else None


class HeadlessScreen:
    """The screen of a mirror without a window."""

    def __init__(self) -> None:
        self._closed = threading.Event()

    def show(self, scene: Scene) -> None:
        """Nothing is drawn."""

    def wipe(self) -> None:
        """Nothing is cached."""

    def shown(self) -> ShownFrame:
        """There are no frames, and nothing that could be frozen."""
        return ShownFrame()

    def run(self) -> int:
        """Wait until `quit`."""
        self._closed.wait()
        return 0

    def quit(self) -> None:
        self._closed.set()
