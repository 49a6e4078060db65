"""Checks the chain of a ledger: the newest entries, all, or a slice at a time beside other work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import Execute
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.ledger.state import Condition

_SLICE = 1000
_OTHER_KEY = "was written with another store.key"
_ALL = 1 << 62
"""More entries than any ledger has."""


@dataclass(frozen=True, slots=True)
class Damage:
    """An entry that is missing or changed."""

    seq: int
    why: str


class Verification:
    """The check of one ledger's chain. To be used under the ledger's lock."""

    def __init__(self, execute: Execute, sql: Statements, key: ChainKey, place: str) -> None:
        self._execute, self._sql, self._key, self._place = execute, sql, key, place

    def check_newest(self, newest: int | None) -> tuple[int, str]:
        """Checks the `newest` entries, or all; the number and hash of the last. Raises LedgerDamagedError."""
        end = self._execute(self._sql.end, ())
        if not end:
            return 0, ""
        last, chain = end[0]
        if not isinstance(last, int) or last < 1 or not isinstance(chain, str):
            raise LedgerDamagedError(self._place, 0, "its last entry cannot be read")
        first = max(1, last - newest + 1) if newest else 1
        for found in self.damages(first):
            condition = self._condition(last)
            if condition == Condition.OTHER_KEY.value:
                raise LedgerDamagedError(self._place, 0, f"it {_OTHER_KEY}", condition)
            raise LedgerDamagedError(self._place, found.seq, found.why, condition)
        return last, chain

    def _condition(self, last: int) -> str:
        """OTHER_KEY if it was written with another key, which the newest entry shows as well; else DAMAGED."""
        mark = self._mark()
        other = mark is not None and mark[1] != self._key.fingerprint
        found = Condition.OTHER_KEY if other and any(self.damages(last, last)) else Condition.DAMAGED
        return found.value

    def is_sound(self, seq: int) -> bool:
        """Whether an entry is as it was written, given the hash before it."""
        return not any(self.damages(seq, seq))

    def before(self) -> dict[str, Any]:
        """What the ledger says of the one before it; empty if there is none."""
        rows = self._execute(self._sql.first_mark, ())
        try:
            return dict(json.loads(rows[0][1])["before"] or {}) if rows else {}
        except (ValueError, KeyError, TypeError):
            return {}

    def sound_before(self) -> dict[str, Any]:
        """As `before`; empty too if the entry that says it was changed."""
        return self.before() if self.has_sound_mark() else {}

    def has_sound_mark(self) -> bool:
        """Whether the entry with which the keyed chain begins is as it was written."""
        mark = self._mark()
        return mark is not None and self.is_sound(mark[0])

    def damages(self, first: int, last: int = _ALL) -> Iterator[Damage]:
        """What is wrong with the entries from `first` to `last`, or to the end.

        A changed entry counts once: the next ones are compared with the hash that stands in it.
        """
        mark = self._mark()
        keyed_from = mark[0] if mark is not None else _ALL
        other = mark is not None and mark[1] != self._key.fingerprint
        changed = f"was changed, or {_OTHER_KEY}" if other else "was changed after it was written"
        before = self._execute(self._sql.chain_at, (first - 1,))
        chain, expected = (before[0][0] if before else ""), first
        while expected <= last:
            rows = self._execute(self._sql.following, (expected, min(_SLICE, last - expected + 1)))
            for row in rows:
                if row[0] != expected:
                    yield Damage(expected, "is missing")
                elif self._key.link(chain, row[:7], keyed=row[0] >= keyed_from) != row[7]:
                    yield Damage(expected, changed)
                chain, expected = row[7], row[0] + 1
            if not rows:
                break
        if expected <= last < _ALL:
            yield Damage(expected, "is missing")

    def _mark(self) -> tuple[int, str] | None:
        """Number of the entry with which the keyed chain begins, and its key's fingerprint."""
        rows: list[tuple[Any, ...]] = self._execute(self._sql.first_mark, ())
        if not rows:
            return None
        try:
            return int(rows[0][0]), str(json.loads(rows[0][1])["key"])
        except (ValueError, KeyError, TypeError):
            return int(rows[0][0]), ""
