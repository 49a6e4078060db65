"""The purchase to which a further tap of a card at a stand belongs, found in the ledger, so also after a restart.

A tap belongs to the card's earlier purchase of this garment at this stand while the result of that one is not known,
while its result was not shown at the reader (`SEEN`), and for `repeat_us` after that and after each further tap. So a
double tap, a tap after a lost reply and a tap after a restart of the store or of the reader buy nothing more, and
neither does a card that stays at the edge of the reader's field, which is found anew every few seconds. A tap after
the purchase was paid back is a new one.

Purchases of this run of the store are also known without the ledger's dates, and their age is measured by a clock that
nobody sets: the ledger finds a card by the day, and a clock that is set between two taps would make two purchases.
"""

from __future__ import annotations

from typing import Final

from kiosk.clock import US, Clocks
from kiosk.core.domain.ids import ArticleId, OrderId, RoomId
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.spending_limit import SpendingLimit

SEEN: Final = "seen"
"""Kind of the ledger entry: the reader of a stand has shown that an order is paid."""


_KEPT_US: Final = 48 * 3600 * US
"""How long a purchase is known without the ledger's dates."""


class EarlierTaps:
    """Looks up the earlier purchases of a card. Call its methods under the lock of the payments."""

    def __init__(
        self, book: OrderBook, refunds: RefundBook, spending_limit: SpendingLimit, clocks: Clocks
    ) -> None:
        self._book, self._refunds, self._limit, self._clocks = book, refunds, spending_limit, clocks
        self._last: dict[tuple[RoomId, str], tuple[OrderId, int]] = {}
        self._shown_us: dict[OrderId, int] = {}
        """When a purchase was shown as paid, or its card was tapped again after that."""

    def find(self, stand: RoomId, article: ArticleId, uid_mac: str, repeat_us: int) -> Attempt | None:
        """The newest attempt of this card for this article at this stand to which a tap now belongs.

        Those of today and yesterday, and the last one of this run of the store.
        """
        hashes = (self._limit.day_hash_of(uid_mac, days_ago) for days_ago in (0, 1))
        keys = [body["key"] for one in hashes for body in self._book.ledger.spent(one)]
        found = [attempt for key in keys if (attempt := self._book.attempt(key)) is not None]
        if last := self._last.get((stand, uid_mac)):
            found += self._book.attempts(last[0])
        own = [a for a in found if self._is_of(stand, article, a) and self._holds(a, repeat_us)]
        return max(own, key=lambda attempt: attempt.changed_us, default=None)

    def repeated(self, order_id: OrderId) -> None:
        """A further tap belongs to this purchase: its time of repetition begins again, if it was shown as paid."""
        if self._seen_us(order_id) is not None:
            self._shown_us[order_id] = self._clocks.steady_us()

    def remember(self, stand: RoomId, uid_mac: str, order_id: OrderId) -> None:
        """A purchase of this card was begun at this stand."""
        oldest_us = self._clocks.steady_us() - _KEPT_US
        self._last = {card: last for card, last in self._last.items() if last[1] > oldest_us}
        self._shown_us = {order: at_us for order, at_us in self._shown_us.items() if at_us > oldest_us}
        self._last[stand, uid_mac] = order_id, self._clocks.steady_us()

    def put_seen(self, order_id: OrderId) -> None:
        """The reader has shown that the order is paid; repeated calls write one entry."""
        if self._book.paid_attempt(order_id) is not None and self._seen_us(order_id) is None:
            now_us = self._clocks.now_us()
            self._book.ledger.append(SEEN, order_id, {"at_us": now_us}, now_us)
            self._shown_us[order_id] = self._clocks.steady_us()

    def _is_of(self, stand: RoomId, article: ArticleId, attempt: Attempt) -> bool:
        order = self._book.order(attempt.order_id)
        return order is not None and order.room == stand and order.lines[0].article == article

    def _holds(self, attempt: Attempt, repeat_us: int) -> bool:
        order_id = attempt.order_id
        if attempt.state.is_unpaid or self._book.is_taken_back(order_id) or self._refunds.refunded(order_id):
            return False
        seen_us = self._seen_us(order_id)
        if attempt.state is not PaymentState.PAID or seen_us is None:
            return True
        if (shown_us := self._shown_us.get(order_id)) is not None:
            return self._clocks.steady_us() - shown_us < repeat_us
        # shown in an earlier run; also where the clock was set back meanwhile
        return abs(self._clocks.now_us() - seen_us) < repeat_us

    def _seen_us(self, order_id: OrderId) -> int | None:
        """When the reader showed that the order is paid; None if it did not."""
        body = self._book.ledger.last(SEEN, order_id=order_id)
        return None if body is None else int(body["at_us"])
