"""Imports a folder of feed files into the store's database: the order of the kinds, stamps, losses and the report.

People first, because they do not depend on the catalogue; then styles before items before stock, so that a garment is
never shown without its style; deletions of the catalogue last. A kind is noted as imported when all of it is written:
an import that is interrupted, even by SIGKILL, is finished by the next one, which finds the digests of the lines that
were written in the same transactions.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from hardware.threads.fault_log import FaultLog
from kiosk.connectors.feeds import FEED_KINDS, FeedFolder, open_folder
from kiosk.connectors.feeds.file_reader import READER_VERSION
from kiosk.store.customers.tombstones import Tombstones
from kiosk.store.db.database import Database
from kiosk.store.errors import ImportBusyError, ImportStoppedError, NotFoundError
from kiosk.store.feed_import import losses as held_losses
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.import_lock import file_lock
from kiosk.store.feed_import.known_lines import KnownFile, known_files
from kiosk.store.feed_import.limits import ImportLimits
from kiosk.store.feed_import.losses import Losses, stored_losses
from kiosk.store.feed_import.mistake_files import MistakeFiles
from kiosk.store.feed_import.report import HeldLoss, ImportReport, KindReport, Yes
from kiosk.store.feed_import.report_file import report_lines, write_report
from kiosk.store.feed_import.slices import KindProgress, Slices
from kiosk.store.feed_import.steps import ImportSteps
from kiosk.store.staff.associates import AssociateAccounts

log = logging.getLogger(__name__)
Listener = Callable[[frozenset[str], frozenset[str], frozenset[str]], None]
"""Gets the styles, articles and kinds that were written, several times during an import."""
IMPORT_VERSION: Final = 2
"""To be raised when the same line is written in another way, so that unchanged files are imported again."""


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """What an import depends on besides the feed.

    `state`: folder of the store's own files, for the lock between processes and for the report where the feed's folder
    cannot be written; None in tests. `key` makes the digests of lines keyed. `stopped` is asked before each
    transaction; True ends the import.
    """

    currency: str = ""
    zone: tzinfo = UTC
    key: bytes = field(default=b"", repr=False)
    limits: ImportLimits = field(default_factory=ImportLimits)
    state: Path | None = None
    stopped: Callable[[], bool] = lambda: False


class FeedImporter:
    """Imports feeds; one import at a time. Safe from any thread."""

    def __init__(
        self, database: Database, associates: AssociateAccounts, mac: Callable[[str], str],
        settings: ImportSettings | None = None, listener: Listener = lambda *_: None,
    ) -> None:  # fmt: skip
        """`mac` makes the keyed hash of a card's UID. `listener` is called after each kind that was written."""
        self._database, self._associates, self._mac = database, associates, mac
        self._settings = settings or ImportSettings()
        self._listener = listener
        self._mistake_files = MistakeFiles(self._settings.state)
        self._running = Lock()
        self._faults = FaultLog()
        self._stopped = False
        self._shown: tuple[object, tuple[HeldLoss, ...]] = (None, ())
        self.last: ImportReport | None = None
        """The report of the last import of this process."""

    def stop(self) -> None:
        """Ends a running import before its next transaction; the next start goes on with it."""
        self._stopped = True

    @property
    def running(self) -> bool:
        """Whether this process imports now."""
        return self._running.locked()

    def run(
        self, folder: Path, now_us: int, *, dry_run: bool = False, alone: bool = False,
        accepted: Sequence[Yes] = (), progress: KindProgress = lambda *_: None,
    ) -> ImportReport:  # fmt: skip
        """Imports what has changed; `dry_run` only says what an import would do.

        `accepted` is accepted first, all of it or, if a part of it does not wait, nothing; then `not_accepted` says so
        and the list of what waits is the new one. No other import can use it up.

        `alone`: nobody else uses the database, so it need not be shared with requests. What cannot be read or written
        is in the report (`failed`) and may be tried again. Raises ImportBusyError, ImportStoppedError.
        """
        with self._alone():
            agreed = () if dry_run else self._accept(accepted, now_us)
            began, cpu = time.monotonic(), time.thread_time()
            try:
                with _few_collections(alone):
                    report = self._run(folder, now_us, progress, dry_run=dry_run, alone=alone)
            finally:
                self._mistake_files.close()
            report = replace(report, not_accepted=_not_accepted(agreed, report))
            if not dry_run:
                before, self.last = self.last, report
                self._log(report, before, folder, (time.monotonic() - began, time.thread_time() - cpu))
            return report

    def held(self) -> tuple[HeldLoss, ...]:
        """What waits for a yes, the oldest first. Raises sqlalchemy.exc.SQLAlchemyError."""
        with self._database.reading() as connection:
            marks = held_losses.marks(connection)
            if self._shown[0] != marks:
                found = tuple(loss.held for loss in stored_losses(connection) if not loss.accepted_us)
                self._shown = (marks, found)
            return self._shown[1]

    def accept(self, kind: str, digest: str, who: str, now_us: int) -> HeldLoss:
        """Says yes to a held loss; the next `run` carries it out. Idempotent. Raises NotFoundError.

        `who`: the associate's id, or `command line`."""
        accepted = self._accept([Yes(kind, digest, who)], now_us)
        if accepted is None:
            raise NotFoundError("this loss does not wait any more; look at the list again")
        return accepted[0]

    def _accept(self, yeses: Sequence[Yes], now_us: int) -> tuple[HeldLoss, ...] | None:
        """Stores all of them, or nothing if one does not wait (None)."""
        if not yeses:
            return ()
        with self._database.writing() as connection:
            found = held_losses.accept(connection, yeses, now_us)
        for yes, loss in zip(yeses, found or (), strict=False):
            log.warning("feed: accepted by %s: %s", yes.who, loss)
        return found

    def accepted(self) -> bool:
        """Whether there is a yes that the next `run` carries out."""
        with self._database.reading() as connection:
            return held_losses.has_accepted(connection)

    def report(self) -> ImportReport:
        """What is known of all imports, also after a restart."""
        last = self.last
        if last is None:
            with self._database.reading() as connection:
                kinds = _reports(known_files(connection).values())
            last = ImportReport(max((kind.read_us for kind in kinds), default=0), kinds=kinds)
        return replace(last, held=self.held())

    def _run(
        self, folder: Path, now_us: int, progress: KindProgress, *, dry_run: bool, alone: bool
    ) -> ImportReport:
        known = self.last.kinds if self.last is not None else ()
        try:
            with self._database.reading() as connection:
                losses = Losses(stored_losses(connection), now_us)
                files = known_files(connection)
            known = _reports(files.values())
            mistakes = MistakeFiles(None) if dry_run else self._mistake_files
            feed = self._open(folder, mistakes)
        except (OSError, SQLAlchemyError) as error:
            # what is known of the files stays, as their rows do
            kinds = tuple(replace(kind, read=False) for kind in known)
            return ImportReport(now_us, str(folder), kinds, failed=(_reason(error),), dry_run=dry_run)
        slices = Slices(self._database, dry=dry_run, alone=alone, stopped=self._is_stopped, progress=progress)
        shared = (self._mac, self._listener, mistakes, Tombstones(self._settings.key))
        context = ImportContext(slices, losses, self._settings.limits, now_us, *shared)
        steps = ImportSteps(context, feed, folder, files, self._associates, self._fingerprint())
        failed = [
            why for part in (steps.shoppers, steps.associates, steps.catalogue) for why in self._part(part)
        ]
        kinds = tuple(steps.reports[kind] for kind in FEED_KINDS if kind in steps.reports)
        notes = tuple(str(note) for note in feed.notes)
        return ImportReport(now_us, str(folder), kinds, losses.all_held(), notes, tuple(failed), dry_run)

    def _is_stopped(self) -> bool:
        return self._stopped or self._settings.stopped()

    def _part(self, part: Callable[[], list[str]]) -> list[str]:
        """Runs one part of the import; the reasons why it or a kind of it failed."""
        try:
            return part()
        except (OSError, SQLAlchemyError) as error:
            return [_reason(error)]
        except ImportStoppedError:
            raise
        except Exception as error:  # noqa: BLE001 the border of an import: a fault of the program must not end the store
            return [f"a fault of the program: {self._faults.log(log, 'feed import', error)}"]

    def _open(self, folder: Path, mistakes: MistakeFiles) -> FeedFolder:
        settings = self._settings
        return open_folder(
            folder,
            currency=settings.currency,
            zone=settings.zone,
            key=settings.key,
            on_mistake=mistakes.add,
        )

    def _fingerprint(self) -> str:
        """What decides how a file is read; if it changes, unchanged files are read again."""
        settings = self._settings
        limits = settings.limits
        return (
            f"{IMPORT_VERSION}.{READER_VERSION} {settings.currency} {settings.zone} {limits.loss_percent} "
            f"{limits.small_loss} {limits.small_access_loss} {limits.price_percent}"
        )

    def _log(
        self, report: ImportReport, before: ImportReport | None, folder: Path, took_s: tuple[float, float]
    ) -> None:
        if report.failed and (before is None or before.failed != report.failed):
            log.warning("feed: %s; what is known stays, it is tried again", "; ".join(report.failed))
        if not any(kind.read for kind in report.kinds) and not report.failed:
            return
        state = self._settings.state
        lines = partial(report_lines, report, self._settings.zone, self._mistake_files.of)
        path = write_report(lines, (folder, *((state,) if state else ())))
        if not any(kind.read for kind in report.kinds):
            return
        level = logging.WARNING if report.mistake_count or report.held else logging.INFO
        log.log(level, "feed imported in %.2f s (CPU %.2f s): %s", *took_s, _summary(report, path))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._running.acquire(blocking=False):
            raise ImportBusyError
        try:
            with file_lock(self._settings.state):
                yield
        finally:
            self._running.release()


