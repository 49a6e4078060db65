"""What both ledgers do alike: entries, their chain, the derived tables, queries, the check of the chain.

An implementation runs the statements on its database (`_execute`, `_begin`, `_commit`, `_rollback`).
"""

from __future__ import annotations

import json
import logging
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final

from kiosk.core.domain.ids import PieceId
from kiosk.store.errors import LedgerDamagedError, PaymentsClosedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import IDENTITY, Derived
from kiosk.store.payments.ledger.port import Entry, Head, PieceHold
from kiosk.store.payments.ledger.queries import Queries
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.ledger.state import Condition, LedgerState
from kiosk.store.payments.ledger.verification import Verification

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
        self._queries = (Queries(self._execute, sql),)

    @property
    def state(self) -> LedgerState:
        return self._state

    @property
    def head(self) -> Head:
        return self._head

    def close_payments(self, state: LedgerState) -> None:
        if state.closed and not self._state.closed:
            self._state = state
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

    def chain_at(self, seq: int) -> str:
        """The hash of an entry; empty where there is none."""
        with self._lock:
            rows = self._execute(self._sql.chain_at, (seq,))
            return str(rows[0][0]) if rows else ""

    def close(self) -> None:
        with self._lock:
            self._close()

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

    def _read_head(self) -> Head:
        rows = self._execute(self._sql.end, ())
        return Head(int(rows[0][0]), str(rows[0][1]), self._derived.receipts) if rows else Head()

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
