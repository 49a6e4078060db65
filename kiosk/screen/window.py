"""The window of the mirror: shows scenes and sends touches. `show`, `picture`, `wipe` and `quit` work from any thread.

The black window is shown first, since black is already a mirror; modules that import slowly are loaded after that.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQuick import QQuickView
from shiboken6 import delete, isValid

from hardware.threads.heartbeat import Heartbeat
from kiosk.core.domain.status.mirror_status import LATE_FRAME_MS, ShownFrame
from kiosk.screen import heap
from kiosk.screen.presented_message import PresentedMessage
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.shown_frames import PictureSampler, PictureWatch

if TYPE_CHECKING:
    from kiosk.core.scene.scene import Scene
    from kiosk.core.visit.messages.message_event import MessagePresented
    from kiosk.core.visit.touches import Touch
    from kiosk.screen.picture_loader import FetchPicture
    from kiosk.screen.view_models import ViewModel


FRAMES_LATE_S = LATE_FRAME_MS / 1000
"""Without a presented frame for so long, the window counts as dead."""
_REDRAW_MS = 2000


def application() -> QGuiApplication:
    """The Qt application of this process, created at the first call."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    # The scaling of the desktop must not change the size of the pages.
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "0")
    made = QGuiApplication(sys.argv[:1])
    made.setQuitOnLastWindowClosed(True)
    return made


class _QtThreadCaller(QObject):
    """Runs functions in the Qt thread, from any thread."""

    call = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.call.connect(self._on_call, Qt.ConnectionType.QueuedConnection)

    def _on_call(self, work: Callable[[], None]) -> None:
        work()


class MirrorWindow:
    """The window of one mirror. Raises ScreenLoadError if the QML module cannot be loaded.

    `fetch_picture(path, height)` returns the bytes of a picture or None; it is called in worker threads and may block.
    """

    def __init__(
        self,
        *,
        send: Callable[[Touch | MessagePresented], None],
        fetch_picture: FetchPicture,
        now_us: Callable[[], int],
        size: tuple[int, int] = (1080, 1920),
        windowed: bool = False,
        settings: ScreenSettings | None = None,
        on_first_frame: Callable[[], None] | None = None,
    ) -> None:
        heap.keep_small()
        self._app = application()
        self._lock = Lock()
        self._pending_scene: Scene | None = None
        self._qt_thread = _QtThreadCaller()
        self._on_first_frame = on_first_frame
        self.first_frame: float | None = None
        """Time of the first frame, in seconds of the monotonic clock; None before it."""
        self.frames = Heartbeat(FRAMES_LATE_S)
        """Beats with each frame that the window has presented."""
        self._pictures = PictureWatch()
        self._view = QQuickView()
        self._send, self._now_us = send, now_us
        self._messages = PresentedMessage(
            self._message_presented, lambda: self._qt_thread.call.emit(self._view.update)
        )
        self._open(size, windowed=windowed)
        from kiosk.screen.window_content import WindowContent

        self._content = WindowContent(
            self._view,
            send=send,
            fetch_picture=fetch_picture,
            now_us=now_us,
            settings=settings or ScreenSettings(),
        )
        self._sampler = PictureSampler(self._view, self._pictures)

    def _open(self, size: tuple[int, int], *, windowed: bool) -> None:
        """Show the black window and let it draw its first frame."""
        view = self._view
        view.setColor(QColor("black"))
        view.setTitle("Cheval")
        view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        view.frameSwapped.connect(self._on_frame)
        view.resize(self._fitted(size) if windowed else QSize(*size))
        if windowed or self._app.platformName() == "offscreen":
            view.show()
        else:
            view.setCursor(Qt.CursorShape.BlankCursor)
            view.showFullScreen()
        self._app.processEvents()

    def _fitted(self, size: tuple[int, int]) -> QSize:
        """The window size, reduced in proportion if it exceeds 94 % of the monitor."""
        wanted = QSize(*size)
        available = self._app.primaryScreen().availableGeometry().size() * 0.94
        fits = wanted.width() <= available.width() and wanted.height() <= available.height()
        if fits or self._app.platformName() == "offscreen":
            return wanted
        return wanted.scaled(available, Qt.AspectRatioMode.KeepAspectRatio)

    @property
    def view(self) -> QQuickView:
        """The Qt window, for tests and the touch driver."""
        return self._view

    @property
    def scene_view_model(self) -> ViewModel:
        """The view model of the scene, for tests that look for data left over."""
        return self._content.scene_view_model

    @property
    def cached_pictures(self) -> int:
        """Number of pictures in memory."""
        return self._content.cached_pictures

    def _on_frame(self) -> None:
        self.frames.beat()
        self._messages.frame_presented()
        if self.first_frame is None:
            self.first_frame = monotonic()
            if self._on_first_frame is not None:
                self._on_first_frame()

    def _message_presented(self, message_id: str) -> None:
        from kiosk.core.visit.messages.message_event import MessagePresented

        self._send(MessagePresented(self._now_us(), message_id))

    def show(self, scene: Scene) -> None:
        """Show this scene as soon as the Qt thread is free; of several pending scenes only the last is shown."""
        self._pictures.scene_changed(scene)
        with self._lock:
            was_pending, self._pending_scene = self._pending_scene is not None, scene
        if not was_pending:
            self._qt_thread.call.emit(self._apply)

    def shown(self) -> ShownFrame:
        """The last frame that was presented; from any thread."""
        return self._pictures.frame(self.frames)

    def progress(self) -> int:
        """For a watchdog: grows with each frame, unless the glass is frozen; from any thread."""
        return self._pictures.progress(self.frames)

    def _apply(self) -> None:
        with self._lock:
            scene, self._pending_scene = self._pending_scene, None
        if scene is not None:
            self._content.show(scene)
            self._messages.scene_set(scene)

    def wipe(self) -> None:
        """Drop the pictures and everything that the current scene does not show."""
        self._qt_thread.call.emit(self._content.wipe)

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back in the Qt thread once the window is idle, with all pictures loaded."""
        self._qt_thread.call.emit(lambda: self._content.when_idle(callback))

    def save_picture(self, path: Path, done: Callable[[], None] | None = None) -> None:
        """Save the idle window as PNG, then call `done`."""

        def grab() -> None:
            self._view.grabWindow().save(str(path))
            if done is not None:
                done()

        self.when_idle(grab)

    def run(self, redraw_ms: int = _REDRAW_MS) -> int:
        """Run the Qt loop until `quit` or until the window is closed, then close everything. Returns the exit code.

        A frame is drawn at least every `redraw_ms` milliseconds, so that `frames` shows whether the screen works.
        """
        redraw = QTimer(self._qt_thread, interval=redraw_ms)
        redraw.timeout.connect(self._view.update)
        redraw.start()
        self._sampler.start()
        code = self._app.exec()
        redraw.stop()
        self.close()
        return code

    def quit(self) -> None:
        """End the Qt loop."""
        self._qt_thread.call.emit(QCoreApplication.quit)

    def close(self) -> None:
        """Delete the window with its items and its engine, before the view models that they refer to. May be called
        twice."""
        if not isValid(self._view):
            return
        self._sampler.stop()
        self._content.close()
        self._view.close()
        delete(self._view)
