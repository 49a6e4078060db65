"""Watches what the window really presents: whether frames come, and whether their picture follows the pages.

A mirror at rest is black and calm; it still presents a frame every 2 s. A frozen one presents none, or presents the
same picture although the scene went on to another page. The picture is a copy of 216 x 384 pixels that the renderer
draws while the window goes on (`QQuickItem.grabToImage`); only its checksum is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtQuick import QQuickView

from hardware.threads.heartbeat import Heartbeat
from kiosk.core.domain.status.mirror_status import LATE_FRAME_MS, FrameFault, ShownFrame

if TYPE_CHECKING:  # the window imports this before its first frame
    from kiosk.core.scene.scene import Scene

_SIZE: Final = QSize(216, 384)
_LOOK_MS: Final = 1000
SETTLED_S: Final = 1.5
"""A page is looked at when it has been shown for so long: its fade has ended."""
CALM_S: Final = 60.0
"""A page that stays is looked at so often."""
SAME_TIMES: Final = 2
"""So many other pages in a row with one and the same picture are a fault; one of them may look like the last."""


def page_key(scene: Scene) -> str:
    """What decides how a scene looks at a glance; two scenes without light look the same."""
    return "dark" if scene.dark else scene.page.value


@dataclass(frozen=True, slots=True)
class _Looked:
    page: str
    picture: str
    at_s: float


class PictureWatch:
    """Compares pages with pictures. Safe from any thread. `clock`: seconds, monotonic."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._page, self._since_s = "", clock()
        self._last: _Looked | None = None
        self._same = self._sound = 0

    def scene_changed(self, scene: Scene) -> None:
        """The window was told to show a scene."""
        key = page_key(scene)
        with self._lock:
            if key != self._page:
                self._page, self._since_s = key, self._clock()

    def page_to_look_at(self) -> str | None:
        """The page whose picture should be looked at now; None: not now."""
        with self._lock:
            now_s = self._clock()
            if not self._page or now_s - self._since_s < SETTLED_S:
                return None
            last = self._last
            due = last is None or last.page != self._page or now_s - last.at_s >= CALM_S
            return self._page if due else None

    def looked(self, page: str, picture: str) -> None:
        """The picture that was presented for a page. A page that was left meanwhile counts for nothing."""
        with self._lock:
            if page != self._page:
                return
            last = self._last
            if last is None or last.picture != picture:
                self._same = 0
            elif last.page != page:
                self._same += 1
            self._last = _Looked(page, picture, self._clock())

    def frame(self, frames: Heartbeat) -> ShownFrame:
        """What is known of the last frame. `frames` beats with each one."""
        age_ms = round(frames.age_s * 1000)
        with self._lock:
            last, page, same = self._last, self._page, self._same
        fault = None
        if age_ms > LATE_FRAME_MS:
            fault = FrameFault.NO_FRAMES
        elif same >= SAME_TIMES:
            fault = FrameFault.SAME_PICTURE
        return ShownFrame(
            frames.count, age_ms, last.picture if last else "",
            round((self._clock() - last.at_s) * 1000) if last else 0, page, fault,
        )  # fmt: skip

    def progress(self, frames: Heartbeat) -> int:
        """The number of frames up to the last one whose picture followed the pages: a watchdog's counter, which stands
        still while the glass is frozen."""
        shown = self.frame(frames)
        if shown.fault is None:
            self._sound = shown.count
        return self._sound


class PictureSampler(QObject):
    """Looks at the window's picture, in the Qt thread, as often as the watch wants it."""

    def __init__(self, view: QQuickView, watch: PictureWatch) -> None:
        super().__init__()
        self._view, self._watch = view, watch
        self._grab: Any = None
        """The copy that is drawn; Qt drops a copy that nobody holds."""
        self._grabbed_page = ""
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look; needs a running Qt loop."""
        self._timer.start()

    def stop(self) -> None:
        """End; a copy under way is dropped."""
        self._timer.stop()
        self._grab = None

    def look(self) -> None:
        """Look now if it is time; the result comes with the next frame."""
        page = self._watch.page_to_look_at()
        if page is None:
            return
        grab: Any = self._view.contentItem().grabToImage(_SIZE)
        if grab is None:
            return

        self._grab, self._grabbed_page = grab, page
        # a method, not a function that holds the copy: that would keep each copy (330 kB) until the process ends
        grab.ready.connect(self._on_ready)
        self._view.update()

    def _on_ready(self) -> None:
        """The copy is drawn. That of an earlier call was dropped, and with it its signal."""
        grab, self._grab = self._grab, None
        if grab is not None:
            self._watch.looked(self._grabbed_page, f"{zlib.crc32(grab.image().constBits()):08x}")
