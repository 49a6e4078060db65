"""Reads and writes captures, voids and refunds of whole charges in the ledger."""

from __future__ import annotations

from typing import Any

from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.ids import OrderId
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.ledger.open_keys import FOLLOW_UP
from kiosk.store.payments.ledger.values import read_value, read_values


class FollowUpBook:
    """The follow-ups of the ledger. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def put(self, follow_up: WholeFollowUp) -> None:
        """Writes a follow-up's state. Raises KnownKeyError, PaymentsClosedError."""
        self._ledger.append(
            FOLLOW_UP, follow_up.order_id, to_json(follow_up), follow_up.changed_us,
            key=follow_up.key, state=follow_up.journal_state,
        )  # fmt: skip

    def follow_up(self, key: str) -> WholeFollowUp | None:
        body = self._ledger.last(FOLLOW_UP, key=key)
        return None if body is None else read_value(_read, body)

    def of_attempt(self, order_id: OrderId, attempt: str) -> tuple[WholeFollowUp, ...]:
        """The follow-ups of one attempt in their newest state, ordered by their last change."""
        found = read_values(self._ledger, _read, self._ledger.of_order(FOLLOW_UP, order_id))
        return tuple(f for f in found if f.attempt == attempt)

    def unfinished(self) -> tuple[WholeFollowUp, ...]:
        """Follow-ups of all orders whose result is not known or not confirmed."""
        return read_values(self._ledger, _read, self._ledger.open_entries(FOLLOW_UP))


def _read(body: Any) -> WholeFollowUp:
    found: WholeFollowUp = from_json(WholeFollowUp, body)
    return found
