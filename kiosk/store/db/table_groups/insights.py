"""Tables of the insights: sums of whole weeks, and the on/off trials. No person, no serial, no single visit."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text

from kiosk.store.db.metadata import METADATA

INSIGHT_WEEK = Table(
    "insight_week", METADATA,
    Column("week", String(10), primary_key=True),
)  # fmt: skip
"""The weeks whose sums are complete, each by its Monday in the shop's time zone: `2026-11-23`."""

ITEM_SUMS: Final = (
    "tried", "kept", "bought", "returned", "asked", "lacking", "suggested", "suggested_tried", "suggested_bought",
    "advised", "advice_followed", "advice_kept",
)  # fmt: skip
"""What is counted of an item and size in a week: `insights/week_sums.py`."""

INSIGHT_ITEM = Table(
    "insight_item", METADATA,
    Column("week", String(10), primary_key=True),
    Column("item", String(128), primary_key=True),
    Column("size", String(32), primary_key=True),
    Column("style_id", String(64), nullable=False),
    Column("colour", String(32), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ITEM_SUMS),
)  # fmt: skip
"""Sums of an item and size in a week. `price_minor`: its price when the week was added up."""

INSIGHT_HOUR = Table(
    "insight_hour", METADATA,
    Column("week", String(10), primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("measure", String(16), primary_key=True),
    Column("value", Integer, primary_key=True),
    Column("pieces", Integer, nullable=False),
)  # fmt: skip
"""How often a value was measured in an hour of the day (0 to 23, the shop's clock) in a week: minutes of visits in the
room (`room`), seconds until a request was answered by its kind (-1: never)."""

ROOM_TRIAL = Table(
    "room_trial", METADATA,
    Column("trial_id", Integer, primary_key=True, autoincrement=True),
    Column("feature", String(16), nullable=False),
    Column("measure", String(16), nullable=False),
    Column("seed", String(64), nullable=False),
    Column("rooms", Text, nullable=False),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("stopped_day", String(10), nullable=False, server_default=""),
    Column("currency", String(3), nullable=False),
)  # fmt: skip
"""On/off trials. `rooms`: JSON list; days are those of the shop's time zone; `stopped_day`: ended before its time."""

TRIAL_CELL = Table(
    "room_trial_cell", METADATA,
    Column("trial_id", Integer, primary_key=True),
    Column("room", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("switched_on", Boolean, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("sales", Integer, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("money_minor", BigInteger, nullable=False),
)  # fmt: skip
"""What was counted of a room in an hour of a trial: visits that began then, and their sales."""
