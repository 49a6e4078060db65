"""Table of the pieces that are put aside for shoppers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, Text

from kiosk.store.db.metadata import METADATA

ASIDE = Table(
    "aside", METADATA,
    Column("aside_id", String(128), primary_key=True),
    Column("state", String(16), nullable=False, index=True),
    Column("until_us", BigInteger, nullable=False),
    Column("changed_us", BigInteger, nullable=False, index=True),
    Column("body", Text, nullable=False),
)  # fmt: skip
"""No shopper: a piece is fetched with a code. `body`: an `Aside` as JSON."""

ASIDE_MEMBER = Table(
    "aside_member", METADATA,
    Column("aside_id", String(128), primary_key=True),
    Column("shopper_id", String(64), nullable=False, index=True),
)  # fmt: skip
"""The member for whom a piece is put aside, where she agreed to be known by associates."""