@contextmanager
def _few_collections(alone: bool) -> Iterator[None]:
    """At the start of the store no search for cyclic garbage, which takes a third of the time with many lines."""
    if not alone or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _reports(files: Iterable[KnownFile]) -> tuple[KindReport, ...]:
    found = {file.report.kind: file.report for file in files if file.report is not None}
    return tuple(found[kind] for kind in FEED_KINDS if kind in found)


def _reason(error: Exception) -> str:
    """An error without values: the texts of the database's errors may quote a row."""
    if isinstance(error, OperationalError):
        return "the database cannot be used now (OperationalError)"
    if isinstance(error, SQLAlchemyError):
        return f"the database refused it ({type(error).__name__})"
    if isinstance(error, OSError):
        return f"{error.filename or 'the feed'}: {error.strerror or type(error).__name__}"
    return type(error).__name__


def _not_accepted(agreed: Sequence[HeldLoss] | None, report: ImportReport) -> str:
    """Why a yes was not carried out. `agreed` is None if what was shown did not wait any more."""
    if agreed is None:
        return "what waits is not what was shown: nothing was accepted; look at the new list"
    accepted = {(loss.kind, loss.what) for loss in agreed}
    again = [str(loss) for loss in report.held if (loss.kind, loss.what) in accepted]
    return f"the feed has changed after it was shown and waits anew: {', '.join(again)}" if again else ""


def _summary(report: ImportReport, path: Path | None) -> str:
    parts = [
        f"{kind.changed} {kind.kind} written, {kind.deleted} deleted"
        for kind in report.kinds
        if kind.read and (kind.changed or kind.deleted)
    ]
    text = "; ".join(parts) or "nothing new"
    if report.mistake_count:
        text += f"; {report.mistake_count} mistakes"
    if report.held:
        text += f"; waits for a yes: {', '.join(str(loss) for loss in report.held)}"
    return f"{text}; see {path}" if path is not None else f"{text}; the report cannot be written anywhere"
