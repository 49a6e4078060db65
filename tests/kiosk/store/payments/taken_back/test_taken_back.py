"""A paid order that turns out not to be paid: one entry takes its sale back, and all else follows from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.sales.taken_back import TakeBackReason
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.payments.receipts.links import token_of
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.taken_back.take_backs import TakeBacks
from kiosk.store.payments.transactions.confirmation import Agreement
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.taken_back.taken_back_shop import (
    INES,
    ORDER,
    Terminal,
    denied,
    only_task,
    refused,
    sold_rows,
    stock_moved,
)
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, until, until_state
from tests.optional_values import present

Open = Callable[..., Store]
AT_ONCE = replace(CAPABILITIES, capture=False)


def taken_back(store: Store, receipt: str, reason: TakeBackReason) -> None:
    """Everything that follows from the entry, and nothing else."""
    book, till = store.payments.book, store.payments.till
    (taken,) = store.payments.take_backs.book.of_order(ORDER)
    assert (taken.receipt, taken.reason, taken.by) == (receipt, reason, "a-ines")
    until(store, lambda: store.payments.take_backs.book.unreturned() == ())
    assert (till.sold([SHIRT[0]]), book.taken([SHIRT[0]])) == (frozenset(), {})
    assert (sold_rows(store), stock_moved(store)) == (0, 0)
    assert (book.paid_attempt(ORDER), book.unsettled(), store.payments.bags._tasks.open()) == (None, (), ())
    sale = store.payments.receipt_sales.by_token(token_of(present(book.receipt(ORDER))))
    assert present(sale).taken_back == taken
    with pytest.raises(NotFoundError):
        store.service.desk.refunds.find(SHIRT[0])
    with pytest.raises((NotFoundError, RefusedError)):
        store.service.desk.refunds.begin(ORDER, SHIRT[0], INES)
    assert isinstance(book.ledger, SqlLedger)
    result = audit(book.ledger, lambda _done, _all: None, alone=True)
    assert (result.sound, result.different_rows) == (True, 0)


def test_a_sale_that_the_terminal_denies_is_taken_back(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    task = denied(store, terminal)
    assert store.payments.till.sold([SHIRT[0]]) == {SHIRT[0]}
    assert store.payments.bags._tasks.open()
    store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)
    assert last(store, "o1").is_taken_back
    assert store.service.desk.unsettled() == ()
    taken_back(store, "000001", TakeBackReason.NOT_CHARGED)
    taken_back(opened(terminal), "000001", TakeBackReason.NOT_CHARGED)


def test_a_sale_whose_capture_is_refused_is_taken_back_and_the_authorisation_voided(opened: Open) -> None:
    terminal = Terminal()
    store = opened(terminal)
    task = refused(store, terminal)
    store.service.desk.answer(task.key, INES, TaskAnswer.TAKE_BACK)
    until_state(store, "o1", PaymentState.REVERSED)
    assert [entry.voided for entry in terminal.book.entries() if entry.kind == "charge"] == [True]
    taken_back(store, "000001", TakeBackReason.NOT_CAPTURED)


def test_a_refused_capture_is_tried_again_under_a_new_key(opened: Open) -> None:
    terminal = Terminal()
    store = opened(terminal)
    task = refused(store, terminal)
    terminal.refuses = 1
    store.service.desk.answer(task.key, INES, TaskAnswer.TRY_AGAIN)
    until(store, lambda: terminal.refuses == 0)
    only_task(store, TaskKind.CAPTURE)
    store.service.desk.answer(task.key, INES, TaskAnswer.TRY_AGAIN)
    until_state(store, "o1", PaymentState.PAID)
    keys = {one.key for one in store.payments.follow_ups.book.of_attempt(ORDER, task.key)}
    assert (len(keys), terminal.book.taken(), store.service.desk.unsettled()) == (3, 12_900, ())


def test_a_payment_that_was_captured_at_the_provider_stays_paid(opened: Open) -> None:
    terminal = Terminal()
    store = opened(terminal)
    task = refused(store, terminal)
    store.service.desk.answer(task.key, INES, TaskAnswer.CAPTURED)
    now = last(store, "o1")
    assert (now.state, now.captured, now.why) == (PaymentState.PAID, True, "")
    assert store.service.desk.unsettled() == ()
    for late in (TaskAnswer.TAKE_BACK, TaskAnswer.TRY_AGAIN):
        with pytest.raises(RefusedError):
            store.service.desk.answer(task.key, INES, late)


def test_the_pieces_can_be_paid_again_with_another_receipt(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    task = denied(store, terminal)
    store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)
    first = present(store.payments.book.receipt(ORDER))
    begin(store, attempt=2)
    terminal.tap()
    until(store, lambda: store.payments.book.paid_attempt(ORDER) is not None)
    second = present(store.payments.book.receipt(ORDER))
    assert (first.number, second.number) == ("000001", "000002")
    cancelled, valid = (
        present(store.payments.receipt_sales.by_token(token_of(one))).taken_back for one in (first, second)
    )
    assert (present(cancelled).receipt, valid) == ("000001", None)
    assert store.payments.till.sold([SHIRT[0]]) == {SHIRT[0]}
    until(store, lambda: store.payments.book.is_settled(ORDER))
    assert (sold_rows(store), stock_moved(store)) == (1, -1)
    assert [piece.receipt for piece in store.service.desk.refunds.find(SHIRT[0])] == ["000002"]


@pytest.mark.parametrize("keeps", [True, False])
def test_a_charge_that_the_settlement_states_later_is_a_task_for_the_money(
    opened: Open, *, keeps: bool
) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    task = denied(store, terminal)
    store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)
    confirmations = store.payments.confirmations
    assert confirmations.confirm_by_settlement(task.key, None) is Agreement.KNOWN
    found = confirmations.confirm_by_settlement(task.key, last(store, "o1").amount, "ACQ 9")
    late = only_task(store, TaskKind.CONTRADICTION)
    assert found is Agreement.CONTRADICTED
    assert set(late.answers) == {TaskAnswer.KEEPS_PIECES, TaskAnswer.GIVE_BACK}
    answer = TaskAnswer.KEEPS_PIECES if keeps else TaskAnswer.GIVE_BACK
    store.service.desk.answer(task.key, INES, answer)
    receipt = present(store.payments.book.receipt(ORDER)).number
    sold = store.payments.till.sold([SHIRT[0]])
    if keeps:
        assert (last(store, "o1").state, receipt, sold) == (PaymentState.PAID, "000002", {SHIRT[0]})
    else:
        assert (store.payments.book.paid_attempt(ORDER), receipt, sold) == (None, "000001", frozenset())


def refund_of(store: Store, state: RefundState) -> Refund:
    """A refund of the piece, written as the refund service writes it."""
    order = store.payments.till.order(ORDER)
    amount, article = order.lines[0].paid, order.lines[0].article
    begun = Refund("REFUND1", ORDER, SHIRT[0], article, amount, "a-ines", changed_us=1, sent_us=1)
    refunds = RefundBook(store.resources.ledger)
    refunds.put(replace(begun, sent_us=0))
    refunds.put(replace(begun, state=state))
    return begun


def test_money_that_was_paid_out_before_is_a_task(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    task = denied(store, terminal)
    refund = refund_of(store, RefundState.DONE)
    store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)
    out = only_task(store, TaskKind.PAID_OUT)
    assert (out.amount, out.why, out.answers) == (refund.amount, refund.key, (TaskAnswer.SEEN,))
    (taken,) = store.payments.take_backs.book.of_order(ORDER)
    assert taken.paid_back == (SHIRT[0],)
    store = opened(terminal)
    store.service.desk.answer(only_task(store, TaskKind.PAID_OUT).key, INES, TaskAnswer.SEEN)
    assert store.service.desk.unsettled() == ()
    assert begin(store, attempt=2).why == "dropped", "this order is not collected again"


def test_while_a_piece_is_being_paid_back_the_sale_stays(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    task = denied(store, terminal)
    terminal.silent = True
    refund_of(store, RefundState.UNSURE)
    with pytest.raises(RefusedError, match="being paid back"):
        store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)
    assert last(store, "o1").state is PaymentState.PAID


class OnlyTheAttempt(TakeBacks):
    """Planted fault, as before: the attempt ends, and its sale stays."""

    def write(self, before: Attempt, after: Attempt, by: str) -> None:
        del before, by
        self._book.put_attempt(after)


def test_planted_fault_an_attempt_that_ends_without_the_entry_leaves_its_pieces_sold(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    task = denied(store, terminal)
    store.payments.take_backs.__class__ = OnlyTheAttempt
    store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)
    with pytest.raises((AssertionError, ValueError)):
        taken_back(store, "000001", TakeBackReason.NOT_CHARGED)
