"""Loads garment pictures: fetches and decodes them on worker threads and caches them until the visit ends."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from urllib.parse import quote, unquote

from PySide6.QtCore import Property, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

FetchPicture = Callable[[str, int], bytes | None]

_STEPS = (240, 480, 720, 960, 1440, 2160)
"""Heights in pixels that are asked for, so that one picture is not fetched in many sizes."""
_BYTES_KEPT = 96 * 1024 * 1024
_WORKERS = 3


def height_step(height: int) -> int:
    """The smallest height asked for that needs no enlarging."""
    return next((step for step in _STEPS if step >= height), _STEPS[-1])


class PictureLoader(QObject):
    """Asked for by path and height; tells by `arrived` when one is there, or is known to be broken."""

    arrived = Signal(str, int)
    changed = Signal()
    forgotten = Signal()
    _fetched = Signal(str, int, int, QImage)

    def __init__(self, fetch: FetchPicture) -> None:
        super().__init__()
        self._fetch = fetch
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="picture")
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._wanted: set[tuple[str, int]] = set()
        self._visit = 0
        self._fetched.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def _open(self) -> int:
        return len(self._wanted)

    waiting = Property(int, _open, notify=changed)

    @Slot(str, int, result=str)
    def address(self, path: str, height: int) -> str:
        """Where QML finds the picture; `broken` where it cannot be shown; empty while it is on its way."""
        if not path:
            return "broken"
        key = (path, height_step(height))
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
            return (
                "broken"
                if image.isNull()
                else f"image://garment/{self._visit}/{key[1]}/{quote(path, safe='')}"
            )
        if key not in self._wanted:
            self._wanted.add(key)
            self._pool.submit(self._bring, self._visit, *key)
            self.changed.emit()
        return self._meanwhile(path)

    def _meanwhile(self, path: str) -> str:
        """The same picture in another size, to be shown until the right one is here."""
        held = [step for step in _STEPS if not self._kept.get((path, step), QImage()).isNull()]
        return f"image://garment/{self._visit}/{held[-1]}/{quote(path, safe='')}" if held else ""

    def _bring(self, visit: int, path: str, height: int) -> None:
        """On a worker: whatever goes wrong with one picture shows as a broken one, and nowhere else."""
        image = QImage()
        try:
            image = _decoded(self._fetch(path, height), height)
        finally:
            self._fetched.emit(path, height, visit, image)

    def _take(self, path: str, height: int, visit: int, image: QImage) -> None:
        if visit != self._visit:
            return
        self._wanted.discard((path, height))
        with self._lock:
            self._kept[(path, height)] = image
            while (
                sum(kept.sizeInBytes() for kept in self._kept.values()) > _BYTES_KEPT and len(self._kept) > 1
            ):
                self._kept.popitem(last=False)
        self.arrived.emit(path, height)
        self.changed.emit()

    @property
    def held(self) -> int:
        """How many pictures are kept."""
        return len(self._kept)

    def image(self, path: str, height: int) -> QImage:
        """What is kept of a picture; a null image where nothing is. Called from Qt's threads too."""
        with self._lock:
            return self._kept.get((path, height), QImage())

    def clear(self) -> None:
        """Drop everything, and what is still on its way as well."""
        with self._lock:
            self._kept.clear()
        self._wanted.clear()
        self._visit += 1
        self.forgotten.emit()
        self.changed.emit()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _decoded(content: bytes | None, height: int) -> QImage:
    image = QImage.fromData(content) if content else QImage()
    if image.isNull():
        return QImage()
    if image.height() > height:
        image = image.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class GarmentImageProvider(QQuickImageProvider):
    """Hands QML what `PictureLoader` keeps."""

    def __init__(self, pictures: PictureLoader) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._pictures = pictures

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803
        _, height, path = id.split("/", 2)
        image = self._pictures.image(unquote(path), int(height))
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
