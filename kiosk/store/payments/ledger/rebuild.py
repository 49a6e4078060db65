"""Makes the derived tables of a ledger again from its entries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from kiosk.store.payments.ledger.derived import DERIVING, Derived, Execute
from kiosk.store.payments.ledger.open_keys import ATTEMPT
from kiosk.store.payments.ledger.schema import DERIVED_SQLITE, JOURNAL_SQLITE, Statements, statements

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


def scratch_tables(entries: Iterable[Sequence[Any]]) -> sqlite3.Connection:
    """The derived tables of these entries, in a temporary database; to be closed."""
    scratch = sqlite3.connect("", isolation_level=None)
    for schema in (JOURNAL_SQLITE, DERIVED_SQLITE):
        for statement in statements(schema):
            scratch.execute(statement)
    sql = Statements("")

    def execute(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return scratch.execute(statement, values).fetchall()

    derived = Derived(execute, sql)
    scratch.execute("BEGIN")
    for entry in entries:
        seq, _, kind, order_id, key, state, body, _ = entry
        if kind in ("order", ATTEMPT):
            # the pieces of an attempt are looked up in its order, and the order's other attempts by their entries
            scratch.execute(sql.insert, tuple(entry))
        if kind in DERIVING:
            derived.apply(seq, kind, order_id, key, state, body, strict=False)
    scratch.execute("COMMIT")
    return scratch


def count_differences(execute: Execute, sql: Statements, scratch: sqlite3.Connection) -> int:
    """How many rows of a ledger's derived tables are missing, or differ from those of `scratch`, or are too many."""
    count = 0
    for (everything, _, _, columns), (_, number, one, _) in zip(
        Statements("").tables, sql.tables, strict=True
    ):
        wanted = 0
        for row in scratch.execute(everything):
            wanted += 1
            count += [tuple(found) for found in execute(one, row[:columns])] != [tuple(row)]
        count += max(0, int(execute(number, ())[0][0]) - wanted)
    return count
