"""Positions in the log: the id of an event, as readers send it back (`Last-Event-ID`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kiosk.store.event_log.errors import BadPositionError

OLDEST: Final = "oldest"
"""In place of an id: begin with the oldest event that is kept."""
PATTERN: Final = r"(?:[0-9a-f]{16}\.(?:0|[1-9][0-9]{0,11})|oldest|)"
"""What a reader may send: an id, `oldest`, or nothing."""
_ID: Final = re.compile(r"([0-9a-f]{16})\.(0|[1-9][0-9]{0,11})")


@dataclass(frozen=True, slots=True)
class Position:
    """A place after one event. `stream_id`: of the log to which the number belongs."""

    stream_id: str
    seq: int

    def __str__(self) -> str:
        return f"{self.stream_id}.{self.seq}"


def parse_position(text: str) -> Position:
    """An id as `Position` writes it. Raises BadPositionError."""
    found = _ID.fullmatch(text)
    if found is None:
        raise BadPositionError
    return Position(found[1], int(found[2]))
