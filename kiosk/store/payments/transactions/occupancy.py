"""Which terminals are occupied: one card reader serves one charge, until the terminal has reported its end.

Read from the journal, so that a charge of before a restart counts; only who is sent next is kept in memory.
"""

from __future__ import annotations

from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.store.payments.context import PaymentContext

_WAITING = frozenset({PaymentState.KEYED, PaymentState.SENT, PaymentState.UNSURE, PaymentState.PARKED})


class Occupancy:
    """To be used under the writer lock. A terminal is named by the provider's identity of it."""

    def __init__(self, context: PaymentContext) -> None:
        self._book, self._terminals = context.book, context.terminals
        self._claims: dict[str, str] = {}

    def holder(self, identity: str, but: str = "") -> Attempt | None:
        """The attempt, other than that with the key `but`, that occupies a terminal; None if it is free."""
        claimed = self._claims.get(identity, "")
        for attempt in self._book.unfinished(identity):
            if attempt.key == but or attempt.means is not PaymentMeans.TERMINAL:
                continue
            if attempt.key == claimed and attempt.state in _WAITING:
                return attempt
            if attempt.may_wait_for_card and self._goes_to(attempt) == identity:
                return attempt
        return None

    def claim(self, identity: str, key: str) -> bool:
        """Reserves a free terminal for an attempt that is sent now; False if it is occupied."""
        if self.holder(identity, key) is not None:
            return False
        self._claims[identity] = key
        return True

    def release(self, key: str) -> None:
        """The attempt is not sent any more, or its state says whether it still occupies the terminal."""
        for identity in [name for name, owner in self._claims.items() if owner == key]:
            del self._claims[identity]

    def _goes_to(self, attempt: Attempt) -> str:
        order = self._book.order(attempt.order_id)
        name = attempt.terminal or self._book.terminal(attempt.key)
        name = name or (self._terminals.name_for(order.room) if order else "")
        driver = self._terminals.find(name, attempt.terminal_id)
        return "" if driver is None else driver.identity
