"""Makes the derived tables of a ledger again from its entries."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, Final

from kiosk.store.payments.ledger.derived import DERIVING, LOOKED_UP, Derived, Execute
from kiosk.store.payments.ledger.open_keys import ATTEMPT
from kiosk.store.payments.ledger.schema import DERIVED_SQLITE, LOOK_UP_SQLITE, Statements, statements

log = logging.getLogger(__name__)
_SLICE: Final = 2000
_BATCH: Final = 500
"""Rows of a derived table that are written with one statement; PostgreSQL takes at most 65,535 values."""
_CACHE_KB: Final = 65_536
"""Memory for the temporary database; the rest of it is on the disk."""
_PROGRESS_S: Final = 5.0
"""Between two lines of the log about a rebuild that takes long."""


class RebuildProgress:
    """Logs how far the making of the tables is, every few seconds; a short one logs nothing."""

    def __init__(self, place: str, last: int, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._place, self._last, self._clock_s = place, last, clock_s
        self._said_s = clock_s()

    def at(self, seq: int) -> None:
        """The entries up to `seq` are done."""
        if self._clock_s() - self._said_s >= _PROGRESS_S:
            self._said_s = self._clock_s()
            log.info(
                "%s: making the tables, entry %d of %d (%d %%)",
                self._place, seq, self._last, 100 * seq // max(1, self._last),
            )  # fmt: skip


def rebuild(execute: Execute, sql: Statements, derived: Derived, place: str = "the ledger") -> int:
    """Empties the tables and fills them again; the number of entries. To be called in a transaction.

    They are made in a temporary database on this computer's disk, so the memory does not grow with the ledger, and a
    ledger in PostgreSQL is not asked several times for each entry.
    """
    end = execute(sql.end, ())
    last = end[0][0] if end else 0
    progress, count = RebuildProgress(place, last), 0

    def entries() -> Iterator[tuple[Any, ...]]:
        nonlocal count
        for start in range(1, last + 1, _SLICE):
            rows = execute(sql.between, (start, start + _SLICE - 1))
            count += len(rows)
            yield from rows
            progress.at(min(last, start + _SLICE - 1))

    with closing(scratch_tables(entries())) as scratch:
        derived.clear()
        for made, wanted in zip(Statements("").tables, sql.tables, strict=True):
            rows = iter(scratch.execute(made.rows))
            while batch := list(islice(rows, _BATCH)):
                execute(wanted.insert(len(batch)), [value for row in batch for value in row])
    return count


def scratch_tables(entries: Iterable[Sequence[Any]]) -> sqlite3.Connection:
    """The derived tables of these entries, in a temporary database; to be closed.

    An entry that cannot be read, after damage, is left out.
    """
    scratch = sqlite3.connect("", isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KB}"):
        scratch.execute(f"PRAGMA {setting}")
    for schema in (LOOK_UP_SQLITE, DERIVED_SQLITE):
        for statement in statements(schema):
            scratch.execute(statement)
    sql = Statements("")

    def execute(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return scratch.execute(statement, values).fetchall()

    derived, unreadable = Derived(execute, sql), 0
    scratch.execute("BEGIN")
    for entry in entries:
        seq, _, kind, order_id, key, state, body, _ = entry
        if kind not in DERIVING:
            continue
        try:
            if kind in LOOKED_UP:
                # of an attempt only its state is looked up
                kept = "{}" if kind == ATTEMPT else body
                scratch.execute(sql.insert, (*entry[:6], kept, ""))
            derived.apply(seq, kind, order_id, key, state, body, strict=False)
        except (ValueError, KeyError, TypeError, AttributeError):
            unreadable += 1
    if unreadable:
        log.error("%d entries of the ledger cannot be read; nothing follows from them", unreadable)
    scratch.execute("COMMIT")
    return scratch


def count_differences(execute: Execute, sql: Statements, scratch: sqlite3.Connection) -> int:
    """How many rows of a ledger's derived tables are missing, or differ from those of `scratch`, or are too many."""
    count = 0
    for made, kept in zip(Statements("").tables, sql.tables, strict=True):
        wanted = 0
        for row in scratch.execute(made.rows):
            wanted += 1
            count += [tuple(found) for found in execute(kept.one, row[: made.key_columns])] != [tuple(row)]
        count += max(0, int(execute(kept.number, ())[0][0]) - wanted)
    return count
