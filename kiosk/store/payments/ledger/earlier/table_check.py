"""Checks the entries of a closed ledger in a database, a slice at a time beside other work: the newest first.

Nothing is remembered over a restart: tables have no stamp that a change would change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.verification import Damage

_SLICE: Final = 200
"""Entries that are checked each time; some 10 ms."""


class CheckedLedger(Protocol):
    """What is needed of a ledger."""

    @property
    def head(self) -> Head: ...
    def damages(self, first: int, last: int) -> list[Damage]: ...


def damages_in_tables(ledger: CheckedLedger) -> Iterator[str]:
    """What is wrong with the first damaged entry that is found, for each slice; empty if nothing is. It ends with a
    damaged one. While the database does not answer, the slice is tried again."""
    last = ledger.head.seq
    while last >= 1:
        first = max(1, last - _SLICE + 1)
        try:
            found = ledger.damages(first, last)
        except SQLAlchemyError:
            yield ""
            continue
        yield "".join(f"entry {each.seq} {each.why}" for each in found[:1])
        if found:
            return
        last = first - 1
