"""A payment that only a person has called charged: the terminal is asked before it is paid back, since the number that
she typed may be that of another charge, and what the terminal contradicts is not paid back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.payments.port import REFERENCE, FollowUp, Presented, TerminalStatus
from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, order_of, until, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, settings_in

INES, ORDER = Associate(AssociateId("a-ines"), "Inès"), OrderId("o1")


@contextmanager
def opened(folder: Path, terminal: InProcessTerminal) -> Iterator[Store]:
    plain = settings_in(folder)
    fast = replace(plain, timeouts=replace(plain.timeouts, first_query_us=100))
    terminal._closed = False
    with build(fast, ManualClock(), {"till": terminal}) as store:
        yield store


@pytest.fixture
def terminal() -> InProcessTerminal:
    """Captures at once, so that no capture asks for the number."""
    return InProcessTerminal(capabilities=replace(CAPABILITIES, capture=False))


def another_charge(terminal: InProcessTerminal) -> str:
    """The number of a charge of another till at the same terminal."""
    entry = terminal.book.collect("another", 12_900, "EUR")
    assert entry is not None
    terminal.book.decide(entry, good=True)
    return entry.reference


def called_charged(folder: Path, terminal: InProcessTerminal, number: str, *, good: bool) -> None:
    """The reply about an order's payment is lost, the terminal is mute, and an associate calls it charged."""
    with opened(folder, terminal) as store:
        order_of(store)
        terminal.lose_next_answer()
        begin(store)
        until_state(store, ORDER, PaymentState.SENT)
        terminal.silent = True
        terminal.tap(good=good)
        key = until_state(store, ORDER, PaymentState.PARKED).key
        store.service.desk.answer(key, INES, TaskAnswer.CHARGED, number)
        assert last(store, ORDER).provisional


@pytest.mark.parametrize(
    "typed",
    [
        "another",
        pytest.param("nothing", marks=pytest.mark.full),
        pytest.param("blanks", marks=pytest.mark.full),
    ],
)
def test_the_number_is_asked_for_before_it_is_paid_back(
    tmp_path: Path, terminal: InProcessTerminal, typed: str
) -> None:
    another = another_charge(terminal)
    number = {"another": another, "nothing": "", "blanks": f"  {another} "}[typed]
    called_charged(tmp_path, terminal, number, good=True)
    terminal.silent = False
    with opened(tmp_path, terminal) as store:
        begun = store.service.desk.refunds.begin(ORDER, SHIRT[0], INES)
        until(store, lambda: store.service.desk.refunds.refund(begun.key).state is RefundState.DONE)
        own = last(store, ORDER)
    assert not own.provisional
    repaid = [entry.of for entry in terminal.book.entries() if entry.repaid]
    assert repaid == [own.reference] != [another]


def test_a_refund_with_the_typed_number_would_pay_another_charge_back(terminal: InProcessTerminal) -> None:
    """The planted fault: the terminal of these tests pays back whatever charge the number names."""
    another = another_charge(terminal)
    own = Presented("own", "o1", Money(12_900, "EUR"))
    wanted = FollowUp("k", FollowUpKind.REFUND, own.amount, own, {REFERENCE: another})
    assert terminal.follow_up(wanted).status is TerminalStatus.APPROVED
    assert [entry.of for entry in terminal.book.entries() if entry.repaid] == [another]


def test_what_the_terminal_contradicts_is_not_paid_back(tmp_path: Path, terminal: InProcessTerminal) -> None:
    called_charged(tmp_path, terminal, another_charge(terminal), good=False)
    terminal.silent = False
    with opened(tmp_path, terminal) as store:
        with pytest.raises(RefusedError, match="contradicts"):
            store.service.desk.refunds.begin(ORDER, SHIRT[0], INES)
        assert last(store, ORDER).contradicted
    assert terminal.repaid() == []


def test_a_mistyped_number_is_free_for_the_order_that_has_it(
    tmp_path: Path, terminal: InProcessTerminal
) -> None:
    """Numbers of a terminal follow each other: a wrong digit is the number of a sale to come."""
    before = another_charge(terminal)
    coming = f"{before[:-1]}{int(before[-1]) + 2}"
    called_charged(tmp_path, terminal, coming, good=True)
    terminal.silent = False
    with opened(tmp_path, terminal) as store:
        own = store.payments.collector.worker.query_again(last(store, ORDER).key)
        assert (own.provisional, own.reference) == (False, f"{before[:-1]}{int(before[-1]) + 1}")
        order_of(store, "o2", "t2", coat=True)
        begin(store, "o2", "t2")
        terminal.tap()
        assert until_state(store, "o2", PaymentState.PAID).reference == coming
        assert store.payments.book.owner_of(terminal.identity, own.reference) == own.key, (
            "the others are taken"
        )
