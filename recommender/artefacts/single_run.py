"""Lets one training run at a time work in a folder of published versions.

The lock is an open file description lock of the kernel (flock(2)): it ends with the process, however that ends.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recommender.errors import BusyError

LOCK = ".training"


@contextmanager
def only_run(root: Path) -> Iterator[None]:
    """Holds the lock of `root`, which is created if needed. Raises `BusyError` if another process holds it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(f"another training run works in {root}; try again when it has ended") from error
        yield
