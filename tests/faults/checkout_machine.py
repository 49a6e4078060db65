"""Two shoppers, one room, two terminals, and everything that goes wrong between them, in any order.

A shopper lays her card on the terminal only while the mirror tells her to. So nobody pays for another one, unless the
store offers a terminal that still waits for somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kiosk.connectors.payments.sim_book import SimBookEntry
from kiosk.core.domain.ids import AssociateId, OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder, ReportVisit
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.faults.faulty_terminal import REPLY_FAULTS, FaultyTerminal
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import ManualClock, build, settings_in

ROOM, INES = RoomId("1"), Associate(AssociateId("a-ines"), "Inès")
SHOPPERS = {"anna": SHIRT, "bea": COAT}
REPLIES = ("lose", "late", "error", *REPLY_FAULTS)
STEPS = (
    "collect", "collect", "tap", "tap", "decline", "part", "drop", "next-shopper", "settle", "ask", "restart", "swap",
    "both", "forget", "silence", "speak", "deaf", "hear", *REPLIES,
)  # fmt: skip
Fault = Callable[[Store], None]
SHORT_POLLS = 60


class CheckoutMachine:
    """`fault` is planted into every store that is opened."""

    def __init__(self, folder: Path, fault: Fault = lambda _: None) -> None:
        plain = settings_in(folder)
        self.settings = replace(plain, timeouts=replace(plain.timeouts, first_query_us=300))
        self.a, self.b = FaultyTerminal("sim:a"), FaultyTerminal("sim:b")
        self.configured = {"till": self.a}
        self.who = "anna"
        self.tries = dict.fromkeys(SHOPPERS, 0)
        self.strangers: list[str] = []
        self._fault = fault

    def play(self, steps: list[str]) -> list[str]:
        """Runs the steps, then everything is well and all that can be known becomes known; what is wrong then."""
        runs: list[list[str]] = [[]]
        for step in steps:
            runs.append([]) if step in ("restart", "swap", "both") else runs[-1].append(step)
            if step == "swap":
                other = self.b if self.configured["till"] is self.a else self.a
                runs[-1].append(f"={other.identity}")
            elif step == "both":
                runs[-1].append("=both")
        for run in runs:
            self._run(run)
        return self._judged()

    def _run(self, steps: list[str]) -> None:
        for step in steps:
            self._configure(step)
        with self._opened() as store:
            self._visit(store, began=True)
            for step in steps:
                self._step(store, step)

    def _configure(self, step: str) -> None:
        named = {"=sim:a": {"till": self.a}, "=sim:b": {"till": self.b}}
        both = {"till": self.configured["till"], "first": self.a, "second": self.b}
        self.configured = both if step == "=both" else named.get(step, self.configured)

    @contextmanager
    def _opened(self) -> Iterator[Store]:
        self.a.reopen()
        self.b.reopen()
        with build(self.settings, ManualClock(), dict(self.configured)) as store:
            self._fault(store)
            store.payments.resume()
            yield store

    @property
    def order(self) -> OrderId:
        """The order of the shopper who is in the room."""
        return OrderId(f"order-{self.who}")

    @property
    def till(self) -> FaultyTerminal:
        """The terminal of the room."""
        return self.configured["till"]

    def _visit(self, store: Store, *, began: bool) -> None:
        store.service.report_visit(ROOM, ReportVisit(Ticket(self.who), began=began, at_us=1))

    def _step(self, store: Store, step: str) -> None:
        if step in ("tap", "decline", "part"):
            self._card(store, step)
        elif step in ("collect", "drop", "next-shopper", "settle", "ask"):
            self._shop(store, step)
        elif step in REPLY_FAULTS or step in ("late", "error"):
            self.till.faults.append(step)
        else:
            self._terminal(step)

    def _terminal(self, step: str) -> None:
        match step:
            case "lose":
                self.till.lose_next_answer()
            case "forget":
                self.till.forget()
            case "silence" | "speak":
                self.till.silent = step == "silence"
            case "deaf" | "hear":
                self.till.deaf = step == "deaf"

    def _shop(self, store: Store, step: str) -> None:
        match step:
            case "collect":
                self._collect(store)
            case "drop":
                if store.payments.book.order(self.order) is not None:
                    store.service.till.cancel(ROOM, self.order)
            case "next-shopper" if self.who == "anna":
                self._visit(store, began=False)
                self.who = "bea"
                self._visit(store, began=True)
            case "settle" | "ask":
                self._associate(store, step)

    def _collect(self, store: Store) -> None:
        pieces = (SHOPPERS[self.who],)
        try:
            store.service.price_order(ROOM, PriceOrder(Ticket(self.who), self.order, pieces, None))
        except RefusedError:
            return
        self.tries[self.who] += 1
        wish = CollectPayment(Ticket(self.who), self.order, PaymentMeans.TERMINAL, self.tries[self.who])
        store.service.collect_payment(ROOM, wish)
        self._briefly(store, lambda: not self._waits(store, PaymentState.KEYED))

    def _card(self, store: Store, step: str) -> None:
        """She lays her card on the terminal, if the mirror says so within a moment."""
        if not self._is_told_to_tap(store):
            return
        with self.till._changed:
            entry = self.till.book.waiting()
            if entry is None:
                return
            if entry.order != self.order:
                self.strangers.append(f"{self.who} pays {entry.order}")
            entry.answer_lost, self.till._lose_next = self.till._lose_next, False
            self.till.book.decide(entry, good=step != "decline", partial_minor=500 if step == "part" else 0)
            self.till._changed.notify_all()
        self._briefly(store, lambda: not self._waits(store, PaymentState.SENT))

    def _is_told_to_tap(self, store: Store) -> bool:
        self._briefly(store, lambda: not self._waits(store, PaymentState.KEYED))
        # A shopper who reads that the terminal is in use tries it all the same.
        busy = any(a.why == "busy" for a in store.payments.book.attempts(self.order))
        return busy or self._waits(store, PaymentState.SENT)

    def _waits(self, store: Store, state: PaymentState) -> bool:
        return any(a.state is state for a in store.payments.book.attempts(self.order))

    def _briefly(self, store: Store, reached: Callable[[], bool]) -> None:
        for _ in range(SHORT_POLLS):
            if reached() or store.payments.collector.worker.pause(0.005):
                return

    def _associate(self, store: Store, step: str) -> None:
        """An associate asks again, or settles a parked payment by what the cards have really lost."""
        for attempt in store.payments.book.open_attempts():
            try:
                if step == "ask":
                    store.service.desk.query(attempt.key)
                elif attempt.state is PaymentState.PARKED:
                    done = any(e.key == attempt.key for e in self._charges(attempt.order_id))
                    store.service.desk.settle(attempt.key, INES, done=done, reference="")
            except RefusedError:
                continue

    def _charges(self, order: str) -> list[SimBookEntry]:
        return [*self.a.charges(order), *self.b.charges(order)]

    def _judged(self) -> list[str]:
        self.a.heal()
        self.b.heal()
        self.configured = {"till": self.till, "first": self.a, "second": self.b}
        with self._opened() as store:
            for attempt in store.payments.book.open_attempts():
                if attempt.state is not PaymentState.UNWANTED:
                    store.payments.collector.cancel_key(attempt.key)
                    store.service.desk.query(attempt.key)
            until(store, lambda: all(self._is_known(store, a) for a in store.payments.book.open_attempts()))
            return [*self.strangers, *self._wrong(store)]

    def _is_known(self, store: Store, attempt: Attempt) -> bool:
        tasks = {task.key: task.parked for task in store.service.desk.unsettled()}
        return tasks.get(attempt.key, False)

    def _wrong(self, store: Store) -> Iterator[str]:
        with store.resources.database.lock:
            tasks = {task.order_id for task in store.service.desk.unsettled() if task.parked}
            for who in SHOPPERS:
                order = OrderId(f"order-{who}")
                attempts = store.payments.book.attempts(order)
                states = ", ".join(a.state.value for a in attempts)
                paid = sum(a.collected.minor for a in attempts if a.state is PaymentState.PAID)
                kept = [*self.a.kept(order), *self.b.kept(order)]
                if sum(kept) != paid and order not in tasks:
                    yield f"{who}: {kept} at the terminals, {paid} on the books, no task: {states}"
                if len(kept) > 1 and order not in tasks:
                    yield f"{who} was charged more than once: {states}"
