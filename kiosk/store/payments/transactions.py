"""Ports between the terminal worker and the ledger: what payment attempts and refunds have in common."""

from __future__ import annotations

from typing import Protocol, TypeVar

from kiosk.connectors.payments.port import FollowUp, Presented
from kiosk.core.domain.terminal_events import TerminalEvent


class TransactionState(Protocol):
    """State of a payment attempt or of a refund."""

    @property
    def value(self) -> str: ...
    @property
    def is_final(self) -> bool: ...
    @property
    def is_under_way(self) -> bool: ...


class Transaction(Protocol):
    """A payment attempt or a refund, known to the terminal under its key."""

    @property
    def key(self) -> str: ...
    @property
    def state(self) -> TransactionState: ...
    @property
    def asked(self) -> int: ...


T = TypeVar("T", bound=Transaction)


class Transactions(Protocol[T]):
    """The stored transactions of one kind. Changes are made under the store's writer lock."""

    def current(self, key: str) -> T:
        """The newest state of a transaction. Raises NotFoundError."""
        ...

    def apply(self, key: str, event: TerminalEvent) -> T:
        """Journals the state after an event, then notifies; the new state."""
        ...

    def after_restart(self) -> tuple[T, ...]:
        """The open transactions of the last run, journaled as uncertain."""
        ...

    def asked_for(self, transaction: T) -> Presented | FollowUp:
        """What the terminal is asked about."""
        ...

    def terminal_of(self, transaction: T) -> str:
        """Name of the terminal that has, or would have, the transaction; empty for none."""
        ...
