"""The worker of payments and refunds: lost replies, failed writes, cancelling, settling, closing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from threading import Condition, Event
from typing import Any, cast

import pytest

from kiosk.connectors.payments.port import (
    REFERENCE,
    Charge,
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState, attempt_after, on_restart
from kiosk.core.domain.terminal_events import MAX_QUERIES, Sent, TerminalEvent
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.context import PaymentContext, ShopTerminals
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.settings import Timeouts
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock

AMOUNT = Money(12_900, "EUR")
WAIT_S = 10.0


class MemoryTransactions:
    """Payment attempts in memory, with write errors on request."""

    def __init__(self, terminal: str = "till") -> None:
        self._terminal = terminal
        self._attempts: dict[str, Attempt] = {}
        self._changed = Condition()
        self.failing_writes = 0
        self.events: list[TerminalEvent] = []

    def add(self, state: PaymentState = PaymentState.KEYED) -> Attempt:
        key = f"KEY{len(self._attempts):07d}"
        asked = MAX_QUERIES if state is PaymentState.PARKED else 0
        attempt = Attempt(key, OrderId("o1"), PaymentMeans.TERMINAL, AMOUNT, state, asked=asked)
        self._attempts[attempt.key] = attempt
        return attempt

    def current(self, key: str) -> Attempt:
        with self._changed:
            if key not in self._attempts:
                raise NotFoundError("there is no such payment")
            return self._attempts[key]

    def apply(self, key: str, event: TerminalEvent) -> Attempt:
        with self._changed:
            if self.failing_writes:
                self.failing_writes -= 1
                raise sqlite3.OperationalError("disk full")
            self.events.append(event)
            self._attempts[key] = attempt_after(self._attempts[key], event)
            self._changed.notify_all()
            return self._attempts[key]

    def after_restart(self) -> tuple[Attempt, ...]:
        self._attempts = {key: on_restart(a) for key, a in self._attempts.items()}
        return tuple(a for a in self._attempts.values() if a.state.is_open)

    def asked_for(self, transaction: Attempt) -> Presented:
        return Presented(transaction.key, transaction.order_id, transaction.amount)

    def terminal_of(self, transaction: Attempt) -> str:
        del transaction
        return self._terminal

    def wait(self, key: str, state: PaymentState) -> None:
        """Returns when the attempt has this state; fails after 10 s."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._attempts[key].state is state, WAIT_S), self.current(
                key
            )


class ScriptedTerminal:
    """Replies to each query with the next status; the last one repeats."""

    def __init__(self, *statuses: TerminalStatus | None) -> None:
        self._statuses = list(statuses)
        self.cancelled: list[str] = []
        self.done = Event()

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        del wanted
        status = self._statuses.pop(0) if len(self._statuses) > 1 else self._statuses[0]
        if status is None:
            raise TerminalLostError("no reply")
        return TerminalReply(status, references={REFERENCE: "R1"})

    def cancel(self, presented: Presented) -> None:
        self.cancelled.append(presented.key)
        self.done.set()
        raise TerminalLostError("no reply")

    def close(self) -> None:
        self.done.set()


WorkerOf = Callable[..., TerminalWorker[Attempt]]


@pytest.fixture
def transactions() -> MemoryTransactions:
    return MemoryTransactions()


@pytest.fixture
def worker_of(transactions: MemoryTransactions) -> Iterator[WorkerOf]:
    """Makes a worker for one terminal, "till"; its first wait between queries is 0.2 ms."""
    made: list[TerminalWorker[Attempt]] = []

    def make(terminal: object = None) -> TerminalWorker[Attempt]:
        drivers = {} if terminal is None else {"till": cast("PaymentTerminal", terminal)}
        nothing = cast("Any", None)
        context = PaymentContext(
            book=nothing, refund_book=nothing, terminals=ShopTerminals(drivers, {}), hub=nothing, writer=nothing,
            now_us=ManualClock(), timeouts=Timeouts(first_query_us=200),
        )  # fmt: skip
        made.append(TerminalWorker("payment", transactions, context))
        return made[-1]

    yield make
    for worker in made:
        worker.close()


def charge_of(attempt: Attempt) -> Charge:
    return Charge(attempt.key, attempt.order_id, AMOUNT)


def charge(attempt: Attempt) -> Callable[[PaymentTerminal], TerminalReply]:
    return lambda terminal: terminal.present(charge_of(attempt), "", lambda: None, WAIT_S)


def reply(status: TerminalStatus) -> Callable[[PaymentTerminal], TerminalReply]:
    return lambda _: TerminalReply(status, references={REFERENCE: "R1"}, why="why")


