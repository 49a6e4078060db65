"""A charge is authorised, the sale is committed in the ledger, then the amount is captured, once, whatever fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.connectors.payments.port import (
    Capabilities,
    Charge,
    FollowUp,
    TerminalLostError,
    TerminalReply,
)
from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import AssociateId, OrderId, RoomId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.transactions.payment_waits import (
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")
PRICE = 12_900


class Terminal(InProcessTerminal):
    """Can lose a capture before or after it is carried out, void the charge itself, or capture at once."""

    def __init__(self, identity: str = "sim:t", capabilities: Capabilities = CAPABILITIES) -> None:
        super().__init__(identity, capabilities)
        self.fault = ""
        self.at_once = False
        self.captures = 0
        self.before_capture: Callable[[], None] = lambda: None

    def present(self, charge: Charge, *rest: Any) -> TerminalReply:
        return super().present(replace(charge, capture=charge.capture or self.at_once), *rest)

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        if follow_up.kind is not FollowUpKind.CAPTURE:
            return super().follow_up(follow_up)
        self.captures += 1
        self.before_capture()
        match self.fault:
            case "never arrives":
                self.silent = True
                raise TerminalLostError("the capture did not arrive")
            case "reply lost":
                super().follow_up(follow_up)
                raise TerminalLostError("the answer was lost")
            case "voided":
                for entry in self.book.entries():
                    entry.voided = True
        return super().follow_up(follow_up)


def approved(store: Store, terminal: Terminal) -> None:
    """She has laid her card on the terminal, and the sale is in the ledger."""
    order_of(store)
    begin(store)
    terminal.tap()
    until(store, lambda: last(store, "o1").state is PaymentState.PAID)


def test_nothing_is_captured_before_the_sale_is_in_the_ledger(opened: Callable[..., Store]) -> None:
    terminal = Terminal()
    store = opened(terminal)
    receipts: list[object] = []
    terminal.before_capture = lambda: receipts.append(store.payments.book.receipt(ORDER))
    approved(store, terminal)
    until_state(store, "o1", PaymentState.PAID)
    assert (len(receipts), None in receipts) == (1, False)
    assert (sum(terminal.collected()), terminal.book.taken()) == (1, PRICE)


def test_a_store_that_ends_between_approval_and_capture_captures_after_its_start(
    opened: Callable[..., Store],
) -> None:
    terminal = Terminal()
    terminal.fault = "never arrives"
    store = opened(terminal)
    approved(store, terminal)
    until(store, lambda: terminal.silent)
    assert terminal.book.taken() == 0
    terminal.fault = ""
    store = opened(terminal)
    assert last(store, "o1").state is PaymentState.PAID
    terminal.silent = False
    until_state(store, "o1", PaymentState.PAID)
    assert (sum(terminal.collected()), terminal.book.taken()) == (1, PRICE)
    until(store, lambda: store.service.desk.unsettled() == ())


def test_a_lost_answer_to_a_capture_is_asked_for(opened: Callable[..., Store]) -> None:
    terminal = Terminal()
    terminal.fault = "reply lost"
    store = opened(terminal)
    approved(store, terminal)
    until_state(store, "o1", PaymentState.PAID)
    assert (terminal.captures, sum(terminal.collected()), terminal.book.taken()) == (1, 1, PRICE)


def test_a_capture_of_a_charge_that_was_voided_at_the_provider_is_a_task(
    opened: Callable[..., Store],
) -> None:
    terminal = Terminal()
    terminal.fault = "voided"
    store = opened(terminal)
    approved(store, terminal)
    desk = store.service.desk
    until(store, lambda: any(TaskAnswer.TAKE_BACK in t.answers for t in desk.unsettled()))
    (task,) = desk.unsettled()
    desk.answer(task.key, INES, TaskAnswer.COLLECTED_OTHERWISE)
    assert (terminal.book.taken(), terminal.captures, desk.unsettled()) == (0, 1, ())


def called_captured(store: Store, terminal: Terminal) -> None:
    """The capture does not arrive, and an associate calls it done while the terminal is mute."""
    terminal.fault = "never arrives"
    approved(store, terminal)
    desk = store.service.desk
    until(store, lambda: [t.task for t in desk.unsettled()] == [TaskKind.PARKED])
    desk.answer(desk.unsettled()[0].key, INES, TaskAnswer.CAPTURED)
    assert (last(store, "o1").captured, desk.unsettled(), terminal.book.taken()) == (True, (), 0)


@pytest.mark.parametrize("fault", ["", "voided"])
def test_a_capture_that_a_person_calls_done_and_the_terminal_denies_is_still_to_be_done(
    opened: Callable[..., Store], fault: str
) -> None:
    terminal = Terminal()
    store = opened(terminal)
    called_captured(store, terminal)
    terminal.fault, terminal.silent = fault, False
    if not fault:
        until(store, lambda: terminal.book.taken() == PRICE)
        until_state(store, "o1", PaymentState.PAID)
        assert (sum(terminal.collected()), store.service.desk.unsettled()) == (1, ())
        return
    desk = store.service.desk
    until(store, lambda: any(TaskAnswer.TAKE_BACK in t.answers for t in desk.unsettled()))
    desk.answer(desk.unsettled()[0].key, INES, TaskAnswer.TAKE_BACK)
    assert (store.payments.book.paid_attempt(ORDER), terminal.book.taken()) == (None, 0)


def test_planted_fault_a_word_that_stays_although_it_is_denied_leaves_the_amount_uncollected(
    opened: Callable[..., Store],
) -> None:
    terminal = Terminal()
    store = opened(terminal)
    called_captured(store, terminal)
    store.payments.follow_ups.transactions.ended = lambda _: None
    terminal.fault, terminal.silent = "", False
    until(store, lambda: not store.payments.follow_ups.book.unfinished())
    assert (last(store, "o1").captured, store.service.desk.unsettled(), terminal.book.taken()) == (
        True,
        (),
        0,
    )


def test_what_was_sold_meanwhile_is_voided_and_was_never_taken(opened: Callable[..., Store]) -> None:
    terminal, other = Terminal(), Terminal("sim:other")
    store = opened(terminal, other=other)
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    terminal.lose_next_answer()
    terminal.silent = True
    terminal.tap()
    key = until_state(store, "o1", PaymentState.PARKED).key
    store.service.desk.answer(key, INES, TaskAnswer.NOT_CHARGED)
    order_of(store, "o2", "t2", RoomId("2"))
    begin(store, "o2", "t2", room=RoomId("2"))
    other.tap()
    until_state(store, "o2", PaymentState.PAID)
    terminal.silent = False
    until_state(store, "o1", PaymentState.REVERSED)
    assert (terminal.approved(), [e.collected for e in terminal.book.entries()][:1]) == ([PRICE], [0])
    assert (terminal.captures, other.book.taken()) == (0, PRICE)


@pytest.mark.parametrize(
    ("capabilities", "at_once"),
    [
        (CAPABILITIES, True),
        (replace(CAPABILITIES, void=False), False),
        (replace(CAPABILITIES, capture=False), False),
    ],
    ids=["the scheme captures at once", "cannot void", "cannot capture"],
)
def test_what_is_captured_at_once_is_not_captured_again(
    opened: Callable[..., Store], capabilities: Capabilities, *, at_once: bool
) -> None:
    terminal = Terminal(capabilities=capabilities)
    terminal.at_once = at_once
    store = opened(terminal)
    approved(store, terminal)
    assert last(store, "o1").captured
    until(store, lambda: store.payments.book.unfinished() == ())
    assert (terminal.captures, terminal.book.taken()) == (0, PRICE)


def test_planted_fault_a_terminal_that_captures_before_the_ledger_is_seen(
    opened: Callable[..., Store],
) -> None:
    terminal = Terminal()
    terminal.at_once = True
    store = opened(terminal)
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    terminal.silent = True
    terminal.lose_next_answer()
    terminal.tap()
    assert (terminal.book.taken(), store.payments.book.receipt(ORDER)) == (PRICE, None)
