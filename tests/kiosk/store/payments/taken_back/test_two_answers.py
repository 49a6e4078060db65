"""Two associates answer the same task at once: a sale is not taken back while its amount is being captured."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from kiosk.core.domain.payment import PaymentState
from kiosk.store.db.state_lock import StateLock
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer
from tests.kiosk.store.payments.taken_back.taken_back_shop import INES, Terminal, refused
from tests.kiosk.store.payments.transactions.payment_waits import last, until

Open = Callable[[Terminal], Store]


def both_answer(store: Store, terminal: Terminal, take_back: Callable[[str], object]) -> list[RefusedError]:
    """One answer waits for the lock of the payments while the other begins a capture; how the first was refused."""
    key, lock, errors = refused(store, terminal).key, store.payments.lock, list[RefusedError]()

    def first() -> None:
        try:
            take_back(key)
        except RefusedError as error:
            errors.append(error)

    assert isinstance(lock, StateLock)
    thread = Thread(target=first)
    with lock:
        thread.start()
        until(store, lambda: lock.awaited > 0)
        terminal.silent = True
        store.service.desk.answer(key, INES, TaskAnswer.TRY_AGAIN)
    thread.join()
    return errors


def test_the_answer_that_comes_second_is_refused_while_the_terminal_works(opened: Open) -> None:
    terminal = Terminal()
    store = opened(terminal)
    refusals = both_answer(
        store, terminal, lambda key: store.service.desk.answer(key, INES, TaskAnswer.TAKE_BACK)
    )
    assert len(refusals) == 1
    assert last(store, "o1").state is PaymentState.PAID
    terminal.silent = False
    until(store, lambda: not store.payments.follow_ups.book.unfinished())
    assert last(store, "o1").state is PaymentState.PAID


def test_planted_fault_an_answer_that_does_not_look_again_gives_back_what_is_being_captured(
    opened: Open,
) -> None:
    terminal = Terminal()
    store = opened(terminal)
    worker = store.payments.collector.worker
    assert both_answer(store, terminal, lambda key: worker.settle(key, "a", done=False, reference="")) == []
    assert last(store, "o1").state is PaymentState.UNWANTED
