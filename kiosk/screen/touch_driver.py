"""A finger and an eye before the glass: touches what is named, as a hand would, and takes pictures. From any thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screen.window import MirrorWindow

TIMEOUT_S = 20.0


class TouchDriver:
    """Touches a glass whose loop runs on another thread."""

    def __init__(self, glass: MirrorWindow) -> None:
        self._glass = glass

    def tap(self, name: str) -> bool:
        """Touch the middle of the visible control of that object name; False where there is none to touch."""
        touched: list[bool] = []
        done = Event()

        def touch() -> None:
            touched.append(self._touch(name))
            done.set()

        self._glass.when_idle(touch)
        return done.wait(TIMEOUT_S) and touched[0]

    def photograph(self, file: Path) -> None:
        """Save the settled glass as PNG. Raises TimeoutError where it never settles."""
        done = Event()
        self._glass.picture(file, done.set)
        if not done.wait(TIMEOUT_S):
            raise TimeoutError(f"the glass never stood still for {file.name}")

    def _touch(self, name: str) -> bool:
        item = next((i for i in _items(self._glass.view.contentItem()) if i.objectName() == name), None)
        if item is None:
            return False
        at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.mouseClick(self._glass.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        return True


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    """Every item that a finger could meet: visible, enabled, nearest to the eye first."""
    for child in reversed(item.childItems()):
        if child.isVisible() and child.isEnabled() and child.opacity() > 0:
            yield from _items(child)
            yield child
