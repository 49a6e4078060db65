"""Shoppers: they take pieces, pay, give up, leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.core.domain.ids import RoomId, ShopperId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from tests.faults.checkout.people import BASKETS, PIECES
from tests.faults.checkout.steps.base import StepsBase

RING: Final = "04A1B2C3D4E501"


class ShopperSteps(StepsBase):
    """Steps of shoppers."""

    def _of_shoppers(self) -> Iterator[str]:
        for room, visit in self._people.visits.items():
            if visit.order is None or self._is_paid(visit.order):
                yield from (f"order {room} {'+'.join(basket)}" for basket in BASKETS)
            elif not visit.tries:
                yield from (f"{what} {room}" for what in (*["collect"] * 12, *["ring"] * 3, "late"))
            else:
                yield from (f"{what} {room}" for what in (*["collect"] * 3, "ring", "drop", "again"))
            if visit.orders:
                yield f"leave {room}"

    def _do_order(self, room: str, basket: str) -> None:
        visit = self._people.visits[room]
        pieces = tuple(PIECES[name] for name in basket.split("+"))
        order = visit.begin_order()
        try:
            self._store.service.price_order(RoomId(room), PriceOrder(visit.ticket, order, pieces, None))
        except BaseException:
            visit.order = None
            raise

    def _do_collect(self, room: str) -> None:
        self._people.visits[room].tries += 1
        self._collect(room, PaymentMeans.TERMINAL)

    def _do_again(self, room: str) -> None:
        self._collect(room, PaymentMeans.TERMINAL)

    def _do_ring(self, room: str) -> None:
        visit, service = self._people.visits[room], self._store.service
        clara = service.customers.customer(ShopperId("s1"))
        assert clara is not None
        with self._store.resources.database.lock:
            service.visits.identify(
                RoomId(room), visit.ticket, clara.as_shopper(), self._store.resources.mac(RING)
            )
        visit.tries += 1
        self._collect(room, PaymentMeans.STORED)

    def _do_late(self, room: str) -> None:
        """The request to collect was on its way for minutes."""
        visit = self._people.visits[room]
        visit.tries += 1
        now = self._world.clock()
        self._collect(room, PaymentMeans.TERMINAL, asked_us=now - 200_000_000, sent_us=now)

    def _collect(self, room: str, means: PaymentMeans, **times: int) -> None:
        visit = self._people.visits[room]
        if visit.order is not None:
            wish = CollectPayment(visit.ticket, visit.order, means, max(visit.tries, 1), **times)
            self._store.service.collect_payment(RoomId(room), wish)

    def _do_drop(self, room: str) -> None:
        order = self._people.visits[room].order
        if order is not None:
            self._store.service.till.cancel(RoomId(room), order)

    def _do_leave(self, room: str) -> None:
        before = self._people.visits[room]
        after = self._people.next_shopper(room)
        self._report(before, began=False)
        self._report(after, began=True)
