"""One store with many rooms, each with a terminal of its own, in which a shopper pays while one call goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock
from time import monotonic

from kiosk.core.domain.ids import AssociateId, OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.transaction_state import TransactionState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.lifecycle import Store
from kiosk.store.settings import RoomSettings
from kiosk.store.staff.associates import Associate
from tests.contracts.payments.interposed import Interposed
from tests.contracts.payments.rig import Call, Fault, TerminalRig, taken
from tests.kiosk.store.sample_shop import ManualClock, build, gtin_of, piece_of, settings_in

INES = Associate(AssociateId("a-ines"), "Inès")
ARTICLE = gtin_of("S1", "WHI", "M")
LIMIT_S, POLL_S = 60.0, 0.05
LIMIT_POLLS = round(LIMIT_S / POLL_S)
"""Longest time until a payment is final or on the desk's list; the store's own waits are set to milliseconds. Long,
since a machine with thirty busy processes is no fault; counted in looks of the shopper."""


@dataclass(frozen=True, slots=True)
class Case:
    """A call of the port and what goes wrong with it. `walks_away`: the shopper leaves before she taps."""

    call: Call
    fault: Fault
    of_refund: bool = False
    """The query is about a refund."""
    taps_late: bool = False
    """She taps after her order was cancelled."""
    partial: bool = False
    """Her card has only a part of the amount."""

    def __str__(self) -> str:
        return f"{self.named()}-{self.fault.value}"

    def named(self) -> str:
        """Without its fault."""
        late = "-of-partial" if self.partial else "-then-tap" if self.taps_late else ""
        kind = "-of-refund" if self.of_refund else late
        return f"{self.call.value}{kind}"


class _NoSuchFaultError(Exception):
    """The driver under test has no such call or fault."""


class DeskList:
    """The orders for which the desk has a task for an associate, parked and not only under way; read for all rooms
    together, since many wait for it at the same time."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._orders: frozenset[OrderId] = frozenset()
        self._until_s = 0.0

    def has(self, order: OrderId, *, fresh: bool) -> bool:
        """`fresh` False: as it was some looks ago."""
        with self._lock:
            if fresh or monotonic() >= self._until_s:
                found = self._store.service.desk.unsettled()
                self._orders = frozenset(u.order_id for u in found if u.parked)
                self._until_s = monotonic() + 4 * POLL_S
            return order in self._orders


