"""Detects when the window is idle: all pictures loaded, animations over, no new frames."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickView

from kiosk.screen.picture_loader import PictureLoader

_POLL_MS = 15
_MIN_QUIET_POLLS = 4
"""Polls in a row without a frame between them. Counted, not timed: on a slow machine the polls are late as well."""
_MAX_ANIMATION_S = 0.9
"""Longer than any finite animation of the theme."""


class IdleDetector(QObject):
    """Calls back once the view is idle. Endless animations must be off, or it never is."""

    def __init__(self, view: QQuickView, pictures: PictureLoader, *, no_motion: bool) -> None:
        super().__init__()
        self._pictures = pictures
        self._animation_s = 0.0 if no_motion else _MAX_ANIMATION_S
        self._waiting: list[Callable[[], None]] = []
        self._changed_at = monotonic()
        self._quiet = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)
        view.frameSwapped.connect(self._on_frame)
        pictures.changed.connect(self.mark_changed)

    def mark_changed(self) -> None:
        """Restart the wait: something changed, an animation may follow."""
        self._changed_at = monotonic()
        self._quiet = 0

    def _on_frame(self) -> None:
        self._quiet = 0

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back in the Qt loop as soon as the view is idle."""
        self._waiting.append(callback)
        self.mark_changed()
        self._timer.start()

    def _poll(self) -> None:
        self._quiet += 1
        if self._pictures.loading_count or self._quiet <= _MIN_QUIET_POLLS:
            return
        if monotonic() - self._changed_at < self._animation_s:
            return
        waiting, self._waiting = self._waiting, []
        self._timer.stop()
        for callback in waiting:
            callback()
