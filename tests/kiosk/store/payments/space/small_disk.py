"""A small disk of its own: a tmpfs that can be filled and emptied. Needs the right to mount."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.store.payments.space.disk_floor import MB, free_bytes

_CHUNK = 64 * 1024


class SmallDisk:
    """The folder at which it is mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, left_mb: float = 0) -> None:
        """Writes a file until only so much is free."""
        with self._filler.open("ab", buffering=0) as file:
            try:
                while (more := free_bytes(self.folder) - int(left_mb * MB)) > 0:
                    file.write(bytes(min(more, _CHUNK)))
            except OSError:
                return

    def empty(self) -> None:
        """Deletes that file."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, size_mb: int) -> Iterator[SmallDisk | None]:
    """A disk of so many MB; None where this user may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={size_mb * MB}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(words, capture_output=True, check=False)
    except OSError:
        yield None
        return
    if done.returncode != 0:
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
