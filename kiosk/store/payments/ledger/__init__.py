"""The ledger: an append-only, keyed chain of entries about orders, payments and refunds, in a file or in PostgreSQL.

`port.Ledger` is what the books use; `SqliteLedger` and `PostgresLedger` implement it.
"""

from kiosk.store.payments.ledger.port import Entry, Head, Ledger, PieceHold
from kiosk.store.payments.ledger.postgres_ledger import PostgresLedger
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState

__all__ = [
    "Condition", "Entry", "Head", "Ledger", "LedgerState", "PieceHold", "PostgresLedger", "SqliteLedger",
]  # fmt: skip
