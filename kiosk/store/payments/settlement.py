"""What follows from a payment: the receipt, the pieces marked as sold, the messages to mirror and associates."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.domain.payment import Attempt, Order, PaymentState
from kiosk.core.visit.events import PaymentChanged
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, room_topic
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.foreign_sales import ForeignSale
from kiosk.store.payments.receipts.links import ReceiptLinks
from kiosk.store.payments.sales_events import SalesEvents

log = logging.getLogger(__name__)
MAX_AT_ONCE: Final = 10
"""Orders that are settled in one transaction, so that no thread waits long for them."""


@dataclass(frozen=True, slots=True)
class TransactionChanged:
    """A payment or refund changed its state; a page that shows it queries the new state."""

    order_id: OrderId
    key: str
    state: str


class Settlement:
    """Writes paid orders and settles them. `base_url` gives the address under which receipts are reached."""

    def __init__(
        self, context: PaymentContext, catalogue: Catalogue, sales: SalesEvents, base_url: Callable[[], str],
        links: ReceiptLinks,
    ) -> None:  # fmt: skip
        self._book, self._hub, self._terminals = context.book, context.hub, context.terminals
        self._writer, self._now = context.writer, context.now_us
        self._catalogue, self._sales, self._base_url, self._links = catalogue, sales, base_url, links
        self.on_foreign_sale = context.on_foreign_sale
        self._until_quiet, self._is_busy = context.until_quiet, context.is_busy
        self._pending: dict[OrderId, None] = {}
        self._put_off: dict[OrderId, list[Attempt]] = {}
        """What is published of orders that are settled later, because the lock is busy."""
        self._failing = False
        self.returned_first: Callable[[], bool] = lambda: True
        """Takes the pieces of sales that were taken back into the stock; False while the database does not accept it.
        An order may be sold again before the database has taken in that its first sale is cancelled."""
        self.room_prints: Callable[[RoomId], bool] = lambda _: False
        """Whether a shopper in a room can have her receipt printed."""

    def publish(self, attempt: Attempt) -> None:
        """Sends an attempt's state to the mirror of its room and to the associates' pages; for an order that is settled
        later, after that."""
        if attempt.order_id in self._put_off:
            self._put_off[attempt.order_id].append(attempt)
            return
        order = self._book.order(attempt.order_id)
        if order is not None:
            self._hub.publish(room_topic(order.room), self.payment_event(attempt, order))
            self._hub.publish(
                FLOOR_TOPIC, TransactionChanged(order.order_id, attempt.key, attempt.state.value)
            )

    def publish_unwritten(self, attempt: Attempt) -> None:
        """Tells the mirror that the result of an attempt is not known: the ledger could not write what came of it."""
        if attempt.state in (PaymentState.KEYED, PaymentState.SENT):
            with suppress(*UNUSABLE):
                self.publish(replace(attempt, state=PaymentState.UNSURE))

    def payment_event(self, attempt: Attempt, order: Order) -> PaymentChanged:
        """An attempt's state as the mirror reads it, with the receipt once it is paid.

        The receipt has a link only where a phone could open it.
        """
        if attempt.order_id in self._put_off:
            self.catch_up()
        receipt = self._book.receipt(order.order_id) if attempt.state is PaymentState.PAID else None
        return PaymentChanged(
            attempt.changed_us,
            order.ticket,
            order.order_id,
            attempt.state,
            self._why(attempt, order),
            receipt and self._links.shown(receipt),
            receipt is not None and self.room_prints(order.room),
            attempt.number,
        )

    def _why(self, attempt: Attempt, order: Order) -> str:
        """Code of the reason; "attended" while an associate takes the payment."""
        if attempt.state not in (PaymentState.KEYED, PaymentState.SENT):
            return attempt.why
        name = attempt.terminal or self._book.terminal(attempt.key) or self._terminals.name_for(order.room)
        driver = self._terminals.drivers.get(name)
        return "attended" if driver is not None and driver.capabilities.attended else attempt.why

    def write_paid(self, attempt: Attempt) -> None:
        """Journals approval and receipt together, then marks the pieces as sold. Raises NotFoundError.

        While several rooms pay, the pieces of several orders are marked together a moment later, by `catch_up`.
        """
        order = self._book.order(attempt.order_id)
        if order is None:
            raise NotFoundError(f"order {attempt.order_id} is not in the ledger")
        receipt = self._book.put_paid(attempt, order, self._base_url())
        self._sales.paid(order, receipt)
        self._pending[order.order_id] = None
        if self._is_busy():
            self._put_off[order.order_id] = []
        else:
            self.settle_pending()

    def catch_up(self) -> None:
        """Settles and publishes what was put off. Nobody is told that an order is paid before its pieces are marked,
        unless the database does not accept it."""
        while self._put_off:
            self._until_quiet()
            with self._writer:
                try:
                    self._settle_some()
                except BaseException:
                    self._publish_put_off(unsettled=True)
                    raise
                self._publish_put_off(unsettled=self._failing)

    def settle_put_off(self) -> None:
        """Settles what was put off, at once."""
        if self._put_off:
            self.settle_pending()

    def settle_pending(self) -> None:
        """Settles what is paid and not settled yet; called again at every tick until database and ledger accept it."""
        with self._writer:
            while self._settle_some():
                pass
            self._publish_put_off(unsettled=self._failing)

    def forget(self, order_id: OrderId) -> None:
        """The sale was taken back, so that its pieces are not to be marked any more."""
        with self._writer:
            self._pending.pop(order_id, None)

    def resume(self) -> None:
        """After a start: settles what the last run had paid and not settled."""
        self._pending.update(dict.fromkeys(self._book.unsettled()))
        self.settle_pending()

    def _settle_some(self) -> bool:
        """Settles the oldest orders; False if nothing is left, or the database does not accept it now."""
        chosen = tuple(islice(self._pending, MAX_AT_ONCE))
        if not chosen:
            return False
        try:
            if not self.returned_first():
                return self._not_now(chosen, "sales that were taken back come first")
            found = (self._book.order(order_id) for order_id in chosen)
            self._settle([order for order in found if order is not None])
        except UNUSABLE as error:
            return self._not_now(chosen, type(error).__name__)
        for order_id in chosen:
            self._pending.pop(order_id, None)
        if self._failing:
            log.info("paid orders are marked as sold again")
        self._failing = False
        return True

    def _not_now(self, orders: tuple[OrderId, ...], why: str) -> bool:
        """Logs once that orders stay unsettled; False."""
        for order_id in orders if not self._failing else ():
            log.error("order %s is paid, but not marked as sold yet: %s", order_id, why)
        self._failing = True
        return False

    def _settle(self, orders: list[Order]) -> None:
        """Marks the pieces of orders as sold and takes them from the stock; repeated calls change nothing more."""
        now_us = self._now()
        sales = [(order.order_id, [(li.piece, li.article) for li in order.lines]) for order in orders]
        for order, sold in zip(orders, self._catalogue.sell_orders(sales, now_us), strict=True):
            if sold.fresh:
                self._sales.bought(order)
            for piece, by_order in sold.foreign:
                self.on_foreign_sale(ForeignSale(order.order_id, piece, OrderId(by_order)))
        with self._book.ledger.transaction():
            for order in orders:
                self._book.put_settled(order.order_id, now_us)

    def _publish_put_off(self, *, unsettled: bool) -> None:
        """Publishes what was put off of orders that are settled now; of `unsettled` ones too while they cannot be."""
        for order_id in [one for one in self._put_off if unsettled or one not in self._pending]:
            for attempt in self._put_off.pop(order_id):
                self.publish(attempt)
