"""Each promise of the port on every driver, and a planted fault of a driver against each promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from _pytest.outcomes import Failed

from kiosk.connectors.payments.port import (
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
from kiosk.core.domain.money import Money
from tests.contracts.payments import promises as promised
from tests.contracts.payments.interposed import Interposed
from tests.contracts.payments.promises import PROMISES, Bench, bench_on
from tests.contracts.payments.rigs import RIGS, RigMaker
from tests.contracts.payments.sim_rig import SimLoop

APPROVED = TerminalStatus.APPROVED


@pytest.fixture(scope="module", params=RIGS)
def maker(request: pytest.FixtureRequest) -> Iterator[RigMaker]:
    made = RIGS[request.param]()
    yield made
    made.close()


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_a_driver_keeps(maker: RigMaker, promise: Callable[[Bench], None]) -> None:
    rig = maker.rig(promised.WAIT_S)
    try:
        with bench_on(rig, rig.driver(patient=promise not in promised.LOSING)) as bench:
            promise(bench)
    finally:
        rig.close()


class Resends(Interposed):
    """Sends every charge under a new key, so that nothing is known about an earlier one."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        return super().present(replace(charge, key=new_key()), provider_id, on_taken_up, wait_s)


class RefundsAgain(Interposed):
    """Sends every follow-up under a new key."""

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        return super().follow_up(replace(follow_up, key=new_key()))


class RefundsLess(Interposed):
    """Pays back less than it was asked for."""

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        return super().follow_up(replace(follow_up, amount=Money(1, follow_up.amount.currency)))


class LostIsRefused(Interposed):
    """Takes a lost reply for a refusal."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        try:
            return super().present(charge, provider_id, on_taken_up, wait_s)
        except TerminalLostError:
            return TerminalReply(TerminalStatus.REFUSED, why="lost")

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        try:
            return super().follow_up(follow_up)
        except TerminalLostError:
            return TerminalReply(TerminalStatus.REFUSED, why="lost")


class PartialIsApproved(Interposed):
    """Takes a partial approval for the whole."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        reply = super().present(charge, provider_id, on_taken_up, wait_s)
        return replace(reply, status=APPROVED) if reply.status is TerminalStatus.PARTIAL else reply


class ForgetsResults(Interposed):
    """Does not find what has ended."""

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        reply = super().query(wanted)
        ended = reply.status in promised.FINAL
        return TerminalReply(TerminalStatus.NOT_FOUND, key=reply.key) if ended else reply


class WaitsAreUnknown(Interposed):
    """Does not find what waits for a card."""

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        reply = super().query(wanted)
        return replace(reply, status=TerminalStatus.NOT_FOUND) if reply.taken_up else reply


class CancelsAreLocal(Interposed):
    """Reports a cancel without sending it."""

    def cancel(self, presented: Presented) -> None:
        self.cancelled = presented.key

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        if getattr(self, "cancelled", "") == wanted.key:
            return TerminalReply(TerminalStatus.CANCELLED, key=wanted.key)
        return super().query(wanted)


class BusyIsRefused(Interposed):
    """Books a refusal where nothing was taken up."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        try:
            return super().present(charge, provider_id, on_taken_up, wait_s)
        except TerminalBusyError:
            return TerminalReply(TerminalStatus.REFUSED, why="busy")


class NeverFindsAnything(Interposed):
    """Says that a key never arrived without asking the terminal."""

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        return TerminalReply(TerminalStatus.NOT_FOUND, key=wanted.key)

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        return super().present(replace(charge, stored="s1"), provider_id, on_taken_up, wait_s)


class StatesAsAsked(Interposed):
    """States no amount of the terminal's own, but what was asked for, in cents of another unit."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        reply = super().present(charge, provider_id, on_taken_up, wait_s)
        return replace(reply, amount=Money(charge.amount.minor * 100, charge.amount.currency))


class CloseIsCancelled(Interposed):
    """Reports waiting calls as cancelled when the driver is closed."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        try:
            return super().present(charge, provider_id, on_taken_up, wait_s)
        except TerminalLostError:
            return TerminalReply(TerminalStatus.CANCELLED)


class DeclinesAreOpen(Interposed):
    """Leaves a declined charge open."""

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        reply = super().query(wanted)
        return (
            replace(reply, status=TerminalStatus.PENDING) if reply.status is TerminalStatus.REFUSED else reply
        )


PLANTED: dict[Callable[[Bench], None], type[Interposed]] = {
    promised.approved_states_what_was_collected: StatesAsAsked,
    promised.final_replies_are_repeated: ForgetsResults,
    promised.a_declined_card_is_final: DeclinesAreOpen,
    promised.a_key_collects_once: Resends,
    promised.a_lost_reply_is_an_error_and_known_afterwards: LostIsRefused,
    promised.a_partial_approval_is_not_an_approval: PartialIsApproved,
    promised.a_waiting_charge_is_pending_and_taken_up: WaitsAreUnknown,
    promised.cancelling_ends_the_wait: CancelsAreLocal,
    promised.cancelling_never_undoes_an_approval: CancelsAreLocal,
    promised.a_busy_terminal_says_so: BusyIsRefused,
    promised.never_arrived_stays_so: NeverFindsAnything,
    promised.a_refund_is_paid_back_once: RefundsAgain,
    promised.refunds_never_exceed_the_charge: RefundsLess,
    promised.a_void_undoes_the_whole_charge: RefundsAgain,
    promised.what_was_authorised_is_captured_once: RefundsAgain,
    promised.a_lost_reply_of_a_refund_is_known_afterwards: LostIsRefused,
    promised.closing_ends_waiting_calls_as_lost: CloseIsCancelled,
}


def test_every_promise_has_a_planted_fault() -> None:
    assert set(PLANTED) == set(PROMISES)


@pytest.fixture(scope="module")
def loop() -> Iterator[SimLoop]:
    made = SimLoop()
    yield made
    made.close()


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_planted_a_driver_that_breaks_it_is_caught(loop: SimLoop, promise: Callable[[Bench], None]) -> None:
    rig = loop.rig(promised.WAIT_S)
    driver: PaymentTerminal = PLANTED[promise](rig.driver(patient=promise not in promised.LOSING))
    with bench_on(rig, driver) as bench:
        bench.patience_s = 1.0
        with pytest.raises((AssertionError, Failed, TimeoutError)):
            promise(bench)
    rig.close()
