"""Buys the garment of a stand: for a card that has proved itself and whose owner has agreed to buying by tap.

The order is that of a room without a mirror: its room is the stand, its piece is the configured one, or one without a
serial. It is charged, marked as sold, bagged and paid back like any other order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kiosk.clock import US
from kiosk.config.stands import Stand
from kiosk.core.domain.ids import ArticleId, OrderId, RoomId, Ticket, anonymous_piece
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.sales.stand import STAND_PREFIX, StandAnswer, StandSign, is_stand
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer, Customers, TapResult
from kiosk.store.errors import NotFoundError, PaymentsClosedError, RefusedError
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.spending_limit import SpendingLimit
from kiosk.store.payments.stands.earlier_taps import EarlierTaps
from kiosk.store.payments.till import Till

UNKNOWN_CARD, NOT_AGREED, NO_MEANS = "unknown-card", "not-agreed", "no-means"
SOLD_OUT, NOT_FOR_SALE, CLOSED = "sold-out", "not-for-sale", "closed"
"""Codes of the reasons why a tap is refused before an order is made."""
_TAP_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,19}")
"""An anonymous piece is numbered by the id of its tap, and the number has at most 19 characters."""
_SIGNS: Final = {
    PaymentState.PAID: StandSign.PAID,
    PaymentState.KEYED: StandSign.ACCEPTED,
    PaymentState.SENT: StandSign.ACCEPTED,
    PaymentState.DECLINED: StandSign.REFUSED,
    PaymentState.ABANDONED: StandSign.REFUSED,
    PaymentState.REVERSED: StandSign.REFUSED,
}
"""Every other state: not known yet."""


class StandSales:
    """The purchases of all stands. Safe to use from any thread."""

    def __init__(
        self, stands: Mapping[str, Stand], till: Till, book: OrderBook, spending_limit: SpendingLimit,
        customers: Customers, catalogue: Catalogue, earlier: EarlierTaps,
    ) -> None:  # fmt: skip
        self._stands, self._till, self._book, self._limit = stands, till, book, spending_limit
        self._customers, self._catalogue = customers, catalogue
        self._earlier = earlier

    def stand(self, stand: RoomId) -> Stand:
        """The stand of that name. Raises NotFoundError."""
        found = self._stands.get(stand)
        if found is None:
            raise NotFoundError("there is no such stand")
        return found

    def buy(self, stand: RoomId, tap_id: str, tap: TapResult) -> StandAnswer:
        """Buys the garment of a stand with what a tap has proved; repeated with the same `tap_id`, it does so once.

        `tap_id`: made by the reader, different for each tap. Raises NotFoundError, RefusedError.
        """
        settings, order_id = self.stand(stand), _order_id(tap_id)
        if tap.shopper is None or not tap.uid_mac:
            return StandAnswer(StandSign.REFUSED, UNKNOWN_CARD)
        customer = self._customers.customer(tap.shopper.shopper_id)
        if customer is None or not customer.buys_by_tap:
            return StandAnswer(StandSign.REFUSED, NOT_AGREED)
        if not customer.stored_means:
            return StandAnswer(StandSign.REFUSED, NO_MEANS)
        with self._till.lock:
            article = ArticleId(settings.article)
            earlier = self._earlier.find(stand, article, tap.uid_mac, settings.repeat_s * US)
            if earlier is not None:
                self._earlier.repeated(earlier.order_id)
                return _answer(earlier, repeated=True)
            if self._book.order(order_id) is not None:
                return self.state(stand, order_id)
            return self._buy(stand, settings, order_id, customer, tap.uid_mac)

    def state(self, stand: RoomId, order_id: OrderId) -> StandAnswer:
        """The state of a purchase at this stand. Raises NotFoundError."""
        self.stand(stand)
        order = self._till.order(order_id)
        if order.room != stand or not is_stand(order_id):
            raise NotFoundError("there is no such order")
        attempt = self._book.numbered(order_id, 1)
        if attempt is None:
            with self._till.lock:  # a tap that is worked on at this moment has an order first, then the key
                attempt = self._book.numbered(order_id, 1)
        # priced, and the store stopped before the key was written: nothing is charged
        return StandAnswer(StandSign.REFUSED, CLOSED, order_id) if attempt is None else _answer(attempt)

    def seen(self, stand: RoomId, order_id: OrderId) -> None:
        """The reader has shown that the purchase is paid. Raises NotFoundError."""
        with self._till.lock:
            self.state(stand, order_id)
            self._earlier.put_seen(order_id)

    def _buy(
        self, stand: RoomId, settings: Stand, order_id: OrderId, customer: Customer, uid_mac: str
    ) -> StandAnswer:
        ticket, article = Ticket(order_id), ArticleId(settings.article)
        if self._is_sold_out(settings):
            return StandAnswer(StandSign.REFUSED, SOLD_OUT)
        piece = settings.piece or anonymous_piece(article, order_id.removeprefix(STAND_PREFIX))
        try:
            effect = PriceOrder(ticket, order_id, ((piece, article),), None)
            order = self._till.price_order(stand, effect, customer.facts)
        except RefusedError:
            return StandAnswer(StandSign.REFUSED, NOT_FOR_SALE)
        except PaymentsClosedError:
            return StandAnswer(StandSign.REFUSED, CLOSED)
        means = self._limit.means((customer.shopper_id, uid_mac), order.total)
        begun = self._till.collect(
            stand, CollectPayment(ticket, order_id, PaymentMeans.STORED, 1), means, customer.facts
        )
        self._earlier.remember(stand, uid_mac, order_id)
        return StandAnswer(_sign(begun.state), begun.why, order_id)

    def _is_sold_out(self, settings: Stand) -> bool:
        """Whether the configured piece is sold; without one, whether no piece of the article is left."""
        if settings.piece is not None:
            return bool(self._till.sold((settings.piece,)))
        return self._left(ArticleId(settings.article)) < 1

    def _left(self, article: ArticleId) -> int:
        """Pieces of an article in the shop's stock, without those of orders that are being paid or not settled yet."""
        garment = self._catalogue.garment(article)
        found = garment.stock_of(article) if garment is not None else None
        if found is None:
            return 1  # pricing refuses it, with its reason
        begun = {attempt.order_id for attempt in self._book.open_attempts()} | set(self._book.unsettled())
        orders = (self._book.order(order_id) for order_id in begun)
        return found[1].here - sum(li.article == article for order in orders if order for li in order.lines)


def _order_id(tap_id: str) -> OrderId:
    if not _TAP_ID.fullmatch(tap_id):
        raise RefusedError("a tap's id has 8 to 19 letters, digits, - and _")
    return OrderId(STAND_PREFIX + tap_id)


def _sign(state: PaymentState) -> StandSign:
    return _SIGNS.get(state, StandSign.UNSURE)


def _answer(attempt: Attempt, *, repeated: bool = False) -> StandAnswer:
    return StandAnswer(_sign(attempt.state), attempt.why, attempt.order_id, repeated)
