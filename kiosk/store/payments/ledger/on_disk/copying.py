"""Copies an open SQLite file page by page (SQLite documentation, "Online Backup API"), while its connection is used."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import RLock
from typing import Final

_PAGES: Final = 256
"""1 MB is copied in about 1 ms; a payment waits for no more."""
_PAUSE_S: Final = 0.005
"""Between two tries while a transaction is being written."""


@contextmanager
def copied(
    source: sqlite3.Connection, lock: RLock, target: Path, progress: Callable[[int, int], None]
) -> Iterator[None]:
    """Copies the file of `source` to a new file; the block is run with the lock under which `source` is written.

    The copy has everything that was written before the block. Changes of the same connection during the copy are
    written to both files. The lock is only held for the last pages. Raises sqlite3.Error.
    """
    with ExitStack() as held:

        def copied_so_far(_status: int, left: int, total: int) -> None:
            progress(total - left, total)
            if left <= _PAGES and not locked:
                held.enter_context(lock)
                locked.append(True)

        locked: list[bool] = []
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            for setting in ("journal_mode = OFF", "synchronous = OFF"):
                copy.execute(f"PRAGMA {setting}")
            # a small file is copied in one step, after which a change would be missing in the copy
            (pages,) = source.execute("PRAGMA page_count").fetchone()
            if pages <= _PAGES:
                held.enter_context(lock)
                locked.append(True)
            source.backup(copy, pages=_PAGES, progress=copied_so_far, sleep=_PAUSE_S)
        yield
