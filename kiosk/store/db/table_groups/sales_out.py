"""Tables of sales documents for other systems: how far each destination has come, and what persons decided.

The documents themselves are not stored: they follow from the ledger.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from kiosk.store.db.metadata import METADATA

SALES_OUT = Table(
    "sales_out", METADATA,
    Column("name", String(64), primary_key=True),
    Column("ledger", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("taken", BigInteger, nullable=False, server_default="0"),
    Column("taken_us", BigInteger, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("why", String(200), nullable=False, server_default=""),
    Column("stopped", Text, nullable=False, server_default=""),
)  # fmt: skip
"""Destinations. `ledger`, `seq`: the entry up to which all documents are taken or skipped; a ledger is known by the
hash of its first entry. `taken`: how many documents, `taken_us`: when the last one. `tries`, `why`: of the next
document. `stopped`: its id, where the destination refuses it and a person must decide."""

SALES_OUT_LOG = Table(
    "sales_out_log", METADATA,
    Column("act_id", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("act", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("why", String(200), nullable=False),
    Column("reason", String(300), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Index("ix_sales_out_log_name", "name", "at_us"),
)  # fmt: skip
"""What persons decided: `act` is skip, retry or replay. `why`: what the destination said; `reason`: what the person
wrote, or the day from which documents are given again."""
