"""A checkout whose writes are recorded: shoppers pay, are declined, give up, return and exchange, in random order.

Each acknowledgement is marked with the head of the ledger at that moment: what the mirror shows, what the associates'
page shows, and what a terminal is sent, which must find its key again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from kiosk.connectors.payments.port import Charge, FollowUp, TerminalReply
from kiosk.core.domain.ids import AssociateId, OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.ledger.port import Head
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.tokens import store_key
from tests.faults.powercuts.recorder import Operation, Recording, recording
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    settings_in,
)

ROOM, INES = RoomId("1"), Associate(AssociateId("a-ines"), "Inès")
PAID_FIRST = 2
"""The first steps are payments, so that there is something to return."""
STEPS = ("pay", "pay", "pay", "decline", "give-up", "return", "exchange", "pass")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """`head` of the ledger when it was said. `keys`: charges and refunds that a terminal has heard of by then; `sold`:
    the orders that were shown as paid."""

    head: Head
    keys: frozenset[str] = frozenset()
    sold: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A checkout: the operations, and the secret with which the chain of the ledger is keyed."""

    operations: tuple[Operation, ...]
    key: bytes
    pieces: dict[str, tuple[PieceId, ...]]
    """The pieces of each order."""


class _Witness(InProcessTerminal):
    """Marks what it is sent."""

    said: Callable[[str], None]

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        self.said(charge.key)
        return super().present(charge, provider_id, on_taken_up, wait_s)

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        self.said(follow_up.key)
        return super().follow_up(follow_up)


@dataclass(slots=True)
class _Shop:
    """Plays the steps on an open store."""

    store: Store
    terminal: _Witness
    noted: Recording
    rng: Random
    keys: set[str] = field(default_factory=set)
    paid: list[OrderId] = field(default_factory=list)
    pieces: dict[str, tuple[PieceId, ...]] = field(default_factory=dict)
    clock: ManualClock = field(default_factory=ManualClock)

    def say(self, key: str = "") -> None:
        """Something was acknowledged. A terminal asks from a thread of its own."""
        if key:
            self.keys.add(key)
        head = self.store.resources.ledger.head
        self.noted.mark(Acknowledged(head, frozenset(self.keys), frozenset(self.paid)))

    def play(self, step: str, number: int) -> None:
        match step:
            case "return" | "exchange":
                self._back(step, number)
            case "pass":
                self.clock.pass_s(1)
                self.store.tick(self.clock.now_us)
                self.store.resources.head_keeper.write()
            case _:
                self._buy(step, number)

    def _buy(self, step: str, number: int) -> None:
        order = OrderId(f"o{number}")
        ids = tuple(
            (piece_of("S1", "WHI", "M", 10 * number + i), gtin_of("S1", "WHI", "M")) for i in range(2)
        )
        self.store.service.price_order(ROOM, PriceOrder(Ticket(order), order, ids, None))
        self.pieces[order] = tuple(piece for piece, _ in ids)
        self.say()
        wish = CollectPayment(Ticket(order), order, PaymentMeans.TERMINAL, 1)
        self.store.service.collect_payment(ROOM, wish)
        self.say()
        self._await(order, lambda state: state is not PaymentState.KEYED)
        if step == "give-up":
            self.store.service.till.cancel(ROOM, order)
            self.say()
        else:
            self.terminal.tap(good=step == "pay")
        self._await(order, lambda state: state.is_final)
        if self.store.payments.book.paid_attempt(order) is not None:
            self.paid.append(order)
        self.say()

    def _await(self, order: OrderId, reached: Callable[[PaymentState], bool]) -> None:
        until(self.store, lambda: all(reached(a.state) for a in self.store.payments.book.attempts(order)))

    def _back(self, step: str, number: int) -> None:
        if not self.paid:
            return
        order = self.rng.choice(self.paid)
        piece = self.rng.choice(self.pieces[order])
        try:
            if step == "exchange":
                new = piece_of("S1", "WHI", "L", 10 * number)
                self.store.service.desk.exchanges.exchange(order, piece, new, INES)
            else:
                refunds = self.store.payments.refunds
                begun = refunds.begin(order, piece, INES)
                self.say()
                until(self.store, lambda: refunds.refund(begun.key).state.is_final)
        except RefusedError:
            return  # it was returned or exchanged before
        self.say()


def recorded(folder: Path, seed: str, steps: int) -> Recorded:
    """Plays a random checkout in an empty folder, from the making of the ledger on."""
    rng, terminal = Random(seed), _Witness()
    settings = settings_in(folder)
    settings.state.mkdir(mode=0o700, parents=True)
    with recording(settings.state) as noted, sample_store(settings, ManualClock(), terminal) as store:
        shop = _Shop(store, terminal, noted, rng)
        terminal.said = shop.say
        store.payments.resume()
        for number in range(1, steps + 1):
            shop.play(rng.choice(STEPS) if number > PAID_FIRST else "pay", number)
        operations = tuple(noted.operations)
        return Recorded(operations, store_key(settings.state), shop.pieces)
