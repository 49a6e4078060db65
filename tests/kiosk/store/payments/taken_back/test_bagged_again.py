"""An order is paid, bagged, taken back and paid again: its pieces are bagged once for each sale, over restarts too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.store.lifecycle import Store
from kiosk.store.payments.bagging.bag_book import BAGGED
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer
from tests.kiosk.store.payments.taken_back.taken_back_shop import INES, ORDER, Terminal, denied
from tests.kiosk.store.payments.transactions.payment_waits import begin, until

Open = Callable[..., Store]
AT_ONCE = replace(CAPABILITIES, capture=False)


def tasks(store: Store) -> list[tuple[str, str]]:
    return [(task.order_id, task.receipt) for task in store.service.floor.bags.open()]


def paid_again(store: Store, terminal: Terminal, *, bagged: bool) -> None:
    """The first sale is bagged or not, then taken back; the order is paid again."""
    task = denied(store, terminal)
    assert tasks(store) == [("o1", "000001")]
    if bagged:
        store.service.bagged(INES, ORDER)
    store.service.desk.answer(task.key, INES, TaskAnswer.NOT_CHARGED)
    assert tasks(store) == []
    begin(store, attempt=2)
    terminal.tap()
    until(store, lambda: store.payments.book.paid_attempt(ORDER) is not None)


@pytest.mark.parametrize("bagged", [False, True])
def test_what_is_paid_again_is_bagged_again(opened: Open, *, bagged: bool) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    paid_again(store, terminal, bagged=bagged)
    until(store, lambda: tasks(store) == [("o1", "000002")])
    store = opened(terminal)
    assert tasks(store) == [("o1", "000002")]
    store.service.bagged(INES, ORDER)
    assert tasks(opened(terminal)) == []


def test_an_entry_of_an_earlier_version_names_no_receipt_and_ends_the_task(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    denied(store, terminal)
    store.resources.ledger.append(BAGGED, ORDER, {"by": "a-ines"}, store.clock())
    assert tasks(opened(terminal)) == []


def test_planted_fault_an_entry_for_the_whole_order_hides_the_second_task(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    paid_again(store, terminal, bagged=False)
    until(store, lambda: tasks(store) == [("o1", "000002")])
    store.resources.ledger.append(BAGGED, ORDER, {"by": "a-ines"}, store.clock())
    assert tasks(opened(terminal)) == []
