"""What all payment services share: the order book, the refund book, the terminals, the writer lock, the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.ids import RoomId
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.payments.foreign_sales import ForeignSale, log_foreign_sale
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.settings import Timeouts


@dataclass(frozen=True, slots=True)
class ShopTerminals:
    """The shop's payment terminals by name, and the name of each room's terminal (empty for the only one)."""

    drivers: Mapping[str, PaymentTerminal]
    of_room: Mapping[RoomId, str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.drivers)

    def name_for(self, room: RoomId) -> str:
        """Name of the terminal that collects for a room; the first one where none is configured."""
        return self.of_room.get(room) or next(iter(self.drivers), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentContext:
    """Passed to every payment service. `writer` is the store's writer lock, `now_us` the clock (microseconds UTC).

    `on_foreign_sale` is called when an order was paid and a piece of it is sold in another order.
    """

    book: OrderBook
    refund_book: RefundBook
    terminals: ShopTerminals
    hub: EventHub
    writer: AbstractContextManager[Any]
    now_us: Callable[[], int]
    timeouts: Timeouts
    on_foreign_sale: Callable[[ForeignSale], None] = log_foreign_sale

    @property
    def closed(self) -> bool:
        """The ledger takes no new orders: nothing is collected or paid back until it is repaired."""
        return self.book.ledger.state.closed
