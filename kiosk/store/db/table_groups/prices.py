"""Table of the prices of what has left the catalogue."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table

from kiosk.store.db.metadata import METADATA

LAST_PRICE = Table(
    "last_price", METADATA,
    Column("kind", String(16), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("price_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
)  # fmt: skip
"""What a deleted style (`kind` "styles") or an article with a price of its own ("items") cost, so that a price that
moves too far is noticed when it comes back as well."""
