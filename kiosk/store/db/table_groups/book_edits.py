"""Table of the changes of client books. Its rows exist only with the member's consent `clues`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table

from kiosk.store.db.metadata import METADATA

BOOK_EDIT = Table(
    "book_edit", METADATA,
    Column("edit_id", String(32), primary_key=True),
    Column("shopper_id", String(64), nullable=False, index=True),
    Column("entry_id", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("what", String(16), nullable=False),
    Column("who", String(64), nullable=False),
    Column("at_us", BigInteger, nullable=False, index=True),
)  # fmt: skip
"""Who changed which entry of a member's client book, and when; never what it said. `kind`: of the entry."""
