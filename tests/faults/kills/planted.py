"""Faults that are planted into a store's process before it starts, to prove that a kill run notices them."""

from __future__ import annotations

import time

from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.store import compose_payments
from kiosk.store.payments.follow_ups import FollowUps
from kiosk.store.payments.ledger import opening
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger
from kiosk.store.payments.ledger.state import LedgerState

LATE_S = 5.0
"""How long an entry may be acknowledged and not be written."""


class LateLedger(SqliteLedger):
    """Acknowledges an entry, and so sends a charge, before it is written: transactions are committed together later."""

    _inside = _opened = False
    _since_s = 0.0

    @property
    def _in_transaction(self) -> bool:
        return self._inside if self._opened else self._connection.in_transaction

    def _open(self, kept: Head | None) -> None:
        super()._open(kept)
        self._opened = True

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            super()._begin()
            self._since_s = time.monotonic()
        self._inside = True

    def _commit(self) -> None:
        self._inside = False
        if time.monotonic() - self._since_s > LATE_S:
            super()._commit()

    def _changed_outside(self) -> LedgerState:
        return LedgerState()  # it would notice that its file is not as the last commit left it

    def _rollback(self) -> None:
        self._inside = False
        super()._rollback()


class NeverCaptures(FollowUps):
    """Does not take what is only authorised."""

    def advance(self, attempt: Attempt) -> bool:
        return attempt.state is PaymentState.PAID or super().advance(attempt)


def never_captures() -> None:
    """The store of this process makes its follow-ups with `NeverCaptures`."""
    vars(compose_payments)["FollowUps"] = NeverCaptures


def late_writes() -> None:
    """The store of this process opens its ledger as a `LateLedger`."""
    vars(opening)["SqliteLedger"] = LateLedger
