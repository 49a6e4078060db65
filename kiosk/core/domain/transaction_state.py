"""What the states of a payment attempt and of a refund have in common."""

from __future__ import annotations

from enum import Enum


class TransactionState(Enum):
    """Base of `PaymentState` and `RefundState`, which add the members and say which of them are final.

    Both have the members UNSURE (no reply came, the terminal is queried) and PARKED (the queries gave no result, an
    associate settles it).
    """

    @property
    def is_final(self) -> bool:
        """The result is known and never changes."""
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
