"""Captures, voids and refunds of whole charges: what nobody wants is given back, what is authorised is collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.connectors.payments.port import Capabilities, Charge, FollowUp, TerminalReply, TerminalStatus
from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.errors import RefusedError, TryAgainError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import (
    ROOM,
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")


class Terminal(InProcessTerminal):
    """Refuses kinds of follow-ups, or authorises only, as a test has set."""

    def __init__(self, capabilities: Capabilities = CAPABILITIES) -> None:
        super().__init__("sim:t", capabilities)
        self.refuses: set[FollowUpKind] = set()
        self.authorises = False
        self.sent: list[FollowUpKind] = []

    def present(self, charge: Charge, *rest: Any) -> TerminalReply:
        return super().present(replace(charge, capture=not self.authorises), *rest)

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        self.sent.append(follow_up.kind)
        if follow_up.kind in self.refuses:
            return TerminalReply(TerminalStatus.REFUSED, why="not-allowed")
        return super().follow_up(follow_up)


def charged_unwanted(store: Store, terminal: Terminal) -> None:
    """She taps after her order was cancelled, while the cancel does not reach the terminal."""
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    terminal.silent = True
    store.service.till.cancel(ROOM, ORDER)
    terminal.tap()
    until_state(store, "o1", PaymentState.UNWANTED)


@pytest.mark.parametrize(
    ("void", "refuses", "sent"),
    [
        (True, set(), [FollowUpKind.VOID]),
        (True, {FollowUpKind.VOID}, [FollowUpKind.VOID, FollowUpKind.REFUND]),
        (False, set(), [FollowUpKind.REFUND]),
    ],
)
def test_an_unwanted_charge_is_voided_else_paid_back(
    opened: Callable[[Terminal], Store], sent: list[FollowUpKind], refuses: set[FollowUpKind], *, void: bool
) -> None:
    terminal = Terminal(replace(CAPABILITIES, void=void))
    terminal.refuses = refuses
    store = opened(terminal)
    charged_unwanted(store, terminal)
    terminal.silent = False
    until_state(store, "o1", PaymentState.REVERSED)
    assert terminal.book.taken() == 0
    assert list(dict.fromkeys(terminal.sent)) == sent


@pytest.mark.parametrize(
    "terminal",
    [
        Terminal(replace(CAPABILITIES, void=False, refund_needs_card=True)),
        Terminal(replace(CAPABILITIES, void=False)),
    ],
    ids=["needs the card", "refuses"],
)
def test_what_the_terminal_cannot_give_back_is_a_task_at_the_desk(
    opened: Callable[[Terminal], Store], terminal: Terminal
) -> None:
    terminal.refuses = {FollowUpKind.REFUND}
    store = opened(terminal)
    charged_unwanted(store, terminal)
    terminal.silent = False
    desk = store.service.desk
    until(store, lambda: any(t.task.value == "unwanted" and t.parked for t in desk.unsettled()))
    (task,) = desk.unsettled()
    with pytest.raises(RefusedError, match="give the money back"):
        desk.settle(task.key, INES, done=False, reference="")
    desk.settle(task.key, INES, done=True, reference="")
    assert (last(store, "o1").state, last(store, "o1").why) == (PaymentState.REVERSED, "by-hand")
    assert desk.unsettled() == ()


def test_a_part_of_the_amount_is_given_back_and_another_try_is_possible(
    opened: Callable[[Terminal], Store],
) -> None:
    terminal = Terminal()
    store = opened(terminal)
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    with terminal._changed:
        entry = terminal.book.waiting()
        assert entry is not None
        terminal.book.decide(entry, good=True, partial_minor=500)
        terminal._changed.notify_all()
    until_state(store, "o1", PaymentState.REVERSED)
    assert terminal.book.taken() == 0
    begin(store, attempt=2)
    terminal.tap()
    until_state(store, "o1", PaymentState.PAID)
    assert terminal.book.taken() == 12_900


def test_a_store_that_ends_before_the_void_gives_it_back_after_its_start(
    opened: Callable[[Terminal], Store],
) -> None:
    terminal = Terminal()
    charged_unwanted(opened(terminal), terminal)
    terminal.silent = False
    store = opened(terminal)
    until_state(store, "o1", PaymentState.REVERSED)
    assert terminal.book.taken() == 0
    assert terminal.sent.count(FollowUpKind.VOID) <= 2, "the lost one is asked for, not sent again"


def test_a_lost_answer_to_a_void_is_asked_for(opened: Callable[[Terminal], Store]) -> None:
    terminal = Terminal()
    store = opened(terminal)
    charged_unwanted(store, terminal)
    terminal.lose_next_answer()
    terminal.silent = False
    until_state(store, "o1", PaymentState.REVERSED)
    assert terminal.book.taken() == 0


@pytest.mark.parametrize("fault", [False, True], ids=["one", "planted fault"])
def test_a_charge_that_is_given_back_is_one_line_while_the_terminal_is_silent(
    opened: Callable[[Terminal], Store], *, fault: bool
) -> None:
    """Planted fault: the list does not know which charge a void belongs to, as before."""
    terminal = Terminal()
    store = opened(terminal)
    charged_unwanted(store, terminal)
    desk, seen = store.service.desk, set[tuple[str, ...]]()

    def parked() -> bool:
        tasks = store.payments.tasks
        every = (*tasks._payments(()), *tasks._followed(store.payments.follow_ups.book.unfinished()))
        found = every if fault else desk.unsettled()
        seen.add(tuple(task.task.value for task in found))
        return any(task.task.value == "parked" for task in found)

    until(store, parked)
    assert (max(len(kinds) for kinds in seen) == 1) is not fault
    (task,) = desk.unsettled()
    assert (task.follow_up, task.amount.minor) == (FollowUpKind.VOID, 12_900)
    terminal.silent = False
    until_state(store, "o1", PaymentState.REVERSED)
    assert desk.unsettled() == ()


def test_an_authorised_amount_is_captured_after_the_sale_is_committed(
    opened: Callable[[Terminal], Store],
) -> None:
    terminal = Terminal()
    terminal.authorises = True
    store = opened(terminal)
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    terminal.tap()
    until_state(store, "o1", PaymentState.PAID)
    until(store, lambda: last(store, "o1").captured)
    assert terminal.book.taken() == 12_900
    assert terminal.collected().count(1) == 1
    until(store, lambda: store.payments.book.unfinished() == ())


def test_a_capture_that_is_refused_is_a_task_and_no_refund_is_tried(
    opened: Callable[[Terminal], Store],
) -> None:
    terminal = Terminal()
    terminal.authorises, terminal.refuses = True, {FollowUpKind.CAPTURE}
    store = opened(terminal)
    order_of(store)
    begin(store)
    terminal.tap()
    desk = store.service.desk
    until(store, lambda: [t.task.value for t in desk.unsettled()] == ["capture"])
    with pytest.raises(TryAgainError, match="captured"):
        desk.refunds.begin(ORDER, SHIRT[0], INES)
    desk.settle(desk.unsettled()[0].key, INES, done=True, reference="")
    assert desk.unsettled() == ()


def test_planted_fault_an_unwanted_charge_that_is_kept_shows_as_money_at_the_terminal(
    opened: Callable[[Terminal], Store],
) -> None:
    terminal = Terminal()
    store = opened(terminal)
    store.payments.follow_ups._payments.follow = lambda _: True
    charged_unwanted(store, terminal)
    terminal.silent = False
    assert terminal.book.taken() == 12_900, "the tests above compare exactly this"
