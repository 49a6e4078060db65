"""Records which piece is carried into a room and out of it, a moment later: no room waits for it.

Pieces in rooms are a table as well, changed in the transaction of their events. So a piece that hangs in its room when
the store starts again does not arrive a second time, and one that went meanwhile leaves once.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import Clocks
from kiosk.core.domain.ids import PieceId
from kiosk.core.visit.events import (
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    RadioBack,
    RadioLost,
)
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.events import ROOM_PIECE
from kiosk.store.db.upsert import upsert
from kiosk.store.event_log.events import EventKind, PieceEvent
from kiosk.store.event_log.recording import is_wanted, record
from kiosk.store.event_log.settling import SettlingRooms

log = logging.getLogger(__name__)
MAX_WAITING: Final = 20_000
"""Changes that are kept while the database is away; of more, none can be told, and the stream begins anew."""
MAX_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _Change:
    piece: PieceId
    room: str
    at_us: int
    here: bool


class RoomLog:
    """The changes of the rooms. `note` is called under the rooms' lock and waits for nothing; `write` at every tick.

    `lost`: called when changes could not be kept, which are those before `max_waiting` others.
    """

    def __init__(
        self, database: Database, clocks: Clocks, lost: Callable[[], None], max_waiting: int = MAX_WAITING,
        settling: SettlingRooms | None = None,
    ) -> None:  # fmt: skip
        self._database, self._clocks, self._lost, self._max_waiting = database, clocks, lost, max_waiting
        self._waiting: deque[_Change] = deque()
        self._lock = Lock()
        self._settling = settling or SettlingRooms(clocks.steady_us())
        self._failing = self._overflowed = self._forgotten = False

    def note(self, room: str, event: object) -> None:
        """Takes what a room publishes; other events than those of pieces and radio change nothing."""
        match event:
            case GarmentArrived(at_us=at_us, piece=piece, sure=True, replaces=replaces):
                if replaces is not None:
                    self._add(_Change(replaces, room, at_us, here=False))
                self._add(_Change(piece, room, at_us, here=True))
            case GarmentCertaintyChanged(at_us=at_us, piece=piece, sure=True):
                self._add(_Change(piece, room, at_us, here=True))
            case GarmentLeft(at_us=at_us, piece=piece):
                self._add(_Change(piece, room, at_us, here=False))
            case RadioLost():
                with self._lock:
                    self._settling.radio_lost(room)
            case RadioBack():
                with self._lock:
                    self._settling.radio_back(room, self._clocks.steady_us())

    def write(self) -> None:
        """Writes what waits; what the database does not accept waits on. Raises SQLAlchemyError only from `lost`."""
        while self._overflowed:
            self._overflowed = False  # before the call: more may be lost meanwhile
            try:
                self._lost()
            except (SQLAlchemyError, OSError):
                self._overflowed = True
                raise
        try:
            while self._waiting:
                self._write_some()
            self._settle(self._clocks.steady_us())
        except SQLAlchemyError as error:
            if not self._failing:
                log.error(
                    "events of rooms are kept until the database accepts them (%s)", type(error).__name__
                )
            self._failing = True
            return
        self._failing = False

    def _add(self, change: _Change) -> None:
        with self._lock:
            if len(self._waiting) >= self._max_waiting:
                self._waiting.clear()
                self._overflowed = True
            self._waiting.append(change)
            if change.here:
                self._settling.seen(change.room, change.piece)

    def _write_some(self) -> None:
        chosen = tuple(islice(self._waiting, MAX_AT_ONCE))
        if self._is_wanted():
            with self._database.writing() as connection:
                for change in chosen:
                    record(connection, _events(connection, change))
        with self._lock:
            for change in chosen:
                if self._waiting and self._waiting[0] is change:
                    self._waiting.popleft()

    def _is_wanted(self) -> bool:
        """Whether anybody reads events; from when nobody does, no room is known."""
        with self._database.reading() as connection:
            wanted = is_wanted(connection)
        if not wanted and not self._forgotten:
            with self._database.writing() as connection:
                connection.execute(delete(ROOM_PIECE))
        self._forgotten = not wanted
        return wanted

    def _settle(self, steady_us: int) -> None:
        with self._lock:
            if not self._settling.is_due(steady_us):
                return
        with self._database.reading() as connection:
            rows = connection.execute(select(ROOM_PIECE)).all()
        pieces, now_us = [(PieceId(row.piece), row.room) for row in rows], self._clocks.now_us()
        with self._lock:
            gone = [
                _Change(piece, room, now_us, here=False)
                for piece, room in pieces
                if self._settling.has_left(room, piece, steady_us)
            ]
        if gone:
            with self._database.writing() as connection:
                for change in gone:
                    record(connection, _events(connection, change))
        with self._lock:
            self._settling.judged(steady_us)


def _events(connection: Connection, change: _Change) -> list[PieceEvent]:
    """The events of a change, with the table of pieces in rooms brought up to date."""
    before = connection.scalar(select(ROOM_PIECE.c.room).where(ROOM_PIECE.c.piece == change.piece))
    if change.here == (before == change.room):
        return []
    left = PieceEvent(EventKind.LEFT, change.piece, change.at_us, before or "")
    if not change.here:
        connection.execute(delete(ROOM_PIECE).where(ROOM_PIECE.c.piece == change.piece))
        return [left]
    upsert(connection, ROOM_PIECE, [{"piece": change.piece, "room": change.room}])
    arrived = PieceEvent(EventKind.ARRIVED, change.piece, change.at_us, change.room)
    return [arrived] if before is None else [left, arrived]
