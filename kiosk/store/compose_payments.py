"""Puts together what handles money: till, cashier, and the associates' desk. Nothing here decides anything."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.connectors.payments.open import open_terminal
from kiosk.connectors.payments.port import PaymentError, PaymentTerminal
from kiosk.core.domain.ids import Gtin
from kiosk.core.domain.payment import Order
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from kiosk.store.payments.collector import PaymentCollector
from kiosk.store.payments.desk import PaymentDesk
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import Refund, RefundBook
from kiosk.store.payments.refund_service import RefundService
from kiosk.store.payments.sold_pieces import SoldPieces
from kiosk.store.payments.till import MoneyMoved, Till
from kiosk.store.resources import Resources
from kiosk.store.settings import StoreSettings, TerminalSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counter:
    """What the till and the desk are made of. `base_url` gives the address that receipts are reached under."""

    settings: StoreSettings
    resources: Resources
    hub: EventHub
    floor: ShopFloor
    item_events: ItemEvents
    book: OrderBook
    refunds: RefundBook
    clock: Callable[[], int]
    base_url: Callable[[], str]
    terminals: Mapping[str, PaymentTerminal]

    def open_till(self) -> Till:
        """The till, with its cashier."""
        resources, settings, writer = self.resources, self.settings, self.resources.database.lock
        till = Till(
            settings.shop, self.book, resources.catalogue, self.hub, writer, self.clock, self.base_url, self._bought,
            closed=resources.payments_closed,
        )  # fmt: skip
        names = {room.room: room.terminal for room in settings.rooms}
        only = next(iter(self.terminals), "")

        def terminal_of(order: Order) -> str:
            return names.get(order.room) or only

        till.attach(
            PaymentCollector(
                self.book, self.terminals, terminal_of, writer, self.clock, till.moved, till.paid, settings.timeouts
            )
        )  # fmt: skip
        return till

    def open_desk(self, till: Till) -> PaymentDesk:
        """The associates' desk, with the returns."""
        resources, writer = self.resources, self.resources.database.lock
        sold = SoldPieces(resources.database, resources.catalogue, self.book, self.refunds)
        refunds = RefundService(
            self.book, self.refunds, sold, self.terminals, till.collector.terminal_for, writer, self.clock, self._moved,
            self._restocked, self.settings.timeouts, closed=resources.payments_closed,
        )  # fmt: skip
        return PaymentDesk(
            self.floor, till, refunds, self.book, tuple(self.terminals), writer, self.clock,
            self.settings.shop.currency,
        )  # fmt: skip

    def _bought(self, order: Order) -> None:
        found = (self.resources.catalogue.garment(line.gtin) for line in order.lines)
        garments = [g for g in found if g is not None]
        basket = self.floor.basket_id_of(order.room, order.ticket)
        self.item_events.add(ItemEventKind.BOUGHT, [(g.item, g.size) for g in garments], self.clock(), basket)
        self.floor.catalogue_changed({g.style_id for g in garments})

    def _restocked(self, of: Gtin) -> None:
        garment = self.resources.catalogue.garment(of)
        if garment is not None:
            self.item_events.add(ItemEventKind.RETURNED, [(garment.item, garment.size)], self.clock())
        self.floor.catalogue_changed({garment.style_id} if garment else ())

    def _moved(self, refund: Refund) -> None:
        self.hub.publish(FLOOR_TOPIC, MoneyMoved(refund.order_id, refund.key, refund.state.value))


def open_terminals(configured: Sequence[TerminalSettings]) -> dict[str, PaymentTerminal]:
    """The terminals by name; one that cannot be used is said and left out."""
    opened = {}
    for terminal in configured:
        try:
            opened[terminal.name] = open_terminal(terminal.uri)
        except PaymentError as error:
            log.warning("terminal %s cannot be used: %s", terminal.name, error)
    return opened
