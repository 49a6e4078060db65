"""Every driver, every call, every fault, through a running store: charged at most once, the books agree with the
terminal, and what cannot be known is a task at the desk."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.payments.interposed import SECRET
from tests.contracts.payments.rig import Call, Fault
from tests.contracts.payments.rigs import RIGS, RigMaker
from tests.contracts.payments.store_run import Case, store_run

CARD_WAIT_S, LONG_WAIT_S = 1.5, 120.0
AT_ONCE = 24
SHORT = (Fault.REPLY_LOST, Fault.OTHER_ORDER, Fault.EMPTY_BOOK, Fault.EXCEPTION_AFTER)
"""Faults of the plain run; all others are played in the full one."""
QUICK = {"nexo": (Fault.REPLY_LOST, Fault.OTHER_ORDER)}
"""Faults of the plain run of other drivers: those that wait for no time-out."""


def _cases() -> Iterator[Case]:
    for fault in Fault:
        for call in (Call.CREATE, Call.PRESENT, Call.QUERY, Call.REFUND, Call.CANCEL):
            yield Case(call, fault)
        yield Case(Call.QUERY, fault, of_refund=True)
        yield Case(Call.CANCEL, fault, taps_late=True)
        yield Case(Call.VOID, fault, taps_late=True)


CASES = tuple(_cases())
VARIANTS = tuple(case for case in CASES if case.fault is Fault.NEVER_ARRIVES)
"""Each call once; its fault stands for all."""


def wrong_in(folder: Path, maker: RigMaker, cases: Sequence[Case]) -> dict[Case, list[str] | None]:
    """What is wrong at the end of each case; None where the driver has no such call or fault."""
    found: dict[Case, list[str] | None] = {}
    cancels = [case for case in cases if case.call in (Call.CANCEL, Call.VOID)]
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
    assert any(wrong is not None for wrong in found.values())
    assert {str(case): wrong for case, wrong in found.items() if wrong} == {}


@pytest.fixture(scope="module", params=RIGS)
def short(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    faults = SHORT if request.param == "sim" else QUICK.get(request.param, ())
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
