"""Cache of the catalogue's pictures, scaled to the height that a mirror asks for.

A picture that cannot be read is replaced by a placeholder silhouette.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

from kiosk.store.file_stamp import FileStamp

log = logging.getLogger(__name__)
HEIGHTS = (96, 160, 240, 320, 480, 640, 800, 1080, 1440, 2160)
"""Heights in pixels. A requested height is rounded up to one of them, so that odd sizes cannot fill the cache."""
MAX_BYTES = 96 * 1024 * 1024
MAX_CONCURRENT_SCALINGS = 2


class UnreadablePictureError(Exception):
    """A file that is no picture, or too large."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture for an HTTP answer."""

    content: bytes
    media_type: str
    etag: str


Key = tuple[str, int, FileStamp]
"""Path, height in pixels, stamp of the file."""
Scale = Callable[[Path, int], tuple[bytes, str]]
"""Scales a picture file to a maximum height in pixels: bytes and media type. Raises UnreadablePictureError."""


class PictureCache:
    """Pictures below a folder, at most `MAX_BYTES` in memory. Safe from any thread.

    `placeholder` makes the silhouette of a height, as bytes and media type.
    """

    def __init__(
        self, folder: Path | None, scale: Scale, placeholder: Callable[[int], tuple[bytes, str]]
    ) -> None:
        self._folder = folder.resolve() if folder else None
        self._scale, self._placeholder = scale, placeholder
        self._cached: OrderedDict[Key, Picture] = OrderedDict()
        self._size = 0
        self._logged: set[str] = set()
        self._lock = Lock()
        # A mirror asks for all pictures of a room at once; other requests must not wait for the scaling.
        self._scaling = BoundedSemaphore(MAX_CONCURRENT_SCALINGS)

    def picture(self, path: str, height: int) -> Picture | None:
        """The picture at the next of `HEIGHTS`; a silhouette if it cannot be read; None if there is no such file."""
        wanted = next((h for h in HEIGHTS if h >= height), HEIGHTS[-1])
        file = self._file(path)
        if file is None:
            return None
        key = (path, wanted, FileStamp.of(file))
        cached = self._get(key)
        if cached is not None:
            return cached
        with self._scaling:
            picture = self._get(key) or self._scaled(file, path, wanted)
            self._put(key, picture)
        return picture

    def _get(self, key: Key) -> Picture | None:
        with self._lock:
            if key in self._cached:
                self._cached.move_to_end(key)
            return self._cached.get(key)

    def _file(self, path: str) -> Path | None:
        if self._folder is None or "\x00" in path:
            return None
        file = (self._folder / path).resolve()
        return file if file.is_relative_to(self._folder) and file.is_file() else None

    def _scaled(self, file: Path, path: str, height: int) -> Picture:
        try:
            return _picture(*self._scale(file, height))
        except (UnreadablePictureError, OSError) as error:
            if path not in self._logged:
                self._logged.add(path)
                log.warning("picture %s cannot be read (%s); a silhouette is shown instead", path, error)
            return _picture(*self._placeholder(height))

    def _put(self, key: Key, picture: Picture) -> None:
        with self._lock:
            before = self._cached.pop(key, None)
            self._size += len(picture.content) - (len(before.content) if before else 0)
            self._cached[key] = picture
            while self._size > MAX_BYTES and len(self._cached) > 1:
                _, old = self._cached.popitem(last=False)
                self._size -= len(old.content)


def _picture(content: bytes, media_type: str) -> Picture:
    return Picture(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:24]}"')
