"""Tells when a message of an associate is on the glass: when the window has presented frames with it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.core.scene.scene import Scene

FRAMES: Final = 2
"""The first frame after a scene was set may have been drawn before it."""


class PresentedMessage:
    """Safe from any thread: frames may be presented by a thread of their own.

    `told` gets the id of a message each time it has come onto the glass; `redraw` asks for a frame.
    """

    def __init__(self, told: Callable[[str], None], redraw: Callable[[], None]) -> None:
        self._told, self._redraw, self._lock = told, redraw, Lock()
        self._shown, self._frames_left = "", 0

    def scene_set(self, scene: Scene) -> None:
        """The window shows this scene from its next frame on."""
        shown = scene.message.message_id if scene.message is not None else ""
        with self._lock:
            if shown == self._shown:
                return
            self._shown, self._frames_left = shown, FRAMES if shown else 0
        if shown:
            self._redraw()

    def frame_presented(self) -> None:
        """The window has presented a frame."""
        with self._lock:
            if not self._frames_left:
                return
            self._frames_left -= 1
            frames_left, shown = self._frames_left, self._shown
        if frames_left:
            self._redraw()
        else:
            self._told(shown)
