"""Knowing when a frame is final: the scene applied, every picture in, nothing moving any more."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickView

from kiosk.screen.picture_loader import PictureLoader

_LOOK_MS = 15
_QUIET_LOOKS = 4
"""Looks in a row without a frame between them. Counted, not timed: whatever moves is served between two looks, however
slow the machine is."""
_MOTION_S = 0.9
"""Longer than the longest finite motion of the theme, with its stagger."""


class IdleDetector(QObject):
    """Calls back once the view has come to rest. Perpetual motion must have been stilled before."""

    def __init__(self, view: QQuickView, pictures: PictureLoader, *, no_motion: bool) -> None:
        super().__init__()
        self._pictures = pictures
        self._motion_s = 0.0 if no_motion else _MOTION_S
        self._waiting: list[Callable[[], None]] = []
        self._stirred = monotonic()
        self._quiet = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        view.frameSwapped.connect(self._on_frame)
        pictures.changed.connect(self.stir)

    def stir(self) -> None:
        """Something changed: motion may follow."""
        self._stirred = monotonic()
        self._quiet = 0

    def _on_frame(self) -> None:
        self._quiet = 0

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back in the Qt loop as soon as the glass is calm."""
        self._waiting.append(callback)
        self.stir()
        self._timer.start()

    def _look(self) -> None:
        self._quiet += 1
        if self._pictures.property("waiting") or self._quiet <= _QUIET_LOOKS:
            return
        if monotonic() - self._stirred < self._motion_s:
            return
        waiting, self._waiting = self._waiting, []
        self._timer.stop()
        for callback in waiting:
            callback()
