"""Imports of the retailer's feed on request, and what is known of the last one: what waits for a yes, and its age.

One import runs at a time, on a thread of its own, beside the store's regular check of the feed (`housekeeping`).
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.supervised import start_job
from kiosk.clock import US
from kiosk.connectors.feeds import REPORT_NAME
from kiosk.store.catalogue.stock_counts import COUNTED_US, as_of_us, sold_since_count
from kiosk.store.db.database import Database
from kiosk.store.db.tables import STOCK
from kiosk.store.errors import ImportBusyError, RefusedError, StoreError, TryAgainError
from kiosk.store.feed_import import FeedImporter, HeldLoss, ImportReport, Yes

log = logging.getLogger(__name__)
STOCK_LATE_US = 48 * 3600 * US
"""A stock file is written every night; one that is older than two nights is late."""
BUSY_POLL_S = 0.2
KEPT_JOBS = 2
"""Imports on request whose results are kept."""
FEED_CHANGED = "FeedChanged"
"""The event that tells the associates' pages to ask again. It says nothing itself: every associate's page gets it."""


@dataclass(frozen=True, slots=True)
class FeedProgress:
    """How far an import is: the kind that is read, and bytes of its file; all empty between two files."""

    kind: str = ""
    done_bytes: int = 0
    all_bytes: int = 0


@dataclass(frozen=True, slots=True)
class ImportJob:
    """An import on request. `report` is None while it runs, and if it failed; then `failure` says why."""

    number: int
    folder: Path
    dry_run: bool
    running: bool = True
    progress: FeedProgress = FeedProgress()
    report: ImportReport | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of the feed. `stock_counted_us`: the oldest count of the stock; `stock_file_us`: when its file was
    written. Both are 0 where they are not known. `sold_since_count`: articles that were sold after their last count."""

    report: ImportReport
    held: tuple[HeldLoss, ...]
    stock_counted_us: int
    stock_file_us: int
    report_file: Path | None = None
    importing: bool = False
    sold_since_count: int = 0

    def stock_late(self, now_us: int) -> bool:
        """Whether the stock file is older than it should be."""
        return 0 < self.stock_file_us < now_us - STOCK_LATE_US


class FeedImports:
    """Safe from any thread. `folder` is the configured feed, `state` the store's own folder.

    `changed` is called, on any thread, with the import, or None after a yes.
    """

    def __init__(
        self,
        importer: FeedImporter,
        database: Database,
        folder: Path | None,
        state: Path,
        *,
        changed: Callable[[ImportReport | None], object],
        now_us: Callable[[], int],
    ) -> None:
        self.folder, self._state, self._importer, self._database = folder, state, importer, database
        self._changed, self._now = changed, now_us
        self._known: FeedState | None = None
        self._changes = 0
        self._lock = Lock()
        self._jobs: deque[ImportJob] = deque(maxlen=KEPT_JOBS)
        self._thread: Thread | None = None
        self._closed = Event()
        self._again = False

    def state(self) -> FeedState:
        """The last import and what waits, from the database only after a change; sales each time.

        Raises SQLAlchemyError.
        """
        with self._lock:
            known, changes = self._known, self._changes
        if known is None:
            known = self._read()
            with self._lock:
                # what was read while something changed is not kept
                self._known = known if changes == self._changes else None
        with self._database.reading() as connection:
            sold = sold_since_count(connection, known.stock_counted_us)
        return replace(known, importing=self._importer.running, sold_since_count=sold)

    def job(self, number: int | None = None) -> ImportJob | None:
        """An import that was requested, the last one without a number; None if it is not known (any more)."""
        with self._lock:
            return next((job for job in reversed(self._jobs) if number in (None, job.number)), None)

    def start(
        self, folder: Path | None = None, *, dry_run: bool = False, accepted: Sequence[Yes] = ()
    ) -> ImportJob:
        """Starts an import of a folder, or of the configured feed. `accepted` is accepted first.

        Raises TryAgainError while another request runs, RefusedError if there is no folder.
        """
        place = folder or self.folder
        if place is None:
            raise RefusedError("no feed is configured (catalogue.feed), and no folder was named")
        with self._lock:
            if self._closed.is_set():
                raise TryAgainError("the store is closing")
            last = self._jobs[-1] if self._jobs else None
            if last is not None and last.running:
                raise TryAgainError(f"an import of {last.folder} runs; wait until it has ended")
            self._again = False
            job = ImportJob((last.number if last else 0) + 1, place, dry_run)
            self._thread = start_job("store-feed", partial(self._run, job, accepted))
            self._jobs.append(job)
            return job

    def start_soon(self) -> None:
        """Starts an import of the configured feed, after the requested one that runs; nothing if there is no feed."""
        with self._lock:
            self._again = True
        with suppress(RefusedError):
            self.start()

    def accept(self, kind: str, digest: str, who: str) -> HeldLoss:
        """Stores a yes; the next import carries it out. Raises NotFoundError if this does not wait."""
        held = self._importer.accept(kind, digest, who, self._now())
        self._forget()
        self._changed(None)
        return held

    def imported(self, report: ImportReport) -> None:
        """To be called after every import that was not requested here."""
        self._forget()
        self._changed(report)

    def _forget(self) -> None:
        with self._lock:
            self._known, self._changes = None, self._changes + 1

    def close(self) -> None:
        """Waits for an import in progress, which `FeedImporter.stop` shortens."""
        with self._lock:
            self._closed.set()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, job: ImportJob, accepted: Sequence[Yes]) -> None:
        report, failure = None, ""
        try:
            report = self._when_free(job, accepted)
        except SQLAlchemyError as error:
            failure = f"the store's database fails with {type(error).__name__}"
        except StoreError as error:
            failure = str(error)
        except Exception as error:
            log.exception("the import of the feed failed")
            failure = f"a fault of the store ({type(error).__name__}); its log has the cause"
        finally:
            self._note(running=False, report=report, failure=failure)
        if not job.dry_run and report is not None:
            self.imported(report)
        if self._again:
            self.start_soon()

    def _when_free(self, job: ImportJob, accepted: Sequence[Yes]) -> ImportReport:
        """Imports when the store's regular import, if one runs, has ended."""
        while True:
            try:
                return self._importer.run(
                    job.folder, self._now(), dry_run=job.dry_run, accepted=accepted, progress=self._progress
                )
            except ImportBusyError:
                if self._closed.wait(BUSY_POLL_S):
                    raise

    def _progress(self, kind: str, done_bytes: int, all_bytes: int) -> None:
        self._note(progress=FeedProgress(kind, done_bytes, all_bytes))

    def _note(self, **changes: Any) -> None:
        """Changes the job that runs."""
        with self._lock:
            self._jobs[-1] = replace(self._jobs[-1], **changes)

    def _read(self) -> FeedState:
        report, held = self._importer.report(), self._importer.held()
        with self._database.reading() as connection:
            oldest_us = connection.scalar(select(func.min(COUNTED_US)).select_from(STOCK)) or 0
            file_us = as_of_us(connection)
        return FeedState(report, held, oldest_us, file_us, self._report_file())

    def _report_file(self) -> Path | None:
        """The newest report of an import: beside the feed, or in the state folder where the feed cannot be written."""
        folders = (*((self.folder,) if self.folder else ()), self._state)
        written = {}
        for file in (folder / REPORT_NAME for folder in folders):
            with suppress(OSError):
                written[file.stat().st_mtime_ns] = file
        return written[max(written)] if written else None
