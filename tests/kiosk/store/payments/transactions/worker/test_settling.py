"""Settling by an associate: the terminal is asked first, and its later answer is compared with the decision."""

from __future__ import annotations

import pytest

from kiosk.connectors.payments.port import TerminalStatus
from kiosk.core.domain.payment import PaymentState
from kiosk.store.errors import RefusedError
from tests.kiosk.store.payments.transactions.worker.memory_transactions import MemoryTransactions
from tests.kiosk.store.payments.transactions.worker.scripted_terminal import ScriptedTerminal, approved
from tests.kiosk.store.payments.transactions.worker.worker_rig import WorkerOf


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
    settled = worker_of(ScriptedTerminal([status])).settle(parked.key, "a-ines", done=done, reference="slip")
    assert settled.state is state
    assert settled.provisional is (status is None)


def test_a_word_is_compared_with_what_the_terminal_says_later(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    parked = transactions.add(PaymentState.PARKED, sent_us=1)
    worker_of(ScriptedTerminal([None, approved()])).settle(parked.key, "a-ines", done=False, reference="")
    transactions.wait(parked.key, PaymentState.UNWANTED)
    assert transactions.current(parked.key).contradicted


def test_a_number_that_another_order_has_is_refused(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    transactions.add(PaymentState.PAID, reference="R7")
    parked = transactions.add(PaymentState.PARKED)
    with pytest.raises(RefusedError, match="another order"):
        worker_of(ScriptedTerminal([None])).settle(parked.key, "a-ines", done=True, reference="R7")


def test_a_payment_in_progress_at_the_terminal_cannot_be_settled(
    transactions: MemoryTransactions, worker_of: WorkerOf
) -> None:
    parked = transactions.add(PaymentState.PARKED)
    with pytest.raises(RefusedError, match="still works"):
        worker_of(ScriptedTerminal([TerminalStatus.PENDING])).settle(
            parked.key, "a-ines", done=False, reference=""
        )
    assert transactions.current(parked.key).state is PaymentState.PARKED


@pytest.mark.parametrize("state", [PaymentState.SENT, PaymentState.UNSURE, PaymentState.PAID])
def test_only_what_is_parked_is_settled(
    transactions: MemoryTransactions, worker_of: WorkerOf, state: PaymentState
) -> None:
    attempt = transactions.add(state)
    with pytest.raises(RefusedError, match="nothing to settle"):
        worker_of(ScriptedTerminal([None])).settle(attempt.key, "a-ines", done=True, reference="")
