"""Table of the appointments for which associates prepare pieces."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, Text

from kiosk.store.db.metadata import METADATA

APPOINTMENT = Table(
    "appointment", METADATA,
    Column("appointment_id", String(32), primary_key=True),
    Column("shopper_id", String(64), nullable=False, index=True),
    Column("guest", String(240), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("note", String(800), nullable=False),
    Column("holder", String(64), nullable=False),
    Column("pieces", Text, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("expires_us", BigInteger, nullable=False, index=True),
    Column("arrived_us", BigInteger, nullable=False, server_default="0"),
    Column("shown", Text, nullable=False, server_default="[]"),
)  # fmt: skip
"""`shopper_id`: a member who agreed to clues, else empty with the name of a `guest`. `pieces`: a JSON list of article,
number of its look, and whether it was fetched. `expires_us`: the end of its day in the shop's time zone. `arrived_us`:
when the member's card was read for it, 0: not yet. `shown`: a JSON list of rooms and visits whose mirrors show it."""
