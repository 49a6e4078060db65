"""The worker of payments and refunds: lost replies, failed writes, cancelling, settling, unexpected errors, closing."""

from __future__ import annotations

import logging
from threading import Event
from typing import Any, cast

import pytest

from kiosk.connectors.payments.port import (
    Capabilities,
    PaymentTerminal,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.core.domain.terminal_events import MAX_QUERIES, CancelWanted, Refused, Sending
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.transactions.ports import TerminalName
from tests.kiosk.store.payments.transactions.worker.memory_transactions import WAIT_S, MemoryTransactions
from tests.kiosk.store.payments.transactions.worker.scripted_terminal import (
    Answer,
    ScriptedTerminal,
    approved,
)
from tests.kiosk.store.payments.transactions.worker.worker_rig import Worker, WorkerOf

UNEXPECTED: list[BaseException] = [
    ValueError("v"), TimeoutError("t"), RuntimeError("r"), KeyError("k"), RecursionError("deep"), MemoryError(),
    SystemExit(3), OSError("o"), AttributeError("a"), AssertionError("x"),
]  # fmt: skip


def send(worker: Worker, attempt: Attempt, answer: Answer) -> None:
    """Sends a charge to which the terminal gives this answer."""

    def request(terminal: PaymentTerminal) -> TerminalReply:
        worker.sending(attempt.key)
        return ScriptedTerminal([None], presents=answer).present(cast("Any", None), "", lambda: None, 1.0)

    worker.send(attempt, request)


def test_a_reply_that_cannot_be_written_is_queried_again(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    worker, attempt = worker_of(ScriptedTerminal([approved()])), transactions.add()

    def request(_: PaymentTerminal) -> TerminalReply:
        worker.sending(attempt.key)
        transactions.failing_writes = 2
        return approved()

    worker.send(attempt, request)
    transactions.wait(attempt.key, PaymentState.PAID)


def test_a_pending_reply_is_queried_until_it_is_final(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    attempt = transactions.add()
    send(
        worker_of(ScriptedTerminal([TerminalStatus.PENDING, None, approved()])),
        attempt,
        TerminalStatus.PENDING,
    )
    transactions.wait(attempt.key, PaymentState.PAID)
    assert transactions.current(attempt.key).asked == 3


@pytest.mark.parametrize("error", UNEXPECTED, ids=lambda e: type(e).__name__)
def test_whatever_a_driver_raises_counts_as_a_lost_answer(
    transactions: MemoryTransactions, worker_of: WorkerOf, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    caplog.set_level(logging.WARNING)
    attempt = transactions.add()
    send(worker_of(ScriptedTerminal([error, error, approved()])), attempt, error)
    transactions.wait(attempt.key, PaymentState.PAID)
    said = [r.getMessage() for r in caplog.records if attempt.key in r.getMessage()]
    assert len(said) == 1, "once for each transaction"
    assert type(error).__name__ in said[0]
    assert str(error) not in said[0] or not str(error) or len(str(error)) == 1


def test_a_terminal_that_says_it_took_nothing_up_ends_the_attempt(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    attempt = transactions.add()
    send(worker_of(ScriptedTerminal([None])), attempt, TerminalBusyError("in use"))
    transactions.wait(attempt.key, PaymentState.DECLINED)
    assert transactions.current(attempt.key).why == "busy"


def test_busy_after_it_was_taken_up_is_a_lost_answer(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    attempt = transactions.add(taken_up=True)
    send(worker_of(ScriptedTerminal([approved()])), attempt, TerminalBusyError("in use"))
    transactions.wait(attempt.key, PaymentState.PAID)


def test_a_payment_without_a_terminal_is_parked_at_once(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    attempt = transactions.add()
    send(worker_of(), attempt, approved())
    transactions.wait(attempt.key, PaymentState.PARKED)
    assert transactions.current(attempt.key).why == "terminal-gone"


@pytest.mark.parametrize(
    ("name", "identity", "found"),
    [("till", "scripted:1", True), ("renamed", "scripted:1", True), ("till", "other:9", False), ("till", "", True)],
)  # fmt: skip
def test_only_the_terminal_with_the_journaled_identity_is_asked(
    worker_of: WorkerOf, transactions: MemoryTransactions, name: str, identity: str, *, found: bool
) -> None:
    transactions.terminal = TerminalName(name, identity)
    terminal = ScriptedTerminal([TerminalStatus.NOT_FOUND])
    attempt = transactions.add(PaymentState.UNSURE, sent_us=1)
    now = worker_of(terminal).query_again(attempt.key)
    assert (now.state is PaymentState.ABANDONED, bool(terminal.queried)) == (found, found)
    if not found:
        assert (now.state, now.why) == (PaymentState.PARKED, "terminal-gone")


def test_a_wish_to_cancel_is_repeated_until_the_terminal_reports_an_end(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    answers: list[Answer] = [None, TerminalStatus.PENDING, TerminalStatus.PENDING, TerminalStatus.CANCELLED]
    terminal = ScriptedTerminal(answers)
    attempt = transactions.add(PaymentState.UNSURE, sent_us=1, cancel_wanted=True)
    worker_of(terminal).cancel(attempt)
    transactions.wait(attempt.key, PaymentState.ABANDONED)
    assert terminal.cancelled == [attempt.key] * 4


def test_while_a_charge_waits_its_cancel_is_repeated_and_nothing_is_queried(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    terminal = ScriptedTerminal([approved()])
    worker, attempt, go = worker_of(terminal), transactions.add(), Event()

    def request(_: PaymentTerminal) -> TerminalReply:
        worker.sending(attempt.key)
        worker.cancel(transactions.apply(attempt.key, CancelWanted(1)))
        assert terminal.done.wait(WAIT_S)
        go.set()
        return TerminalReply(TerminalStatus.CANCELLED)

    worker.send(attempt, request)
    transactions.wait(attempt.key, PaymentState.ABANDONED)
    assert go.is_set()
    assert len(terminal.cancelled) >= 2
    assert terminal.queried == []


def test_closing_while_a_charge_waits_writes_nothing(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    begun = Event()
    terminal = ScriptedTerminal([approved()])
    worker, attempt = worker_of(terminal), transactions.add()

    def request(_: PaymentTerminal) -> TerminalReply:
        worker.sending(attempt.key)
        begun.set()
        terminal.done.wait(WAIT_S)
        raise TerminalLostError("closed")

    worker.send(attempt, request)
    assert begun.wait(WAIT_S)
    worker.stop()
    terminal.close()
    worker.join()
    assert [type(event) for event in transactions.events] == [Sending]
    worker.send(transactions.add(), request)
    assert isinstance(transactions.events[-1], Refused), "nothing is sent any more"


def test_the_sweep_asks_for_what_the_last_run_left_from_the_journal_alone(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    worker = worker_of(ScriptedTerminal([approved()]))
    sent = transactions.add(PaymentState.SENT, sent_us=1)
    transactions.add(PaymentState.PAID)
    assert worker.resume() == 1
    worker._sweep.start()
    transactions.wait(sent.key, PaymentState.PAID)


def test_parked_ones_are_asked_on_more_slowly(transactions: MemoryTransactions, worker_of: WorkerOf) -> None:
    answers: list[Answer] = [*[None] * (MAX_QUERIES + 3), approved()]
    terminal = ScriptedTerminal(answers)
    attempt = transactions.add(PaymentState.UNSURE, sent_us=1)
    worker = worker_of(terminal, period_s=0.01)
    worker.cancel(attempt)
    transactions.wait(attempt.key, PaymentState.PARKED)
    transactions.wait(attempt.key, PaymentState.PAID)
    assert len(terminal.queried) == MAX_QUERIES + 4


def test_what_a_thread_left_unsent_is_ended_and_what_it_may_have_sent_is_asked_for(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    transactions.terminal = TerminalName("till", "scripted:1")
    terminal = ScriptedTerminal([approved()])
    worker = worker_of(terminal)
    unsent, sent = transactions.add(), transactions.add(sent_us=1)
    for attempt in (unsent, sent):
        worker._sweep.soon("payment", attempt.key, attempt.key)
    transactions.wait(unsent.key, PaymentState.ABANDONED)
    transactions.wait(sent.key, PaymentState.PAID)
    assert terminal.queried == [sent.key]


def test_not_found_counts_only_after_the_time_that_the_provider_states(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    now_s = 100.0
    terminal = ScriptedTerminal(
        [TerminalStatus.NOT_FOUND], capabilities=Capabilities(not_found_after_s=120.0)
    )
    worker = worker_of(terminal, monotonic=lambda: now_s)
    attempt = transactions.add(PaymentState.UNSURE, sent_us=1)
    for later_s, state in ((0, PaymentState.UNSURE), (119, PaymentState.UNSURE), (1, PaymentState.ABANDONED)):
        now_s += later_s
        assert worker.query_again(attempt.key).state is state


def test_not_found_never_counts_where_the_provider_states_no_time(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    terminal = ScriptedTerminal([TerminalStatus.NOT_FOUND], capabilities=Capabilities())
    attempt = transactions.add(PaymentState.UNSURE, sent_us=1)
    worker_of(terminal).cancel(attempt)
    transactions.wait(attempt.key, PaymentState.PARKED)


def test_queried_again_a_known_result_stays(transactions: MemoryTransactions, worker_of: WorkerOf) -> None:
    worker = worker_of(ScriptedTerminal([TerminalStatus.CANCELLED]))
    paid, unsure = transactions.add(PaymentState.PAID), transactions.add(PaymentState.UNSURE)
    assert worker.query_again(paid.key) == paid
    assert worker.query_again(unsure.key).state is PaymentState.ABANDONED
    with pytest.raises(NotFoundError):
        worker.query_again("nothing")


def test_planted_fault_a_worker_whose_threads_are_the_only_memory_is_caught(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    """Without the sweep, an attempt whose thread ended without a word stays open: the tests above wait for its end."""
    worker_of(ScriptedTerminal([approved()]))
    left = transactions.add(PaymentState.SENT, sent_us=1)
    with pytest.raises(AssertionError):
        _waits_briefly(transactions, left.key)


def _waits_briefly(transactions: MemoryTransactions, key: str) -> None:
    with transactions._changed:
        ended = transactions._changed.wait_for(lambda: transactions._attempts[key].state.is_final, 0.05)
    assert ended
