"""The catalogue's pictures at the size a mirror asks for, scaled once and kept; a broken one becomes a silhouette."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

log = logging.getLogger(__name__)
HEIGHTS = (96, 160, 240, 320, 480, 640, 800, 1080, 1440, 2160)
"""Heights kept; a wish is rounded up to the next, so that a stranger cannot fill the cache with odd sizes."""
MAX_BYTES = 96 * 1024 * 1024
MAX_CONCURRENT_SCALINGS = 2


class UnreadablePictureError(Exception):
    """A file that is no picture, or too large a one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be sent."""

    content: bytes
    media_type: str
    etag: str


Key = tuple[str, int, int]
"""Path, height, and when the file was written."""
Scale = Callable[[Path, int], tuple[bytes, str]]
"""A picture's file at most so many pixels high: bytes and media type. Errors: UnreadablePictureError."""


class PictureCache:
    """Pictures below a folder. Safe from any thread."""

    def __init__(
        self, folder: Path | None, scale: Scale, placeholder: Callable[[int], tuple[bytes, str]]
    ) -> None:
        self._folder = folder.resolve() if folder else None
        self._scale, self._placeholder = scale, placeholder
        self._kept: OrderedDict[Key, Picture] = OrderedDict()
        self._size = 0
        self._told: set[str] = set()
        self._lock = Lock()
        # A mirror asks for a room's pictures all at once; what moves on the floor must not wait behind them.
        self._making = BoundedSemaphore(MAX_CONCURRENT_SCALINGS)

    def picture(self, path: str, height: int) -> Picture | None:
        """The picture at about that height; a silhouette where its file is broken; None where there is no such file."""
        wanted = next((h for h in HEIGHTS if h >= height), HEIGHTS[-1])
        file = self._file(path)
        if file is None:
            return None
        key = (path, wanted, file.stat().st_mtime_ns)
        kept = self._found(key)
        if kept is not None:
            return kept
        with self._making:
            picture = self._found(key) or self._made(file, path, wanted)
            self._keep(key, picture)
        return picture

    def silhouette(self, height: int) -> Picture:
        """What stands for a picture that is missing."""
        return _picture(*self._placeholder(next((h for h in HEIGHTS if h >= height), HEIGHTS[-1])))

    def _found(self, key: Key) -> Picture | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _file(self, path: str) -> Path | None:
        if self._folder is None or "\x00" in path:
            return None
        file = (self._folder / path).resolve()
        return file if file.is_relative_to(self._folder) and file.is_file() else None

    def _made(self, file: Path, path: str, height: int) -> Picture:
        try:
            return _picture(*self._scale(file, height))
        except (UnreadablePictureError, OSError) as error:
            if path not in self._told:
                self._told.add(path)
                log.warning("picture %s is broken (%s); a silhouette stands in for it", path, error)
            return _picture(*self._placeholder(height))

    def _keep(self, key: Key, picture: Picture) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(picture.content) - (len(before.content) if before else 0)
            self._kept[key] = picture
            while self._size > MAX_BYTES and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                self._size -= len(old.content)


def _picture(content: bytes, media_type: str) -> Picture:
    return Picture(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:24]}"')
