"""Table of the shop's promotions."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from kiosk.store.db.metadata import METADATA

PROMOTION = Table(
    "promotion", METADATA,
    Column("promotion_id", String(64), primary_key=True),
    Column("body", Text, nullable=False),
)  # fmt: skip
"""`body`: a `Rule` as JSON."""
