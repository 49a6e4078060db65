"""A sale that is taken back while the store's database or the ledger's disk is away: pieces and stock agree again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.terminal_events import SettledByAssociate
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind
from tests.kiosk.store.payments.ledger.faulty_disk import faulty_disk
from tests.kiosk.store.payments.ledger.test_sold_once import database_kept_from_writing
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.taken_back.taken_back_shop import (
    INES,
    ORDER,
    Terminal,
    refused,
    sold_rows,
    stock_moved,
)
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, until_state

Open = Callable[[Terminal], Store]


def paid_again(store: Store, terminal: Terminal) -> None:
    """The first sale was never marked in the database; it is taken back, and the order is paid again."""
    with database_kept_from_writing(store):
        task = refused(store, terminal)
        assert not store.payments.book.is_settled(ORDER)
        store.service.desk.answer(task.key, INES, TaskAnswer.TAKE_BACK)
        until_state(store, "o1", PaymentState.REVERSED)
        begin(store, attempt=2)
        terminal.tap()
        until_state(store, "o1", PaymentState.PAID)


def as_sold_once(store: Store) -> bool:
    """The piece is sold once in the database, and can be returned."""
    store.payments.finish_pending()
    assert store.payments.book.is_settled(ORDER)
    assert store.payments.till.sold([SHIRT[0]]) == {SHIRT[0]}
    return (sold_rows(store), stock_moved(store)) == (1, -1) and bool(
        store.service.desk.refunds.find(SHIRT[0])
    )


@pytest.mark.parametrize("restarted", [False, True])
def test_an_order_that_is_paid_again_before_the_database_is_back_stays_sold(
    opened: Open, *, restarted: bool
) -> None:
    terminal = Terminal()
    store = opened(terminal)
    paid_again(store, terminal)
    if restarted:
        store = opened(terminal)
    assert as_sold_once(store)


def test_planted_fault_a_sale_that_is_marked_before_the_one_taken_back_is_lost(opened: Open) -> None:
    terminal = Terminal()
    store = opened(terminal)
    store.payments.settlement.returned_first = lambda: True
    paid_again(store, terminal)
    assert not as_sold_once(store)


def test_a_sale_that_is_found_to_be_taken_back_is_not_marked_as_sold(opened: Open) -> None:
    """The commit had no answer: whoever wrote it did not get to the end."""
    terminal = Terminal()
    with faulty_disk(b"ledger.db") as disk:
        store = opened(terminal)
        with database_kept_from_writing(store):
            refused(store, terminal)
            before = last(store, "o1")
            after = attempt_after(before, SettledByAssociate(1, "a-ines", done=False, reference=""))
            disk.fail_at_the_end()
            with pytest.raises(sqlite3.Error):
                store.payments.take_backs.write(before, after, "a-ines")
            disk.fail(0)
        store.payments.finish_pending()
        store.payments.finish_pending()
        book = store.payments.book
        assert (book.is_taken_back(ORDER), book.paid_attempt(ORDER)) == (True, None)
        assert (sold_rows(store), stock_moved(store)) == (0, 0)
        assert (store.payments.take_backs.book.unreturned(), book.unsettled()) == ((), ())
        assert [t for t in store.service.desk.unsettled() if t.task is TaskKind.FOREIGN_SALE] == []
