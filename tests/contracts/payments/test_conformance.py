"""Every driver, every call, every fault, through a running store: charged at most once, the books agree with the
terminal, and what cannot be known is a task at the desk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    PaymentTerminal,
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


Play = tuple[str, Case]
"""A driver's name and what goes wrong with it."""
Results = dict[Play, list[str] | None]
"""What is wrong at the end of each; None where the driver has no such call or fault."""


def wrong_in(folder: Path, makers: Mapping[str, RigMaker], plays: Sequence[Play], wait_s: float) -> Results:
    """Plays all of them at the same time in one store, with a room and a terminal for each."""
    with ExitStack() as stack:
        rigs = [makers[driver].rig(wait_s) for driver, _ in plays]
        for rig in rigs:
            stack.callback(rig.close)
        shoppers = stack.enter_context(store_run(folder, rigs, wait_s))
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        played = pool.map(lambda pair: pair[0].play(pair[1][1]), zip(shoppers, plays, strict=True))
        return dict(zip(plays, played, strict=True))


def groups_of(plays: Sequence[Play]) -> tuple[tuple[float, Sequence[Play]], ...]:
    """Cancels apart with a long wait for the card: the terminal's own time limit may not hide a cancel that was lost.
    Where it may end a charge whose request or reply is late or lost, the wait is short."""
    cancels = [play for play in plays if play[1].call is Call.CANCEL or play[1].taps_late]
    return (CARD_WAIT_S, [play for play in plays if play not in cancels]), (LONG_WAIT_S, cancels)


class Played:
    """The results of these cases; all are played together, since each waits most of its time."""

    def __init__(self, folder: Path, groups: Iterable[tuple[float, Sequence[Play]]]) -> None:
        groups = tuple(groups)
        names = dict.fromkeys(driver for _, plays in groups for driver, _ in plays)
        makers = {name: RIGS[name]() for name in names}
        self.log: list[str] = []
        self.wrong: Results = {}
        handler = logging.Handler()
        handler.emit = lambda record: self.log.append(handler.format(record))  # type: ignore[method-assign]
        logging.getLogger().addHandler(handler)
        try:
            for number, (wait_s, plays) in enumerate(groups):
                self.wrong |= wrong_in(folder / str(number), makers, plays, wait_s)
        finally:
            logging.getLogger().removeHandler(handler)
            for maker in makers.values():
                maker.close()


def judge(played: Played, driver: str, variant: Case) -> None:
    """All faults of one call ended right, and the driver can have at least one of them."""
    found = {
        case: wrong
        for (name, case), wrong in played.wrong.items()
        if name == driver and replace(case, fault=variant.fault) == variant
    }
    if all(wrong is None for wrong in found.values()):
        pytest.skip("this driver has no such call")
    assert {str(case): wrong for case, wrong in found.items() if wrong} == {}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """All drivers in one store. None of these faults needs the end of the wait for a card."""
    plays = [(driver, case) for driver in RIGS for case in CASES if case.fault in SHORT_OF.get(driver, SHORT)]
    return Played(tmp_path_factory.mktemp("short"), [(LONG_WAIT_S, plays)])


@pytest.fixture(scope="module", params=RIGS)
def long(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Played]:
    driver = str(request.param)
    played = Played(tmp_path_factory.mktemp("long"), groups_of([(driver, case) for case in CASES]))
    return driver, played


@pytest.mark.parametrize("variant", VARIANTS, ids=Case.named)
@pytest.mark.parametrize("driver", RIGS)
def test_a_payment_ends_right(short: Played, driver: str, variant: Case) -> None:
    judge(short, driver, variant)


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("variant", VARIANTS, ids=Case.named)
def test_a_payment_ends_right_after_every_fault(long: tuple[str, Played], variant: Case) -> None:
    driver, played = long
    judge(played, driver, variant)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_no_value_of_an_unexpected_error_is_in_the_log(long: tuple[str, Played]) -> None:
    _, played = long
    assert played.log
    assert not [line for line in played.log if SECRET in line]


class CapturesAtOnce(Interposed):
    """The amount is taken with the approval: the planted faults below show in what the cards have lost."""

    def __init__(self, driver: PaymentTerminal) -> None:
        super().__init__(driver)
        self.capabilities = replace(driver.capabilities, capture=False)


class LostIsRefused(CapturesAtOnce):
    """Takes a lost reply for a refusal, so that the shopper is charged a second time."""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        try:
            return super().present(charge, provider_id, on_taken_up, wait_s)
        except TerminalLostError:
            return TerminalReply(TerminalStatus.REFUSED, why="lost")


class RefundsTwice(CapturesAtOnce):
    """Pays back under a second key as well."""

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        half = replace(follow_up, key=new_key(), amount=Money(1, follow_up.amount.currency))
        super().follow_up(half)
        return super().follow_up(follow_up)


class PartialIsApproved(CapturesAtOnce):
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
