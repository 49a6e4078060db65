"""What both ledgers do alike: entries, their chain, the derived tables, queries, the check of the chain.

An implementation runs the statements on its database (`_execute`, `_begin`, `_commit`, `_rollback`).
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final

from kiosk.core.domain.ids import PieceId
from kiosk.store.errors import LedgerDamagedError, PaymentsClosedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import IDENTITY, Derived
from kiosk.store.payments.ledger.heads import require_agreement
from kiosk.store.payments.ledger.port import Entry, Head, PieceHold
from kiosk.store.payments.ledger.queries import Queries
from kiosk.store.payments.ledger.rebuild import count_differences, rebuild
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.ledger.state import Condition, LedgerState
from kiosk.store.payments.ledger.verification import Damage, Verification

_DAY_S: Final = 86_400.0
log = logging.getLogger(__name__)
CHECKED_AT_START: Final = 5000
"""Newest entries whose hashes are checked at every opening; the others are checked while the store runs."""


class SqlLedger(ABC):
    """Base of the ledgers in SQLite and PostgreSQL; implements `port.Ledger`."""

    def __init__(self, key: ChainKey, sql: Statements, place: str) -> None:
        self.place = place
        """Where it is, for messages: a path, or a database without password."""
        self._key, self._sql = key, sql
        self._lock = RLock()
        self._head = Head()
        self._state = LedgerState()
        self._derived = Derived(self._execute, sql)
        self._verification = Verification(self._execute, sql, key, place)
        self._queries: tuple[Queries, ...] = (Queries(self._execute, sql),)
        self._archives: tuple[SqlLedger, ...] = ()
        self._next_checked, self._pause_until_s = 1, 0.0

    @property
    def state(self) -> LedgerState:
        return self._state

    @property
    def head(self) -> Head:
        return self._head

    def close_payments(self, state: LedgerState) -> None:
        if state.closed and not self._state.closed:
            self._state = state
            if state.condition is not Condition.ARCHIVED:
                log.error("%s: %s", self.place, state)

    def check(self) -> None:
        if not self._state.closed:
            self.close_payments(self._changed_outside())
        if self._state.closed:
            raise PaymentsClosedError(str(self._state))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._lock:
            if self._in_transaction:
                yield
                return
            if self._state.closed and self._state.condition is not Condition.REMOVED:
                raise PaymentsClosedError(str(self._state))
            before = self._head
            self._begin()
            try:
                yield
                self._commit()
            except BaseException:
                self._head = before
                self._rollback()
                raise

    def append(
        self, kind: str, order_id: str, body: object, at_us: int, *, key: str = "", state: str = ""
    ) -> int:
        return self._append(kind, order_id, body, at_us, key, state)

    def last(self, kind: str, *, order_id: str = "", key: str = "") -> Any:
        with self._lock:
            for queries in self._queries:
                if (found := queries.last(kind, order_id, key)) is not None:
                    return self._parsed(found)
            return None

    def of_order(self, kind: str, order_id: str) -> list[Any]:
        found: dict[str, tuple[int, int, str]] = {}
        with self._lock:
            for age, queries in enumerate(self._queries):
                for seq, key, body in queries.of_order(kind, order_id):
                    if key not in found or found[key][0] == -age:
                        found[key] = (-age, seq, body)
        return self._all_parsed(body for _, _, body in sorted(found.values()))

    def spent(self, card_day_hash: str) -> list[Any]:
        with self._lock:
            found = dict(row for q in reversed(self._queries) for row in q.spent(card_day_hash))
        return self._all_parsed(found.values())

    def open_entries(self, kind: str) -> list[Any]:
        with self._lock:
            rows = self._execute(self._sql.open_entries, (kind,))
        return self._all_parsed(row[1] for row in rows)

    def open_orders(self, kind: str) -> list[str]:
        with self._lock:
            return [row[0] for row in self._execute(self._sql.open_keys, (kind,))]

    def orders_with_open(self) -> list[str]:
        """Ids of the orders with anything that is not finished."""
        with self._lock:
            return [row[0] for row in self._execute(self._sql.orders_with_open, ())]

    def taken(self, pieces: Collection[PieceId], but: str = "") -> Mapping[PieceId, PieceHold]:
        with self._lock:
            return self._derived.taken(pieces, but)

    def identify(self, scanned: PieceId, piece: PieceId, at_us: int, *, ordered: bool = False) -> None:
        with self._lock:
            if self._state.closed or self._derived.identity(scanned) == piece:
                return
            if ordered or self._derived.holds(scanned):
                self.append(IDENTITY, "", {"scanned": scanned, "piece": piece}, at_us)

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        """Read in pieces, so that entries can be appended meanwhile."""
        for start in range(first, last + 1, 500):
            with self._lock:
                rows = self._execute(self._sql.between, (start, min(start + 499, last)))
            yield from map(Entry._make, rows)

    def verify(self, newest: int | None = None) -> tuple[int, str]:
        with self._lock:
            return self._verification.check_newest(newest)

    def check_some(self, count: int) -> None:
        """Checks the next `count` entries, from the first to the last, then again from the first on the next day.

        Closes payments if one is damaged. For entries that are older than those that are checked at the start.
        """
        with self._lock:
            if self._state.closed or time.monotonic() < self._pause_until_s:
                return
            first = self._next_checked
            last = min(first + count - 1, self._head.seq)
            for found in self._verification.damages(first, last):
                self.close_payments(
                    LedgerState(Condition.DAMAGED, f"entry {found.seq} {found.why}", found.seq)
                )
                return
            self._next_checked = last + 1
            if last == self._head.seq:
                self._next_checked, self._pause_until_s = 1, time.monotonic() + _DAY_S

    def damages(self, first: int, last: int) -> list[Damage]:
        """What is wrong with the entries from `first` to `last`."""
        with self._lock:
            return list(self._verification.damages(first, last))

    def before(self) -> dict[str, Any]:
        """What the ledger says of the one before it; empty if there is none."""
        with self._lock:
            return self._verification.before()

    def attach(self, archives: Sequence[SqlLedger]) -> None:
        """Looks entries up in the ledgers before this one too, the newest first."""
        self._archives = tuple(archives)
        older = (Queries(a._execute, a._sql, a._verification.is_sound) for a in archives)
        self._queries = (self._queries[0], *older)

    @property
    def archives(self) -> tuple[SqlLedger, ...]:
        """The ledgers before this one, the newest first."""
        return self._archives

    def pieces_after(self, piece: str, limit: int) -> list[tuple[Any, ...]]:
        """Pieces that an order holds (piece, as ordered, order, sold), after one, in the order of their ids."""
        with self._lock:
            return self._derived.pieces_after(piece, limit)

    def sound_entries_of(self, order_id: str) -> list[Entry]:
        """The entries of an order that are as they were written."""
        with self._lock:
            rows = map(Entry._make, self._execute(self._sql.all_of_order, (order_id,)))
            return [entry for entry in rows if self._verification.is_sound(entry.seq)]

    def copy(self, entry: Entry) -> None:
        """Appends an entry of another ledger under a number of this one."""
        self._append(*entry[2:4], entry.body, entry.at_us, entry.key, entry.state, strict=False)

    def different_rows(self, scratch: sqlite3.Connection) -> int:
        """How many rows of the derived tables differ from those of `scratch`, which has tables of the same form."""
        with self._lock:
            return count_differences(self._execute, self._sql, scratch)

    def rebuild(self) -> None:
        """Makes the derived tables again from the entries."""
        with self.transaction():
            rebuild(self._execute, self._sql, self._derived)
            self._head = self._read_head()

    def chain_at(self, seq: int) -> str:
        """The hash of an entry; empty where there is none."""
        with self._lock:
            rows = self._execute(self._sql.chain_at, (seq,))
            return str(rows[0][0]) if rows else ""

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
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        with self.transaction():
            seq = self._head.seq + 1
            entry = (seq, at_us, kind, order_id, key, state, text)
            chain = self._key.link(self._head.chain, entry, keyed=keyed)
            self._insert((*entry, chain))
            self._derived.apply(seq, kind, order_id, key, state, body, strict=strict)
            self._head = Head(seq, chain, self._receipts_after(kind))
            return seq

    def _parsed(self, body: str) -> Any:
        try:
            return json.loads(body)
        except (ValueError, TypeError) as error:
            raise LedgerDamagedError(self.place, 0, "an entry cannot be read") from error

    def _all_parsed(self, bodies: Iterable[str]) -> list[Any]:
        """Parsed bodies; of a damaged ledger those that can be read."""
        found = []
        for body in bodies:
            try:
                found.append(self._parsed(body))
            except LedgerDamagedError:
                if not self._state.closed:
                    raise
        return found

    def _receipts_after(self, kind: str) -> int:
        return self._derived.receipts if kind in ("receipt", "chain") else self._head.receipts

    def _read_end(self) -> Head:
        """The number and the hash of the last entry, without the receipts."""
        rows = self._execute(self._sql.end, ())
        return Head(int(rows[0][0]), str(rows[0][1])) if rows else Head()

    def _read_head(self) -> Head:
        return self._read_end()._replace(receipts=self._derived.receipts)

    @property
    @abstractmethod
    def _in_transaction(self) -> bool: ...
    @abstractmethod
    def _execute(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]: ...
    @abstractmethod
    def _insert(self, row: Sequence[object]) -> None:
        """Inserts an entry. Raises KnownKeyError."""

    @abstractmethod
    def _begin(self) -> None: ...
    @abstractmethod
    def _commit(self) -> None: ...
    @abstractmethod
    def _rollback(self) -> None: ...
    @abstractmethod
    def _close(self) -> None: ...
    @abstractmethod
    def _changed_outside(self) -> LedgerState:
        """Whether the ledger is still the one that was written last; quick, it is asked before each order."""
