"""What a promotion took off one piece, as an order keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import LocalizedText


@dataclass(frozen=True, slots=True)
class Discount:
    """`name` is the reason that shoppers read; it stays with the order, whatever becomes of the promotion."""

    rule_id: str
    name: LocalizedText
    amount: Money
    """This piece's share, above 0."""
