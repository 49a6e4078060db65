"""Loads garment pictures: fetches and decodes them on worker threads and caches them.

The cache holds at most 96 MiB: the pictures not used for the longest time are dropped. The end of the visit empties it.
A picture that failed is fetched again after `RETRIES_S` as long as the visit lasts: the store may have been away.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from time import monotonic
from typing import Final
from urllib.parse import quote, unquote

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from hardware.threads.pool import WorkerPool

FetchPicture = Callable[[str, int], bytes | None]

_HEIGHTS = (240, 480, 720, 960, 1440, 2160)
"""Heights in pixels that are fetched, so that one picture is not fetched in many sizes."""
_MAX_CACHE_BYTES = 96 * 1024 * 1024
_WORKERS = 3
RETRIES_S: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Pauses in seconds before a picture that failed is fetched again; the last one is repeated."""
_LOOK_MS: Final = 250


@dataclass(frozen=True, slots=True)
class _Failure:
    """How often a picture has failed, and when it is due again, in seconds of the monotonic clock."""

    times: int
    due_s: float


def height_step(height: int) -> int:
    """The smallest of the fetched heights that is at least `height`; the largest one for greater heights."""
    return next((step for step in _HEIGHTS if step >= height), _HEIGHTS[-1])


class PictureLoader(QObject):
    """Loads pictures by path and height; emits `loaded` when one is in the cache or has failed.

    Keeps at most 96 MiB, least recently used first out. `retries_s`: pauses before a picture that failed is fetched
    again.
    """

    loaded = Signal(str, int)
    changed = Signal()
    cleared = Signal()
    _fetched = Signal(str, int, int, QImage)

    def __init__(self, fetch: FetchPicture, retries_s: tuple[float, ...] = RETRIES_S) -> None:
        super().__init__()
        self._fetch, self._retries_s = fetch, retries_s
        self._pool = WorkerPool("picture", _WORKERS)
        self._lock = Lock()
        self._cache: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._pending: set[tuple[str, int]] = set()
        self._failed: dict[tuple[str, int], _Failure] = {}
        self._visit = 0
        self._fetched.connect(self._store, Qt.ConnectionType.QueuedConnection)
        self._retry_timer = QTimer(self)
        self._retry_timer.setInterval(max(1, min(_LOOK_MS, *(int(500 * pause) for pause in retries_s))))
        self._retry_timer.timeout.connect(self._fetch_failed_again)

    @property
    def loading_count(self) -> int:
        """Number of pictures being loaded for the first time."""
        return len(self._pending - self._failed.keys())

    @Slot(str, int, result=str)
    def source(self, path: str, height: int) -> str:
        """The `image://` URL of the picture for QML; `broken` if it cannot be shown; empty while it is loading."""
        if not path:
            return "broken"
        key = (path, height_step(height))
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._url(*key)
        if key in self._failed:
            return self._other_height(path) or "broken"
        if key not in self._pending:
            self._submit(key)
            self.changed.emit()
        return self._other_height(path)

    def _url(self, path: str, height: int) -> str:
        return f"image://garment/{self._visit}/{height}/{quote(path, safe='')}"

    def _submit(self, key: tuple[str, int]) -> None:
        self._pending.add(key)
        self._pool.submit(partial(self._fetch_in_worker, self._visit, *key))

    def _fetch_failed_again(self) -> None:
        """Fetch what failed and is due again."""
        if not self._failed:
            self._retry_timer.stop()
        now_s = monotonic()
        for key in [key for key, failure in self._failed.items() if failure.due_s <= now_s]:
            if key not in self._pending:
                self._submit(key)

    def _other_height(self, path: str) -> str:
        """URL of the same picture in another height, shown until the right one is loaded."""
        heights = [step for step in _HEIGHTS if (path, step) in self._cache]
        return self._url(path, heights[-1]) if heights else ""

    def _fetch_in_worker(self, visit: int, path: str, height: int) -> None:
        """In a worker thread. A picture that cannot be fetched or decoded becomes a null image; the error ends here."""
        image = QImage()
        try:
            image = _decoded(self._fetch(path, height), height)
        finally:
            self._fetched.emit(path, height, visit, image)

    def _store(self, path: str, height: int, visit: int, image: QImage) -> None:
        if visit != self._visit:
            return
        key = (path, height)
        self._pending.discard(key)
        if image.isNull():
            self._put_failed(key)
            return
        self._failed.pop(key, None)
        with self._lock:
            self._cache[key] = image
            while (
                sum(one.sizeInBytes() for one in self._cache.values()) > _MAX_CACHE_BYTES
                and len(self._cache) > 1
            ):
                self._cache.popitem(last=False)
        self.loaded.emit(path, height)
        self.changed.emit()

    def _put_failed(self, key: tuple[str, int]) -> None:
        """Note a failure; only the first one changes what is shown."""
        times = self._failed[key].times + 1 if key in self._failed else 1
        pause_s = self._retries_s[min(times, len(self._retries_s)) - 1]
        self._failed[key] = _Failure(times, monotonic() + pause_s)
        self._retry_timer.start()
        if times == 1:
            self.loaded.emit(*key)
            self.changed.emit()

    @property
    def cached_count(self) -> int:
        """Number of cached pictures, failed ones included."""
        return len(self._cache) + len(self._failed)

    def image(self, path: str, height: int) -> QImage:
        """The cached picture, or a null image. Also called from Qt threads."""
        with self._lock:
            return self._cache.get((path, height), QImage())

    def clear(self) -> None:
        """Drop all pictures; those still being fetched are dropped when they arrive."""
        with self._lock:
            self._cache.clear()
        self._pending.clear()
        self._failed.clear()
        self._retry_timer.stop()
        self._visit += 1
        self.cleared.emit()
        self.changed.emit()

    def close(self) -> None:
        self._retry_timer.stop()
        self._pool.close(wait=False)


def _decoded(content: bytes | None, height: int) -> QImage:
    image = QImage.fromData(content) if content else QImage()
    if image.isNull():
        return QImage()
    if image.height() > height:
        image = image.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class GarmentImageProvider(QQuickImageProvider):
    """Serves the cached pictures to QML as `image://garment/VISIT/HEIGHT/PATH`."""

    def __init__(self, pictures: PictureLoader) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._pictures = pictures

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803
        _, height, path = id.split("/", 2)
        image = self._pictures.image(unquote(path), int(height))
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
