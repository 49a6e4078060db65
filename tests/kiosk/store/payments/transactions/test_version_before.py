"""Open payments and refunds that the version before has journaled, without terminal and time of sending, go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.core.wire import to_json
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, order_of, until, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build

INES = Associate(AssociateId("a-ines"), "Inès")
KEY, ORDER = "KEY0000001", OrderId("o1")
AMOUNT = to_json(Money(12_900, "EUR"))


def attempt(state: str, **changes: object) -> dict[str, Any]:
    """An attempt as the version before wrote it."""
    return {
        "is": "Attempt", "key": KEY, "order_id": "o1", "means": "terminal", "amount": AMOUNT, "state": state,
        "reference": "", "why": "", "asked": 0, "changed_us": 1, **changes,
    }  # fmt: skip


def refund(state: str, **changes: object) -> dict[str, Any]:
    """A refund as the version before wrote it."""
    return {
        "is": "Refund", "key": "KEY0000002", "order_id": "o1", "piece": SHIRT[0], "article": SHIRT[1],
        "amount": AMOUNT, "by": "a-ines", "state": state, "reference": "", "why": "", "asked": 0, "changed_us": 2,
        **changes,
    }  # fmt: skip


@pytest.fixture
def store(settings: StoreSettings, terminal: InProcessTerminal) -> Iterator[Store]:
    with build(settings, ManualClock(), {"till": terminal}) as opened:
        order_of(opened)
        yield opened


def journal(store: Store, *states: str, **changes: object) -> None:
    """Writes the states of an attempt as the version before did."""
    for state in states:
        body = attempt(state, **(changes if state == states[-1] else {}))
        store.payments.book.ledger.append("attempt", ORDER, body, 1, key=KEY, state=state)


def charged(terminal: InProcessTerminal) -> None:
    """The terminal has charged the key of the attempt."""
    entry = terminal.book.collect(KEY, 12_900, "EUR", order="o1")
    assert entry is not None
    terminal.book.decide(entry, good=True)


@pytest.mark.parametrize(
    "states",
    [
        pytest.param(("keyed",), id="keyed", marks=pytest.mark.full),
        pytest.param(("keyed", "sent"), id="sent"),
        pytest.param(("keyed", "sent", "unsure"), id="unsure", marks=pytest.mark.full),
        pytest.param(("keyed", "sent", "unsure", "parked"), id="parked", marks=pytest.mark.full),
    ],
)
@pytest.mark.parametrize("arrived", [True, False], ids=["charged", "never arrived"])
def test_an_open_attempt_is_asked_for_at_the_rooms_terminal(
    store: Store, terminal: InProcessTerminal, states: tuple[str, ...], *, arrived: bool
) -> None:
    journal(store, *states, asked=40 if states[-1] == "parked" else 0)
    if arrived:
        charged(terminal)
    store.payments.resume()
    ended = until_state(store, "o1", PaymentState.PAID if arrived else PaymentState.ABANDONED)
    assert ended.terminal == ""
    assert begin(store, attempt=2).state is (PaymentState.PAID if arrived else PaymentState.KEYED)


def test_an_open_attempt_can_be_cancelled_and_a_late_charge_is_given_back(
    store: Store, terminal: InProcessTerminal
) -> None:
    journal(store, "keyed", "sent")
    charged(terminal)
    terminal.silent = True
    store.payments.resume()
    store.payments.collector.cancel_key(KEY)
    terminal.silent = False
    assert until_state(store, "o1", PaymentState.REVERSED).why == "cancelled"
    assert terminal.book.taken() == 0


def test_a_payment_of_the_version_before_without_a_number_learns_it_and_is_paid_back(
    store: Store, terminal: InProcessTerminal
) -> None:
    journal(store, "keyed", "sent", "paid")
    store.payments.book.put_paid(last(store, "o1"), store.service.till.order(ORDER), "http://shop")
    charged(terminal)
    store.payments.resume()
    refunds = store.service.desk.refunds
    begun = refunds.begin(ORDER, SHIRT[0], INES)
    until(store, lambda: refunds.refund(begun.key).state is RefundState.DONE)
    assert terminal.repaid() == [12_900]


@pytest.mark.parametrize(
    "state", ["keyed", *(pytest.param(state, marks=pytest.mark.full) for state in ("unsure", "parked"))]
)
def test_an_open_refund_is_asked_for_where_the_payment_was_made(
    store: Store, terminal: InProcessTerminal, state: str
) -> None:
    charged(terminal)
    number = next(terminal.book.entries()).reference
    journal(store, "keyed", "sent")
    store.payments.book.put_paid(
        replace(last(store, "o1"), state=PaymentState.PAID, reference=number),
        store.service.till.order(ORDER),
        "http://shop",
    )
    ledger = store.payments.book.ledger
    for written in dict.fromkeys(("keyed", state)):
        ledger.append("refund", ORDER, refund(written), 2, key="KEY0000002", state=written)
    store.payments.resume()
    refunds = store.service.desk.refunds
    until(store, lambda: refunds.refund("KEY0000002").state is RefundState.REFUSED)
    assert refunds.refund("KEY0000002").why == "never-arrived"
