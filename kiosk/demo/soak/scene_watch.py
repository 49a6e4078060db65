"""Waits for what a mirror shows."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.core.domain.status.mirror_status import ShownFrame
from kiosk.core.scene.scene import Scene


class SceneWatch:
    """Keeps the last scene of a mirror. `showing` is called by the visit's thread."""

    def __init__(self) -> None:
        self._scene: Scene | None = None
        self._changed = threading.Condition()

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
