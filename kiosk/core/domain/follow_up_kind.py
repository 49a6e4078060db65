"""What a store asks of an approved charge afterwards."""

from __future__ import annotations

from enum import Enum, unique


@unique
class FollowUpKind(Enum):
    """CAPTURE takes what was only authorised, VOID undoes a whole charge before its settlement, REFUND pays back."""

    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"