class Shopper:
    """One room of the store, its terminal, and what happens there in a case."""

    def __init__(
        self,
        store: Store,
        number: int,
        rig: TerminalRig,
        driver: Interposed,
        clock: ManualClock,
        desk: DeskList,
    ) -> None:
        self._desk = desk
        self.store, self.rig, self.driver, self.clock = store, rig, driver, clock
        self.room, self.order = RoomId(f"r{number}"), OrderId(f"order-{number}")
        self.ticket = Ticket(f"visit-{number}")
        self.piece = piece_of("S1", "WHI", "M", number + 1)
        self._number = number
        self.most_looks = 0
        """The looks of its longest wait, LIMIT_POLLS if it was given up."""

    def play(self, case: Case) -> list[str] | None:
        """What is wrong in the end, empty if everything is right; None where the driver has no such call or fault."""
        try:
            return self._played(case)
        except _NoSuchFaultError:
            return None

    def _played(self, case: Case) -> list[str]:
        self.store.service.price_order(
            self.room, PriceOrder(self.ticket, self.order, ((self.piece, ARTICLE),), None)
        )
        if case.call is Call.REFUND or case.of_refund:
            self._pay(1)
            if self._paid() is None:
                return ["a payment without a fault was not paid"]
            if case.of_refund:
                self._lose(Call.REFUND, Fault.REPLY_LOST)
            self._inject(case)
            self.store.payments.refunds.begin(self.order, self.piece, INES)
            self._until(self._is_known)
        elif case.partial:
            self._inject(case)
            self._pay(1, partial_minor=500)
        elif case.call is Call.CAPTURE:
            self._authorised(case)
        elif case.call in (Call.CANCEL, Call.VOID):
            self._cancelled(case)
        else:
            if case.call is Call.QUERY:
                self._lose(Call.PRESENT, Fault.REPLY_LOST)
            self._inject(case)
            self._pay(1)
            if self._last().state.is_final and self._paid() is None:
                self._pay(2)
        return list(self._violations())

    def _inject(self, case: Case) -> None:
        if case.fault in (Fault.EXCEPTION, Fault.EXCEPTION_AFTER):
            self.driver.plan(case.call, case.fault, self._number)
        else:
            self._cause(case.call, case.fault)

    def _lose(self, call: Call, fault: Fault) -> None:
        """A reply or a request is lost, in whatever way the driver can have that."""
        if not self.rig.inject(call, fault):
            instead = Fault.EXCEPTION if fault is Fault.NEVER_ARRIVES else Fault.EXCEPTION_AFTER
            self.driver.plan(call, instead, self._number)

    def _cause(self, call: Call, fault: Fault) -> None:
        if not self.rig.inject(call, fault):
            raise _NoSuchFaultError

    def _authorised(self, case: Case) -> None:
        """The charge is only authorised, so that the store captures what is paid."""
        if not self.driver.capabilities.capture:
            raise _NoSuchFaultError
        self.driver.authorises = True
        self._inject(case)
        self._pay(1)

    def _pay(self, attempt: int, partial_minor: int = 0) -> None:
        """Collects; the shopper lays her card on the terminal once, as soon as it waits for one."""
        wish = CollectPayment(self.ticket, self.order, PaymentMeans.TERMINAL, attempt)
        self.store.service.collect_payment(self.room, wish)
        self._until(lambda: self.rig.waits() or self._is_known())
        if self.rig.waits():
            self.rig.tap(partial_minor=partial_minor)
        self._until(self._is_known)

    def _cancelled(self, case: Case) -> None:
        """The order is cancelled while the terminal waits; she may tap all the same."""
        wish = CollectPayment(self.ticket, self.order, PaymentMeans.TERMINAL, 1)
        self.store.service.collect_payment(self.room, wish)
        self._until(lambda: self.rig.waits() and self._last().state is PaymentState.SENT)
        if case.call is Call.VOID:
            self._lose(Call.CANCEL, Fault.NEVER_ARRIVES)
        self._inject(case)
        self.store.service.till.cancel(self.room, self.order)
        if case.taps_late:
            self.rig.tap()
        self._until(lambda: self._is_known() and not self.rig.waits())

    def _until(self, true: Callable[[], bool]) -> None:
        """Returns when it is true, or after LIMIT_POLLS looks; the store's timer runs meanwhile."""
        pause, looks = Event(), 0
        while not true() and looks < LIMIT_POLLS:
            pause.wait(POLL_S)
            looks += 1
        self.most_looks = max(self.most_looks, looks)

    def _attempts(self) -> tuple[Attempt, ...]:
        return self.store.payments.book.attempts(self.order)

    def _last(self) -> Attempt:
        return self._attempts()[-1]

    def _paid(self) -> Attempt | None:
        return next((a for a in self._attempts() if a.state is PaymentState.PAID), None)

    def _refunds(self) -> tuple[Refund, ...]:
        return self.store.payments.refunds._refunds.of_order(self.order)

    def _listed(self, *, fresh: bool = False) -> bool:
        return self._desk.has(self.order, fresh=fresh)

    def _is_known(self, *, fresh: bool = False) -> bool:
        """Everything has ended, or is a task at the desk; of one look at the books, which change meanwhile."""
        attempts, refunds = self._attempts(), self._refunds()
        states: list[TransactionState] = [*(a.state for a in attempts), *(r.state for r in refunds)]
        uncaptured = any(a.state is PaymentState.PAID and not a.captured for a in attempts)
        ended = not uncaptured and all(state.is_final or not state.is_under_way for state in states)
        return ended or (self._listed(fresh=fresh) and self._listed(fresh=True))

    def _violations(self) -> Iterator[str]:
        attempts, refunds = self._attempts(), self._refunds()
        states = ", ".join([a.state.value for a in attempts] + [r.state.value for r in refunds])
        if not self._is_known(fresh=True):
            yield f"neither final nor on the desk's list: {states}"
        if self.rig.waits():
            yield f"the terminal still waits for her card: {states}"
        if sum(b.times for b in self.rig.booked() if b.undone_minor < b.minor * b.times) > 1:
            yield f"charged more than once: {states}"
        paid = sum(a.amount.minor for a in attempts if a.state is PaymentState.PAID)
        books = paid - sum(r.amount.minor for r in refunds if r.state is RefundState.DONE)
        if taken(self.rig) != books and not self._listed(fresh=True):
            yield f"{taken(self.rig)} at the terminal, {books} on the books, and no task at the desk: {states}"
        known = {b.reference for b in self.rig.booked()}
        paid_as = [a.reference for a in attempts if a.state is PaymentState.PAID and a.captured]
        if wrong := [reference for reference in paid_as if reference not in known]:
            yield f"paid with a number that the terminal does not know: {wrong}"
        if taken(self.rig) < 0:
            yield f"more was paid back than was paid: {states}"


@contextmanager
def store_run(
    folder: Path, rigs: Sequence[TerminalRig], card_wait_s: float,
    fault_in: Callable[[Interposed], Interposed] = lambda driver: driver,
) -> Iterator[list[Shopper]]:  # fmt: skip
    """A store with a room for each rig; `fault_in` plants a fault into each driver."""
    drivers: Mapping[str, Interposed] = {
        f"t{number}": fault_in(Interposed(rig.driver())) for number, rig in enumerate(rigs)
    }
    rooms = tuple(
        RoomSettings(RoomId(f"r{n}"), f"Room {n}", (f"{n + 1}",), f"t{n}") for n in range(len(rigs))
    )
    plain = settings_in(folder, rooms=rooms)
    timeouts = replace(
        plain.timeouts, first_query_us=2_000, sweep_us=500_000, wait_for_card_us=int(card_wait_s * 1e6)
    )
    clock = ManualClock()
    with build(replace(plain, timeouts=timeouts), clock, drivers) as store:
        desk = DeskList(store)
        yield [
            Shopper(store, number, rig, driver, clock, desk)
            for number, (rig, driver) in enumerate(zip(rigs, drivers.values(), strict=True))
        ]
