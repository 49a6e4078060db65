"""Scaled pictures on disk, so that a restart does not scale them again. Everything in the folder may be deleted."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

log = logging.getLogger(__name__)
_SUFFIX: Final = ".webp"
_KEPT_PERCENT: Final = 80
"""What stays when the limit is reached, so that not each new picture deletes an old one."""
MIN_FREE_BYTES: Final = 500_000_000
"""Free space on the disk below which nothing is written: the ledger needs it more."""


class PictureDisk:
    """At most `max_bytes` of WebP in a folder; the pictures not used for the longest time go first. Never raises
    because of the disk. Safe from any thread."""

    def __init__(self, folder: Path, max_bytes: int, min_free_bytes: int = MIN_FREE_BYTES) -> None:
        self._folder, self._max, self._min_free = folder, max_bytes, min_free_bytes
        self._lock = Lock()
        self._size: int | None = None

    def get(self, key: Hashable) -> bytes | None:
        """The picture of a key; None if it is not there, or not whole."""
        file = self._file(key)
        try:
            content = file.read_bytes()
            if not _is_whole(content):
                file.unlink(missing_ok=True)
                return None
            os.utime(file)
        except OSError:
            return None
        return content

    def put(self, key: Hashable, content: bytes) -> None:
        """Keeps a picture, if there is space."""
        if len(content) > self._max // 10 or not _is_whole(content):
            return
        try:
            with self._lock:
                self._write(self._file(key), content)
        except OSError as error:
            log.info("scaled pictures are not kept on disk: %s", error.strerror)

    def _write(self, file: Path, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(self._folder).free < self._min_free:
            return
        if self._size is None:
            self._size = sum(found.stat().st_size for found in self._folder.iterdir())
        if self._size + len(content) > self._max:
            self._size = self._make_room()
        fresh = file.with_suffix(".new")
        fresh.write_bytes(content)
        fresh.replace(file)
        self._size += len(content)

    def _make_room(self) -> int:
        """Deletes the oldest ones; the size of those that stay."""
        found = sorted(((s := file.stat()).st_mtime_ns, s.st_size, file) for file in self._folder.iterdir())
        size = sum(each for _, each, _ in found)
        for _, each, file in found:
            if size <= self._max * _KEPT_PERCENT // 100:
                break
            with suppress(OSError):
                file.unlink()
                size -= each
        return size

    def _file(self, key: Hashable) -> Path:
        return self._folder / (
            hashlib.sha256(repr(key).encode("utf-8", "surrogateescape")).hexdigest() + _SUFFIX
        )


def _is_whole(content: bytes) -> bool:
    """Whether a WebP file has the length that its head states: a power cut may leave a part of it."""
    return content[:4] == b"RIFF" and int.from_bytes(content[4:8], "little") + 8 == len(content)
