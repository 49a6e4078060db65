"""The mirror's glass: one window that shows scenes and sends wishes. Any thread may show, picture, wipe or quit."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQuick import QQuickView
from shiboken6 import delete

from kiosk.core.scene import Scene
from kiosk.core.touches import Wish
from kiosk.screen.assets import qml
from kiosk.screen.cards import Card
from kiosk.screen.errors import GlassBroken
from kiosk.screen.light import LightProvider
from kiosk.screen.mirror_view import MirrorView
from kiosk.screen.pictures import Fetch, GarmentProvider, Pictures
from kiosk.screen.qml_types import register
from kiosk.screen.qr import CodeProvider
from kiosk.screen.settling import Settling
from kiosk.screen.style import GlassStyle
from kiosk.screen.tongue import Tongue, load_fonts

DESIGN = QSize(1080, 1920)


def application() -> QGuiApplication:
    """The one Qt application of this process, with our fonts; made at the first call."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    # What the machine says of scaling or hinting must not change how the mirror looks.
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "0")
    os.environ.setdefault("QT_QUICK_FLICKABLE_WHEEL_DECELERATION", "10000")
    made = QGuiApplication(sys.argv[:1])
    made.setQuitOnLastWindowClosed(True)
    load_fonts()
    return made


class _Door(QObject):
    """The way from any thread into the Qt loop."""

    call = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.call.connect(self._on_call, Qt.ConnectionType.QueuedConnection)

    def _on_call(self, work: Callable[[], None]) -> None:
        work()


class Glass:
    """Composes window, view and pictures. Raises GlassBroken where the QML module cannot be loaded.

    `fetch_picture(path, height)` gives the bytes of a picture or None; it is called on worker threads and may block.
    """

    def __init__(
        self,
        *,
        send: Callable[[Wish], None],
        fetch_picture: Fetch,
        now_us: Callable[[], int],
        size: tuple[int, int] = (1080, 1920),
        windowed: bool = False,
        style: GlassStyle | None = None,
        on_first_frame: Callable[[], None] | None = None,
    ) -> None:
        self._app = application()
        style = style or GlassStyle()
        self._lock = Lock()
        self._next: Scene | None = None
        self._wiped = False
        self._door = _Door()
        self._tongue = Tongue()
        self._pictures = Pictures(fetch_picture)
        self._mirror = MirrorView(send=send, now_us=now_us, style=style, pictures=self._pictures)
        register()
        self._view = QQuickView()
        self._engine = self._view.engine()
        self._furnish(style)
        self._open(size, windowed=windowed)
        self._settling = Settling(self._view, self._pictures, still=style.still)
        self._on_first_frame = on_first_frame
        self.first_frame: float | None = None
        """When the first frame was on the glass, in seconds of the monotonic clock."""
        self._view.frameSwapped.connect(self._first)

    def _furnish(self, style: GlassStyle) -> None:
        self._engine.addImportPath(str(qml()))
        self._engine.addImageProvider("garment", GarmentProvider(self._pictures))
        self._engine.addImageProvider("light", LightProvider())
        self._engine.addImageProvider("code", CodeProvider())
        theme = self._engine.singletonInstance("Mirror", "Theme")
        if theme is None:
            raise GlassBroken("the module Mirror has no Theme")
        theme.setProperty("still", style.still)
        theme.setProperty("reduced", style.reduced_motion)

    def _open(self, size: tuple[int, int], *, windowed: bool) -> None:
        view = self._view
        view.setColor(QColor("black"))
        view.setTitle("Cheval")
        view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        view.setInitialProperties({"mirror": self._mirror})
        view.resize(self._fitted(size) if windowed else QSize(*size))
        view.loadFromModule("Mirror", "Glass")
        if view.status() != QQuickView.Status.Ready:
            raise GlassBroken("; ".join(error.toString() for error in view.errors()))
        if windowed or self._app.platformName() == "offscreen":
            view.show()
        else:
            view.setCursor(Qt.CursorShape.BlankCursor)
            view.showFullScreen()

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
    def shown(self) -> Card:
        """What the glass holds of the scene, for tests that look for traces."""
        return self._mirror.shown

    @property
    def pictures_held(self) -> int:
        """How many pictures are kept for the visit."""
        return self._pictures.held

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
        if scene is None:
            return
        spoken = self._tongue.speak(scene.language)
        self._mirror.shown.become(scene)
        if self._wiped:
            self._wiped = False
            self._mirror.shown.forget()
        if spoken:
            self._engine.retranslate()
        self._settling.stir()

    def wipe(self) -> None:
        """Forget pictures and everything that the present scene does not show."""
        self._door.call.emit(self._wipe)

    def _wipe(self) -> None:
        # The next visit's first scene may be shown before or after: what it leaves behind goes either way.
        self._wiped = True
        self._pictures.forget()
        self._mirror.shown.forget()
        self._engine.collectGarbage()

    def after_settled(self, callback: Callable[[], None]) -> None:
        """Call back in the Qt loop once everything shown so far stands still with all its pictures."""
        self._door.call.emit(lambda: self._settling.when_calm(callback))

    def picture(self, path: Path, done: Callable[[], None] | None = None) -> None:
        """Write the settled frame as PNG; `done` is called after it."""

        def grab() -> None:
            self._view.grabWindow().save(str(path))
            if done is not None:
                done()

        self.after_settled(grab)

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
        self._tongue.fall_silent()
        self._pictures.close()
        self._view.close()
        delete(self._view)
