"""Captures what is paid, and voids or pays back a whole charge that nobody wants, each under a key of its own.

An attempt that is unwanted is voided where its terminal can, else paid back; what was refused once is not sent again.
Where nothing is left to try, it is a task at the desk.
"""

from __future__ import annotations

import logging

from kiosk.connectors.payments.port import PaymentTerminal, TerminalReply, new_key
from kiosk.core.domain.follow_up import NEVER_ARRIVED, WholeFollowUp
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.core.domain.terminal_events import Captured, CaptureDenied, Reversed
from kiosk.store.errors import RefusedError
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.payments.sweep import Sweep
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.payments.transactions.follow_up_book import FollowUpBook
from kiosk.store.payments.transactions.follow_ups import FollowUpTransactions
from kiosk.store.payments.transactions.payments import PaymentTransactions

log = logging.getLogger(__name__)
_CERTAINLY_NOT = (NEVER_ARRIVED, "busy")
"""Reasons of a follow-up that the terminal certainly has not carried out, so that it is tried under a new key."""
MAX_KEYS = 5
"""Keys of one kind that are tried for an attempt, where the terminal certainly has not carried them out."""


class FollowUps:
    """The follow-ups of all attempts. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, payments: PaymentTransactions, sweep: Sweep) -> None:
        self._terminals, self._writer, self._now = context.terminals, context.writer, context.now_us
        self._payments, self._hub, self._context = payments, context.hub, context
        self.book = FollowUpBook(context.book.ledger)
        self.transactions = FollowUpTransactions(context, self.book, payments)
        self.worker = TerminalWorker(self.transactions, context, sweep)
        self.transactions.ended = self._changed
        payments.follow = self.advance

    def advance(self, attempt: Attempt) -> bool:
        """Does the next step for an attempt that is unwanted or not captured; True: the terminal need not be asked
        about the attempt itself."""
        with self._writer:
            attempt = self._payments.current(attempt.key)
            uncaptured = attempt.state is PaymentState.PAID and not attempt.captured
            if attempt.provisional or (attempt.state is PaymentState.UNWANTED and not attempt.reference):
                return False
            if attempt.contradicted or not (uncaptured or attempt.state is PaymentState.UNWANTED):
                return True
            done = self._done(attempt)
            if done is not None:
                self._finish(attempt, done)
            elif not self._is_open(attempt) and (kind := self._next_kind(attempt)) is not None:
                self._begin(attempt, kind)
            return True

    def capture_again(self, key: str) -> None:
        """Asks the terminal once more to capture a payment whose capture it has refused, under a new key.

        Raises NotFoundError, PaymentsClosedError; RefusedError if there is nothing to capture, or nobody to ask.
        """
        with self._writer:
            attempt = self._refused_capture(key)
            self._context.book.ledger.check()
            if self._terminals.find(*self._payments.terminal_of(attempt)) is None:
                raise RefusedError("its terminal is not configured any more")
            self._begin(attempt, FollowUpKind.CAPTURE)

    def captured_elsewhere(self, key: str, by: str) -> None:
        """An associate has captured a payment at the provider, after the terminal had refused it.

        Raises NotFoundError, RefusedError if there is nothing to capture.
        """
        with self._writer:
            attempt = self._refused_capture(key)
            self._context.book.put_decision(attempt, by, self._now(), paid=True)
            self._payments.apply(key, Captured(self._now()))

    def _refused_capture(self, key: str) -> Attempt:
        attempt = self._payments.current(key)
        uncaptured = attempt.state is PaymentState.PAID and not attempt.captured
        if attempt.contradicted or not (uncaptured and self.is_stuck(attempt)):
            raise RefusedError("there is nothing to capture any more")
        return attempt

    def is_stuck(self, attempt: Attempt) -> bool:
        """Whether nothing is left that the store could do by itself, or only a person has called it charged.

        A person's word about a follow-up whose terminal is not configured any more is all that is known of it: nobody
        else will say anything before the day's settlement, if there is one.
        """
        if attempt.provisional:
            return True
        if self._next_kind(attempt) is not None or self._done(attempt) is not None:
            return False
        can_be_asked = self._terminals.find(*self._payments.terminal_of(attempt)) is not None
        found = self.book.of_attempt(attempt.order_id, attempt.key)
        return not any(f.state.is_open or (f.provisional and can_be_asked) for f in found)

    def _changed(self, follow_up: WholeFollowUp) -> None:
        state = follow_up.state.value
        self._hub.publish(FLOOR_TOPIC, TransactionChanged(follow_up.order_id, follow_up.key, state))
        if follow_up.state.is_final:
            attempt = self._payments.current(follow_up.attempt)
            done = self._done(attempt)
            if done is not None:
                self._finish(attempt, done)
            elif follow_up.kind is FollowUpKind.CAPTURE:
                # Only a word that it is done may have marked the amount as collected.
                self._payments.apply(attempt.key, CaptureDenied(self._now()))

    def _finish(self, attempt: Attempt, done: WholeFollowUp) -> None:
        if done.kind is FollowUpKind.CAPTURE:
            self._payments.apply(attempt.key, Captured(self._now()))
        else:
            self._payments.apply(attempt.key, Reversed(self._now(), done.reference))

    def _done(self, attempt: Attempt) -> WholeFollowUp | None:
        """The follow-up that has done what the attempt needs."""
        wanted = _kinds(attempt)
        found = self.book.of_attempt(attempt.order_id, attempt.key)
        return next((f for f in found if f.state is RefundState.DONE and f.kind in wanted), None)

    def _is_open(self, attempt: Attempt) -> bool:
        found = self.book.of_attempt(attempt.order_id, attempt.key)
        return any(f.state.is_open or f.provisional for f in found)

    def _next_kind(self, attempt: Attempt) -> FollowUpKind | None:
        driver = self._terminals.find(*self._payments.terminal_of(attempt))
        if driver is None or self._context.closed:
            return None
        can = driver.capabilities
        able = {
            FollowUpKind.CAPTURE: True,
            FollowUpKind.VOID: can.void,
            FollowUpKind.REFUND: attempt.captured and not can.refund_needs_card,
        }
        found = self.book.of_attempt(attempt.order_id, attempt.key)
        for kind in _kinds(attempt):
            tried = [f for f in found if f.kind is kind and f.state is RefundState.REFUSED]
            refused = any(f.why not in _CERTAINLY_NOT for f in tried)
            if able[kind] and not refused and len(tried) < MAX_KEYS:
                return kind
        return None

    def _begin(self, attempt: Attempt, kind: FollowUpKind) -> None:
        name, identity = self._payments.terminal_of(attempt)
        follow_up = WholeFollowUp(
            new_key(), kind, attempt.key, attempt.order_id, attempt.collected, changed_us=self._now(),
            terminal=name, terminal_id=identity or self._terminals.identity_of(name),
        )  # fmt: skip
        self.book.put(follow_up)
        log.info("payment %s: %s %s was begun", attempt.key, kind.value, follow_up.key)
        wanted = self.transactions.asked_for(follow_up)

        def request(terminal: PaymentTerminal) -> TerminalReply:
            self.worker.sending(follow_up.key)
            return terminal.follow_up(wanted)

        self.worker.send(follow_up, request)


def _kinds(attempt: Attempt) -> tuple[FollowUpKind, ...]:
    """What an attempt needs, the first that is possible."""
    if attempt.state is PaymentState.UNWANTED:
        return FollowUpKind.VOID, FollowUpKind.REFUND
    return (FollowUpKind.CAPTURE,)
