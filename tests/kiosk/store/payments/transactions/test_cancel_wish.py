"""A wish to cancel is journaled and repeated until the terminal reports an end: no tap pays a stranger's amount."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskKind
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.transactions.payment_waits import (
    ROOM,
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build


def visit(store: Store, ticket: str, *, began: bool) -> None:
    store.service.report_visit(ROOM, ReportVisit(Ticket(ticket), began=began, at_us=1))


def anna_waits(store: Store) -> None:
    """Anna's coat waits for her card at the terminal."""
    visit(store, "anna", began=True)
    order_of(store, "o1", "anna", coat=True)
    begin(store, "o1", "anna")
    until_state(store, "o1", PaymentState.SENT)


def minor_of(terminal: InProcessTerminal) -> list[int]:
    """The amounts that cards have approved at the terminal."""
    return terminal.approved()


def test_a_cancel_that_is_lost_is_repeated_and_the_next_tap_pays_the_next_shoppers_amount(
    store: Store, terminal: InProcessTerminal
) -> None:
    anna_waits(store)
    terminal.silent = True
    visit(store, "anna", began=False)
    visit(store, "bea", began=True)
    order_of(store, "o2", "bea")
    now = begin(store, "o2", "bea")
    assert (now.state, now.why) == (PaymentState.KEYED, "moment"), "a moment please, not declined"
    assert last(store, "o1").cancel_wanted
    terminal.silent = False
    until_state(store, "o1", PaymentState.ABANDONED)
    until_state(store, "o2", PaymentState.SENT)
    terminal.tap()
    until_state(store, "o2", PaymentState.PAID)
    assert minor_of(terminal) == [12_900]


def test_a_wish_of_before_a_restart_is_repeated_and_the_terminal_is_not_offered(
    settings: StoreSettings, terminal: InProcessTerminal
) -> None:
    with build(settings, ManualClock(), {"till": terminal}) as store:
        anna_waits(store)
        terminal.silent = True
        visit(store, "anna", began=False)
    terminal._closed = False
    with build(settings, ManualClock(), {"till": terminal}) as store:
        store.payments.resume()
        order_of(store, "o2", "bea")
        assert begin(store, "o2", "bea").why == "moment"
        terminal.silent = False
        until_state(store, "o1", PaymentState.ABANDONED)
        until_state(store, "o2", PaymentState.SENT)


def test_a_visit_that_ended_while_the_store_was_away_is_cancelled_by_the_next_one(
    settings: StoreSettings, terminal: InProcessTerminal
) -> None:
    with build(settings, ManualClock(), {"till": terminal}) as store:
        anna_waits(store)
    terminal._closed = False
    with build(settings, ManualClock(), {"till": terminal}) as store:
        visit(store, "bea", began=True)
        assert last(store, "o1").cancel_wanted
        assert store.payments.book.is_dropped(OrderId("o1"))
        until_state(store, "o1", PaymentState.ABANDONED)


def test_an_approval_after_the_wish_is_voided_by_itself(store: Store, terminal: InProcessTerminal) -> None:
    anna_waits(store)
    terminal.silent = True
    store.service.till.cancel(ROOM, OrderId("o1"))
    terminal.tap()
    assert until_state(store, "o1", PaymentState.UNWANTED).reference
    (task,) = store.service.desk.unsettled()  # the charge, or in its place its void that nobody answered
    assert task.task in (TaskKind.UNWANTED, TaskKind.ASKED)
    terminal.silent = False
    until_state(store, "o1", PaymentState.REVERSED)
    assert terminal.book.taken() == 0
    assert store.service.desk.unsettled() == ()
    assert store.payments.book.receipt(OrderId("o1")) is None


def test_a_shopper_who_waits_may_give_up_before_anything_is_sent(
    store: Store, terminal: InProcessTerminal
) -> None:
    anna_waits(store)
    terminal.silent = True
    store.service.till.cancel(ROOM, OrderId("o1"))
    order_of(store, "o2", "bea")
    begin(store, "o2", "bea")
    store.service.till.cancel(ROOM, OrderId("o2"))
    assert until_state(store, "o2", PaymentState.ABANDONED).sent_us == 0
    terminal.silent = False
    until_state(store, "o1", PaymentState.ABANDONED)
    assert len(list(terminal.book.entries())) == 1


def test_another_room_does_not_begin_while_a_terminal_is_in_use_or_being_asked(
    store: Store, terminal: InProcessTerminal
) -> None:
    anna_waits(store)
    other = RoomId("2")
    order_of(store, "o2", "bea", other)
    assert begin(store, "o2", "bea", room=other).why == "busy"
    terminal.lose_next_answer()
    terminal.silent = True
    terminal.tap()
    until_state(store, "o1", PaymentState.UNSURE)
    assert begin(store, "o2", "bea", attempt=2, room=other).why == "moment"
    terminal.silent = False
    until_state(store, "o1", PaymentState.PAID)
    until_state(store, "o2", PaymentState.SENT)


def test_planted_fault_a_cancel_that_is_sent_once_is_caught(
    store: Store, terminal: InProcessTerminal
) -> None:
    """As an earlier version did: the wish is lost with the one message, and the next tap pays Anna's amount."""
    anna_waits(store)
    terminal.silent = True
    visit(store, "bea", began=True)
    forgotten: Attempt = replace(last(store, "o1"), cancel_wanted=False)
    store.payments.book.put_attempt(forgotten)
    terminal.silent = False
    terminal.tap()
    until(store, lambda: bool(minor_of(terminal)))
    assert minor_of(terminal) == [98_000], "the tests above compare exactly this"
    assert forgotten.means is PaymentMeans.TERMINAL
