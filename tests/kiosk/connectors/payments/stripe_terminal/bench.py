"""A driver of Stripe's double with short waits, and what a shopper does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from kiosk.connectors.payments.port import Charge, FollowUp, Presented, TerminalReply, new_key
from kiosk.connectors.payments.stripe_terminal.driver import StripeTerminalDriver
from kiosk.connectors.payments.stripe_terminal.session import Waits
from kiosk.connectors.payments.stripe_terminal.settings import settings_of
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER, StripeLoop, place_in, stripe_double

PRICE = Money(12_900, "EUR")
WAITS = Waits(
    create_s=20.0, query_s=20.0, follow_up_s=20.0, call_s=10.0, poll_s=0.02, authorise_s=1.0, outage_s=10.0
)
HASTY = replace(WAITS, create_s=3.0, query_s=3.0, follow_up_s=3.0, call_s=0.3, outage_s=1.0)
"""Gives up a reply that comes 0.45 s late; for these tests alone, since a busy machine may be as late."""
LIMIT_S = 30.0


class Bench:
    """One driver, one reader."""

    def __init__(self, double: StripeLoop, folder: Path, waits: Waits = WAITS) -> None:
        self.double = double
        place = place_in(folder, f"stripe://{READER}?base={double.base}")
        self.driver = StripeTerminalDriver(settings_of(place), waits)
        self._pool = ThreadPoolExecutor(4)

    def charge(self, amount: Money = PRICE, *, stored: str = "", capture: bool = True) -> Charge:
        return Charge(new_key(), "o1", amount, stored, capture)

    def begun(self, charge: Charge, wait_s: float = LIMIT_S) -> tuple[str, Future[TerminalReply]]:
        """Creates a charge and presents it; returns once the reader has it."""
        intent_id, taken = self.driver.create(charge), Event()
        coming = self._pool.submit(self.driver.present, charge, intent_id, taken.set, wait_s)
        coming.add_done_callback(lambda _: taken.set())
        assert taken.wait(LIMIT_S)
        return intent_id, coming

    def paid(self, charge: Charge | None = None, card: str = "") -> tuple[Presented, TerminalReply]:
        """A charge that was approved or refused."""
        charge = charge or self.charge()
        intent_id, coming = self.begun(charge)
        until(lambda: self.double.tap(card))
        return presented(charge, intent_id), coming.result(LIMIT_S)

    def close(self) -> None:
        self.driver.close()
        self._pool.shutdown()


def presented(charge: Charge, intent_id: str, sent_us: int | None = None) -> Presented:
    sent_us = time.time_ns() // 1000 if sent_us is None else sent_us
    return Presented(charge.key, charge.order_id, charge.amount, intent_id, sent_us)


def follow_up(
    kind: FollowUpKind, of: Presented, reply: TerminalReply, amount: Money | None = None
) -> FollowUp:
    return FollowUp(new_key(), kind, amount or of.amount, of, reply.references, of.sent_us)


def until(true: object) -> None:
    """Waits until it is true."""
    assert callable(true)
    end, pause = time.monotonic() + LIMIT_S, Event()
    while not true():
        assert time.monotonic() < end
        pause.wait(0.01)


@contextmanager
def bench_in(folder: Path, waits: Waits = WAITS) -> Iterator[Bench]:
    with stripe_double() as double:
        bench = Bench(double, folder, waits)
        try:
            yield bench
        finally:
            bench.close()
