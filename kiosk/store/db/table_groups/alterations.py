"""Table of the tailor's notes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from kiosk.store.db.metadata import METADATA

ALTERATION = Table(
    "alteration", METADATA,
    Column("request_id", String(128), primary_key=True),
    Column("shopper_id", String(64), nullable=True, index=True),
    Column("room", String(64), nullable=False),
    Column("what", String(200), nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("ready", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("changed_us", BigInteger, nullable=False, index=True),
    Column("changed_by", String(64), nullable=False),
    Column("done_us", BigInteger, nullable=False),
    Column("done_by", String(64), nullable=False),
)  # fmt: skip
"""One for each request of an alteration. `shopper_id`: only of a member with the consent `clues`. `ready`: a date.
`made_by`, `changed_by`, `done_by`: ids of associates; `done_us` 0: not done."""
