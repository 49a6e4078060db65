"""Look-ups of entries by key and by order, each answered by an index; used for a ledger and for those before it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.derived import Execute
from kiosk.store.payments.ledger.schema import Statements

log = logging.getLogger(__name__)
T = TypeVar("T")
_PAUSE_S: Final = 60.0
"""For so long the ledger of a database that did not answer is not asked."""


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
    """Look-ups in a ledger before the present one. Where that cannot be read any more, or its database does not answer,
    nothing is found, as if it were missing, and look-ups in the others go on."""

    def __init__(
        self, execute: Execute, sql: Statements, is_sound: Callable[[int], bool], held: AbstractContextManager[object],
        failed: Callable[[LedgerDamagedError], None],
    ) -> None:  # fmt: skip
        """`held`: the lock of that ledger; `failed` is called with the error each time."""
        super().__init__(execute, sql, is_sound)
        self._held, self._failed = held, failed
        self._away_until_s = 0.0
        self.away = False
        """Its database did not answer the last time it was asked."""

    def last(self, kind: str, order_id: str, key: str) -> str | None:
        return self._asked(partial(Queries.last, self, kind, order_id, key), None)

    def of_order(self, kind: str, order_id: str) -> list[tuple[Any, ...]]:
        return self._asked(partial(Queries.of_order, self, kind, order_id), [])

    def spent(self, card_day_hash: str) -> list[tuple[Any, ...]]:
        return self._asked(partial(Queries.spent, self, card_day_hash), [])

    def _asked(self, ask: Callable[[], T], nothing: T) -> T:
        if self.away and time.monotonic() < self._away_until_s:
            return nothing
        try:
            found = self._asked_twice(ask)
        except LedgerDamagedError as error:
            self._failed(error)
            return nothing
        except SQLAlchemyError as error:
            self._is_away(error)
            return nothing
        self.away = False
        return found

    def _asked_twice(self, ask: Callable[[], T]) -> T:
        """The connection may be one from before a restart of the server: then a new one is made."""
        with self._held:
            try:
                return ask()
            except SQLAlchemyError:
                if self.away:
                    raise
                return ask()

    def _is_away(self, error: SQLAlchemyError) -> None:
        """It is not asked again for a while: each try may take seconds, in which payments wait."""
        if not self.away:
            log.error(
                "a ledger of earlier days does not answer (%s); nothing is found in it", type(error).__name__
            )
        self.away, self._away_until_s = True, time.monotonic() + _PAUSE_S
