"""Begins a new ledger after one that is damaged, missing or an old copy, or that moves to another place.

The new ledger names number and hash of the last entry of the old one, takes over which order holds which piece and the
entries of all orders with something open, and leaves a range of receipt numbers unused, because receipts may have been
given of which the old ledger knows nothing. The old ledger stays, and is read for receipts and returns.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.clock import now_us
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.archives import LedgerPlace, described, lost_entries
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import CARRIED
from kiosk.store.payments.ledger.heads import HeadStore
from kiosk.store.payments.ledger.on_disk.file_watch import JOURNAL_SUFFIX
from kiosk.store.payments.ledger.opening import READABLE_FILE, open_ledger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.postgres.link import generation
from kiosk.store.payments.ledger.postgres_ledger import PostgresLedger
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger
from kiosk.store.payments.ledger.upkeep.file_access import require_replaceable

log = logging.getLogger(__name__)
UNUSED_RECEIPTS: Final = 1000
_BATCH: Final = 500
_NEW_FILE: Final = "ledger.new.db"


@dataclass(frozen=True, slots=True)
class Reopened:
    """What was done. `old`: where the old ledger is now (empty if it is missing), `old_head` its last entry, `lost` the
    first and last of the entries that the store had written and that it does not have any more; `unread`: kind and key
    of what is open in the old one, and could not be taken over, because its entries cannot be read."""

    why: str
    old: str
    old_head: Head
    first_receipt: int
    open_orders: int
    pieces: int
    lost: tuple[int, int] | None = None
    unread: tuple[str, ...] = ()


class Reopening:
    """Begins a new ledger at a place. To be used with the store's lock, while no ledger is open there."""

    def __init__(self, place: LedgerPlace, key: ChainKey, kept: HeadStore) -> None:
        self._place, self._key, self._kept = place, key, kept
        self._pieces = self._orders = 0

    def run(self) -> Reopened:
        """Begins the new ledger.

        Raises LedgerFileError if a person must do something first, LedgerBusyError, OSError, sqlite3.Error,
        SQLAlchemyError.
        """
        if not self._place.in_database:
            require_replaceable(self._place.file, self._place.file.with_name(_NEW_FILE))
        kept = self._kept.read()
        old = open_ledger(self._place, self._key, kept)
        try:
            before = self._before(old, kept)
            new = self._begin(old, before)
            unread = _not_taken_over(old, new)
        finally:
            old.close()
        head = new.head
        new.close()
        self._put_in_place(before)
        self._kept.write(head)
        return Reopened(
            str(old.state),
            str(before["original"]),
            old.head,
            int(before["receipts"]) + 1,
            self._orders,
            self._pieces,
            lost_entries(before),
            unread,
        )

    def _before(self, old: SqlLedger, kept: Head | None) -> dict[str, Any]:
        """What the new ledger says of the old one."""
        earlier = (archive.head.receipts for archive in old.archives)
        receipts = max(old.head.receipts, kept.receipts if kept else 0, *earlier) + UNUSED_RECEIPTS
        return {
            **self._archive(old),
            "seq": old.head.seq,
            "chain": old.head.chain,
            "receipts": receipts,
            "kept": list(kept[:2]) if kept else None,
            "why": old.state.condition.value,
            "earlier": [described(archive) for archive in old.archives if isinstance(archive, SqlLedger)],
        }

    def _archive(self, old: SqlLedger) -> dict[str, Any]:
        """Under which name the old ledger is kept (`original`), and what of it is read: a file, or a number."""
        if isinstance(old, PostgresLedger):
            return {"number": old.number, "original": old.place}
        if not self._place.file.exists():
            return {"file": "", "original": ""}
        # a lost one may be put back
        lost = {each.place for each in old.lost_archives}
        free = next(
            n for n in range(1, 1 << 30) if not self._named(n).exists() and self._named(n).name not in lost
        )
        original, readable = self._named(free), ""
        if isinstance(old, ReadableLedger) and old.is_copy:
            readable = f"{original.stem}.readable.db"
        elif isinstance(old, ReadableLedger) or (isinstance(old, SqliteLedger) and old.path is not None):
            readable = original.name
        return {"file": readable, "original": original.name}

    def _named(self, number: int) -> Path:
        return self._place.file.with_name(f"{self._place.file.stem}-{number}.db")

    def _begin(self, old: SqlLedger, before: dict[str, Any]) -> SqlLedger:
        def fill(new: SqlLedger) -> None:
            self._carry_pieces(old, new)
            self._carry_open_orders(old, new)

        if self._place.in_database:
            number = generation(self._place.postgres, self._place.timeout_s) + 1
            return PostgresLedger(self._place.postgres, self._key, before=before, number=number, fill=fill)
        file = self._place.file.with_name(_NEW_FILE)
        for each in (file, _journal(file)):
            each.unlink(missing_ok=True)
        return SqliteLedger(file, self._key, before=before, fill=fill)

    def _carry_pieces(self, old: SqlLedger, new: SqlLedger) -> None:
        after = ""
        try:
            while rows := old.pieces_after(after, _BATCH):
                new.append(CARRIED, "", {"pieces": [list(row) for row in rows]}, now_us())
                after, self._pieces = rows[-1][0], self._pieces + len(rows)
        except LedgerDamagedError as error:
            log.warning("not all pieces could be taken over: %s", error)

    def _carry_open_orders(self, old: SqlLedger, new: SqlLedger) -> None:
        try:
            found = old.orders_with_open()
        except LedgerDamagedError as error:
            log.warning("open orders could not be taken over: %s", error)
            return
        for order_id in found:
            self._orders += 1
            for entry in old.sound_entries_of(order_id):
                new.copy(entry)

    def _put_in_place(self, before: dict[str, Any]) -> None:
        """Gives the old file its name and puts the new one in its place, so that there always is one."""
        file = self._place.file
        if before["original"] and "number" not in before:
            original = file.with_name(before["original"])
            os.link(file, original)
            if _journal(file).exists():
                _journal(file).replace(_journal(original))
            copy = file.with_name(READABLE_FILE)
            if before["file"] not in ("", original.name) and copy.exists():
                copy.replace(file.with_name(before["file"]))
        if self._place.in_database:
            file.unlink(missing_ok=True)
        else:
            new = file.with_name(_NEW_FILE)
            new.replace(file)
            _journal(new).unlink(missing_ok=True)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _not_taken_over(old: SqlLedger, new: SqlLedger) -> tuple[str, ...]:
    try:
        there = old.open_keys()
    except LedgerDamagedError as error:
        log.warning("open orders could not be compared: %s", error)
        return ()
    known = set(new.open_keys())
    return tuple(f"{kind} {key}" for kind, key in there if (kind, key) not in known)


def _journal(file: Path) -> Path:
    return file.with_name(file.name + JOURNAL_SUFFIX)
