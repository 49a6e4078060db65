"""The mirror of one room and the shoppers in front of it: each prices, pays, taps, cancels or leaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random
from threading import Event, Thread

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder, ReportVisit
from tests.faults.kills.doubles import Double
from tests.faults.kills.line import Line
from tests.faults.kills.memory import FINAL, Memory
from tests.faults.kills.running_store import OverError, RunningStore

POLL_S = 0.04
PATIENCE_S = 8.0
"""A shopper whose payment is not known by then leaves."""
PLANS = ("tap",) * 10 + ("decline", "cancel", "cancel-tap", "leave")
Sold = Callable[[str, list[PieceId]], None]
Pieces = Iterator[tuple[PieceId, ArticleId]]


class Shopper:
    """Plays visits in a thread until `over` is set, and then to the end of the present one."""

    def __init__(
        self, store: RunningStore, room: str, double: Double, memory: Memory, pieces: Pieces, sold: Sold,
        rng: Random, name: str,
    ) -> None:  # fmt: skip
        self.room, self.paying = room, Event()
        self._line, self._double, self._memory = Line(store, room), double, memory
        self._pieces, self._sold, self._rng, self._name = pieces, sold, rng, name
        self._pause, self.over = Event(), Event()
        self._thread = Thread(target=self._run, name=f"shopper-{room}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, longest_s: float) -> bool:
        """Whether the last visit has ended."""
        self._thread.join(longest_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        number = 0
        try:
            while not self.over.is_set():
                number += 1
                self._visit(Ticket(f"{self._name}-{self.room}-{number}"))
        except OverError as error:
            self._memory.blame(f"room {self.room}: the store did not answer any more {error}")
        except Exception as error:  # noqa: BLE001 a broken thread must not pass as a good round
            self._memory.blame(f"room {self.room}: {type(error).__name__}: {error}")
        self.paying.clear()

    def _visit(self, ticket: Ticket) -> None:
        order = OrderId(f"o-{ticket}")
        self._line.of_room("PUT", "/visit", ReportVisit(ticket, began=True, at_us=1))
        wanted = tuple(next(self._pieces) for _ in range(self._rng.choice((1, 1, 2))))
        status, priced = self._line.of_room(
            "PUT", f"/orders/{order}", PriceOrder(ticket, order, wanted, None)
        )
        if status != 200:
            self._memory.blame(f"{order} was not priced: {status} {priced}")
            return
        self._memory.count("orders")
        self._memory.priced(order, priced["total"]["minor"])
        for attempt in (1, 2):
            state = self._pay(CollectPayment(ticket, order, PaymentMeans.TERMINAL, attempt))
            if state != "declined":
                break
        self._line.of_room("PUT", "/visit", ReportVisit(ticket, began=False, at_us=2))
        if state == "paid":
            self._sold(order, [piece for piece, _ in wanted])

    def _pay(self, wish: CollectPayment) -> str:
        plan = self._rng.choice(PLANS)
        self.paying.set()
        try:
            return self._followed(wish, plan)
        finally:
            self.paying.clear()

    def _followed(self, wish: CollectPayment, plan: str) -> str:
        """The state in which it ended, or the last that was known when she left."""
        end_s, acted = time.monotonic() + PATIENCE_S, False
        while True:
            _, answer = self._line.of_room("PUT", f"/orders/{wish.order_id}/payment", wish)
            state = self._memory.heard(wish.order_id, answer)
            if state in FINAL or (acted and plan == "leave") or time.monotonic() > end_s:
                return state
            if state == "sent" and not acted:
                acted = self._act(wish, plan)
            self._pause.wait(POLL_S)

    def _act(self, wish: CollectPayment, plan: str) -> bool:
        """What she does once the mirror tells her to tap; whether she has done it."""
        if plan in ("cancel", "cancel-tap"):
            _, answer = self._line.of_room("DELETE", f"/orders/{wish.order_id}/payment")
            self._memory.heard(wish.order_id, answer)
            if plan == "cancel-tap":
                self._double.tap()
            return True
        if plan == "leave":
            return True
        return self._double.tap(good=plan == "tap")
