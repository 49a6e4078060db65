"""The purchase to which a further tap of a card at a stand belongs, found in the ledger, so also after a restart.

A tap belongs to the card's earlier purchase at this stand while the result of that one is not known, while its result
was not shown at the reader (`SEEN`), and for `repeat_us` after that. So a double tap, a tap after a lost reply
and a tap after a restart of the store or of the reader buy nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.spending_limit import SpendingLimit

SEEN: Final = "seen"
"""Kind of the ledger entry: the reader of a stand has shown that an order is paid."""


class EarlierTaps:
    """Looks up the earlier purchases of a card. Call its methods under the lock of the payments."""

    def __init__(self, book: OrderBook, spending_limit: SpendingLimit, now_us: Callable[[], int]) -> None:
        self._book, self._limit, self._now = book, spending_limit, now_us

    def find(self, stand: RoomId, uid_mac: str, repeat_us: int) -> Attempt | None:
        """The newest attempt of this card at this stand to which a tap now belongs; those of today and yesterday."""
        hashes = (self._limit.day_hash_of(uid_mac, days_ago) for days_ago in (0, 1))
        found = (self._book.attempt(body["key"]) for one in hashes for body in self._book.ledger.spent(one))
        own = [a for a in found if a is not None and self._is_of(stand, a) and self._holds(a, repeat_us)]
        return max(own, key=lambda attempt: attempt.changed_us, default=None)

    def put_seen(self, order_id: OrderId) -> None:
        """The reader has shown that the order is paid; repeated calls write one entry."""
        if self._book.paid_attempt(order_id) is not None and self._seen_us(order_id) is None:
            now_us = self._now()
            self._book.ledger.append(SEEN, order_id, {"at_us": now_us}, now_us)

    def _is_of(self, stand: RoomId, attempt: Attempt) -> bool:
        order = self._book.order(attempt.order_id)
        return order is not None and order.room == stand

    def _holds(self, attempt: Attempt, repeat_us: int) -> bool:
        if attempt.state.is_unpaid or self._book.is_taken_back(attempt.order_id):
            return False
        seen_us = self._seen_us(attempt.order_id)
        if attempt.state is not PaymentState.PAID or seen_us is None:
            return True
        # also where the clock was set back meanwhile
        return abs(self._now() - seen_us) < repeat_us

    def _seen_us(self, order_id: OrderId) -> int | None:
        """When the reader showed that the order is paid; None if it did not."""
        body = self._book.ledger.last(SEEN, order_id=order_id)
        return None if body is None else int(body["at_us"])
