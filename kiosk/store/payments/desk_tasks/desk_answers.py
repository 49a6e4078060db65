"""What associates answer to the tasks of the desk: each answer is checked again under the lock that writes it.

Between the look at a list and an answer the terminal or another associate may have made another task of it; an answer
to the task before is refused, since the same word may mean something else there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.core.domain.refund import Refund
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.attended.attended_desk import SecondPerson
from kiosk.store.payments.collector import PaymentCollector
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind, UnsettledTransaction
from kiosk.store.payments.follow_ups import FollowUps
from kiosk.store.payments.refund_service import RefundService
from kiosk.store.payments.tasks import DeskTasks
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.payments.till import Till
from kiosk.store.staff.associates import Associate

AttendedWord = Callable[[UnsettledTransaction, Associate, SecondPerson | None, str], str]
SAYS_MOVED: Final = frozenset({TaskAnswer.CHARGED, TaskAnswer.PAID_BACK})
"""Answers of which only the associate says that money was moved."""


class DeskAnswers:
    """The answers to the desk's tasks. Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, tasks: DeskTasks, till: Till, collector: PaymentCollector,
        refunds: RefundService, follow_ups: FollowUps,
    ) -> None:  # fmt: skip
        self.attended_word: AttendedWord = lambda _task, _who, _second, reference: reference
        """Checks a word about an attended payment and returns its reference; set when the services are composed."""
        self._book, self._tasks, self._till, self._collector = context.book, tasks, till, collector
        self._refunds, self._follow_ups = refunds, follow_ups

    def answer(
        self, key: str, who: Associate, answer: TaskAnswer, reference: str = "",
        second: SecondPerson | None = None,
    ) -> None:  # fmt: skip
        """Ends a task by what an associate says of it. `reference`: the terminal's number of what it has charged.

        The terminal is asked first where its answer is not known; its answer has priority. Raises NotFoundError;
        RefusedError for an answer that the task does not take, or not any more; SecondPersonError as for an entry of an
        attended payment, since only the associate says that its money was moved.
        """
        task = self._check_takes(key, answer)
        if answer is TaskAnswer.TRY_AGAIN:
            self._follow_ups.capture_again(key)
            return
        if answer is TaskAnswer.CAPTURED and task.task is TaskKind.CAPTURE:
            self._follow_ups.captured_elsewhere(key, who.associate_id)
            return
        if answer in SAYS_MOVED:
            reference = self.attended_word(task, who, second, reference)
        self._settle(key, who, answer.says_done, reference, partial(self._check_takes, key, answer))

    def settle(self, key: str, who: Associate, *, done: bool, reference: str) -> None:
        """Ends a task as `TaskAnswer.says_done` defines it. Raises NotFoundError, RefusedError."""
        self._settle(key, who, done, reference, lambda: None)

    def query(self, key: str) -> None:
        """Queries the terminal once more for a payment, refund or follow-up. Raises NotFoundError."""
        if self._book.attempt(key) is not None:
            self._collector.worker.query_again(key)
        elif not self._tasks.is_journaled(key):
            self._worker_of(key).query_again(key)

    def _check_takes(self, key: str, answer: TaskAnswer) -> UnsettledTransaction:
        """The task. Raises NotFoundError; RefusedError if it does not take this answer now."""
        task = self._tasks.task(key)
        if task is None and self._is_known(key):
            raise RefusedError("there is nothing to settle any more")
        if task is None:
            raise NotFoundError("there is no such payment or refund")
        if answer not in task.answers:
            takes = ", ".join(one.value for one in task.answers) or "none while the store works on it"
            raise RefusedError(f"this task takes another answer: {takes}")
        return task

    def _is_known(self, key: str) -> bool:
        return bool(
            self._book.attempt(key) or self._follow_ups.book.follow_up(key) or self._refunds.is_known(key)
        )

    def _settle(
        self, key: str, who: Associate, done: bool, reference: str, check: Callable[[], object]
    ) -> None:
        """Ends a task; `check` is called under the lock under which the answer is written."""
        attempt = self._book.attempt(key)
        if self._tasks.is_journaled(key):
            self._tasks.close(key, who)
        elif attempt is not None:
            self._settle_payment(attempt, who, done, reference, check)
        else:
            worker = self._worker_of(key)
            worker.settle(key, who.associate_id, done=done, reference=reference, check=check)

    def _worker_of(self, key: str) -> TerminalWorker[Refund] | TerminalWorker[WholeFollowUp]:
        return self._follow_ups.worker if self._follow_ups.book.follow_up(key) else self._refunds.worker

    def _settle_payment(
        self, attempt: Attempt, who: Associate, done: bool, reference: str, check: Callable[[], object]
    ) -> None:
        def still_taken() -> None:
            check()
            now = self._book.attempt(attempt.key) or attempt
            if now.waits_for_person:
                self._check_ended(now, done=done)

        worker = self._collector.worker
        if attempt.provisional and attempt.waits_for_person:
            # Only a person has called it charged: the terminal is asked first, and its answer has priority.
            now, _ = worker.ask(attempt)
            if (now.state, now.contradicted) != (attempt.state, attempt.contradicted):
                raise RefusedError("the terminal or another associate has answered meanwhile; see the list")
        worker.settle(attempt.key, who.associate_id, done=done, reference=reference, check=still_taken)

    def _check_ended(self, attempt: Attempt, *, done: bool) -> None:
        """Raises RefusedError if an attempt that the terminal has finished with does not take this answer now."""
        if attempt.state is PaymentState.UNWANTED and attempt.contradicted and done:
            self._check_unsold(attempt)
        if attempt.state is PaymentState.PAID and not (
            attempt.contradicted or self._follow_ups.is_stuck(attempt)
        ):
            raise RefusedError("the amount is being captured; wait for the terminal")
        if attempt.state is PaymentState.UNWANTED and not attempt.contradicted:
            if not self._follow_ups.is_stuck(attempt):
                raise RefusedError("it is being voided or paid back; wait for the terminal")
            if not done:
                raise RefusedError("give the money back at the terminal first, then settle it")

    def _check_unsold(self, attempt: Attempt) -> None:
        """A late approval counts as paid only while its pieces are still unsold, and none was paid back or changed."""
        order = self._till.order(attempt.order_id)
        if self._refunds.refunded(order.order_id) or self._book.exchanges(order.order_id):
            raise RefusedError("a piece of it was paid back or changed; it can only be paid back")
        if self._till.sold([li.piece for li in order.lines]) or self._book.paid_attempt(attempt.order_id):
            raise RefusedError("these pieces are sold; it can only be paid back")
