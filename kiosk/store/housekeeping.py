"""The store's background thread: imports a changed feed, reloads a newly published model, and deletes old records."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.file_stamp import FolderStamp, stamp_of_files

log = logging.getLogger(__name__)
CHECK_S = 2.0
"""Interval of the checks. A feed is imported when two checks found it the same, so not while it is being written."""
FEED_SUFFIXES = (".jsonl", ".json", ".csv")
CLEAN_UP_US = 3_600_000_000
DAY_US = 24 * CLEAN_UP_US
REQUEST_RETENTION_US = 90 * DAY_US
ITEM_EVENT_RETENTION_US = 400 * DAY_US
"""One year, for comparison with the same season, and a month more."""


class Housekeeping:
    """Regular tasks of the store, on a thread of its own.

    `import_feed` imports a folder of feed files; None as `folder` means that there is no feed.
    `delete_before` gets two times in microseconds: closed requests and item events before them are to be deleted.
    `reload_models` looks for newly published models.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        import_feed: Callable[[Path], object],
        delete_before: Callable[[int, int], object],
        reload_models: Callable[[], object],
        now_us: Callable[[], int],
    ) -> None:
        self._folder, self._now = folder, now_us
        self._import_feed, self._delete_before, self._reload_models = (
            import_feed,
            delete_before,
            reload_models,
        )
        self._imported = self._last_seen = feed_stamp(folder)
        self._clean_up_at_us = 0
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
        """Does all tasks that are due. True if a feed was given to `import_feed`."""
        self._clean_up()
        self._reload_models()
        stamp = feed_stamp(self._folder)
        complete, self._last_seen = stamp == self._last_seen, stamp
        if self._folder is None or not stamp or stamp == self._imported or not complete:
            return False
        self._imported = stamp
        self._import_feed(self._folder)
        return True

    def _clean_up(self) -> None:
        now_us = self._now()
        if now_us >= self._clean_up_at_us:
            self._clean_up_at_us = now_us + CLEAN_UP_US
            self._delete_before(now_us - REQUEST_RETENTION_US, now_us - ITEM_EVENT_RETENTION_US)

    def _run(self) -> None:
        while not self._stop.wait(CHECK_S):
            try:
                self.check()
            except (OSError, SQLAlchemyError) as error:
                log.warning("housekeeping failed and will be tried again: %s", type(error).__name__)


def feed_stamp(folder: Path | None) -> FolderStamp:
    """The stamp of a folder's feed files; empty if there is no folder."""
    if folder is None or not folder.is_dir():
        return ()
    return stamp_of_files(file for file in folder.iterdir() if file.suffix in FEED_SUFFIXES)
