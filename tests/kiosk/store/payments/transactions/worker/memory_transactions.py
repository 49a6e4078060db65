"""Payment attempts in memory, with write errors on request: `Transactions` for the tests of the worker."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from threading import Condition

from kiosk.connectors.payments.port import Presented
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.payment_transitions import attempt_after, on_restart
from kiosk.core.domain.terminal_events import MAX_QUERIES, TerminalEvent
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.transactions.ports import TerminalName

AMOUNT = Money(12_900, "EUR")
WAIT_S = 10.0


class MemoryTransactions:
    """Each attempt is of an order of its own."""

    kind = "payment"

    def __init__(self) -> None:
        self.terminal = TerminalName("till", "")
        self._attempts: dict[str, Attempt] = {}
        self._changed = Condition()
        self.failing_writes = 0
        self.events: list[TerminalEvent] = []

    def add(self, state: PaymentState = PaymentState.KEYED, **changes: object) -> Attempt:
        """A new attempt in this state."""
        number = len(self._attempts)
        asked = MAX_QUERIES if state is PaymentState.PARKED else 0
        plain = Attempt(
            f"KEY{number:07d}", OrderId(f"o{number}"), PaymentMeans.TERMINAL, AMOUNT, state, asked=asked,
            terminal=self.terminal.name, terminal_id=self.terminal.identity,
        )  # fmt: skip
        attempt = replace(plain, **changes)  # type: ignore[arg-type]
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

    def unfinished(self) -> tuple[Attempt, ...]:
        with self._changed:
            return tuple(a for a in self._attempts.values() if a.is_asked_for or a.contradicted)

    def after_restart(self) -> int:
        self._attempts = {key: on_restart(a, 1) for key, a in self._attempts.items()}
        return sum(a.state.is_open for a in self._attempts.values())

    def terminal_of(self, transaction: Attempt) -> TerminalName:
        return TerminalName(transaction.terminal, transaction.terminal_id)

    def asked_for(self, transaction: Attempt) -> Presented:
        return Presented(
            transaction.key, transaction.order_id, transaction.amount, sent_us=transaction.sent_us
        )

    def cancel_of(self, transaction: Attempt) -> Presented | None:
        return self.asked_for(transaction) if transaction.cancel_wanted else None

    def owner_of(self, reference: str, transaction: Attempt) -> str:
        del transaction
        return next((a.key for a in self._attempts.values() if a.reference == reference), "")

    def answered(self, transaction: Attempt) -> bool:
        return transaction.state is PaymentState.UNWANTED

    def wait(self, key: str, state: PaymentState) -> None:
        """Returns when the attempt has this state; fails after 10 s."""
        with self._changed:
            reached = self._changed.wait_for(lambda: self._attempts[key].state is state, WAIT_S)
        assert reached, self.current(key)
