"""Two associates answer the same task at once: one answer is written, the other is refused, never taken for another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread

import pytest

from kiosk.core.domain.ids import AssociateId
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.store.db.state_lock import StateLock
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.transactions.payment_waits import last, until
from tests.kiosk.store.payments.transactions.test_desk_tasks import INES, parked_but_charged
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build

BRUNO = Associate(AssociateId("a-bruno"), "Bruno")
A = TaskAnswer


@pytest.fixture
def store(settings: StoreSettings, terminal: InProcessTerminal, clock: ManualClock) -> Iterator[Store]:
    """Nobody asks the terminal but the associates: the next look into the journal is an hour away."""
    slow = replace(settings.timeouts, first_query_us=200, sweep_us=3_600_000_000)
    with build(replace(settings, timeouts=slow), clock, {"till": terminal}) as opened:
        yield opened


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def at_once(store: Store, late: Callable[[], object], first: Callable[[], object]) -> list[RefusedError]:
    """`late` has looked at its task and waits for the lock of the payments while `first` is written; its refusal."""
    lock, errors = store.payments.lock, list[RefusedError]()

    def answer() -> None:
        try:
            late()
        except RefusedError as error:
            errors.append(error)

    assert isinstance(lock, StateLock)
    thread = Thread(target=answer)
    with lock:
        thread.start()
        until(store, lambda: lock.awaited > 0)
        first()
    thread.join()
    return errors


def says(store: Store, key: str, who: Associate, answer: TaskAnswer) -> Callable[[], None]:
    return lambda: store.service.desk.answer(key, who, answer)


def doubted(store: Store, key: str) -> Attempt:
    """She called it charged; the provider's report does not state it, and the terminal is silent."""
    store.service.desk.answer(key, INES, A.CHARGED, "SLIP 1")
    store.payments.confirmations.confirm_by_settlement(key, None)
    now = last(store, "o1")
    assert (now.provisional, now.contradicted) == (True, True)
    return now


@pytest.mark.parametrize(
    ("first", "late"),
    [(A.CHARGED, A.NOT_CHARGED), pytest.param(A.NOT_CHARGED, A.CHARGED, marks=pytest.mark.full)],
)
def test_of_two_words_about_a_parked_payment_one_is_written(
    store: Store, terminal: InProcessTerminal, first: TaskAnswer, late: TaskAnswer
) -> None:
    key = parked_but_charged(store, terminal)
    assert len(at_once(store, says(store, key, INES, late), says(store, key, BRUNO, first))) == 1
    state = PaymentState.PAID if first is A.CHARGED else PaymentState.ABANDONED
    assert (last(store, "o1").state, last(store, "o1").provisional) == (state, True)


def contradicted(store: Store, terminal: InProcessTerminal, key: str) -> None:
    """Bruno says that it was not charged; then the terminal says that it was."""
    store.service.desk.answer(key, BRUNO, A.NOT_CHARGED)
    terminal.silent = False
    store.service.desk.query(key)
    terminal.silent = True


@pytest.mark.parametrize("late", [A.CHARGED, pytest.param(A.NOT_CHARGED, marks=pytest.mark.full)])
def test_a_word_about_a_parked_payment_decides_nothing_about_a_contradiction(
    store: Store, terminal: InProcessTerminal, late: TaskAnswer
) -> None:
    key = parked_but_charged(store, terminal)
    refusals = at_once(store, says(store, key, INES, late), lambda: contradicted(store, terminal, key))
    assert len(refusals) == 1
    assert [task.task for task in store.service.desk.unsettled()] == [TaskKind.CONTRADICTION]


@pytest.mark.parametrize("late", [A.NOT_CHARGED, pytest.param(A.COLLECTED_OTHERWISE, marks=pytest.mark.full)])
def test_of_two_answers_to_a_doubted_word_the_second_is_refused(
    store: Store, terminal: InProcessTerminal, late: TaskAnswer
) -> None:
    key = doubted(store, parked_but_charged(store, terminal)).key
    first = says(store, key, BRUNO, A.COLLECTED_OTHERWISE)
    assert len(at_once(store, says(store, key, INES, late), first)) == 1
    assert last(store, "o1").state is PaymentState.PAID
    assert store.service.desk.unsettled() == ()


def test_planted_fault_an_answer_that_is_not_checked_again_decides_another_task(
    store: Store, terminal: InProcessTerminal
) -> None:
    key = parked_but_charged(store, terminal)
    contradicted(store, terminal, key)
    store.payments.collector.worker.settle(key, "a-ines", done=True, reference="")
    assert last(store, "o1").state is PaymentState.PAID, (
        "'charged' was taken for 'the shopper keeps the pieces'"
    )
