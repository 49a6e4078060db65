"""The store's background thread: imports a changed feed, reloads a newly published model, and deletes old records."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.fault_log import FaultLog
from hardware.threads.supervised import Loop, ThreadState
from kiosk.connectors.feeds import FEED_SUFFIXES
from kiosk.store.file_stamp import FolderStamp, stamp_of_files

log = logging.getLogger(__name__)
CHECK_S = 2.0
"""Interval of the checks. A feed is imported when two checks found it the same, so not while it is being written."""
LATE_S: Final = 3600.0
"""A round that takes longer is late; an import of a large feed takes minutes."""
FIRST_RETRY_US: Final = 4_000_000
MAX_RETRY_US: Final = 300_000_000
"""An import that failed is tried again after `FIRST_RETRY_US`, then after twice as long each time, up to this."""
CLEAN_UP_US = 3_600_000_000
DAY_US = 24 * CLEAN_UP_US
REQUEST_RETENTION_US = 90 * DAY_US
COPY_RETENTION_US = 30 * DAY_US
"""Damaged files of the database, which hold names of shoppers, for a specialist."""
MOVEMENT_RETENTION_US = 90 * DAY_US
"""Own sales and returns that a later count of the stock contains; an older stock file may be given within this time."""
ITEM_EVENT_RETENTION_US = 400 * DAY_US
"""One year, for comparison with the same season, and a month more."""


@dataclass(frozen=True, slots=True)
class FeedTask:
    """How the feed of a folder is imported.

    `run` imports it; False if a part failed and must be tried again. `accepted`: whether there is a yes for a loss that
    waits. `imported`: the stamp of the folder before its last import; `complete`: the result of that import.
    """

    folder: Path
    run: Callable[[Path], bool]
    accepted: Callable[[], bool]
    imported: FolderStamp = ()
    complete: bool = True


class Housekeeping:
    """Regular tasks of the store, on a thread of its own, which goes on after every exception of a task.

    `feed` is None if there is no feed. `delete_before` gets two times in microseconds: closed requests and item events
    before them are to be deleted. `delete_movements` gets one, for movements of the stock, `delete_copies` one for
    damaged files of the database. `reload_models` looks for newly published models, `keep_certificates` renews those of
    TLS, `add_up_weeks` writes the sums of the insights. `now_us` is a clock that nobody sets; `trusted_us`: the time
    that the age of records counts to, by default the same.
    """

    def __init__(
        self,
        feed: FeedTask | None,
        *,
        delete_before: Callable[[int, int], object],
        delete_movements: Callable[[int], object] = lambda _: None,
        delete_copies: Callable[[int], object] = lambda _: None,
        reload_models: Callable[[], object],
        keep_certificates: Callable[[], object] = lambda: None,
        add_up_weeks: Callable[[], object] = lambda: None,
        now_us: Callable[[], int],
        trusted_us: Callable[[], int] | None = None,
    ) -> None:
        self._feed, self._now, self._trusted = feed, now_us, trusted_us or now_us
        self._delete_before, self._reload_models = delete_before, reload_models
        self._delete_movements, self._delete_copies = delete_movements, delete_copies
        self._keep_certificates, self._add_up_weeks = keep_certificates, add_up_weeks
        self._imported = self._last_seen = feed.imported if feed is not None else ()
        self._wait_us = FIRST_RETRY_US
        self._retry_at_us: int | None = None if feed is None or feed.complete else now_us() + FIRST_RETRY_US
        self._clean_up_at_us = now_us()
        self._failing: dict[str, str] = {}
        self._faults = FaultLog()
        self._loop = Loop("store-housekeeping", self._round, CHECK_S, late_s=LATE_S)

    @property
    def failing(self) -> tuple[str, ...]:
        """The tasks whose last run ended with an exception."""
        return tuple(sorted(self._failing))

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def start(self) -> None:
        self._loop.start()

    def close(self) -> None:
        self._loop.close()

    def check(self) -> bool:
        """Does all tasks that are due. True if the feed was given to the import."""
        self._do("old records", self._clean_up)
        self._do("models", self._reload_models)
        self._do("certificates", self._keep_certificates)
        self._do("weeks", self._add_up_weeks)
        return bool(self._do("feed", self._import_feed))

    def _do(self, name: str, task: Callable[[], object]) -> object:
        """Runs one task; an exception is logged once, until the task has worked again."""
        try:
            result = task()
        except Exception as error:  # noqa: BLE001 the border of this thread: the other tasks and the next check go on
            kind = type(error).__name__
            if self._failing.get(name) != kind:
                log.error("housekeeping: %s failed (%s) and is tried again", name, kind)
            if not isinstance(error, OSError | SQLAlchemyError):
                self._faults.log(log, f"housekeeping: {name}", error)
            self._failing[name] = kind
            return None
        if self._failing.pop(name, None) is not None:
            log.info("housekeeping: %s works again", name)
        return result

    def _import_feed(self) -> bool:
        feed = self._feed
        if feed is None:
            return False
        stamp = feed_stamp(feed.folder)
        settled, self._last_seen = stamp == self._last_seen, stamp
        # a yes of which the file cannot be read is carried out when the failed import is tried again
        waits = self._retry_at_us is not None and stamp == self._imported
        if not settled or not (self._is_due(stamp) or (not waits and feed.accepted())):
            return False
        self._imported = stamp
        # if the import raises, it is tried again as if a part had failed
        self._retry_at_us = self._now() + self._wait_us
        self._wait_us = min(2 * self._wait_us, MAX_RETRY_US)
        if feed.run(feed.folder):
            self._retry_at_us, self._wait_us = None, FIRST_RETRY_US
        return True

    def _is_due(self, stamp: FolderStamp) -> bool:
        if self._retry_at_us is not None and self._now() >= self._retry_at_us:
            return True
        return bool(stamp) and stamp != self._imported

    def _clean_up(self) -> None:
        now_us = self._now()
        if now_us >= self._clean_up_at_us:
            trusted_us = self._trusted()
            self._delete_before(trusted_us - REQUEST_RETENTION_US, trusted_us - ITEM_EVENT_RETENTION_US)
            self._delete_movements(trusted_us - MOVEMENT_RETENTION_US)
            self._delete_copies(trusted_us - COPY_RETENTION_US)
            self._clean_up_at_us = now_us + CLEAN_UP_US

    def _round(self) -> None:
        self.check()


def feed_stamp(folder: Path | None) -> FolderStamp:
    """The stamp of a folder's feed files; empty if there is no folder or if it cannot be listed."""
    if folder is None:
        return ()
    try:
        files = [file for file in folder.iterdir() if file.suffix.casefold() in FEED_SUFFIXES]
    except OSError:
        return ()
    return stamp_of_files(files)
