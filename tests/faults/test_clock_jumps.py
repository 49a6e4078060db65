"""The computer's clock jumps by hours or years in the middle of a payment, a question, a cancel, a refund, a day.

Nothing is charged or paid back twice, nothing waits without end: durations are measured with the monotonic clock, and
the wall clock only names days and moments.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.payments.port import Charge, TerminalLostError, TerminalReply, new_key
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState, Receipt
from kiosk.core.domain.refund import RefundState
from kiosk.core.visit.effects import CollectPayment
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskKind
from kiosk.store.payments.receipts.links import ReceiptLinks
from kiosk.store.payments.refund_service import RefundService
from kiosk.store.payments.spending_limit import SpendingLimit
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import begin, order_of, until, until_state
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, ManualClock, sample_store, settings_in

HOUR_S, YEAR_S = 3600.0, 365.25 * 24 * 3600
EVERY = (2 * HOUR_S, -2 * HOUR_S, 2 * YEAR_S, -2 * YEAR_S)
JUMPS = pytest.mark.parametrize(
    "jump_s",
    [
        pytest.param(2 * HOUR_S, id="+2h"),
        pytest.param(-2 * HOUR_S, id="-2h", marks=pytest.mark.full),
        pytest.param(2 * YEAR_S, id="+2y", marks=pytest.mark.full),
        pytest.param(-2 * YEAR_S, id="-2y"),
    ],
)
INES, MEMBER = Associate("a-ines", "Inès"), "a card"  # type: ignore[arg-type]


@contextmanager
def shop(folder: Path, clock: ManualClock, terminal: InProcessTerminal) -> Iterator[Store]:
    """The sample shop, which asks for a lost reply after a moment."""
    plain = settings_in(folder)
    settings = replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))
    terminal._closed = False
    with sample_store(settings, clock, terminal) as store:
        store.payments.resume()
        yield store


@JUMPS
def test_during_a_payment_and_its_refund(tmp_path: Path, jump_s: float) -> None:
    clock, terminal = ManualClock(), InProcessTerminal()
    with shop(tmp_path, clock, terminal) as store:
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
        clock.pass_s(jump_s)
        terminal.tap()
        until_state(store, "o1", PaymentState.PAID)
        clock.pass_s(-jump_s)
        store.tick(clock.now_us)
    clock.pass_s(jump_s)
    with shop(tmp_path, clock, terminal) as store:
        refunds = store.payments.refunds
        terminal.lose_next_answer()
        begun = refunds.begin(OrderId("o1"), SHIRT[0], INES)
        clock.pass_s(-2 * jump_s)
        until_refunded(store, refunds, begun.key)
        assert refunds.begin(OrderId("o1"), SHIRT[0], INES).key == begun.key
        assert store.payments.desk.unsettled() == ()
    assert terminal.collected()[0] == 1
    assert terminal.repaid() == [begun.amount.minor]


def until_refunded(store: Store, refunds: RefundService, key: str) -> None:
    until(store, lambda: refunds.refund(key).state is RefundState.DONE)


@JUMPS
def test_while_a_lost_reply_is_asked_for(tmp_path: Path, jump_s: float) -> None:
    clock, terminal = ManualClock(), InProcessTerminal()
    with shop(tmp_path, clock, terminal) as store:
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
        terminal.lose_next_answer()
        terminal.silent = True
        terminal.tap()
        until_state(store, "o1", PaymentState.UNSURE)
        clock.pass_s(jump_s)
        assert len(store.payments.desk.unsettled()) == 1, "it stays on the desk's list"
        terminal.silent = False
        until_state(store, "o1", PaymentState.PAID)
    assert terminal.collected() == [1]


def test_a_payment_is_overdue_by_the_time_it_waits_and_not_by_a_jump(tmp_path: Path) -> None:
    clock, terminal = ManualClock(), InProcessTerminal()
    with shop(tmp_path, clock, terminal) as store:
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
        for jump_s in EVERY:
            clock.pass_s(jump_s)
            assert store.payments.desk.unsettled() == (), jump_s
        store.payments.collector._context.ages._clock_s = lambda: time.monotonic() + HOUR_S
        assert [task.task for task in store.payments.desk.unsettled()] == [TaskKind.OVERDUE]
        terminal.tap()
        until_state(store, "o1", PaymentState.PAID)
    assert terminal.collected() == [1]


def test_a_payment_of_an_earlier_run_whose_age_nobody_knows_is_on_the_list(tmp_path: Path) -> None:
    """The planted fault of the test above: ages by the time of day."""
    clock, terminal = ManualClock(), InProcessTerminal()
    with shop(tmp_path, clock, terminal) as store:
        store.payments.collector._context.ages.changed = lambda key: None  # type: ignore[method-assign]  # noqa: ARG005
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
        for jump_s in EVERY:
            clock.pass_s(jump_s)
            overdue = [task.task for task in store.payments.desk.unsettled()]
            assert overdue == ([TaskKind.OVERDUE] if clock.now_us != START_US else []), jump_s
        terminal.tap()
        until_state(store, "o1", PaymentState.PAID)


def test_an_unpaid_order_is_offered_for_half_an_hour_and_not_by_a_jump(tmp_path: Path) -> None:
    clock = ManualClock()
    with shop(tmp_path, clock, InProcessTerminal()) as store:
        order_of(store)
        till = store.service.till
        for jump_s in EVERY:
            clock.pass_s(jump_s)
            assert till.unpaid_order(RoomId("1")) is not None, jump_s
        till.last_orders._now = lambda: time.monotonic() + HOUR_S
        assert till.unpaid_order(RoomId("1")) is None


@JUMPS
def test_while_a_cancel_is_repeated(tmp_path: Path, jump_s: float) -> None:
    clock, terminal = ManualClock(), InProcessTerminal()
    with shop(tmp_path, clock, terminal) as store:
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
        terminal.silent = True
        store.service.till.cancel(RoomId("1"), OrderId("o1"))
        clock.pass_s(jump_s)
        terminal.silent = False
        until_state(store, "o1", PaymentState.ABANDONED)
        assert terminal.book.waiting() is None
    assert terminal.collected() == [0]


class NeverArrives(InProcessTerminal):
    """Charges do not reach it, which means nothing for two minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.capabilities = replace(self.capabilities, not_found_after_s=120.0)

    def present(self, charge: Charge, *_: object) -> TerminalReply:
        raise TerminalLostError(f"{charge.key} did not arrive")


