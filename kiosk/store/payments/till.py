"""Orders of the rooms: prices them from the catalogue, has them collected, cancels them at the end of a visit."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket, is_later_visit
from kiosk.core.domain.payment import (
    DROPPED,
    REPRICED,
    TOO_LATE,
    Attempt,
    Order,
    OrderLine,
    PaymentMeans,
    PaymentState,
    is_own_id,
)
from kiosk.core.domain.promotions.rule import GUEST, ShopperFacts
from kiosk.core.domain.sales.stand import is_stand
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.core.visit.events import PaymentChanged
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.errors import ForbiddenError, NoSpaceError, NotFoundError, PaymentsClosedError, RefusedError
from kiosk.store.payments.collector import PaymentCollector
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.identities import PendingIdentities
from kiosk.store.payments.pricing.last_orders import LastOrders
from kiosk.store.payments.pricing.order_prices import OrderPrices
from kiosk.store.payments.promises.order_promises import OrderPromises, goods_of, pieces_of
from kiosk.store.payments.settlement import Settlement
from kiosk.store.payments.space.disk_floor import DiskFloor, is_full
from kiosk.store.payments.spending_limit import NoStoredMeans, StoredMeans
from kiosk.store.settings import ShopSettings

log = logging.getLogger(__name__)
MAX_ORDER_LINES = 50
MAX_UNPAID_AGE_S = 1800.0
"""An unpaid order is offered to the associates for half an hour."""
PRICE_HELD_S = 600.0
"""For so long the pay page's total holds, although a promotion has ended or a price has risen since."""
MAX_COLLECT_AGE_US = 30_000_000
"""A request to collect that was on its way longer than this, since the store was away, is refused."""


