"""Every driver, every call, every fault, through a running store: charged at most once, the books agree with the
terminal, and what cannot be known is a task at the desk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.money import Money
from tests.contracts.payments.interposed import SECRET, Interposed
from tests.contracts.payments.rig import Call, Fault
from tests.contracts.payments.rigs import RIGS, RigMaker
from tests.contracts.payments.sim_rig import SimLoop
from tests.contracts.payments.store_run import Case, store_run

CARD_WAIT_S, LONG_WAIT_S = 1.5, 120.0
AT_ONCE = 24
SHORT = (Fault.EXCEPTION_AFTER,)
"""Faults of the plain run, in which few cases wait for a time-out; all others are played in the full one."""
SHORT_OF = {"sim": (*SHORT, Fault.REPLY_LOST, Fault.OTHER_ORDER), "nexo": (Fault.REPLY_LOST,)}


def _cases() -> Iterator[Case]:
    for fault in Fault:
        for call in (Call.CREATE, Call.PRESENT, Call.QUERY, Call.REFUND, Call.CANCEL):
            yield Case(call, fault)
        yield Case(Call.QUERY, fault, of_refund=True)
        yield Case(Call.CANCEL, fault, taps_late=True)
        yield Case(Call.VOID, fault, taps_late=True)
        yield Case(Call.VOID, fault, partial=True)
        yield Case(Call.CAPTURE, fault)


CASES = tuple(_cases())
VARIANTS = tuple(case for case in CASES if case.fault is Fault.NEVER_ARRIVES)
"""Each call once; its fault stands for all."""


def wrong_in(folder: Path, maker: RigMaker, cases: Sequence[Case]) -> dict[Case, list[str] | None]:
    """What is wrong at the end of each case; None where the driver has no such call or fault."""
    found: dict[Case, list[str] | None] = {}
    cancels = [case for case in cases if case.call is Call.CANCEL or case.taps_late]
    others = [case for case in cases if case not in cancels]
    for wait_s, group, name in ((CARD_WAIT_S, others, "pay"), (LONG_WAIT_S, cancels, "cancel")):
        # the terminal's own time limit may not hide a cancel that was lost
        with ExitStack() as stack:
            rigs = [maker.rig(wait_s) for _ in group]
            for rig in rigs:
                stack.callback(rig.close)
            shoppers = stack.enter_context(store_run(folder / name, rigs, wait_s))
            pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
            played = pool.map(lambda pair: pair[0].play(pair[1]), zip(shoppers, group, strict=True))
            found.update(zip(group, played, strict=True))
    return found


class Played:
    """The results of one driver; all its cases are played together, since each waits most of its time."""

    def __init__(self, folder: Path, driver: str, cases: Sequence[Case]) -> None:
        maker = RIGS[driver]()
        self.log: list[str] = []
        handler = logging.Handler()
        handler.emit = lambda record: self.log.append(handler.format(record))  # type: ignore[method-assign]
        logging.getLogger().addHandler(handler)
        try:
            self.wrong = wrong_in(folder, maker, cases)
        finally:
            logging.getLogger().removeHandler(handler)
            maker.close()


def judge(played: Played, variant: Case) -> None:
    """All faults of one call ended right, and the driver can have at least one of them."""
    found = {
        case: wrong for case, wrong in played.wrong.items() if replace(case, fault=variant.fault) == variant
    }
    if all(wrong is None for wrong in found.values()):
        pytest.skip("this driver has no such call")
    assert {str(case): wrong for case, wrong in found.items() if wrong} == {}


@pytest.fixture(scope="module", params=RIGS)
def short(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    faults = SHORT_OF.get(request.param, SHORT)
    return Played(tmp_path_factory.mktemp("short"), request.param, [c for c in CASES if c.fault in faults])


@pytest.fixture(scope="module", params=RIGS)
def long(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return Played(tmp_path_factory.mktemp("long"), request.param, CASES)


@pytest.mark.parametrize("variant", VARIANTS, ids=Case.named)
def test_a_payment_ends_right(short: Played, variant: Case) -> None:
    judge(short, variant)


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("variant", VARIANTS, ids=Case.named)
def test_a_payment_ends_right_after_every_fault(long: Played, variant: Case) -> None:
    judge(long, variant)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_no_value_of_an_unexpected_error_is_in_the_log(long: Played) -> None:
    assert long.log
    assert not [line for line in long.log if SECRET in line]


class LostIsRefused(Interposed):
    """Takes a lost reply for a refusal, so that the shopper is charged a second time."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        try:
            return super().present(charge, provider_id, on_taken_up, wait_s)
        except TerminalLostError:
            return TerminalReply(TerminalStatus.REFUSED, why="lost")


class RefundsTwice(Interposed):
    """Pays back under a second key as well."""

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        half = replace(follow_up, key=new_key(), amount=Money(1, follow_up.amount.currency))
        super().follow_up(half)
        return super().follow_up(follow_up)


class PartialIsApproved(Interposed):
    """States the whole amount for a part of it."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        reply = super().present(charge, provider_id, on_taken_up, wait_s)
        partial = reply.status is TerminalStatus.PARTIAL
        return replace(reply, status=TerminalStatus.APPROVED, amount=charge.amount) if partial else reply


@pytest.mark.parametrize(
    ("planted", "case", "caught"),
    [
        (LostIsRefused, Case(Call.PRESENT, Fault.REPLY_LOST), "charged more than once"),
        (RefundsTwice, Case(Call.REFUND, Fault.TWICE), "on the books"),
        (PartialIsApproved, Case(Call.VOID, Fault.TWICE, partial=True), "on the books"),
    ],
    ids=["lost", "twice", "partial"],
)
def test_planted_a_driver_that_breaks_a_promise_is_caught_by_the_store(
    tmp_path: Path, planted: type[Interposed], case: Case, caught: str
) -> None:
    loop = SimLoop()
    rig = loop.rig(CARD_WAIT_S)
    with store_run(tmp_path, [rig], CARD_WAIT_S, planted) as (shopper,):
        wrong = shopper.play(case)
    rig.close()
    loop.close()
    assert any(caught in one for one in wrong or ()), wrong
