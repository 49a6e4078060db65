"""Audit of a ledger: every entry of it and of those before it, and the tables that are derived from the entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.archives import lost_entries
from kiosk.store.payments.ledger.port import LostArchive
from kiosk.store.payments.ledger.readable import ReadableLedger, file_damage
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.payments.ledger.rebuild import scratch_tables
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState
from kiosk.store.payments.ledger.verification import Damage

MAX_SHOWN: Final = 100
"""Damaged entries that are listed; all are counted."""
_SLICE: Final = 250
"""Checked in some 3 ms; a payment waits for no more."""
Progress = Callable[[int, int], None]
"""Called with the entries that are checked, and the number of all."""


@dataclass(frozen=True, slots=True)
class DamagedEntry:
    """An entry that is not as it was written; `place` is the ledger."""

    place: str
    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """`damaged_before`: damaged entries of the ledgers before this one. `different_rows`: rows of the derived tables
    that do not follow from the entries; None if they were not compared. `mended`: they were made again. `lost`: ledgers
    before this one that cannot be read, or are not as they were closed. `lost_entries`: what was lost each time when a
    new ledger was begun; it was known then, and does not count."""

    state: LedgerState
    entries: int
    damaged: int
    damaged_before: int
    shown: tuple[DamagedEntry, ...]
    different_rows: int | None = None
    mended: bool = False
    lost: tuple[LostArchive, ...] = ()
    lost_entries: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing is wrong, or it was mended."""
        mended = not self.different_rows or self.mended
        return not self.state.closed and not self.damaged and not self.lost and mended


def audit(ledger: SqlLedger, progress: Progress, *, alone: bool) -> AuditResult:
    """Audits a ledger in slices; the store may work on. `alone`: no store runs, so the derived tables are compared as
    well, and made again if they differ and all entries are sound.

    Raises LedgerDamagedError if the file cannot be read any more.
    """
    _check_earlier_files(ledger)
    ledgers = (ledger, *ledger.archives)
    total, done = sum(each.head.seq for each in ledgers), 0
    counts: list[int] = []
    shown: list[DamagedEntry] = []
    for each in ledgers:
        begun, damaged = done, 0
        try:
            for found, count in _slices(each):
                damaged += len(found)
                shown += [DamagedEntry(each.place, d.seq, d.why) for d in found[: MAX_SHOWN - len(shown)]]
                done += count
                progress(done, total)
        except LedgerDamagedError as error:
            if each is ledger:
                raise
            ledger.archive_failed(each, error)
        done = begun + each.head.seq
        counts.append(damaged)
    damaged, *before = counts
    if damaged:
        # those of this ledger are listed first
        worst = shown[0]
        ledger.close_payments(LedgerState(Condition.DAMAGED, f"entry {worst.seq} {worst.why}", worst.seq))
    different, mended = None, False
    if alone and not ledger.state.closed and not damaged:
        _check_pages(ledger)
    if alone and not ledger.state.closed and not damaged:
        different = _different_rows(ledger)
        if different:
            ledger.rebuild()
            mended = True
    return AuditResult(
        ledger.state, total, damaged, sum(before), tuple(shown), different, mended, ledger.lost_archives,
        tuple(lost for each in ledgers if (lost := _lost_before(each))),
    )  # fmt: skip


def _slices(ledger: LedgerReader) -> Iterator[tuple[list[Damage], int]]:
    """The damaged entries of each slice, and how many were checked."""
    end = ledger.head.seq
    for first in range(1, end + 1, _SLICE):
        last = min(first + _SLICE - 1, end)
        yield ledger.damages(first, last), last - first + 1


def _check_earlier_files(ledger: SqlLedger) -> None:
    """Names the files of the ledgers before one that have damaged pages or indexes; a start does not check a file again
    that has not changed since."""
    for each in ledger.archives:
        if isinstance(each, ReadableLedger) and not each.is_copy and (found := file_damage(each.path)).why:
            ledger.archive_failed(each, LedgerDamagedError(each.place, 0, found.why))


def _lost_before(ledger: LedgerReader) -> str:
    lost = lost_entries(ledger.before())
    if lost is None:
        return ""
    return f"entries {lost[0]} to {lost[1]} of the ledger before {ledger.place} were lost when it was begun"


def _different_rows(ledger: SqlLedger) -> int:
    with closing(scratch_tables(ledger.entries(1, ledger.head.seq))) as scratch:
        return ledger.different_rows(scratch)


def _check_pages(ledger: SqlLedger) -> None:
    """Closes payments if the file of a ledger has damaged pages or indexes."""
    if isinstance(ledger, SqliteLedger):
        try:
            ledger.require_sound_pages()
        except LedgerDamagedError as error:
            ledger.close_payments(LedgerState(Condition.DAMAGED, error.why))
