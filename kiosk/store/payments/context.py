"""What all payment services share: the order book, the refund book, the terminals, the writer lock, the clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.ids import RoomId
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.payments.desk_tasks.waiting_ages import WaitingAges
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

    def identity_of(self, name: str) -> str:
        """The provider's identity of the terminal with that name; empty where there is none."""
        driver = self.drivers.get(name)
        return "" if driver is None else driver.identity

    def find(self, name: str, identity: str) -> PaymentTerminal | None:
        """The terminal of an entry of the journal, by its identity under whatever name it has now.

        An entry of an earlier version has no identity and is found by its name. None: it is not configured any more.
        """
        named = self.drivers.get(name)
        if not identity or (named is not None and named.identity == identity):
            return named
        return next((d for d in self.drivers.values() if d.identity == identity), None)

    def authorises_first(self, name: str) -> bool:
        """Whether the terminal with that name can authorise first and take the amount later.

        It must be able to void as well, or what is authorised and not wanted could not be given back.
        """
        driver = self.drivers.get(name)
        return driver is not None and driver.capabilities.capture and driver.capabilities.void

    def close(self) -> None:
        """Ends all waiting calls of all terminals."""
        for driver in self.drivers.values():
            driver.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentContext:
    """Passed to every payment service. `writer` is the lock of the payments, `now_us` the clock (microseconds UTC).

    `monotonic_s` is a clock in seconds that never jumps; `ages` tells by such a clock how long transactions wait.
    `on_foreign_sale` is called when an order was paid and a piece of it is sold in another order. `give_way` is called
    before the end of a transaction is written: where several shoppers pay at once, those who still wait for a terminal
    go first. `is_busy`: whether a thread waits for `writer`, or did a moment ago; `until_quiet` waits for a limited
    time until nobody uses it.
    """

    book: OrderBook
    refund_book: RefundBook
    terminals: ShopTerminals
    hub: EventHub
    writer: AbstractContextManager[Any]
    now_us: Callable[[], int]
    timeouts: Timeouts
    monotonic_s: Callable[[], float] = time.monotonic
    ages: WaitingAges = field(default_factory=WaitingAges)
    on_foreign_sale: Callable[[ForeignSale], None] = log_foreign_sale
    give_way: Callable[[], None] = lambda: None
    is_busy: Callable[[], bool] = lambda: False
    until_quiet: Callable[[], None] = lambda: None

    @property
    def closed(self) -> bool:
        """The ledger takes no new orders: nothing is collected or paid back until it is repaired."""
        return self.book.ledger.state.closed

    @property
    def journal_is_closed(self) -> bool:
        """The ledger takes no entries at all: what a terminal still waits for can only be cancelled, not noted."""
        return self.book.ledger.state.takes_no_entries
