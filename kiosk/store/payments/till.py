"""Orders of the rooms: priced from the catalogue, collected by the cashier, settled in stock, told to the mirror."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import Epc, Gtin, OrderId, RoomId, Ticket
from kiosk.core.domain.money import tax_within, total
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.core.visit.events import PaymentChanged
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.catalogue.tag_lookup import gtin_of
from kiosk.store.errors import MissingError, NotAllowedError, RefusedError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub, room_topic
from kiosk.store.payments.collector import PaymentCollector
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.settings import ShopSettings

log = logging.getLogger(__name__)
MAX_ORDER_LINES = 50
UNPAID_ORDER_US = 1_800_000_000


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """A payment or refund changed its state; whoever shows it asks how it stands."""

    order_id: OrderId
    key: str
    state: str


@dataclass(frozen=True, slots=True)
class StoredMeans:
    """The means on file of a shopper who may use them now; `spender` is her card as today's journal knows it."""

    shopper_id: str
    spender: str


@dataclass(frozen=True, slots=True)
class NoStoredMeans:
    """Why no means on file may be used now."""

    why: str


class Till:
    """What is to be paid in each room. `base_url` gives the address that receipts are reached under.

    `closed` refuses to collect, for a reason that a person must clear first.
    """

    def __init__(
        self, shop: ShopSettings, book: OrderBook, catalogue: Catalogue, hub: EventHub,
        writer: AbstractContextManager[Any], now_us: Callable[[], int],
        base_url: Callable[[], str], bought: Callable[[Order], None],
        *, closed: bool = False,
    ) -> None:  # fmt: skip
        self._shop, self.book, self._catalogue, self._hub = shop, book, catalogue, hub
        self._writer, self._now, self._base_url, self._bought = writer, now_us, base_url, bought
        self._closed = closed
        self._last: dict[RoomId, tuple[Order, int]] = {}
        self._of_ticket: dict[Ticket, list[OrderId]] = {}
        self._unsettled: set[OrderId] = set()
        self.collector: PaymentCollector

    def attach(self, collector: PaymentCollector) -> None:
        """The cashier who collects; he tells `moved` and `paid`."""
        self.collector = collector

    def price(self, room: RoomId, wish: PriceOrder) -> Order:
        """Prices pieces as an order; the same question twice is one order. Errors: RefusedError."""
        with self._writer:
            known = self.book.order(wish.order_id)
            if known is not None:
                if known.room != room or tuple((li.epc, li.gtin) for li in known.lines) != wish.pieces:
                    raise RefusedError("this order id stands for another order")
                return known
            order = self._priced(room, wish)
            self.book.put_order(order, self._now())
            self._of_ticket.setdefault(wish.ticket, []).append(order.order_id)
            self._last[room] = (order, self._now())
            return order

    def collect(
        self, room: RoomId, wish: CollectPayment, means: StoredMeans | NoStoredMeans
    ) -> PaymentChanged:
        """Starts collecting, or tells how it stands. `means` are used where the wish asks for them."""
        with self._writer:
            order = self._own(room, wish.order_id)
            on_file = means if wish.means is PaymentMeans.STORED else None
            reason = "closed" if self._closed else on_file.why if isinstance(on_file, NoStoredMeans) else ""
            paid = next((a for a in self.book.attempts(order.order_id) if a.state is PaymentState.PAID), None)
            if paid is not None:
                return self._as_told(paid, order)
            reason = reason or self._elsewhere(order)
            stored, spender = (
                (on_file.shopper_id, on_file.spender) if isinstance(on_file, StoredMeans) else ("", "")
            )
            attempt = self.collector.collect(
                order, wish.means, wish.attempt, stored, reason, spender=spender if not reason else ""
            )
            return self._as_told(attempt, order)

    def collect_at_desk(self, order: Order, attempt: int, terminal: str) -> Attempt:
        """Collects an order that an associate took over, at a terminal of her choice; once, as for a room."""
        with self._writer:
            reason = "closed" if self._closed else self._elsewhere(order)
            return self.collector.collect(
                order, PaymentMeans.TERMINAL, attempt, why_not=reason, terminal=terminal
            )

    def under_way(self, epcs: Collection[Epc], but: OrderId) -> Attempt | None:
        """A payment of another order that is not ended and contains one of these pieces."""
        for attempt in self.book.unfinished():
            order = self.book.order(attempt.order_id)
            if order and order.order_id != but and any(li.epc in epcs for li in order.lines):
                return attempt
        return None

    def unpaid(self, room: RoomId) -> Order | None:
        """The last order that a room asked for and did not pay, of the last half hour; its pieces may have left."""
        found = self._last.get(room)
        if found is None or found[1] + UNPAID_ORDER_US < self._now():
            return None
        order = found[0]
        paid = any(a.state is PaymentState.PAID for a in self.book.attempts(order.order_id))
        return None if paid else order

    def price_of(self, order_id: OrderId) -> Order:
        """An order as it was priced. Errors: MissingError."""
        order = self.book.order(order_id)
        if order is None:
            raise MissingError("there is no such order")
        return order

    def sold(self, epcs: Collection[Epc]) -> frozenset[Epc]:
        """Which of these pieces are sold."""
        return self._catalogue.sold(epcs)

    def line(self, epc: Epc, of: Gtin) -> OrderLine | None:
        """A piece as it would stand in an order now; None where it cannot."""
        try:
            return self._line(epc, of)
        except RefusedError:
            return None

    def _elsewhere(self, order: Order) -> str:
        """Why none of it may be collected now: sold, or being paid for in another order."""
        epcs = tuple(li.epc for li in order.lines)
        if self._catalogue.sold(epcs):
            return "sold"
        return "under-way" if self.under_way(epcs, order.order_id) else ""

    def drop(self, room: RoomId, order_id: OrderId) -> PaymentChanged:
        """Gives an order up; where the terminal works already, its answer decides."""
        order = self._own(room, order_id)
        attempt = self.collector.drop(order_id)
        if attempt is not None:
            return self._as_told(attempt, order)
        return PaymentChanged(self._now(), order.ticket, order_id, PaymentState.ABANDONED)

    def drop_ticket(self, ticket: Ticket) -> None:
        """The visit is over: what it left unpaid is given up."""
        mine = set(self._of_ticket.pop(ticket, []))
        for attempt in self.book.unfinished():
            # Of before a restart, after which nothing else remembers whose it is.
            order = self.book.order(attempt.order_id)
            if order is not None and order.ticket == ticket:
                mine.add(order.order_id)
        for order_id in mine:
            self.collector.drop(order_id)

    def moved(self, attempt: Attempt) -> None:
        """Tells the mirror how its payment stands, and the associates that it moved."""
        order = self.book.order(attempt.order_id)
        if order is not None:
            self._hub.publish(room_topic(order.room), self._as_told(attempt, order))
            self._hub.publish(FLOOR_TOPIC, MoneyMoved(order.order_id, attempt.key, attempt.state.value))

    def paid(self, attempt: Attempt) -> None:
        """Writes approval and receipt, then marks the pieces as sold."""
        order = self.book.order(attempt.order_id)
        if order is None:
            raise MissingError(f"order {attempt.order_id} is not in the ledger")
        self.book.put_paid(attempt, order, self._base_url())
        self._unsettled.add(order.order_id)
        self.settle_rest()

    def settle(self, order: Order) -> None:
        """ItemEvents an order's pieces as sold and takes them from the stock, once however often it is called."""
        fresh = self._catalogue.sell(((li.epc, li.gtin) for li in order.lines), order.order_id, self._now())
        if fresh:
            self._bought(order)
        self.book.put_settled(order.order_id, self._now())

    def settle_rest(self) -> None:
        """Settles what is paid and could not be settled at once; tried again until it can."""
        with self._writer:
            for order_id in tuple(self._unsettled):
                order = self.book.order(order_id)
                try:
                    if order is not None:
                        self.settle(order)
                except SQLAlchemyError as error:
                    log.error(
                        "order %s is paid, but not marked as sold yet: %s", order_id, type(error).__name__
                    )
                    return
                self._unsettled.discard(order_id)

    def resume(self) -> None:
        """After a start: settles what was paid but not marked, and asks for what is unknown."""
        self._unsettled.update(self.book.unsettled())
        self.settle_rest()
        unknown = self.collector.resume()
        if unknown:
            log.warning("%d payment(s) were under way when the store stopped; they are asked for", unknown)

    def _own(self, room: RoomId, order_id: OrderId) -> Order:
        order = self.price_of(order_id)
        if order.room != room:
            raise NotAllowedError("this order belongs to another room")
        return order

    def _priced(self, room: RoomId, wish: PriceOrder) -> Order:
        if not wish.pieces or len(wish.pieces) > MAX_ORDER_LINES:
            raise RefusedError(f"an order has 1 to {MAX_ORDER_LINES} pieces")
        epcs = tuple(epc for epc, _ in wish.pieces)
        if len(set(epcs)) != len(epcs):
            raise RefusedError("a piece stands twice in the order")
        if self._catalogue.sold(epcs):
            raise RefusedError("a piece of the order is sold already")
        lines = tuple(self._line(epc, of) for epc, of in wish.pieces)
        gross = total((line.price for line in lines), self._shop.currency)
        permille = self._shop.tax_permille
        return Order(wish.order_id, room, wish.ticket, lines, gross, tax_within(gross, permille), permille)

    def _line(self, epc: Epc, of: Gtin) -> OrderLine:
        garment: Garment | None = self._catalogue.garment(of)
        if garment is None or gtin_of(epc) != of:
            raise RefusedError("a piece of the order is not in the catalogue")
        if garment.price.currency != self._shop.currency:
            raise RefusedError("a piece of the order is priced in another currency")
        colour = garment.colourway
        return OrderLine(epc, of, garment.name, colour.name, garment.size, garment.price, colour.picture)

    def _as_told(self, attempt: Attempt, order: Order) -> PaymentChanged:
        receipt = self.book.receipt(order.order_id) if attempt.state is PaymentState.PAID else None
        return PaymentChanged(
            attempt.changed_us, order.ticket, order.order_id, attempt.state, attempt.why, receipt
        )
