"""Which rooms and hours of a trial are on: a balanced design, drawn at random, the same from the same seed.

A block is one day and two hours that follow each other (8 and 9, 10 and 11, ...). In each block half of the rooms,
drawn at random, are on in the first hour and off in the second one; the other half the other way round. So a room
is on in one hour of two, an hour has as many rooms on as off (with an odd number of rooms one more or less), and
busy hours, days and rooms are on both sides alike. Hours are those of the shop's clock: an hour that comes twice
when the clock is set back is one hour of the design, one that is left out is missing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from kiosk.core.domain.ids import RoomId


@dataclass(frozen=True, slots=True)
class Cell:
    """One room in one hour (0 to 23) of a day: what is on or off as a whole."""

    room: RoomId
    day: date
    hour: int

    @property
    def block(self) -> tuple[date, int]:
        """Day and pair of hours."""
        return self.day, self.hour // 2


@dataclass(frozen=True, slots=True)
class Design:
    """The design of one trial. `rooms`: those that take part, at least one, each once."""

    seed: str
    rooms: tuple[RoomId, ...]

    def is_on(self, cell: Cell) -> bool:
        """Whether a cell is on. A room that takes no part always is."""
        if cell.room not in self.rooms:
            return True
        return self._begins_on(cell) is (cell.hour % 2 == 0)

    def _begins_on(self, cell: Cell) -> bool:
        """Whether the room is on in the first hour of the block."""
        drawn = sorted(self.rooms, key=lambda room: self._draw(cell, room))
        place, half = drawn.index(cell.room), len(drawn) // 2
        if place == half and len(drawn) % 2:  # the one room that is left over
            return self._draw(cell, "")[0] % 2 == 0
        return place < half

    def _draw(self, cell: Cell, room: str) -> bytes:
        day, pair = cell.block
        return hashlib.sha256(f"{self.seed}/{day.isoformat()}/{pair}/{room}".encode()).digest()
