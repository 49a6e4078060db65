"""Tables of the associates on the floor: their actions, their breaks."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table

from kiosk.store.db.metadata import METADATA

APPLIED_ACTION = Table(
    "applied_action", METADATA,
    Column("associate_id", String(64), primary_key=True),
    Column("action_key", String(64), primary_key=True),
    Column("request_id", String(128), nullable=False),
    Column("action", String(16), nullable=False),
    Column("applied_us", BigInteger, nullable=False, index=True),
)  # fmt: skip
"""Actions on requests that were applied, by the key that the page made for each."""

STAFF_BREAK = Table(
    "staff_break", METADATA,
    Column("associate_id", String(64), primary_key=True),
    Column("since_us", BigInteger, nullable=False),
)  # fmt: skip
"""Associates who are on a break, so that nothing rings for them after a restart either."""
