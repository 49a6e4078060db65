"""The price of a style before and after an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.core.domain.money import Money


@dataclass(frozen=True, slots=True)
class PriceStep:
    """The price of a style before and after an import; before a new style there was none."""

    before: Money | None
    after: Money

    @classmethod
    def of(cls, known: Any, row: Mapping[str, Any]) -> PriceStep:
        """From the known row of a style, None if it is new, and the row to be written."""
        before = None if known is None else Money(known.price_minor, known.currency)
        return cls(before, Money(row["price_minor"], row["currency"]))
