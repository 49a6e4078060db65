"""Transactions of a ledger: all of their entries are on the disk, or none is; also if the answer to a commit is lost.

An implementation runs the statements on its database (`_execute`, `_begin`, `_commit`, `_rollback`).
"""

from __future__ import annotations

import logging
import sqlite3
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import LedgerIncompleteError, PaymentsClosedError, StoreError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.heads import agree
from kiosk.store.payments.ledger.on_disk.damage_note import DamageNote
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)
_IN_DOUBT: Final = LedgerState(Condition.AWAY, "it is not known whether the newest entries are written")


class LedgerTransactions(LedgerReader):
    """The part of a ledger that begins and ends transactions, and knows whether it takes entries."""

    def __init__(self, key: ChainKey, sql: Statements, place: str) -> None:
        super().__init__(key, sql, place)
        self._doubt: Head | None = None
        """The last entry of a transaction of which it is not known whether it is written."""
        self._orders: dict[str, None] = {}
        self._found: dict[str, None] = {}
        self._note: DamageNote | None = None
        self._failed = False
        """Something failed in the transaction: it must not be committed."""

    def close_payments(self, state: LedgerState) -> None:
        if state.closed and not self._state.closed:
            self._state = state
            if state.condition is not Condition.ARCHIVED:
                log.error("%s: %s", self.place, state)
            if state.condition is Condition.DAMAGED and self._note is not None:
                self._note.keep(state.seq)

    def note_damage(self, note: DamageNote) -> None:
        """Damage that is found from now on is noted there, so that it is known at the next start."""
        self._note = note

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

    def _notice_changes(self) -> None:
        """Called before each transaction: closes payments if the ledger was changed from outside, where that is quick
        to find out. A write must not be taken for the last one that is known."""

    @property
    @abstractmethod
    def _in_transaction(self) -> bool: ...
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
    def _changed_outside(self) -> LedgerState:
        """Whether the ledger is still the one that was written last; quick, it is asked before each order."""
