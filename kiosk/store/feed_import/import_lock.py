"""The lock between processes: one import at a time on one state folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.store.errors import ImportBusyError

_LOCK_NAME: Final = "feed-import.lock"


@contextmanager
def file_lock(state: Path | None) -> Iterator[None]:
    """Excludes an import by another process on the same state folder."""
    if state is None:
        yield
        return
    with (state / _LOCK_NAME).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportBusyError from None
        yield
