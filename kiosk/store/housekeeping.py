"""What the store does beside its work: takes a changed feed and a newly published model in, and forgets what it has
no more reason to keep."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
CHECK_S = 2.0
"""A feed is taken in when it has stayed as it is for one such look: a file that is still being written is not."""
CLEAN_UP_US = 3_600_000_000
DAY_US = 24 * CLEAN_UP_US
REQUEST_RETENTION_US = 90 * DAY_US
ITEM_EVENT_RETENTION_US = 400 * DAY_US
"""A year of seasons to compare with, and a month to do it in."""
Stamp = tuple[tuple[str, int, int], ...]


class Housekeeping:
    """A thread of its own. `import_feed` takes the feed's folder in, `forget` deletes what is older than two moments,
    `refresh` looks for models that were published meanwhile."""

    def __init__(
        self, folder: Path | None, import_feed: Callable[[Path], object], forget: Callable[[int, int], object],
        now_us: Callable[[], int], refresh: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        self._folder, self._take_in, self._forget, self._now = folder, import_feed, forget, now_us
        self._refresh = refresh
        self._taken = self._seen = feed_stamp(folder)
        self._tidy_at_us = 0
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        self._thread = Thread(target=self._run, name="store-housekeeping", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def check(self) -> bool:
        """Looks once; whether a feed was taken in."""
        self._clean_up()
        self._refresh()
        stamp = feed_stamp(self._folder)
        settled, self._seen = stamp == self._seen, stamp
        if self._folder is None or not stamp or stamp == self._taken or not settled:
            return False
        self._taken = stamp
        self._take_in(self._folder)
        return True

    def _clean_up(self) -> None:
        now_us = self._now()
        if now_us >= self._tidy_at_us:
            self._tidy_at_us = now_us + CLEAN_UP_US
            self._forget(now_us - REQUEST_RETENTION_US, now_us - ITEM_EVENT_RETENTION_US)

    def _run(self) -> None:
        while not self._stop.wait(CHECK_S):
            try:
                self.check()
            except (OSError, SQLAlchemyError) as error:
                log.warning("housekeeping failed and is tried again: %s", type(error).__name__)


def feed_stamp(folder: Path | None) -> Stamp:
    """Name, time and size of every feed file; empty where there is none."""
    if folder is None or not folder.is_dir():
        return ()
    found = []
    for file in sorted(folder.iterdir()):
        if file.suffix in (".jsonl", ".json", ".csv"):
            stat = file.stat()
            found.append((file.name, stat.st_mtime_ns, stat.st_size))
    return tuple(found)
