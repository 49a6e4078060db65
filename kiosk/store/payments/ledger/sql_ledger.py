"""What both ledgers do alike when they write: entries, their chain, the derived tables; and the check of the chain."""

from __future__ import annotations

import json
import time
from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from kiosk.core.domain.ids import PieceId
from kiosk.store.errors import PaymentsClosedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import IDENTITY
from kiosk.store.payments.ledger.heads import require_agreement
from kiosk.store.payments.ledger.port import Entry, Head
from kiosk.store.payments.ledger.rebuild import rebuild
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.ledger.state import Condition, LedgerState
from kiosk.store.payments.ledger.transactions import LedgerTransactions

_DAY_S: Final = 86_400.0
_WITH_RECEIPTS: Final = ("receipt", "chain")
"""Kinds of entries after which the highest number of a receipt may be another one."""
_as_text: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
CHECKED_AT_START: Final = 5000
"""Newest entries whose hashes are checked at every opening; the others are checked while the store runs."""


class SqlLedger(LedgerTransactions):
    """Base of the ledgers in SQLite and PostgreSQL; implements `port.Ledger`."""

    def __init__(self, key: ChainKey, sql: Statements, place: str) -> None:
        super().__init__(key, sql, place)
        self._next_checked, self._pause_until_s = 1, 0.0

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

        Closes payments if one is damaged. For entries that are older than those that are checked at the start. Those of
        the ledgers before this one are checked once; a damaged one is named (`lost_archives`).
        """
        # not under the lock: the ledgers before this one have their own
        if lost := next(self._unchecked, None):
            self.name_lost(lost)
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
            rebuild(self._execute, self._sql, self._derived, self.place)
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

    @abstractmethod
    def _insert(self, row: Sequence[object]) -> None:
        """Inserts an entry. Raises KnownKeyError."""

    @abstractmethod
    def _close(self) -> None: ...
