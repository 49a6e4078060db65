"""A log of events with a reader, in a database of either kind, and another start of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.domain.ids import ArticleId, piece_id
from kiosk.store.db.database import Database
from kiosk.store.event_log.events import EventKind, LoggedEvent, PieceEvent
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.event_log.positions import Position
from kiosk.store.event_log.recording import record

KINDS = frozenset(EventKind)
ARTICLE = ArticleId("09521234000006")


def sold(number: int) -> PieceEvent:
    """An event of a piece with this serial, at this second."""
    return PieceEvent(EventKind.SOLD, piece_id(ARTICLE, str(number)), number * 1_000_000)


def numbers(found: Sequence[LoggedEvent]) -> list[int]:
    """The serials of the events that `sold` made."""
    return [each.event.at_us // 1_000_000 for each in found]


@dataclass(slots=True)
class Place:
    """Where a log is."""

    url: str
    state: Path
    database: Database
    feed: EventFeed

    def write(self, *given: int) -> None:
        """Records events in one transaction."""
        with self.database.writing() as connection:
            record(connection, [sold(number) for number in given])

    def say(self, *given: int) -> None:
        """Records and publishes events."""
        self.write(*given)
        self.feed.publish()

    def after(self, position: Position) -> list[int]:
        """All that comes after a position, in pages of two."""
        found: list[LoggedEvent] = []
        while True:
            page = self.feed.page(position, KINDS, 2)
            found += page.events
            position = Position(position.stream_id, page.seq)
            if not page.more:
                return numbers(found)

    def start_again(self) -> None:
        """Another start of the store."""
        self.database.close()
        self.database = Database(self.url)
        self.feed = EventFeed(self.database, self.state)
