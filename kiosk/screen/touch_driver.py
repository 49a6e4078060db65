"""Drives the window for scripted visits: touches controls by object name and saves pictures. Usable from any thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screen.window import MirrorWindow

TIMEOUT_S = 20.0
"""Longest wait for the window to become idle, in seconds."""


class TouchDriver:
    """Touches a window whose Qt loop runs on another thread."""

    def __init__(self, window: MirrorWindow) -> None:
        self._window = window

    def tap(self, name: str) -> bool:
        """Click the centre of the visible control of that object name; False if there is none."""
        touched: list[bool] = []
        done = Event()

        def touch() -> None:
            touched.append(self._touch(name))
            done.set()

        self._window.when_idle(touch)
        return done.wait(TIMEOUT_S) and touched[0]

    def photograph(self, file: Path) -> None:
        """Save the idle window as PNG. Raises TimeoutError if it does not become idle in time."""
        done = Event()
        self._window.save_picture(file, done.set)
        if not done.wait(TIMEOUT_S):
            raise TimeoutError(f"no picture {file.name}: the window was not idle within {TIMEOUT_S:g} s")

    def _touch(self, name: str) -> bool:
        item = next((i for i in _items(self._window.view.contentItem()) if i.objectName() == name), None)
        if item is None:
            return False
        at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.mouseClick(self._window.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        return True


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    """All items that can be touched (visible, enabled, not transparent), topmost first."""
    for child in reversed(item.childItems()):
        if child.isVisible() and child.isEnabled() and child.opacity() > 0:
            yield from _items(child)
            yield child
