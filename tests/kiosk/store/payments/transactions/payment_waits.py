"""Waits of the payment tests: until an attempt of an order has a state. Nothing here counts seconds as a result."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.core.visit.events import PaymentChanged
from kiosk.store.lifecycle import Store
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT

MAX_POLLS = 4000
ROOM = RoomId("1")
_PAID = PaymentState.PAID


def until(store: Store, reached: Callable[[], bool], looks: int = MAX_POLLS) -> None:
    """Returns when the condition holds; fails after about 20 s, or after so many looks, 5 ms apart."""
    for _ in range(looks):
        if reached():
            return
        store.payments.collector.worker.pause(0.005)
    raise AssertionError(list(store.payments.book.unfinished()))


def last(store: Store, order: str) -> Attempt:
    """The newest attempt of an order."""
    return store.payments.book.attempts(OrderId(order))[-1]


def until_state(store: Store, order: str, state: PaymentState) -> Attempt:
    """The newest attempt of an order, once it has this state; a paid one once it is captured."""
    until(store, lambda: (now := last(store, order)).state is state and now.captured | (state is not _PAID))
    return last(store, order)


def order_of(
    store: Store, order: str = "o1", ticket: str = "t1", room: RoomId = ROOM, *, coat: bool = False
) -> None:
    """Prices an order of a shirt, or of a coat."""
    pieces = (COAT,) if coat else (SHIRT,)
    store.service.price_order(room, PriceOrder(Ticket(ticket), OrderId(order), pieces, None))


def begin(
    store: Store, order: str = "o1", ticket: str = "t1", attempt: int = 1, room: RoomId = ROOM, **more: int
) -> PaymentChanged:
    """Starts to collect an order."""
    wish = CollectPayment(Ticket(ticket), OrderId(order), PaymentMeans.TERMINAL, attempt, **more)
    return store.service.collect_payment(room, wish)
