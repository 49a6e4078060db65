"""Tasks of the desk: contradictions, unanswered payments and refunds, pieces sold twice; nothing unknown is absent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.connectors.payments.port import FollowUp, TerminalReply, TerminalStatus
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.store.errors import RefusedError, TryAgainError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskKind
from kiosk.store.payments.foreign_sales import ForeignSale
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, order_of, until, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build
from tests.optional_values import present

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")


def tasks(store: Store) -> list[tuple[TaskKind, bool]]:
    return [(task.task, task.parked) for task in store.service.desk.unsettled()]


def parked_but_charged(store: Store, terminal: InProcessTerminal) -> str:
    """The terminal has charged her, and is mute since; the key of the parked attempt."""
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    terminal.lose_next_answer()
    terminal.silent = True
    terminal.tap()
    return until_state(store, "o1", PaymentState.PARKED).key


def paid(store: Store, terminal: InProcessTerminal) -> None:
    order_of(store)
    begin(store)
    terminal.tap()
    until_state(store, "o1", PaymentState.PAID)


def test_a_word_that_the_terminal_contradicts_later_is_a_task(
    store: Store, terminal: InProcessTerminal
) -> None:
    desk, key = store.service.desk, parked_but_charged(store, terminal)
    desk.settle(key, INES, done=False, reference="")
    assert (last(store, "o1").state, tasks(store)) == (PaymentState.ABANDONED, [])
    terminal.silent = False
    until(store, lambda: tasks(store) == [(TaskKind.CONTRADICTION, True)])
    assert last(store, "o1").state is PaymentState.UNWANTED
    desk.settle(key, INES, done=False, reference="")
    until_state(store, "o1", PaymentState.REVERSED)
    assert (terminal.book.taken(), tasks(store)) == (0, [])


def test_the_pieces_are_with_her_so_the_late_charge_pays_for_them(
    store: Store, terminal: InProcessTerminal
) -> None:
    desk, key = store.service.desk, parked_but_charged(store, terminal)
    desk.settle(key, INES, done=False, reference="")
    terminal.silent = False
    until(store, lambda: tasks(store) == [(TaskKind.CONTRADICTION, True)])
    desk.settle(key, INES, done=True, reference="")
    assert (last(store, "o1").state, tasks(store)) == (PaymentState.PAID, [])
    assert store.payments.book.receipt(ORDER) is not None
    until_state(store, "o1", PaymentState.PAID)
    assert terminal.book.taken() == 12_900


def test_a_late_charge_of_an_order_that_is_paid_again_is_given_back_without_asking(
    settings: StoreSettings, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    """The new payment waits until the terminal has said what became of the old one, also if that is not due yet."""
    slow = replace(settings, timeouts=replace(settings.timeouts, sweep_us=3_600_000_000))
    with build(slow, clock, {"till": terminal}) as store:
        key = parked_but_charged(store, terminal)
        store.service.desk.settle(key, INES, done=False, reference="")
        terminal.silent = False
        begin(store, attempt=2)
        until(store, lambda: terminal.book.waiting() is not None)
        terminal.tap()
        until(store, lambda: (paid := store.payments.book.paid_attempt(ORDER)) is not None and paid.captured)
        until(store, lambda: present(store.payments.book.attempt(key)).state is PaymentState.REVERSED)
        assert (terminal.book.taken(), tasks(store)) == (12_900, [])


def test_a_parked_payment_is_resolved_when_the_terminal_comes_back(
    store: Store, terminal: InProcessTerminal
) -> None:
    parked_but_charged(store, terminal)
    assert tasks(store) == [(TaskKind.PARKED, True)]
    terminal.silent = False
    until_state(store, "o1", PaymentState.PAID)
    assert tasks(store) == []


def test_a_payment_settled_without_a_number_learns_it_before_a_return(
    settings: StoreSettings, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    slow = replace(settings, timeouts=replace(settings.timeouts, sweep_us=3_600_000_000))
    with build(slow, clock, {"till": terminal}) as store:
        key = parked_but_charged(store, terminal)
        desk = store.service.desk
        desk.settle(key, INES, done=True, reference="")
        with pytest.raises(RefusedError, match="try again later"):
            desk.refunds.begin(ORDER, SHIRT[0], INES)
        terminal.silent = False
        begun = desk.refunds.begin(ORDER, SHIRT[0], INES)
        until(store, lambda: desk.refunds.refund(begun.key).state is RefundState.DONE)
        assert terminal.repaid() == [12_900]


def test_a_number_of_another_order_is_refused(store: Store, terminal: InProcessTerminal) -> None:
    paid(store, terminal)
    number = last(store, "o1").reference
    order_of(store, "o2", coat=True)
    begin(store, "o2")
    until_state(store, "o2", PaymentState.SENT)
    terminal.silent = True
    terminal.lose_next_answer()
    terminal.tap()
    key = until_state(store, "o2", PaymentState.PARKED).key
    with pytest.raises(RefusedError, match="another order"):
        store.service.desk.settle(key, INES, done=True, reference=number)


class Working(InProcessTerminal):
    """Says that it works on each refund until it is told to finish."""

    working = True

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        if not self.working or follow_up.kind is not FollowUpKind.REFUND:
            return super().follow_up(follow_up)
        self.begun = follow_up
        return TerminalReply(TerminalStatus.PENDING, taken_up=True)

    def query(self, wanted: object) -> TerminalReply:
        if not hasattr(self, "begun") or self.silent:
            return super().query(wanted)  # type: ignore[arg-type]
        if self.working:
            return TerminalReply(TerminalStatus.PENDING, taken_up=True)
        return super().follow_up(self.begun)


@pytest.fixture
def working() -> Working:
    return Working()


def test_a_refund_that_the_terminal_works_on_is_neither_settled_nor_begun_again(
    settings: StoreSettings, working: Working, clock: ManualClock
) -> None:
    with build(settings, clock, {"till": working}) as store:
        paid(store, working)
        desk = store.service.desk
        key = desk.refunds.begin(ORDER, SHIRT[0], INES).key
        with pytest.raises(RefusedError):
            desk.settle(key, INES, done=False, reference="")
        until(store, lambda: desk.refunds.refund(key).state is RefundState.PARKED)
        with pytest.raises(RefusedError, match="still works"):
            desk.settle(key, INES, done=False, reference="")
        working.silent = True
        desk.settle(key, INES, done=False, reference="")
        with pytest.raises(TryAgainError, match="earlier refund"):
            desk.refunds.begin(ORDER, SHIRT[0], INES)
        working.silent = working.working = False
        until(store, lambda: tasks(store) == [(TaskKind.CONTRADICTION, True)])
        assert desk.refunds.refund(key).state is RefundState.DONE, "it was paid back, whatever was said"
        assert desk.refunds.begin(ORDER, SHIRT[0], INES).key == key
        desk.settle(key, INES, done=True, reference="")
        assert (working.repaid(), tasks(store)) == ([12_900], [])


def test_what_waits_longer_than_the_terminal_may_is_shown_as_overdue(
    store: Store, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    store.payments.collector._context.ages._clock_s = lambda: clock() / 1e6
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    assert tasks(store) == []
    clock.pass_s(store.settings.timeouts.wait_for_card_us / 1e6 + 61)
    assert tasks(store) == [(TaskKind.OVERDUE, False)]
    terminal.tap()
    until_state(store, "o1", PaymentState.PAID)


def test_a_piece_that_was_sold_twice_is_a_task_until_an_associate_has_seen_it(
    store: Store, terminal: InProcessTerminal
) -> None:
    paid(store, terminal)
    alarm = ForeignSale(ORDER, SHIRT[0], OrderId("o2"))
    for _ in range(2):
        store.payments.settlement.on_foreign_sale(alarm)
    (task,) = store.service.desk.unsettled()
    assert (task.task, task.why, [li.piece for li in task.lines]) == (TaskKind.FOREIGN_SALE, "o2", [SHIRT[0]])
    store.service.desk.query(task.key)
    store.service.desk.settle(task.key, INES, done=True, reference="")
    assert tasks(store) == []
    store.payments.settlement.on_foreign_sale(alarm)
    assert tasks(store) == [], "seen once"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()
