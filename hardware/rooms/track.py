"""The state that the room tracker keeps of one tag."""

from __future__ import annotations

NO_ROOM = -1


class ArrivalGroup:
    """Tags that came into a room together; `read_us` is when the room's antennas last read one of them."""

    __slots__ = ("read_us",)

    def __init__(self, at_us: int) -> None:
        self.read_us = at_us


class TagTrack:
    """One tag.

    - `probabilities`: one for each room, the last one for no room; `best` is the index of the largest.
    - `pending`: the reads since the last update, each as antenna number * ROW_BINS + RSSI bin.
    - `room`: index of the room the tag is in, or NO_ROOM; `since_us` when it came, `room_read_us` when the room's own
      antennas last read it, `read_rate` how often they do, in reads per second.
    - `likely_room`: the room (or the index for no room) that is likely enough to move to, since `likely_since_us`.
    - `confirmed`: the tag stayed long enough that it is not passing by; `group`: the tags it arrived with.
    """

    __slots__ = (
        "best",
        "confirmed",
        "epc",
        "first_us",
        "group",
        "last_us",
        "likely_room",
        "likely_since_us",
        "pending",
        "probabilities",
        "read_rate",
        "room",
        "room_read_us",
        "since_us",
        "sure",
        "updated_us",
    )

    def __init__(self, epc: str, at_us: int, probabilities: list[float]) -> None:
        self.epc = epc
        self.probabilities = probabilities
        self.pending: list[int] = []
        self.first_us = at_us
        self.last_us = at_us
        self.updated_us = at_us
        self.read_rate = 4.0
        self.best = len(probabilities) - 1
        self.room = NO_ROOM
        self.room_read_us = at_us
        self.since_us = at_us
        self.sure = False
        self.confirmed = False
        self.likely_room = self.best
        self.likely_since_us = at_us
        self.group = ArrivalGroup(at_us)

    @property
    def confidence(self) -> float:
        """The probability of the tag's room, or of the likeliest room while it is in none."""
        if self.room >= 0:
            return self.probabilities[self.room]
        return max(self.probabilities[:-1])
