"""A window for tests, with access to its items and texts, and with touches through mouse events."""

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
from kiosk.core.visit.messages.message_event import MessagePresented
from kiosk.core.visit.touches import Touch
from kiosk.screen.picture_loader import FetchPicture
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.window import MirrorWindow

DEADLINE_S = 20.0


def until(met: Callable[[], bool]) -> None:
    """Run the Qt loop until the condition is met; fails after DEADLINE_S seconds."""
    end = monotonic() + DEADLINE_S
    while not met():
        assert monotonic() < end, f"not met within {DEADLINE_S:g} s"
        QCoreApplication.processEvents()
        QTest.qWait(2)


class ScreenHarness:
    """A mirror window; records the events that it sends and the messages of Qt."""

    def __init__(self, fetch: FetchPicture, settings: ScreenSettings, size: tuple[int, int]) -> None:
        self.touches: list[Touch] = []
        self.presented: list[str] = []
        self.on_presented: Callable[[MessagePresented], None] = lambda _: None
        self.qt_messages: list[str] = []
        self._previous_handler = qInstallMessageHandler(self._record)
        self.window = MirrorWindow(
            send=self._sent,
            fetch_picture=fetch,
            now_us=lambda: 7,
            size=size,
            windowed=True,
            settings=settings,
        )

    def _sent(self, event: Touch | MessagePresented) -> None:
        if isinstance(event, MessagePresented):
            self.presented.append(event.message_id)
            self.on_presented(event)
        else:
            self.touches.append(event)

    def _record(self, kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            self.qt_messages.append(message)

    def show(self, scene: Scene) -> None:
        """Show a scene and wait until the window is idle."""
        self.window.show(scene)
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        idle: list[bool] = []
        self.window.when_idle(lambda: idle.append(True))
        until(lambda: bool(idle))

    def items(self) -> list[QQuickItem]:
        """All items that are visible now."""
        return [item for item in _descendants(self.window.view.rootObject()) if _is_visible(item)]

    def texts(self) -> list[QQuickItem]:
        return [item for item in self.items() if item.inherits("QQuickText") and item.property("text")]

    def all_text(self) -> str:
        return "\n".join(str(item.property("text")) for item in self.texts())

    def item(self, name: str) -> QQuickItem:
        found = [item for item in self.items() if item.objectName() == name]
        assert found, f"no visible item is named {name}: {sorted({i.objectName() for i in self.items()})}"
        return found[0]

    def touch(self, name: str) -> None:
        """Click the centre of the item of that object name."""
        centre = box(self.item(name)).center()
        at = QPoint(math.floor(centre.x()), math.floor(centre.y()))
        QTest.mouseClick(self.window.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QCoreApplication.processEvents()

    def close(self) -> None:
        self.window.close()
        qInstallMessageHandler(self._previous_handler)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()


def box(item: QQuickItem) -> QRectF:
    """Rectangle of an item in the window."""
    return QRectF(
        item.mapToScene(QPointF(0, 0)), item.mapToScene(QPointF(item.width(), item.height()))
    ).normalized()


def _descendants(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _descendants(child)


def _is_visible(item: QQuickItem) -> bool:
    if not item.isVisible():
        return False
    above: QQuickItem | None = item
    while above is not None:
        if above.opacity() < 0.02:
            return False
        above = above.parentItem()
    return True
