"""Knowing when a frame is final: the scene applied, every picture in, nothing moving any more."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickView

from kiosk.screen.pictures import Pictures

_LOOK_MS = 20
_CALM_S = 0.06
_MOTION_S = 0.9
"""Longer than the longest finite motion of the theme, with its stagger."""


class Settling(QObject):
    """Calls back once the view has come to rest. Perpetual motion must have been stilled before."""

    def __init__(self, view: QQuickView, pictures: Pictures, *, still: bool) -> None:
        super().__init__()
        self._pictures = pictures
        self._motion_s = 0.0 if still else _MOTION_S
        self._waiting: list[Callable[[], None]] = []
        self._stirred = self._framed = monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        view.frameSwapped.connect(self._on_frame)
        pictures.changed.connect(self.stir)

    def stir(self) -> None:
        """Something changed: motion may follow."""
        self._stirred = monotonic()

    def _on_frame(self) -> None:
        self._framed = monotonic()

    def when_calm(self, callback: Callable[[], None]) -> None:
        """Call back in the Qt loop as soon as the glass is calm."""
        self._waiting.append(callback)
        self.stir()
        self._timer.start()

    def _look(self) -> None:
        now = monotonic()
        if self._pictures.property("waiting"):
            return
        if now - self._stirred < self._motion_s + _CALM_S or now - self._framed < _CALM_S:
            return
        waiting, self._waiting = self._waiting, []
        self._timer.stop()
        for callback in waiting:
            callback()
