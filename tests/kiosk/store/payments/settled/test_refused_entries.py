"""What follows from a paid order is done at a later tick where the ledger cannot write that it was done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer
from kiosk.store.payments.restocking import Restocking
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.settled.test_restocked_last import entries_refused
from tests.kiosk.store.payments.taken_back.taken_back_shop import (
    INES,
    ORDER,
    Terminal,
    denied,
    sold_rows,
    stock_moved,
)
from tests.kiosk.store.payments.transactions.payment_waits import begin, order_of, until, until_state
from tests.kiosk.store.sample_shop import ManualClock, build, piece_of, settings_in

LARGE = piece_of("S1", "WHI", "L")
Act = Callable[[Store, Terminal], None]


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=200, sweep_us=20_000))


def nothing(store: Store, terminal: Terminal) -> None:
    """Nothing was done before."""


def pay(store: Store, terminal: Terminal) -> None:
    order_of(store)
    begin(store)
    terminal.tap()
    until_state(store, "o1", PaymentState.PAID)


def exchange(store: Store, terminal: Terminal) -> None:
    made = store.service.desk.exchanges.exchange(ORDER, SHIRT[0], LARGE, INES)
    assert made.line.piece == LARGE
    assert store.service.desk.exchanges.exchange(ORDER, SHIRT[0], LARGE, INES) == made, "asked again"


def pay_back(store: Store, terminal: Terminal) -> None:
    refunds = store.service.desk.refunds
    key = refunds.begin(ORDER, SHIRT[0], INES).key
    until(store, lambda: refunds.refund(key).state is RefundState.DONE)


def deny(store: Store, terminal: Terminal) -> None:
    denied(store, terminal)


def take_back(store: Store, terminal: Terminal) -> None:
    (task,) = store.service.desk.unsettled()
    store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)


def undone(store: Store) -> int:
    """What the ledger says is still to be done."""
    ledger = store.resources.ledger
    kinds = ("unsettled", "unexchanged", "unrestocked", "unreturned")
    return sum(len(ledger.open_orders(kind)) for kind in kinds)


def undone_after_tick(store: Store) -> int:
    store.payments.finish_pending()
    return undone(store)


@pytest.mark.parametrize(
    ("kind", "before", "act", "left"),
    [
        ("settled", nothing, pay, (1, -1)),
        ("exchanged", pay, exchange, (1, -1)),
        ("restocked", pay, pay_back, (0, 0)),
        ("returned", deny, take_back, (0, 0)),
    ],
)
def test_an_entry_that_cannot_be_written_ends_neither_the_request_nor_the_tick(
    settings: StoreSettings, kind: str, before: Act, act: Act, left: tuple[int, int]
) -> None:
    terminal = Terminal()
    with build(settings, ManualClock(), {"till": terminal}) as store:
        before(store, terminal)
        store.payments.finish_pending()
        with entries_refused(store, kind):
            act(store, terminal)
            for _ in range(2):
                assert undone_after_tick(store) == 1
        until(store, lambda: undone_after_tick(store) == 0)
        assert (sold_rows(store), stock_moved(store)) == left


class EndsTheTick(Restocking):
    """Planted fault: an error of the ledger is not caught."""

    def restock_pending(self) -> None:
        for refund in tuple(self._pending.values()):
            self._restock(refund)


def tick_is_ended(store: Store) -> bool:
    try:
        store.payments.finish_pending()
    except sqlite3.Error:
        return True
    return False


def test_planted_fault_an_error_of_the_ledger_that_is_not_caught_ends_the_tick(
    settings: StoreSettings,
) -> None:
    terminal = Terminal()
    with build(settings, ManualClock(), {"till": terminal}) as store:
        pay(store, terminal)
        store.payments.restocking.__class__ = EndsTheTick
        with entries_refused(store, "restocked"):
            pay_back(store, terminal)
            until(store, lambda: tick_is_ended(store))
