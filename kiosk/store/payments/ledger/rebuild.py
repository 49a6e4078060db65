"""Makes the derived tables of a ledger again from its entries."""

from __future__ import annotations

from kiosk.store.payments.ledger.derived import DERIVING, Derived, Execute
from kiosk.store.payments.ledger.schema import Statements

_SLICE = 2000


def rebuild(execute: Execute, sql: Statements, derived: Derived) -> int:
    """Empties the tables and fills them again; the number of entries. To be called in a transaction."""
    derived.clear()
    count, start = 0, 1
    end = execute(sql.end, ())
    last = end[0][0] if end else 0
    while start <= last:
        for seq, _, kind, order_id, key, state, body, _ in execute(sql.between, (start, start + _SLICE - 1)):
            count += 1
            if kind in DERIVING:
                derived.apply(seq, kind, order_id, key, state, body, strict=False)
        start += _SLICE
    return count
