"""Ports between the terminal worker and the ledger: what payment attempts, refunds and follow-ups have in common."""

from __future__ import annotations

from typing import NamedTuple, Protocol, TypeVar

from kiosk.connectors.payments.port import FollowUp, Presented
from kiosk.core.domain.terminal_events import TerminalEvent


class TerminalName(NamedTuple):
    """The terminal to which a transaction goes: its name in the configuration and the provider's identity of it.

    The identity is empty in entries of earlier versions, the name where there was no terminal.
    """

    name: str
    identity: str


class State(Protocol):
    """State of a transaction."""

    @property
    def value(self) -> str: ...
    @property
    def is_final(self) -> bool: ...
    @property
    def is_under_way(self) -> bool: ...


class Transaction(Protocol):
    """A payment attempt, a refund or a follow-up, known to the terminal under its key."""

    @property
    def key(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def asked(self) -> int: ...
    @property
    def sent_us(self) -> int: ...
    @property
    def taken_up(self) -> bool: ...
    @property
    def is_unconfirmed(self) -> bool: ...
    @property
    def is_worked_on(self) -> bool: ...
    @property
    def is_asked_for(self) -> bool: ...
    @property
    def waits_for_person(self) -> bool: ...
    @property
    def terminal_id(self) -> str: ...
    @property
    def provisional(self) -> bool: ...


T = TypeVar("T", bound=Transaction)


class Transactions(Protocol[T]):
    """The stored transactions of one kind. Changes are made under the store's writer lock."""

    @property
    def kind(self) -> str:
        """Names the kind in logs and messages: "payment", "refund", "follow-up"."""
        ...

    def current(self, key: str) -> T:
        """The newest state of a transaction. Raises NotFoundError."""
        ...

    def apply(self, key: str, event: TerminalEvent) -> T:
        """Journals the state after an event, then notifies; the new state."""
        ...

    def unfinished(self) -> tuple[T, ...]:
        """Every transaction whose result is not known, or rests on a person's word."""
        ...

    def after_restart(self) -> int:
        """Journals the open transactions of the last run as uncertain; their number."""
        ...

    def terminal_of(self, transaction: T) -> TerminalName:
        """The terminal that has, or would have, the transaction."""
        ...

    def asked_for(self, transaction: T) -> Presented | FollowUp:
        """What the terminal is asked about."""
        ...

    def cancel_of(self, transaction: T) -> Presented | None:
        """What the terminal is asked to cancel; None where nothing is to be cancelled."""
        ...

    def owner_of(self, reference: str, transaction: T) -> str:
        """Key of the transaction to which that number of the acquirer belongs already; empty for none."""
        ...

    def answered(self, transaction: T) -> bool:
        """Does what a transaction needs besides an answer; True if there is nothing to ask the terminal now."""
        ...