def states_after_jumps(folder: Path, *, wall_clock: bool = False) -> list[PaymentState]:
    """The state of a charge that the terminal does not know, after each jump. `wall_clock`: the planted fault."""
    clock = ManualClock()
    with shop(folder, clock, NeverArrives()) as store:
        worker, found = store.payments.collector.worker, []
        if wall_clock:
            worker._monotonic_s = lambda: clock.now_us / 1e6
        order_of(store)
        begin(store)
        key = until_state(store, "o1", PaymentState.UNSURE).key
        until(store, lambda: not worker.is_live(key))
        for jump_s in EVERY:
            clock.pass_s(jump_s)
            found.append(worker.query_again(key).state)
        return found


def test_a_jump_is_no_proof_that_a_charge_never_arrived(tmp_path: Path) -> None:
    assert set(states_after_jumps(tmp_path)) == {PaymentState.UNSURE}, "she may not pay again yet"


def test_planted_fault_durations_by_the_wall_clock_are_caught(tmp_path: Path) -> None:
    assert PaymentState.ABANDONED in states_after_jumps(tmp_path, wall_clock=True)


def test_a_collect_over_a_jump_of_the_mirrors_clock_starts_nothing(tmp_path: Path) -> None:
    clock, terminal = ManualClock(), InProcessTerminal()
    with shop(tmp_path, clock, terminal) as store:
        for number, jump_s in enumerate(EVERY, 1):
            order_of(store, f"o{number}")
            asked_us = clock.now_us
            wish = CollectPayment(
                Ticket("t1"), OrderId(f"o{number}"), PaymentMeans.TERMINAL, 1, asked_us, clock.pass_s(jump_s)
            )
            said = store.service.collect_payment(RoomId("1"), wish)
            assert (said.state, said.why) == (PaymentState.DECLINED, "too-late"), (
                "nobody knows how long it took"
            )
    assert terminal.collected() == []


@pytest.mark.parametrize("jump_s", EVERY)
def test_a_receipts_link_is_open_again_when_the_clock_is_right_again(jump_s: float) -> None:
    clock = ManualClock()
    links = ReceiptLinks(lambda: "http://192.168.1.2:8080", clock, 90)
    receipt = Receipt(
        OrderId("o1"), "000001", Money(100, "EUR"), Money(0, "EUR"), PaymentMeans.TERMINAL, "r", clock.now_us
    )
    assert not links.is_expired(receipt)
    clock.pass_s(jump_s)
    assert links.is_expired(receipt) == (jump_s > 90 * 24 * HOUR_S)
    clock.pass_s(-jump_s)
    assert not links.is_expired(receipt)


def test_a_card_has_one_limit_for_each_day_of_the_shop(tmp_path: Path) -> None:
    """Noon, in the days before and after: a clock set back finds what was spent, and a next day begins at zero."""
    clock = ManualClock()
    with shop(tmp_path, clock, InProcessTerminal()) as store:
        order_of(store)
        book = store.payments.book
        limit = SpendingLimit(store.service.customers.book, book, 20_000, "Europe/Vienna", clock)
        for number, days in enumerate((0, 1, 0, 730, 0, -730, 1), 1):
            clock.pass_s(days * 24 * HOUR_S)
            attempt = Attempt(
                new_key(), OrderId("o1"), PaymentMeans.STORED, Money(5_000, "EUR"), changed_us=clock.now_us
            )
            book.put_key(
                replace(attempt, state=PaymentState.PAID), number, card_day_hash=limit.day_hash_of(MEMBER)
            )
            expected = {1: 5_000, 2: 5_000, 3: 10_000, 4: 5_000, 5: 10_000, 6: 15_000, 7: 5_000}[number]
            assert limit.spent(MEMBER) == expected, f"payment {number}"
