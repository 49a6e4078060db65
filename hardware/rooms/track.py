"""What is remembered of one tag: the reads not yet weighed, the chance of each room, and its place among the rooms."""

from __future__ import annotations


class ArrivalGroup:
    """Tags that came into a room together; `heard_us` is when that room last heard one of them."""

    __slots__ = ("heard_us",)

    def __init__(self, at_us: int) -> None:
        self.heard_us = at_us


class TagTrack:
    """One tag. `room` is the index of the room it is in, or -1; `chances` has one entry per room and a last one for
    no room; `heard` holds antenna and cell of each read since it was last weighed, in one number; `party` are those it
    came into its room with."""

    __slots__ = (
        "best",
        "chances",
        "epc",
        "first_us",
        "heard",
        "last_us",
        "leaning",
        "leaning_us",
        "party",
        "proved",
        "rate",
        "room",
        "room_us",
        "since_us",
        "sure",
        "weighed_us",
    )

    def __init__(self, epc: str, at_us: int, chances: list[float]) -> None:
        self.epc = epc
        self.chances = chances
        self.heard: list[int] = []
        self.first_us = at_us
        self.last_us = at_us
        self.weighed_us = at_us
        self.rate = 4.0
        self.best = len(chances) - 1
        self.room = -1
        self.room_us = at_us
        self.since_us = at_us
        self.sure = False
        self.proved = False
        self.leaning = self.best
        self.leaning_us = at_us
        self.party = ArrivalGroup(at_us)

    @property
    def confidence(self) -> float:
        """The chance of the room the tag is in, or of the likeliest room while it is in none."""
        if self.room >= 0:
            return self.chances[self.room]
        return max(self.chances[:-1])
