"""The prices of styles and articles that have left the catalogue, with which they are compared when they come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from kiosk.core.domain.money import Money
from kiosk.store.db.table_groups.prices import LAST_PRICE
from kiosk.store.feed_import.slices import Writes


def remember(writes: Writes, kind: str, prices: Mapping[str, Money]) -> None:
    """Stores what these rows of a kind cost when they were deleted."""
    writes.upsert(
        LAST_PRICE,
        [
            {"kind": kind, "key": key, "price_minor": price.minor, "currency": price.currency}
            for key, price in prices.items()
        ],
    )


def last_prices(writes: Writes, kind: str, keys: Sequence[str]) -> dict[str, Money]:
    """What the rows among these that were deleted once cost then."""
    if not keys:
        return {}
    query = select(LAST_PRICE).where(LAST_PRICE.c.kind == kind, LAST_PRICE.c.key.in_(keys))
    return {row.key: Money(row.price_minor, row.currency) for row in writes.connection.execute(query)}
