"""Look-ups of entries by key and by order, each answered by an index; used for a ledger and for those before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.derived import Execute
from kiosk.store.payments.ledger.schema import Statements


class Queries:
    """Look-ups in one ledger. Bodies are JSON texts."""

    def __init__(
        self, execute: Execute, sql: Statements, is_sound: Callable[[int], bool] = lambda _seq: True
    ) -> None:
        """`is_sound`: whether the entry of a number is as it was written; others are not found."""
        self._execute, self._sql, self._is_sound = execute, sql, is_sound

    def last(self, kind: str, order_id: str, key: str) -> str | None:
        """Body of the newest entry of a kind with this key, or with this order id if no key is given."""
        if key:
            rows = self._execute(self._sql.by_key, (kind, key))
        else:
            rows = self._execute(self._sql.by_order, (order_id, kind))
        return next((body for seq, body in rows if self._is_sound(seq)), None)

    def of_order(self, kind: str, order_id: str) -> list[tuple[Any, ...]]:
        """Number, key and body of all entries of a kind of an order, the oldest first."""
        rows = self._execute(self._sql.of_order, (order_id, kind))
        return [row for row in rows if self._is_sound(row[0])]

    def spent(self, card_day_hash: str) -> list[tuple[Any, ...]]:
        """Key and body of what was spent with a card on a day."""
        rows = self._execute(self._sql.spent, (card_day_hash,))
        return [(key, body) for seq, key, body in rows if self._is_sound(seq)]


class OlderQueries(Queries):
    """Look-ups in a ledger before the present one. Where that cannot be read any more nothing is found, as if it were
    missing, and look-ups in the others go on."""

    def __init__(
        self, execute: Execute, sql: Statements, is_sound: Callable[[int], bool],
        failed: Callable[[LedgerDamagedError], None],
    ) -> None:  # fmt: skip
        """`failed` is called with the error each time."""
        super().__init__(execute, sql, is_sound)
        self._failed = failed

    def last(self, kind: str, order_id: str, key: str) -> str | None:
        try:
            return super().last(kind, order_id, key)
        except LedgerDamagedError as error:
            self._failed(error)
            return None

    def of_order(self, kind: str, order_id: str) -> list[tuple[Any, ...]]:
        try:
            return super().of_order(kind, order_id)
        except LedgerDamagedError as error:
            self._failed(error)
            return []

    def spent(self, card_day_hash: str) -> list[tuple[Any, ...]]:
        try:
            return super().spent(card_day_hash)
        except LedgerDamagedError as error:
            self._failed(error)
            return []
