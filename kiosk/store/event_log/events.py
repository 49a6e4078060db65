"""Events for other systems: what happened to one piece. No event has a person, a visit, an order or a price in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.ids import ArticleId, PieceId, article_of


@unique
class Scope(Enum):
    """What a reader of events may see. The values are stored."""

    ROOMS = "rooms"
    """Which piece is carried into a fitting room, and out of it."""
    SALES = "sales"
    """Which piece is sold, and which one comes back."""


@unique
class EventKind(Enum):
    """Kinds of events. The values are stored, and part of the API."""

    ARRIVED = "piece.arrived"
    LEFT = "piece.left"
    SOLD = "piece.sold"
    RETURNED = "piece.returned"


SCOPE_OF: Final = {
    EventKind.ARRIVED: Scope.ROOMS, EventKind.LEFT: Scope.ROOMS,
    EventKind.SOLD: Scope.SALES, EventKind.RETURNED: Scope.SALES,
}  # fmt: skip
"""The scope that a reader needs for each kind."""


def kinds_of(scopes: Iterable[Scope]) -> frozenset[EventKind]:
    """The kinds that these scopes open."""
    wanted = frozenset(scopes)
    return frozenset(kind for kind, scope in SCOPE_OF.items() if scope in wanted)


@dataclass(frozen=True, slots=True)
class PieceEvent:
    """What happened to a piece. `at_us`: microseconds since 1970; `room`: empty outside of rooms."""

    kind: EventKind
    piece: PieceId
    at_us: int
    room: str = ""

    @property
    def article(self) -> ArticleId:
        """The article of the piece."""
        return article_of(self.piece)


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An event of the log. `seq`: its number; `event_id`: random, unique for ever (32 hexadecimal digits)."""

    seq: int
    event_id: str
    event: PieceEvent
