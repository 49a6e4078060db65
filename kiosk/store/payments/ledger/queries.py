"""Look-ups of entries by key and by order, each answered by an index; used for a ledger and for those before it."""

from __future__ import annotations

from typing import Any

from kiosk.store.payments.ledger.derived import Execute
from kiosk.store.payments.ledger.schema import Statements


class Queries:
    """Look-ups in one ledger. Bodies are JSON texts."""

    def __init__(self, execute: Execute, sql: Statements) -> None:
        self._execute, self._sql = execute, sql

    def last(self, kind: str, order_id: str, key: str) -> str | None:
        """Body of the newest entry of a kind with this key, or with this order id if no key is given."""
        if key:
            rows = self._execute(self._sql.by_key, (kind, key))
        else:
            rows = self._execute(self._sql.by_order, (order_id, kind))
        return rows[0][0] if rows else None

    def of_order(self, kind: str, order_id: str) -> list[tuple[Any, ...]]:
        """Number, key and body of all entries of a kind of an order, the oldest first."""
        return self._execute(self._sql.of_order, (order_id, kind))

    def spent(self, card_day_hash: str) -> list[tuple[Any, ...]]:
        """Key and body of what was spent with a card on a day."""
        return self._execute(self._sql.spent, (card_day_hash,))
