"""The promises of `kiosk.connectors.payments.port.PaymentTerminal`, each as a check of a driver against its double."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic

import pytest

from kiosk.connectors.payments.port import (
    REFERENCE,
    Charge,
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.contracts.payments.rig import Call, Fault, TerminalRig, taken

PRICE = Money(12_900, "EUR")
WAIT_S = 20.0
FINAL = (TerminalStatus.APPROVED, TerminalStatus.PARTIAL, TerminalStatus.REFUSED, TerminalStatus.CANCELLED)


class Bench:
    """A driver on a rig, and charges that are presented in threads."""

    def __init__(self, driver: PaymentTerminal, rig: TerminalRig) -> None:
        self.driver, self.rig = driver, rig
        self.sent: dict[str, Presented] = {}
        self.patience_s = WAIT_S
        self._pool = ThreadPoolExecutor(8)

    def present(
        self, key: str, amount: Money = PRICE, wait_s: float = WAIT_S, *, capture: bool = True
    ) -> Future[TerminalReply]:
        """Creates and presents a charge; returns once the terminal has taken it up or the call has ended."""
        charge = Charge(key, f"order-{key}", amount, capture=capture)
        provider_id = self.driver.create(charge)
        self.sent[key] = Presented(key, charge.order_id, amount, provider_id, 1_790_000_000_000_000)
        taken_up = Event()
        coming = self._pool.submit(self.driver.present, charge, provider_id, taken_up.set, wait_s)
        coming.add_done_callback(lambda _: taken_up.set())
        assert taken_up.wait(WAIT_S)
        return coming

    def paid(self, amount: Money = PRICE, *, capture: bool = True) -> tuple[Presented, TerminalReply]:
        """A charge that was approved."""
        key = new_key()
        coming = self.present(key, amount, capture=capture)
        assert self.tap()
        reply = coming.result(WAIT_S)
        assert reply.status is TerminalStatus.APPROVED
        return self.sent[key], reply

    def tap(self, *, good: bool = True, partial_minor: int = 0) -> bool:
        """Lays a card as soon as the terminal waits for one."""
        end = monotonic() + WAIT_S
        while not self.rig.waits() and monotonic() < end:
            Event().wait(0.01)
        return self.rig.tap(good=good, partial_minor=partial_minor)

    def follow_up(
        self, of: Presented, reply: TerminalReply, kind: FollowUpKind, amount: Money = PRICE
    ) -> FollowUp:
        """A follow-up of an approved charge, under a new key."""
        return FollowUp(new_key(), kind, amount, of, reply.references, of.sent_us)

    def settled(self, wanted: FollowUp) -> TerminalReply:
        """The final reply to a follow-up."""
        reply, end = self.driver.follow_up(wanted), monotonic() + WAIT_S
        while reply.status is TerminalStatus.PENDING and monotonic() < end:
            Event().wait(0.02)
            reply = self.driver.query(wanted)
        return reply

    def close(self) -> None:
        self.driver.close()
        self._pool.shutdown()


def approved_states_what_was_collected(bench: Bench) -> None:
    of, reply = bench.paid()
    assert (reply.key, reply.order_id) in ((of.key, of.order_id), ("", of.order_id), (of.key, ""))
    assert (reply.amount, bool(reply.references.get(REFERENCE)), taken(bench.rig)) == (
        PRICE,
        True,
        PRICE.minor,
    )


def final_replies_are_repeated(bench: Bench) -> None:
    of, reply = bench.paid()
    for _ in range(2):
        again = bench.driver.query(of)
        assert (again.status, again.reference, again.amount) == (reply.status, reply.reference, reply.amount)


def a_declined_card_is_final(bench: Bench) -> None:
    key = new_key()
    coming = bench.present(key)
    assert bench.tap(good=False)
    reply = coming.result(WAIT_S)
    assert (reply.status, bool(reply.why), taken(bench.rig)) == (TerminalStatus.REFUSED, True, 0)
    assert bench.driver.query(bench.sent[key]).status is TerminalStatus.REFUSED


def a_key_collects_once(bench: Bench) -> None:
    of, first = bench.paid()
    for _ in range(3):
        again = bench.present(of.key)
        if bench.rig.waits():
            bench.rig.tap()
        assert again.result(WAIT_S).reference == first.reference
    assert taken(bench.rig) == PRICE.minor


def a_lost_reply_is_an_error_and_known_afterwards(bench: Bench) -> None:
    if not bench.rig.inject(Call.PRESENT, Fault.REPLY_LOST):
        pytest.skip("no such fault")
    key = new_key()
    coming = bench.present(key)
    assert bench.tap()
    with pytest.raises(TerminalLostError):
        coming.result(WAIT_S)
    assert bench.driver.query(bench.sent[key]).status is TerminalStatus.APPROVED
    assert taken(bench.rig) == PRICE.minor


def a_partial_approval_is_not_an_approval(bench: Bench) -> None:
    key = new_key()
    coming = bench.present(key)
    assert bench.tap(partial_minor=500)
    reply = coming.result(WAIT_S)
    if reply.status is TerminalStatus.APPROVED and taken(bench.rig) == PRICE.minor:
        pytest.skip("this provider has no partial approvals")
    assert (reply.status, reply.amount) == (TerminalStatus.PARTIAL, Money(500, "EUR"))


def a_waiting_charge_is_pending_and_taken_up(bench: Bench) -> None:
    key = new_key()
    coming = bench.present(key)
    reply = bench.driver.query(bench.sent[key])
    assert (reply.status, reply.taken_up) == (TerminalStatus.PENDING, True)
    bench.tap()
    assert coming.result(WAIT_S).status is TerminalStatus.APPROVED


def cancelling_ends_the_wait(bench: Bench) -> None:
    key = new_key()
    coming = bench.present(key, wait_s=600)
    bench.driver.cancel(bench.sent[key])
    assert coming.result(bench.patience_s).status is TerminalStatus.CANCELLED
    assert bench.driver.query(bench.sent[key]).status is TerminalStatus.CANCELLED
    assert (bench.rig.waits(), taken(bench.rig)) == (False, 0)


def cancelling_never_undoes_an_approval(bench: Bench) -> None:
    of, _ = bench.paid()
    bench.driver.cancel(of)
    assert bench.driver.query(of).status is TerminalStatus.APPROVED
    assert taken(bench.rig) == PRICE.minor


def a_busy_terminal_says_so(bench: Bench) -> None:
    if bench.driver.capabilities.attended:
        pytest.skip("associates take several payments at once")
    first = bench.present(new_key())
    with pytest.raises(TerminalBusyError):
        bench.present(new_key()).result(WAIT_S)
    bench.tap()
    assert first.result(WAIT_S).status is TerminalStatus.APPROVED
    assert taken(bench.rig) == PRICE.minor


def never_arrived_stays_so(bench: Bench) -> None:
    if bench.driver.capabilities.not_found_after_s != 0:
        pytest.skip("this provider states a time, or never that")
    charge = Charge(new_key(), "o1", PRICE)
    wanted = Presented(charge.key, "o1", PRICE, bench.driver.create(charge))
    assert bench.driver.query(wanted).status is TerminalStatus.NOT_FOUND
    late = bench.driver.present(charge, wanted.provider_id, lambda: None, 1)
    assert late.status is not TerminalStatus.APPROVED
    assert taken(bench.rig) == 0


def a_refund_is_paid_back_once(bench: Bench) -> None:
    of, reply = bench.paid()
    wanted = bench.follow_up(of, reply, FollowUpKind.REFUND)
    first = bench.settled(wanted)
    assert (first.status, first.amount, taken(bench.rig)) == (TerminalStatus.APPROVED, PRICE, 0)
    assert bench.driver.follow_up(wanted).status is TerminalStatus.APPROVED
    assert bench.driver.query(wanted).status is TerminalStatus.APPROVED
    assert taken(bench.rig) == 0


def refunds_never_exceed_the_charge(bench: Bench) -> None:
    if not bench.driver.capabilities.partial_refund:
        pytest.skip("no partial refunds")
    of, reply = bench.paid()
    parts = [bench.follow_up(of, reply, FollowUpKind.REFUND, Money(5_000, "EUR")) for _ in range(3)]
    found = [bench.settled(part).status for part in parts]
    assert found == [TerminalStatus.APPROVED, TerminalStatus.APPROVED, TerminalStatus.REFUSED]
    assert taken(bench.rig) == 2_900


def a_void_undoes_the_whole_charge(bench: Bench) -> None:
    if not bench.driver.capabilities.void:
        pytest.skip("no voids")
    of, reply = bench.paid()
    wanted = bench.follow_up(of, reply, FollowUpKind.VOID)
    assert bench.settled(wanted).status is TerminalStatus.APPROVED
    assert bench.driver.follow_up(wanted).status is TerminalStatus.APPROVED
    assert taken(bench.rig) == 0


def what_was_authorised_is_captured_once(bench: Bench) -> None:
    if not bench.driver.capabilities.capture:
        pytest.skip("no separate capture")
    of, reply = bench.paid(capture=False)
    if reply.captured:
        pytest.skip("this card's scheme captures at once")
    assert taken(bench.rig) == 0
    wanted = bench.follow_up(of, reply, FollowUpKind.CAPTURE)
    assert bench.settled(wanted).status is TerminalStatus.APPROVED
    assert bench.driver.follow_up(wanted).status is TerminalStatus.APPROVED
    assert taken(bench.rig) == PRICE.minor


def a_lost_reply_of_a_refund_is_known_afterwards(bench: Bench) -> None:
    of, reply = bench.paid()
    if not bench.rig.inject(Call.REFUND, Fault.REPLY_LOST):
        pytest.skip("no such fault")
    wanted = bench.follow_up(of, reply, FollowUpKind.REFUND)
    with pytest.raises(TerminalLostError):
        bench.driver.follow_up(wanted)
    assert bench.driver.query(wanted).status in (TerminalStatus.APPROVED, TerminalStatus.PENDING)
    assert taken(bench.rig) == 0


def closing_ends_waiting_calls_as_lost(bench: Bench) -> None:
    coming = bench.present(new_key())
    bench.driver.close()
    with pytest.raises(TerminalLostError):
        coming.result(WAIT_S)


PROMISES: tuple[Callable[[Bench], None], ...] = (
    approved_states_what_was_collected,
    final_replies_are_repeated,
    a_declined_card_is_final,
    a_key_collects_once,
    a_lost_reply_is_an_error_and_known_afterwards,
    a_partial_approval_is_not_an_approval,
    a_waiting_charge_is_pending_and_taken_up,
    cancelling_ends_the_wait,
    cancelling_never_undoes_an_approval,
    a_busy_terminal_says_so,
    never_arrived_stays_so,
    a_refund_is_paid_back_once,
    refunds_never_exceed_the_charge,
    a_void_undoes_the_whole_charge,
    what_was_authorised_is_captured_once,
    a_lost_reply_of_a_refund_is_known_afterwards,
    closing_ends_waiting_calls_as_lost,
)


LOSING = (
    a_lost_reply_is_an_error_and_known_afterwards,
    a_lost_reply_of_a_refund_is_known_afterwards,
)
"""Those in which a reply comes later than an impatient driver waits."""


@contextmanager
def bench_on(rig: TerminalRig, driver: PaymentTerminal | None = None) -> Iterator[Bench]:
    """A bench on a rig, with its own driver or another one; closed at the end."""
    bench = Bench(driver or rig.driver(), rig)
    try:
        yield bench
    finally:
        bench.close()
