"""What is stored of the insights and the on/off trials."""

from __future__ import annotations

from typing import Final

from kiosk.store.privacy.stored import About, Stored

INSIGHTS: Final[tuple[Stored, ...]] = (
    Stored(
        names=("insight_week", "insight_item", "insight_hour"),
        where="database",
        what="sums of whole weeks: tried, bought, asked for, time in the room, answer times",
        why="the insights",
        kept="104 weeks",
    ),
    Stored(
        names=("insight_opinion_week", "insight_opinion"),
        where="database",
        what="how many members said good or bad things of a style, by week and language, without persons and texts",
        why="the insights",
        kept="52 weeks",
        about=About.SHOPPER,
        after_erasure="counts that were shown; the others are counted anew, without her, after each week",
    ),
    Stored(
        names=("room_trial", "room_trial_cell"),
        where="database",
        what="on/off trials: visits and sales of a room in an hour",
        why="to measure what a part of the mirror is worth",
        kept="104 weeks after its last day; of a stopped one, until its week is over",
        about=About.SHOPPER,
        after_erasure="counts without person, item or ticket; they cannot be found for a member",
    ),
)
