"""Pictures of the catalogue, scaled to the height that a mirror asks for, in memory and on disk.

A picture that cannot be read is replaced by a placeholder silhouette.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Final

from hardware.threads.fault_log import LimitedLog
from kiosk.config.limits import PictureLimits
from kiosk.store.catalogue.pictures.disk import PictureDisk
from kiosk.store.catalogue.pictures.errors import UnreadablePictureError
from kiosk.store.catalogue.pictures.queue import PictureQueue
from kiosk.store.file_stamp import FileStamp

log = logging.getLogger(__name__)
HEIGHTS: Final = (96, 160, 240, 320, 480, 640, 800, 1080, 1440, 2160)
"""Heights in pixels. A requested height is rounded up to one of them, so that odd sizes cannot fill the cache."""
_MB: Final = 1_000_000
_MAX_LOGGED: Final = 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture for an HTTP answer."""

    content: bytes
    media_type: str
    etag: str
    silhouette: bool = False
    """It stands in for a file that cannot be read."""


Key = tuple[str, int, FileStamp]
"""Path, height in pixels, stamp of the file."""
Scale = Callable[[Path, int], tuple[bytes, str]]
"""Scales a picture file to a maximum height in pixels: bytes and media type. Raises UnreadablePictureError."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that has to be scaled."""

    file: Path
    path: str
    height: int
    key: Key


class PictureCache:
    """Pictures below a folder. Safe from any thread.

    `scale` makes a picture and may take long: only the workers of the queue call it. `placeholder` makes the silhouette
    of a height, as bytes and media type. `disk`: folder for scaled pictures.
    `end_scaling` is called at the end.
    """

    def __init__(
        self, folder: Path | None, limits: PictureLimits, scale: Scale,
        placeholder: Callable[[int], tuple[bytes, str]], disk: Path | None = None,
        end_scaling: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._folder = folder.resolve() if folder else None
        self._scale, self._placeholder, self._end_scaling = scale, placeholder, end_scaling
        self._disk = PictureDisk(disk, limits.disk_mb * _MB) if disk is not None and limits.disk_mb else None
        self.queue: PictureQueue[Picture] = PictureQueue(limits.workers, limits.waiting)
        self._cached: OrderedDict[Key, Picture] = OrderedDict()
        self._size, self._max = 0, limits.memory_mb * _MB
        self._logged, self._lines = set[str](), LimitedLog(log, burst=20)
        self._lock = Lock()

    def known(self, path: str, height: int) -> Picture | Wanted | None:
        """The picture at the next of `HEIGHTS`, from memory or disk; None if there is no such file."""
        wanted = next((h for h in HEIGHTS if h >= height), HEIGHTS[-1])
        file = self._file(path)
        if file is None:
            return None
        key = (path, wanted, FileStamp.of(file))
        with self._lock:
            if key in self._cached:
                self._cached.move_to_end(key)
                return self._cached[key]
        kept = self._disk.get(key) if self._disk is not None else None
        if kept is not None:
            return self._put(key, _picture(kept, "image/webp"))
        return Wanted(file, path, wanted, key)

    def scaled(self, wanted: Wanted, caller: str) -> Future[Picture]:
        """The picture, or a silhouette, once a worker has made it. Raises PicturesBusyError."""
        return self.queue.submit(caller, wanted.key, lambda: self._made(wanted))

    def close(self) -> None:
        """Ends the workers; may be called twice."""
        self.queue.close()
        self._end_scaling()

    def _file(self, path: str) -> Path | None:
        if self._folder is None:
            return None
        file = (self._folder / path).resolve()
        return file if file.is_relative_to(self._folder) and file.is_file() else None

    def _made(self, wanted: Wanted) -> Picture:
        try:
            content, media_type = self._scale(wanted.file, wanted.height)
        except (UnreadablePictureError, OSError) as error:
            self._log(wanted.path, error)
            silhouette = _picture(*self._placeholder(wanted.height))
            return self._put(wanted.key, replace(silhouette, silhouette=True))
        if self._disk is not None:
            self._disk.put(wanted.key, content)
        return self._put(wanted.key, _picture(content, media_type))

    def _log(self, path: str, error: Exception) -> None:
        """One line for a picture."""
        with self._lock:
            if path in self._logged or len(self._logged) >= _MAX_LOGGED:
                return
            self._logged.add(path)
        why = "picture %s cannot be read (%s); a silhouette is shown instead"
        self._lines.log(logging.WARNING, "unreadable", why, path, error)

    def _put(self, key: Key, picture: Picture) -> Picture:
        with self._lock:
            before = self._cached.pop(key, None)
            self._size += len(picture.content) - (len(before.content) if before else 0)
            self._cached[key] = picture
            while self._size > self._max and len(self._cached) > 1:
                _, old = self._cached.popitem(last=False)
                self._size -= len(old.content)
        return picture


def _picture(content: bytes, media_type: str) -> Picture:
    return Picture(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:24]}"')
