"""A screen that nobody sees, and the ways to look at it and to touch it."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterator
from time import monotonic

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.core.scene.scene import Scene
from kiosk.core.visit.touches import Touch
from kiosk.screen.picture_loader import FetchPicture
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.window import MirrorWindow

DEADLINE_S = 20.0


def until(met: Callable[[], bool]) -> None:
    """Let Qt work until the condition is met; fails when it is not in time."""
    end = monotonic() + DEADLINE_S
    while not met():
        assert monotonic() < end, "what was waited for did not come"
        QCoreApplication.processEvents()
        QTest.qWait(2)


class ScreenHarness:
    """A screen with all that is seen and felt of it."""

    def __init__(self, fetch: FetchPicture, settings: ScreenSettings, size: tuple[int, int]) -> None:
        self.touches: list[Touch] = []
        self.qt_messages: list[str] = []
        self._before = qInstallMessageHandler(self._heard)
        self.window = MirrorWindow(
            send=self.touches.append,
            fetch_picture=fetch,
            now_us=lambda: 7,
            size=size,
            windowed=True,
            settings=settings,
        )

    def _heard(self, kind: QtMsgType, _context: object, said: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            self.qt_messages.append(said)

    def show(self, scene: Scene) -> None:
        """Show a scene and wait until it stands still."""
        self.window.show(scene)
        self.settle()

    def settle(self) -> None:
        calm: list[bool] = []
        self.window.when_idle(lambda: calm.append(True))
        until(lambda: bool(calm))

    def items(self) -> list[QQuickItem]:
        """Everything that is drawn now."""
        return [item for item in _below(self.window.view.rootObject()) if _seen(item)]

    def texts(self) -> list[QQuickItem]:
        return [item for item in self.items() if item.inherits("QQuickText") and item.property("text")]

    def all_text(self) -> str:
        return "\n".join(str(item.property("text")) for item in self.texts())

    def item(self, name: str) -> QQuickItem:
        found = [item for item in self.items() if item.objectName() == name]
        assert found, (
            f"nothing on the screen is called {name}: {sorted({i.objectName() for i in self.items()})}"
        )
        return found[0]

    def touch(self, name: str) -> None:
        """Put a finger on the middle of it, through Qt's own events."""
        place = box(self.item(name)).center()
        at = QPoint(math.floor(place.x()), math.floor(place.y()))
        QTest.mouseClick(self.window.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QCoreApplication.processEvents()

    def close(self) -> None:
        self.window.close()
        qInstallMessageHandler(self._before)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()


def box(item: QQuickItem) -> QRectF:
    """Where an item is on the screen."""
    return QRectF(
        item.mapToScene(QPointF(0, 0)), item.mapToScene(QPointF(item.width(), item.height()))
    ).normalized()


def _below(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _below(child)


def _seen(item: QQuickItem) -> bool:
    if not item.isVisible():
        return False
    above: QQuickItem | None = item
    while above is not None:
        if above.opacity() < 0.02:
            return False
        above = above.parentItem()
    return True
