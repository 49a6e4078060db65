"""The price of a style before and after an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.core.domain.money import Money


@dataclass(frozen=True, slots=True)
class PriceStep:
    """The price of a style before and after an import. `before`: of one that comes back, the price with which it left;
    None for a new style."""

    before: Money | None
    after: Money

    @classmethod
    def of(cls, before: Money | None, row: Mapping[str, Any]) -> PriceStep:
        """From what a style cost before, None if it is new, and the row to be written."""
        return cls(before, Money(row["price_minor"], row["currency"]))
