"""Tables of the events for other systems: the log, who reads it, and what could not be delivered."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, false

from kiosk.store.db.metadata import METADATA

EVENT = Table(
    "event", METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("event_id", String(32), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("at_us", BigInteger, nullable=False, index=True),
    Column("piece", String(128), nullable=False),
    Column("room", String(64), nullable=False, server_default=""),
)  # fmt: skip
"""What happened to pieces, without persons, in their order. `seq`: 1, 2, 3 ..., counted in `event_stream`."""

EVENT_STREAM = Table(
    "event_stream", METADATA,
    Column("row_id", Integer, primary_key=True, autoincrement=False),
    Column("stream_id", String(32), nullable=False),
    Column("recorded_seq", BigInteger, nullable=False),
    Column("published_seq", BigInteger, nullable=False),
    Column("trimmed_seq", BigInteger, nullable=False),
)  # fmt: skip
"""One row (`row_id` 1). `stream_id`: changes when numbers may mean other events than before; `recorded_seq`: the
newest event; `published_seq`: events up to this one are safe from a power cut; `trimmed_seq`: those up to this one are
deleted."""

ROOM_PIECE = Table(
    "room_piece", METADATA,
    Column("piece", String(128), primary_key=True),
    Column("room", String(64), nullable=False),
)  # fmt: skip
"""The room in which a piece is, as the events say."""

INTEGRATOR = Table(
    "integrator", METADATA,
    Column("integrator_id", String(64), primary_key=True),
    Column("token_mac", String(64), nullable=False),
    Column("scopes", String(255), nullable=False),
    Column("added_us", BigInteger, nullable=False),
    Column("added_by", String(80), nullable=False),
    Index("ix_integrator_token_mac", "token_mac", unique=True),
)  # fmt: skip
"""Programs of other systems that may read events. `token_mac`: SHA-256 of the token."""

WEB_HOOK = Table(
    "web_hook", METADATA,
    Column("name", String(64), primary_key=True),
    Column("stream_id", String(32), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("why", String(200), nullable=False, server_default=""),
    Column("missed", BigInteger, nullable=False, server_default="0"),
    Column("gone", Boolean, nullable=False, server_default=false()),
)  # fmt: skip
"""Receivers of events. `seq`: events of this stream up to here are delivered or given up; `tries`, `why`: of the next
event; `missed`: events that were deleted before they could be sent; `gone`: the receiver has answered 410."""

DEAD_LETTER = Table(
    "dead_letter", METADATA,
    Column("name", String(64), primary_key=True),
    Column("event_id", String(32), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("body", Text, nullable=False),
    Column("why", String(200), nullable=False),
    Column("dead_us", BigInteger, nullable=False, index=True),
    Column("again", Boolean, nullable=False, server_default=false()),
    Index("ix_dead_letter_name", "name", "seq"),
)  # fmt: skip
"""Events that a receiver did not take, as they were sent. `again`: to be sent once more."""
