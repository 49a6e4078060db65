"""What the states of a payment attempt and of a refund, void or capture have in common."""

from __future__ import annotations

from enum import Enum


class TransactionState(Enum):
    """Base of `PaymentState` and `RefundState`, which add the members and say which of them are final.

    Both have the members UNSURE (no reply came, the terminal is queried) and PARKED (the queries gave no result, an
    associate settles it).
    """

    @property
    def is_final(self) -> bool:
        """The result is known; only a person's word is still compared with the terminal's."""
        raise TypeError(f"{type(self).__name__} does not say which states are final")

    @property
    def is_open(self) -> bool:
        """The result is not known yet."""
        return not self.is_final

    @property
    def is_under_way(self) -> bool:
        """The store still works on it: the state will change without an action of an associate."""
        return self.is_open and self.name != "PARKED"

    @property
    def is_uncertain(self) -> bool:
        """Money may have moved, but the terminal has not confirmed it."""
        return self.name in ("UNSURE", "PARKED")


UNCONFIRMED = "-unconfirmed"
"""Ending of the indexed state of a transaction that was ended by a person's word, until the terminal agrees or a person
has seen the contradiction; and of a payment whose capture is not done."""
CONFIRMED = "confirmed"
"""Indexed state of a transaction that was unconfirmed and is not any more: nothing follows from it for the pieces."""
SENDING = "sending"
"""Indexed state of a transaction in KEYED that is about to be sent, or to be cancelled before: each key is new once."""


def journal_state(state: TransactionState, *, unconfirmed: bool, begun: bool) -> str:
    """The value under which the ledger indexes a transaction; one that is not final, or not confirmed, counts as open.

    `begun`: its first entry, which proves that the key is new, is written.
    """
    if unconfirmed and state.is_final:
        return f"{state.value}{UNCONFIRMED}"
    return SENDING if state.name == "KEYED" and begun else str(state.value)