class Till:
    """The orders of all rooms (not a cash register of the shop). Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, shop: ShopSettings, catalogue: Catalogue, prices: OrderPrices,
        collector: PaymentCollector, settlement: Settlement, identities: PendingIdentities, disk: DiskFloor,
    ) -> None:  # fmt: skip
        """`identities`: written before it is asked whether a piece is sold. `disk`: asked before each new order."""
        self._shop, self._catalogue, self._disk, self._book = shop, catalogue, disk, context.book
        self.prices = prices
        self._collector, self._settlement, self._identities = collector, settlement, identities
        self._writer, self._now = context.writer, context.now_us
        self.last_orders = LastOrders(context.monotonic_s)
        self._of_visit: dict[tuple[RoomId, Ticket], list[OrderId]] = {}
        self.promises = OrderPromises(shop)

    @property
    def lock(self) -> AbstractContextManager[Any]:
        """The lock of the payments, under which a spending limit is looked up and its payment begun."""
        return self._writer

    @property
    def currency(self) -> str:
        """ISO 4217 code of the shop's prices."""
        return self._shop.currency

    def price_order(self, room: RoomId, effect: PriceOrder, facts: ShopperFacts = GUEST) -> Order:
        """Prices pieces as an order, with the promotions for this shopper; a repeated request returns the same order.

        Raises RefusedError, PaymentsClosedError.
        """
        with self._writer:
            known = self._book.order(effect.order_id)
            if known is not None:
                if known.room != room or pieces_of(known) != effect.pieces:
                    raise RefusedError("this order id is already used by another order")
                return known
            self._disk.check()
            self._book.ledger.check()
            order = self._priced(room, effect, facts)
            self._book.put_order(order, self._now())
            if not is_stand(effect.ticket):  # which has no visit that ends
                self._of_visit.setdefault((room, effect.ticket), []).append(order.order_id)
                self.last_orders.put(order)
            return order

    def collect(
        self, room: RoomId, effect: CollectPayment, stored: StoredMeans | NoStoredMeans,
        facts: ShopperFacts | None = None,
    ) -> PaymentChanged:  # fmt: skip
        """Starts to collect an order, or returns its state. `stored` is used only if the effect chooses it.

        An order that costs another amount now for this shopper (`facts`) is not collected. A request that was on its
        way for too long, or that comes after the order was given up, starts nothing; so does one on a full disk.
        """
        with self._writer:
            order = self._order_of_room(room, effect.order_id)
            try:
                return self._collect(order, effect, stored, facts)
            except (sqlite3.Error, SQLAlchemyError) as error:
                if not is_full(error):
                    raise
                log.error("order %s cannot be collected: the disk of the ledger is full", order.order_id)
                return self._state_or_declined(order, effect, NoSpaceError.code)

    def _collect(
        self,
        order: Order,
        effect: CollectPayment,
        stored: StoredMeans | NoStoredMeans,
        facts: ShopperFacts | None,
    ) -> PaymentChanged:
        paid = self._book.paid_attempt(order.order_id)
        if paid is not None:
            return self._settlement.payment_event(paid, order)
        if self._closed():
            return self._state_or_declined(order, effect, "closed")
        chosen = stored if effect.means is PaymentMeans.STORED else None
        refusal = chosen.why if isinstance(chosen, NoStoredMeans) else ""
        refusal = refusal or self._nobody_waits(effect) or self._unsellable(order)
        refusal = refusal or self._repriced(order, effect, facts)
        shopper_id, card_day_hash = "", ""
        if isinstance(chosen, StoredMeans) and not refusal:
            shopper_id, card_day_hash = chosen.shopper_id, chosen.card_day_hash
        attempt = self._collector.collect(
            order,
            effect.means,
            effect.attempt,
            refusal=refusal,
            stored=shopper_id,
            card_day_hash=card_day_hash,
        )
        return self._settlement.payment_event(attempt, order)

    def collect_at_desk(self, order: Order, attempt: int, terminal: str) -> Attempt:
        """Collects an order that an associate took over at the terminal of that name, once, as for a room.

        Raises PaymentsClosedError.
        """
        with self._writer:
            self._book.ledger.check()
            return self._collector.collect(
                order, PaymentMeans.TERMINAL, attempt, refusal=self._unsellable(order), terminal=terminal
            )

    def open_attempt_with(self, pieces: Collection[PieceId], but: OrderId) -> Attempt | None:
        """An open payment of an order other than `but` that contains one of these pieces."""
        wanted = {self.identity(piece) for piece in pieces}
        for attempt in self._book.open_attempts():
            if attempt.state is PaymentState.UNWANTED and not attempt.contradicted:
                continue  # it is being given back, and pays for nothing
            order = self._book.order(attempt.order_id)
            if (
                order
                and order.order_id != but
                and any(self.identity(li.piece) in wanted for li in order.lines)
            ):
                return attempt
        return None

    def unpaid_order(self, room: RoomId) -> Order | None:
        """A room's last order, if it is unpaid and at most half an hour old; its pieces may have left the room."""
        order = self.last_orders.of(room, MAX_UNPAID_AGE_S)
        return None if order is None or self._book.paid_attempt(order.order_id) else order

    def order(self, order_id: OrderId) -> Order:
        """An order as it was priced. Raises NotFoundError."""
        order = self._book.order(order_id)
        if order is None:
            raise NotFoundError("there is no such order")
        return order

    def sold(self, pieces: Collection[PieceId]) -> frozenset[PieceId]:
        """Which of these pieces are sold, by the store's database or by the ledger, which may know more."""
        with self._writer:
            self._identities.write()
        by_ledger = (piece for piece, hold in self._book.taken(pieces).items() if hold.sold)
        return self._catalogue.sold(pieces) | frozenset(by_ledger)

    def identity(self, piece: PieceId) -> PieceId:
        """The piece with its serial, if it was scanned without one and its tag was read later; else the same piece."""
        return self._catalogue.identity(piece)

    def line(self, piece: PieceId, article: ArticleId) -> OrderLine | None:
        """A piece as a line of an order made now, without promotions; None where it cannot be ordered."""
        try:
            return self.prices.listed(piece, article)
        except RefusedError:
            return None

    def cancel(self, room: RoomId, order_id: OrderId) -> PaymentChanged:
        """Gives an order up; while an attempt is open, its end decides whether another one may start."""
        order = self._order_of_room(room, order_id)
        attempt = self._collector.cancel(order_id)
        if attempt is None or attempt.state.is_unpaid:
            self._drop(order_id)
        if attempt is None or attempt.state in (PaymentState.DECLINED, PaymentState.ABANDONED):
            return PaymentChanged(self._now(), order.ticket, order_id, PaymentState.ABANDONED, DROPPED)
        return self._settlement.payment_event(attempt, order)

    def cancel_ticket_orders(self, room: RoomId, ticket: Ticket) -> None:
        """Cancels all unpaid orders of a visit of this room that has ended."""
        dropped = set(self._of_visit.pop((room, ticket), []))
        for attempt in self._book.open_attempts():
            # Orders from before a restart are known only to the ledger.
            order = self._book.order(attempt.order_id)
            if order is not None and (order.room, order.ticket) == (room, ticket):
                dropped.add(order.order_id)
        for order_id in dropped:
            self._drop(order_id)
            self._collector.cancel(order_id)

    def cancel_earlier_visits(self, room: RoomId, ticket: Ticket) -> None:
        """A visit has begun: what an earlier one has left open in the room is cancelled, also from before a restart."""
        for attempt in self._book.open_attempts():
            order = self._book.order(attempt.order_id)
            if order is None or order.room != room or is_own_id(order.ticket):
                continue
            # an order of a later visit stays: the report came late
            if order.ticket != ticket and not is_later_visit(order.ticket, ticket):
                self._drop(order.order_id)
                self._collector.cancel_key(attempt.key)

    def _drop(self, order_id: OrderId) -> None:
        with self._writer:
            if self._book.ledger.state.takes_no_entries:
                return  # nothing is collected until it is repaired
            if not self._book.is_dropped(order_id) and self._book.paid_attempt(order_id) is None:
                self._book.put_dropped(order_id, self._now())

    def _nobody_waits(self, effect: CollectPayment) -> str:
        """Code of the reason why nobody waits for this payment any more; empty if it may start."""
        on_its_way_us = effect.sent_us - effect.asked_us if effect.sent_us and effect.asked_us else 0
        # below zero: the mirror's clock was set back meanwhile, so that nobody knows how long it took
        if abs(on_its_way_us) > MAX_COLLECT_AGE_US:
            return TOO_LATE
        return DROPPED if self._book.is_dropped(effect.order_id) else ""

    def _unsellable(self, order: Order) -> str:
        """Code of the reason why an order may not be collected now: a piece is sold, or in another open payment."""
        self._identities.write()
        pieces = tuple(li.piece for li in order.lines)
        taken = self._book.taken(pieces, order.order_id).values()
        if any(hold.sold for hold in taken) or self._catalogue.sold(pieces):
            return "sold"
        return "under-way" if taken else ""

    def _repriced(self, order: Order, effect: CollectPayment, facts: ShopperFacts | None) -> str:
        """Code of the reason if it costs another amount now, with its fees, or a day cannot be promised any more.
        Less is always shown first, so that nobody pays more than the price; more only some time later."""
        if facts is None or self._book.numbered(order.order_id, effect.attempt) is not None:
            return ""
        more, now_us = self.prices.more_than(goods_of(order), facts), self._now()
        more += self.promises.fees_more_than(order, more, member=facts.member, now_us=now_us)
        shown = self.last_orders.of(order.room, PRICE_HELD_S)
        repriced = more < 0 or (more > 0 and (shown is None or shown.order_id != order.order_id))
        return REPRICED if repriced or self.promises.is_outdated(order, now_us) else ""

    def _closed(self) -> bool:
        """Whether the ledger takes no new payments; asks whether its file is still there."""
        try:
            self._book.ledger.check()
        except PaymentsClosedError:
            return True
        return False

    def _state_or_declined(self, order: Order, effect: CollectPayment, why: str) -> PaymentChanged:
        """The state of the attempt, if it was begun before; else it is declined, and nothing is written."""
        known = self._book.numbered(order.order_id, effect.attempt)
        if known is not None:
            return self._settlement.payment_event(known, order)
        return PaymentChanged(self._now(), order.ticket, order.order_id, PaymentState.DECLINED, why)

    def _order_of_room(self, room: RoomId, order_id: OrderId) -> Order:
        order = self.order(order_id)
        if order.room != room:
            raise ForbiddenError("this order belongs to another room")
        return order

    def _priced(self, room: RoomId, effect: PriceOrder, facts: ShopperFacts) -> Order:
        if not effect.pieces or len(effect.pieces) > MAX_ORDER_LINES:
            raise RefusedError(f"an order has 1 to {MAX_ORDER_LINES} pieces")
        pieces = tuple(piece for piece, _ in effect.pieces)
        if len({self.identity(piece) for piece in pieces}) != len(pieces):
            raise RefusedError("a piece is in the order twice")
        if self.sold(pieces):
            raise RefusedError("a piece of the order is sold already")
        goods = self.prices.priced(effect.pieces, facts)
        return self.promises.order_of(room, effect, goods, member=facts.member, now_us=self._now())
