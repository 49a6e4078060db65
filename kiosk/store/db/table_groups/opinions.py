"""Tables of what members said of styles, added up for the insights. No person, no text."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Integer, String, Table

from kiosk.store.db.metadata import METADATA

OPINION_SUMS: Final = ("positive", "negative", "mixed", "unsure", "by_reading")
"""How many members said what of a style. `by_reading`: of the positive and negative ones, those without stars that a
lexicon has read."""

INSIGHT_OPINION_WEEK = Table(
    "insight_opinion_week", METADATA,
    Column("added", String(10), primary_key=True),
)  # fmt: skip
"""The Monday of the last week of each complete count: `2026-11-23`. Older counts are deleted."""

INSIGHT_OPINION = Table(
    "insight_opinion", METADATA,
    Column("added", String(10), primary_key=True),
    Column("week", String(10), primary_key=True),
    Column("style_id", String(64), primary_key=True),
    Column("language", String(8), primary_key=True),
    *(Column(name, Integer, nullable=False) for name in OPINION_SUMS),
    Column("disclosed", Boolean, nullable=False),
)  # fmt: skip
"""What was said of a style in a week and language, in the count of `added`: the last 52 weeks. `disclosed`: part of a
group that is shown; kept as it is by later counts. The others are counted anew each week."""