def test_a_reply_that_cannot_be_written_is_queried_again(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    worker = worker_of(ScriptedTerminal(TerminalStatus.APPROVED))
    attempt = transactions.add()
    transactions.failing_writes = 2
    worker.send(attempt, reply(TerminalStatus.APPROVED))
    transactions.wait(attempt.key, PaymentState.PAID)
    assert len(transactions.events) == 1


def test_a_pending_reply_is_queried_until_it_is_final(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    worker = worker_of(ScriptedTerminal(TerminalStatus.PENDING, None, TerminalStatus.APPROVED))
    attempt = transactions.add()
    worker.send(attempt, reply(TerminalStatus.PENDING))
    transactions.wait(attempt.key, PaymentState.PAID)
    assert transactions.current(attempt.key).asked == 3


def test_a_payment_without_a_terminal_is_parked(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    worker = worker_of()
    attempt = transactions.add()
    worker.send(attempt, reply(TerminalStatus.APPROVED))
    transactions.wait(attempt.key, PaymentState.PARKED)
    assert transactions.current(attempt.key).asked == MAX_QUERIES
    worker.cancel(attempt)


def test_a_terminal_is_occupied_until_the_result_is_known(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    terminal = InProcessTerminal()
    worker = worker_of(terminal)
    attempt = transactions.add()
    worker.send(attempt, charge(attempt), occupies=True)
    assert worker.is_occupied("till")
    terminal.tap()
    transactions.wait(attempt.key, PaymentState.PAID)
    for thread in list(worker._threads):
        thread.join(WAIT_S)
    assert not worker.is_occupied("till")
    assert terminal.collected() == [1]


def test_a_cancel_that_is_lost_changes_nothing(transactions: MemoryTransactions, worker_of: WorkerOf) -> None:
    terminal = ScriptedTerminal(TerminalStatus.PENDING)
    attempt = transactions.add()
    worker_of(terminal).cancel(attempt)
    assert terminal.done.wait(WAIT_S)
    assert (terminal.cancelled, transactions.current(attempt.key)) == ([attempt.key], attempt)


def test_closing_while_a_charge_waits_writes_nothing(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    accepted = Event()
    worker = worker_of(InProcessTerminal())
    attempt = transactions.add()

    def collect(terminal: PaymentTerminal) -> TerminalReply:
        return terminal.present(charge_of(attempt), "", accepted.set, WAIT_S)

    worker.send(attempt, collect)
    assert accepted.wait(WAIT_S)
    worker.close()
    assert (transactions.events, worker._threads) == ([], set())


def test_after_a_restart_open_transactions_are_queried(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    worker = worker_of(ScriptedTerminal(TerminalStatus.APPROVED))
    keyed, parked = transactions.add(), transactions.add(PaymentState.PARKED)
    transactions.add(PaymentState.PAID)
    assert worker.resume() == 2
    transactions.wait(keyed.key, PaymentState.PAID)
    transactions.wait(parked.key, PaymentState.PAID)


def test_queried_again_a_known_result_stays(transactions: MemoryTransactions, worker_of: WorkerOf) -> None:
    worker = worker_of(ScriptedTerminal(TerminalStatus.CANCELLED))
    paid, unsure = transactions.add(PaymentState.PAID), transactions.add(PaymentState.UNSURE)
    assert worker.query_again(paid.key) == paid
    assert worker.query_again(unsure.key).state is PaymentState.ABANDONED
    with pytest.raises(NotFoundError):
        worker.query_again("nothing")


@pytest.mark.parametrize(
    ("status", "done", "state"),
    [
        (None, True, PaymentState.PAID),
        (None, False, PaymentState.ABANDONED),
        (TerminalStatus.REFUSED, True, PaymentState.DECLINED),
        (TerminalStatus.NOT_FOUND, True, PaymentState.ABANDONED),
    ],
)
def test_the_terminals_reply_wins_over_a_persons_word(
    transactions: MemoryTransactions, worker_of: WorkerOf, status: TerminalStatus | None, *, done: bool,
    state: PaymentState,
) -> None:  # fmt: skip
    parked = transactions.add(PaymentState.PARKED)
    settled = worker_of(ScriptedTerminal(status)).settle(parked.key, "a-ines", done=done, reference="slip")
    assert settled.state is state


def test_a_payment_in_progress_at_the_terminal_cannot_be_settled(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    worker = worker_of(ScriptedTerminal(TerminalStatus.PENDING))
    parked = transactions.add(PaymentState.PARKED)
    with pytest.raises(RefusedError, match="still works"):
        worker.settle(parked.key, "a-ines", done=False, reference="")
    assert transactions.current(parked.key).state is PaymentState.PARKED


@pytest.mark.parametrize("state", [PaymentState.SENT, PaymentState.UNSURE, PaymentState.PAID])
def test_only_what_is_parked_is_settled(
    transactions: MemoryTransactions, worker_of: WorkerOf, state: PaymentState
) -> None:
    attempt = transactions.add(state)
    with pytest.raises(RefusedError, match="nothing to settle"):
        worker_of(ScriptedTerminal(None)).settle(attempt.key, "a-ines", done=True, reference="")


def test_planted_fault_a_terminal_that_loses_the_reply_is_caught(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    """A driver that replies NOT_FOUND after an approval, against the port's promise, shows as money collected."""
    terminal = InProcessTerminal()
    worker = worker_of(terminal)
    attempt = transactions.add()
    transactions.apply(attempt.key, Sent(1))
    terminal.lose_next_answer()
    worker.send(attempt, charge(attempt))
    forgetful = ScriptedTerminal(TerminalStatus.NOT_FOUND)
    terminal.query = forgetful.query  # type: ignore[method-assign]
    terminal.tap()
    transactions.wait(attempt.key, PaymentState.ABANDONED)
    assert terminal.collected() == [1], "the fault tests compare exactly this with the ledger"
