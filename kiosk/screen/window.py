"""The mirror's glass: one window that shows scenes and sends wishes. Any thread may show, picture, wipe or quit.

A black glass is a mirror, so the window is shown before anything is put into it: what is heavy is imported after that.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQuick import QQuickView
from shiboken6 import delete

from kiosk.screen.settings import ScreenSettings

if TYPE_CHECKING:
    from kiosk.core.scene.scene import Scene
    from kiosk.core.visit.touches import Touch
    from kiosk.screen.picture_loader import FetchPicture
    from kiosk.screen.view_models import ViewModel


def application() -> QGuiApplication:
    """The one Qt application of this process; made at the first call."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    # What the machine says of scaling must not change how the mirror looks.
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "0")
    made = QGuiApplication(sys.argv[:1])
    made.setQuitOnLastWindowClosed(True)
    return made


class _Door(QObject):
    """The way from any thread into the Qt loop."""

    call = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.call.connect(self._on_call, Qt.ConnectionType.QueuedConnection)

    def _on_call(self, work: Callable[[], None]) -> None:
        work()


class MirrorWindow:
    """One mirror's window. Raises ScreenLoadError where the screen's files cannot be loaded.

    `fetch_picture(path, height)` gives the bytes of a picture or None; it is called on worker threads and may block.
    """

    def __init__(
        self,
        *,
        send: Callable[[Touch], None],
        fetch_picture: FetchPicture,
        now_us: Callable[[], int],
        size: tuple[int, int] = (1080, 1920),
        windowed: bool = False,
        settings: ScreenSettings | None = None,
        on_first_frame: Callable[[], None] | None = None,
    ) -> None:
        self._app = application()
        self._lock = Lock()
        self._next: Scene | None = None
        self._door = _Door()
        self._on_first_frame = on_first_frame
        self.first_frame: float | None = None
        """When the first frame was on the glass, in seconds of the monotonic clock."""
        self._view = QQuickView()
        self._hang(size, windowed=windowed)
        from kiosk.screen.window_content import WindowContent

        self._within = WindowContent(
            self._view,
            send=send,
            fetch_picture=fetch_picture,
            now_us=now_us,
            settings=settings or ScreenSettings(),
        )

    def _hang(self, size: tuple[int, int], *, windowed: bool) -> None:
        """Put the black window up, and let it draw its first frame."""
        view = self._view
        view.setColor(QColor("black"))
        view.setTitle("Cheval")
        view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        view.frameSwapped.connect(self._first)
        view.resize(self._fitted(size) if windowed else QSize(*size))
        if windowed or self._app.platformName() == "offscreen":
            view.show()
        else:
            view.setCursor(Qt.CursorShape.BlankCursor)
            view.showFullScreen()
        self._app.processEvents()

    def _fitted(self, size: tuple[int, int]) -> QSize:
        """The size that keeps the panel's shape and fits the monitor with some room around it."""
        wished = QSize(*size)
        room = self._app.primaryScreen().availableGeometry().size() * 0.94
        fits = wished.width() <= room.width() and wished.height() <= room.height()
        if fits or self._app.platformName() == "offscreen":
            return wished
        return wished.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    @property
    def view(self) -> QQuickView:
        """The window, for tests that touch it."""
        return self._view

    @property
    def shown(self) -> ViewModel:
        """What the glass holds of the scene, for tests that look for traces."""
        return self._within.shown

    @property
    def pictures_held(self) -> int:
        """How many pictures are kept for the visit."""
        return self._within.pictures_held

    def _first(self) -> None:
        if self.first_frame is None:
            self.first_frame = monotonic()
            if self._on_first_frame is not None:
                self._on_first_frame()

    def show(self, scene: Scene) -> None:
        """Show this scene as soon as the loop comes round; of several that wait only the last is shown."""
        with self._lock:
            waiting, self._next = self._next is not None, scene
        if not waiting:
            self._door.call.emit(self._apply)

    def _apply(self) -> None:
        with self._lock:
            scene, self._next = self._next, None
        if scene is not None:
            self._within.show(scene)

    def wipe(self) -> None:
        """Forget pictures and everything that the present scene does not show."""
        self._door.call.emit(self._within.wipe)

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back in the Qt loop once everything shown so far stands still with all its pictures."""
        self._door.call.emit(lambda: self._within.when_idle(callback))

    def picture(self, path: Path, done: Callable[[], None] | None = None) -> None:
        """Write the settled frame as PNG; `done` is called after it."""

        def grab() -> None:
            self._view.grabWindow().save(str(path))
            if done is not None:
                done()

        self.when_idle(grab)

    def run(self) -> int:
        """Qt's loop, until `quit` or the window's closing; takes everything down in the right order."""
        code = self._app.exec()
        self.close()
        return code

    def quit(self) -> None:
        """End the loop; from any thread."""
        self._door.call.emit(QCoreApplication.quit)

    def close(self) -> None:
        """Take the window down, its items and its engine with it, before the object that they look at goes."""
        self._within.close()
        self._view.close()
        delete(self._view)
