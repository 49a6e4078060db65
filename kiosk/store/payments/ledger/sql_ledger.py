"""What both ledgers do alike when they write: entries, their chain, the derived tables; and the check of the chain.

An implementation runs the statements on its database (`_execute`, `_begin`, `_commit`, `_rollback`).
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import PieceId
from kiosk.store.errors import LedgerIncompleteError, PaymentsClosedError, StoreError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import IDENTITY
from kiosk.store.payments.ledger.heads import agree, require_agreement
from kiosk.store.payments.ledger.port import Entry, Head
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.payments.ledger.rebuild import rebuild
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.ledger.state import Condition, LedgerState

_DAY_S: Final = 86_400.0
_WITH_RECEIPTS: Final = ("receipt", "chain")
"""Kinds of entries after which the highest number of a receipt may be another one."""
_as_text: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
log = logging.getLogger(__name__)
CHECKED_AT_START: Final = 5000
"""Newest entries whose hashes are checked at every opening; the others are checked while the store runs."""


_IN_DOUBT: Final = LedgerState(Condition.AWAY, "it is not known whether the newest entries are written")


class SqlLedger(LedgerReader):
    """Base of the ledgers in SQLite and PostgreSQL; implements `port.Ledger`."""

    def __init__(self, key: ChainKey, sql: Statements, place: str) -> None:
        super().__init__(key, sql, place)
        self._next_checked, self._pause_until_s = 1, 0.0
        self._doubt: Head | None = None
        """The last entry of a transaction of which it is not known whether it is written."""
        self._orders: dict[str, None] = {}
        self._found: dict[str, None] = {}
        self._failed = False
        """Something failed in the transaction: it must not be committed."""

    def close_payments(self, state: LedgerState) -> None:
        if state.closed and not self._state.closed:
            self._state = state
            if state.condition is not Condition.ARCHIVED:
                log.error("%s: %s", self.place, state)

    def check(self) -> None:
        with self._lock:
            # a transaction of another thread would look like a change from outside
            if not self._state.closed and not self._in_transaction:
                self._require_certainty()
                self.close_payments(self._changed_outside())
            if self._state.closed:
                raise PaymentsClosedError(str(self._state))

    @property
    def state(self) -> LedgerState:
        return _IN_DOUBT if self._doubt is not None and not self._state.closed else self._state

    def _require_certainty(self) -> None:
        """Finds out what came of a commit without answer. Raises PaymentsClosedError while that cannot be known."""
        if self._doubt is not None:
            try:
                self._settle_doubt()
            except (sqlite3.Error, SQLAlchemyError, StoreError) as error:
                raise PaymentsClosedError(str(self.state)) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._lock:
            if self._in_transaction:
                try:
                    yield
                except BaseException:
                    self._failed = True
                    raise
                return
            self._begin_sound()
            try:
                yield
                if self._failed:
                    raise LedgerIncompleteError
            except BaseException:
                self._give_up()
                raise
            self._end()

    def _begin_sound(self) -> None:
        """Begins a transaction after what the ledger is known to contain. Raises PaymentsClosedError."""
        if self._doubt is not None:
            self._settle_doubt()
        self._notice_changes()
        if self._state.closed and self._state.condition is not Condition.REMOVED:
            raise PaymentsClosedError(str(self._state))
        self._orders.clear()
        self._failed = False
        self._begin()

    def _give_up(self) -> None:
        self._head = self._durable
        self._derived.forget()
        self._rollback()

    def _end(self) -> None:
        """Commits. If that fails, the entries may be written all the same: the ledger is asked whether they are."""
        written = self._head
        try:
            self._commit()
        except BaseException as error:
            self._give_up()
            if written == self._durable:
                raise
            self._doubt = written
            if not self._is_found_now(error):
                raise
        self._durable = self._head

    def _is_found_now(self, error: BaseException) -> bool:
        """Whether the entries of the failed commit are written; False too while that cannot be found out."""
        try:
            found = self._settle_doubt()
        except (sqlite3.Error, SQLAlchemyError, StoreError) as again:
            log.error(
                "%s: it is not known whether entries were written (%s, then %s); they are looked for before the"
                " next ones", self.place, type(error).__name__, type(again).__name__,
            )  # fmt: skip
            return False
        if found:
            log.warning(
                "%s: a commit failed with %s, its entries are there", self.place, type(error).__name__
            )
            self._found.clear()
        return found

    def _settle_doubt(self) -> bool:
        """Finds out whether the entries of a commit without answer are there; True if they are.

        Raises a database error while it cannot be asked.
        """
        doubt = self._doubt
        if doubt is None:
            return False
        end = self._read_end()
        if self._doubt is None:  # a new connection has settled it
            return self._durable == doubt
        return self._settled(end)

    def _settled(self, end: Head) -> bool:
        """`end` is the end of the ledger after a commit without answer, or after an outage."""
        doubt, self._doubt = self._doubt, None
        if doubt is not None and end[:2] == doubt[:2]:
            try:
                self._make_durable()
            except BaseException:
                self._doubt = doubt
                raise
            self._head = self._durable = doubt
            self._found.update(self._orders)
            return True
        if end[:2] != self._durable[:2]:
            self.close_payments(self._other_end(end))
        return False

    def _other_end(self, end: Head) -> LedgerState:
        found = agree(self._durable, end.seq, self.chain_at)
        if found.closed:
            return found
        why = f"entries {self._durable.seq + 1} to {end.seq} were written by another program"
        return LedgerState(Condition.CHANGED, why, self._durable.seq + 1)

    def found_orders(self) -> tuple[str, ...]:
        with self._lock:
            found = tuple(order_id for order_id in self._found if order_id)
            self._found.clear()
            return found

    def append(
        self, kind: str, order_id: str, body: object, at_us: int, *, key: str = "", state: str = ""
    ) -> int:
        return self._append(kind, order_id, body, at_us, key, state)

    def identify(self, scanned: PieceId, piece: PieceId, at_us: int, *, ordered: bool = False) -> None:
        with self._lock:
            if self._state.closed or self._derived.identity(scanned) == piece:
                return
            if ordered or self._derived.holds(scanned):
                self.append(IDENTITY, "", {"scanned": scanned, "piece": piece}, at_us)

    def check_some(self, count: int) -> None:
        """Checks the next `count` entries, from the first to the last, then again from the first on the next day.

        Closes payments if one is damaged. For entries that are older than those that are checked at the start.
        """
        with self._lock:
            if self._state.closed or time.monotonic() < self._pause_until_s:
                return
            first = self._next_checked
            last = min(first + count - 1, self._durable.seq)
            for found in self._verification.damages(first, last):
                self.close_payments(
                    LedgerState(Condition.DAMAGED, f"entry {found.seq} {found.why}", found.seq)
                )
                return
            self._next_checked = last + 1
            if last == self._durable.seq:
                self._next_checked, self._pause_until_s = 1, time.monotonic() + _DAY_S

    def copy(self, entry: Entry) -> None:
        """Appends an entry of another ledger under a number of this one."""
        self._append(*entry[2:4], entry.body, entry.at_us, entry.key, entry.state, strict=False)

    def rebuild(self) -> None:
        """Makes the derived tables again from the entries."""
        with self.transaction():
            rebuild(self._execute, self._sql, self._derived)
            self._head = self._read_head()

    def close(self) -> None:
        with self._lock:
            for archive in self._archives:
                archive.close()
            self._close()

    def _check_opened(self, kept: Head | None) -> None:
        """Checks the newest entries, and that they agree with the head that was kept. Raises LedgerDamagedError."""
        self._verification.check_newest(CHECKED_AT_START)
        if kept is not None and self._verification.before().get("kept") == list(kept[:2]):
            return  # a new ledger was begun, and its head was not kept yet
        require_agreement(self.place, kept, self._read_end(), self.chain_at)

    def _append(
        self, kind: str, order_id: str, body: object, at_us: int, key: str, state: str, *, keyed: bool = True,
        strict: bool = True,
    ) -> int:  # fmt: skip
        if self._state.closed and (kind == "order" or state == "keyed"):
            raise PaymentsClosedError(str(self._state))
        text = body if isinstance(body, str) else _as_text(body)
        values = (kind, order_id, text, at_us, key, state)
        with self._lock:
            if not self._in_transaction:
                with self.transaction():
                    return self._write(values, body, keyed=keyed, strict=strict)
            try:
                return self._write(values, body, keyed=keyed, strict=strict)
            except BaseException:
                self._failed = True
                raise

    def _write(
        self, values: tuple[str, str, str, int, str, str], body: object, *, keyed: bool, strict: bool
    ) -> int:
        kind, order_id, text, at_us, key, state = values
        before = self._head
        seq = before.seq + 1
        entry = (seq, at_us, kind, order_id, key, state, text)
        chain = self._key.link(before.chain, entry, keyed=keyed)
        self._insert((*entry, chain))
        self._derived.apply(seq, kind, order_id, key, state, body, strict=strict)
        receipts = before.receipts if kind not in _WITH_RECEIPTS else self._receipts_after(kind, body)
        self._head = Head(seq, chain, receipts)
        self._orders[order_id] = None
        return seq

    def _receipts_after(self, kind: str, body: object) -> int:
        if kind == "receipt" and isinstance(body, dict):
            return max(self._head.receipts, int(body["number"]))
        return self._derived.receipts

    def _notice_changes(self) -> None:
        """Called before each transaction: closes payments if the ledger was changed from outside, where that is quick
        to find out. A write must not be taken for the last one that is known."""

    @property
    @abstractmethod
    def _in_transaction(self) -> bool: ...
    @abstractmethod
    def _insert(self, row: Sequence[object]) -> None:
        """Inserts an entry. Raises KnownKeyError."""

    @abstractmethod
    def _begin(self) -> None: ...
    @abstractmethod
    def _commit(self) -> None: ...
    @abstractmethod
    def _rollback(self) -> None:
        """Gives a transaction up, also one that has ended or whose connection is lost. Raises nothing."""

    @abstractmethod
    def _make_durable(self) -> None:
        """Called for entries that are found after a commit that failed: they are on the disk when it returns."""

    @abstractmethod
    def _close(self) -> None: ...
    @abstractmethod
    def _changed_outside(self) -> LedgerState:
        """Whether the ledger is still the one that was written last; quick, it is asked before each order."""
