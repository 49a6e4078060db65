"""Which pieces have left while the store was away: those that no reader has shown again in their room after a start.

A room is judged once its readers have read it for `SETTLE_US`: what hangs in a room without radio is not known.
"""

from __future__ import annotations

from typing import Final

from kiosk.clock import US
from kiosk.core.domain.ids import PieceId

SETTLE_US: Final = 120 * US
"""For so long the readers of a room see what hangs in it before the rest has left. A room counts as read from the
start on, or from when its radio comes back."""


class SettlingRooms:
    """The rooms that are not judged yet. It has no lock and no clock: times are of the steady clock."""

    def __init__(self, now_us: int) -> None:
        self._first_us = now_us + SETTLE_US
        self._first_done = False
        self._without_radio: dict[str, int | None] = {}
        """Rooms that had no radio after the start, and when they are judged; None until the radio is back."""
        self._seen: dict[str, set[PieceId]] = {}

    def radio_lost(self, room: str) -> None:
        """Nothing reads the room now."""
        if not self._is_judged(room):
            self._without_radio[room] = None

    def radio_back(self, room: str, now_us: int) -> None:
        """The room is read again."""
        if room in self._without_radio:
            self._without_radio[room] = now_us + SETTLE_US

    def seen(self, room: str, piece: PieceId) -> None:
        """The piece is surely in the room."""
        if not self._is_judged(room):
            self._seen.setdefault(room, set()).add(piece)

    def is_due(self, now_us: int) -> bool:
        """Whether a room is to be judged now."""
        first = not self._first_done and now_us >= self._first_us
        return first or any(at_us is not None and now_us >= at_us for at_us in self._without_radio.values())

    def has_left(self, room: str, piece: PieceId, now_us: int) -> bool:
        """Whether a piece that was in a room before the start is known to be there no more."""
        due_us = self._without_radio.get(room, self._first_us)
        if self._is_judged(room) or due_us is None or now_us < due_us:
            return False
        return piece not in self._seen.get(room, ())

    def judged(self, now_us: int) -> None:
        """The departures of the rooms that were due at this time are written."""
        self._first_done |= now_us >= self._first_us
        self._without_radio = {
            room: at_us for room, at_us in self._without_radio.items() if at_us is None or now_us < at_us
        }
        self._seen = {room: seen for room, seen in self._seen.items() if not self._is_judged(room)}

    def _is_judged(self, room: str) -> bool:
        return self._first_done and room not in self._without_radio
