"""Holds prices that move further than the limit allows."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.domain.money import Money
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.report import PriceChange


class PriceGuard:
    """Holds the prices of one kind that move too far."""

    def __init__(self, context: ImportContext, kind: str) -> None:
        self._limits, self._losses, self._kind = context.limits, context.losses, kind
        self._accepted = context.losses.accepted_prices(kind)

    def holds(self, key: str, before: Money, after: Money) -> PriceChange | None:
        """The change if it must wait; None if the new price may be taken."""
        if before == after or before.currency != after.currency:
            return None
        if self._limits.allows_price(before.minor, after.minor):
            return None
        if (key, after.minor, after.currency) in self._accepted:
            return None
        return PriceChange(key, before, after)

    def close(self, held: Sequence[PriceChange], known: int) -> None:
        """Stores the prices that wait."""
        self._losses.hold_prices(self._kind, held, known)
