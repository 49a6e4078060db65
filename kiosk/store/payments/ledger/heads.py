"""The head of the ledger, kept outside of it as well: number and hash of the last entry, highest receipt.

For a ledger file it is kept in the store's database, for a ledger in PostgreSQL in a file of the state folder. It is
written after the entry (`HeadKeeper`), so a ledger that is ahead of it is normal: the store was killed in between, or
the database was away. A ledger that is behind it, or has another hash there, is not the one that was written.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from hardware.regular_files import read_regular
from hardware.threads.supervised import Loop, ThreadState
from kiosk.store.db.database import Database
from kiosk.store.db.tables import LEDGER_HEAD
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.port import Head, Ledger
from kiosk.store.payments.ledger.state import Condition, LedgerState
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
_RETRY_S: Final = 2.0
_LATE_S: Final = 60.0
_PAUSE_S: Final = 0.1
"""Entries that follow each other within this time are kept with one write."""
_KEPT: Final = (Condition.OK, Condition.REMOVED)
"""In any other condition the head that was kept last stays: it says what is missing."""
_MAX_BYTES: Final = 4096
HEAD_FILE: Final = "ledger.head"


class HeadStore(Protocol):
    """Where the head is kept. Both methods raise SQLAlchemyError or OSError while it is away."""

    def read(self) -> Head | None:
        """The head that was kept last; None if none ever was."""
        ...

    def write(self, head: Head) -> None:
        """Keeps a head."""
        ...


class DatabaseHead:
    """In the store's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Head | None:
        query = select(LEDGER_HEAD.c.seq, LEDGER_HEAD.c.chain, LEDGER_HEAD.c.receipts)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else Head(row.seq, row.chain, row.receipts)

    def write(self, head: Head) -> None:
        row = {"head_id": 1, "seq": head.seq, "chain": head.chain, "receipts": head.receipts}
        with self._database.writing_beside() as connection:
            upsert(connection, LEDGER_HEAD, [row])


class FileHead:
    """In a file of the state folder."""

    def __init__(self, state: Path) -> None:
        self._file = state / HEAD_FILE

    def read(self) -> Head | None:
        try:
            found = json.loads(read_regular(self._file, _MAX_BYTES))
            return Head(int(found["seq"]), str(found["chain"]), int(found["receipts"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise OSError(f"{self._file} is damaged") from error

    def write(self, head: Head) -> None:
        write_secret(self._file, json.dumps(head._asdict()).encode())


def agree(kept: Head, last: int, chain_at: Callable[[int], str]) -> LedgerState:
    """Whether a ledger with the number `last` of its last entry agrees with the head that was kept."""
    if last < kept.seq:
        why = (
            f"entries {last + 1} to {kept.seq} are missing, which the store has written: this is an old copy"
        )
        return LedgerState(Condition.BEHIND, why, last + 1)
    if kept.seq and chain_at(kept.seq) != kept.chain:
        why = f"entry {kept.seq} is not the one that the store has written"
        return LedgerState(Condition.OTHER_CHAIN, why, kept.seq)
    return LedgerState()


def require_agreement(place: str, kept: Head | None, end: Head, chain_at: Callable[[int], str]) -> None:
    """Raises LedgerDamagedError if a ledger does not agree with the head that was kept."""
    found = agree(kept, end.seq, chain_at) if kept is not None else LedgerState()
    if found.closed:
        raise LedgerDamagedError(place, found.seq, found.why, found.condition.value)


class HeadKeeper:
    """Writes the head of an open ledger to where it is kept, in a thread of its own, whenever it has changed.

    No payment waits for it. While the store is away it is tried again; the ledger goes on.
    """

    def __init__(self, ledger: Ledger, kept: HeadStore) -> None:
        self._ledger, self._kept = ledger, kept
        self._written: Head | None = None
        self._loop = Loop("ledger-head", self._round, _PAUSE_S, late_s=_LATE_S)
        self._failing = False

    @property
    def failing(self) -> bool:
        """Whether the last head could not be written."""
        return self._failing

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def start(self) -> None:
        self._loop.start()

    def close(self) -> None:
        """Ends the thread and writes the last head."""
        self._loop.close()
        self.write()

    def write(self) -> bool:
        """Writes the head if it has changed; False if that failed."""
        head, state = self._ledger.head, self._ledger.state
        if head == self._written or not head.seq or state.condition not in _KEPT:
            return True
        try:
            self._kept.write(head)
        except (SQLAlchemyError, OSError) as error:
            if not self._failing:
                log.warning(
                    "the number of the ledger's last entry cannot be kept (%s); it is tried again",
                    type(error).__name__,
                )
            self._failing = True
            return False
        if self._failing:
            log.warning("the number of the ledger's last entry is kept again")
        self._written, self._failing = head, False
        return True

    def _round(self) -> float | None:
        return None if self.write() else _RETRY_S
