"""Table of the devices on which associates are notified."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, Text

from kiosk.store.db.metadata import METADATA

PUSH_SUBSCRIPTION = Table(
    "push_subscription", METADATA,
    Column("endpoint_mac", String(64), primary_key=True),
    Column("associate_id", String(64), nullable=False, index=True),
    Column("session_mac", String(64), nullable=False, index=True),
    Column("device_mac", String(64), nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("p256dh", String(128), nullable=False),
    Column("auth", String(32), nullable=False),
    Column("language", String(8), nullable=False),
    Column("until_us", BigInteger, nullable=False, index=True),
)  # fmt: skip
"""One row for each browser. `endpoint_mac`: SHA-256 of the address at the push service; `session_mac`, `device_mac`:
hashes of the tokens of the session and of the paired device, the latter empty on the store's own computer; `until_us`:
when the session ends at the latest."""
