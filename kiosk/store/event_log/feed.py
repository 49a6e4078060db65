"""Publishes the events of the log: what is safe from a power cut is given to readers, and readers are woken.

An event is given away only after it is on the disk for good. So no reader has seen an event that a power cut took back,
and no number is given to two events. The id of the log's stream changes where that cannot be promised: after a restore
from a back-up, with an older copy of the database, and after changes that could not be kept. Its readers are told to
begin anew (HTTP 410).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from pathlib import Path
from threading import Lock

from sqlalchemy import delete, update

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.events import EVENT, EVENT_STREAM, ROOM_PIECE
from kiosk.store.db.upsert import upsert
from kiosk.store.event_log.errors import EventsGoneError
from kiosk.store.event_log.events import EventKind
from kiosk.store.event_log.positions import OLDEST, Position, parse_position
from kiosk.store.event_log.reading import (
    MAX_PAGE,
    THE_ROW,
    Page,
    StreamState,
    lock_state,
    read_page,
    read_state,
)
from kiosk.store.event_log.stream_mark import Mark, StreamMark

log = logging.getLogger(__name__)
WakeUp = Callable[[], None]


class EventFeed:
    """The published events. `publish` is called by one thread, everything else by any."""

    def __init__(self, database: Database, state: Path) -> None:
        """Raises SQLAlchemyError, OSError."""
        self._database, self._mark = database, StreamMark(state)
        self._wakes: dict[object, WakeUp] = {}
        self._lock = Lock()
        self._mark_fails = False
        with database.reading() as connection:
            known = read_state(connection)
        if known is None or not self._is_present(known):
            known = self._begin()
        self._state = known

    @property
    def newest(self) -> Position:
        """The position after the newest published event."""
        state = self._state
        return Position(state.stream_id, state.published_seq)

    def publish(self) -> None:
        """Publishes what was recorded since the last call. Raises SQLAlchemyError."""
        with self._database.reading() as connection:
            known = read_state(connection) or self._state
        if known.recorded_seq <= self._state.published_seq:
            return
        with self._database.writing(durable=True) as connection:
            known = lock_state(connection) or self._state
            connection.execute(update(EVENT_STREAM).where(THE_ROW).values(published_seq=known.recorded_seq))
        self._state = replace(known, published_seq=known.recorded_seq)
        self._move_mark()
        self._wake_all()

    def position(self, text: str) -> Position:
        """The position that a reader names: an id, `oldest`, or empty for the newest.

        Raises BadPositionError, EventsGoneError.
        """
        if not text:
            return self.newest
        with self._database.reading() as connection:
            state = read_state(connection) or self._state
        if text == OLDEST:
            return Position(state.stream_id, state.trimmed_seq)
        found = parse_position(text)
        self._check(found, state)
        return found

    def page(self, after: Position, kinds: Collection[EventKind], limit: int = MAX_PAGE) -> Page:
        """The next events after a position. Raises EventsGoneError if some of them are deleted; SQLAlchemyError."""
        published = self._state.published_seq
        with self._database.reading() as connection:
            state = read_state(connection) or self._state
            self._check(after, state)
            return read_page(connection, after.seq, published, kinds, limit)

    def on_published(self, owner: object, wake: WakeUp) -> None:
        """Calls `wake`, from any thread, when there are new events; until `forget`."""
        with self._lock:
            self._wakes[owner] = wake

    def forget(self, owner: object) -> None:
        """Ends the calls of `on_published`."""
        with self._lock:
            self._wakes.pop(owner, None)

    def renew(self) -> None:
        """Begins a new stream, because events were lost: every reader is told so. Raises SQLAlchemyError, OSError."""
        self._state = self._begin()
        self._wake_all()

    def _begin(self) -> StreamState:
        """Numbers go on where they were; all events so far are of another stream and are deleted."""
        with self._database.writing(durable=True) as connection:
            known = lock_state(connection)
            newest = 0 if known is None else known.recorded_seq
            state = StreamState(secrets.token_hex(8), newest, newest, newest)
            connection.execute(delete(EVENT))
            connection.execute(delete(ROOM_PIECE))
            upsert(connection, EVENT_STREAM, [{"row_id": 1, **asdict(state)}])
        self._mark.begin(Mark(state.stream_id, newest))
        if known is not None:
            log.warning("the stream of events begins anew; its readers are told so")
        return state

    def _is_present(self, known: StreamState) -> bool:
        """Whether the database has everything that was published: it is no older copy."""
        mark = self._mark.read()
        return mark is not None and mark.stream_id == known.stream_id and mark.seq <= known.published_seq

    def _move_mark(self) -> None:
        try:
            self._mark.moved(Mark(self._state.stream_id, self._state.published_seq))
        except OSError as error:
            if not self._mark_fails:
                log.error("the mark of the events' stream cannot be written (%s)", error.strerror)
            self._mark_fails = True
        else:
            self._mark_fails = False

    def _check(self, position: Position, state: StreamState) -> None:
        if (
            position.stream_id != state.stream_id
            or not state.trimmed_seq <= position.seq <= state.published_seq
        ):
            raise EventsGoneError

    def _wake_all(self) -> None:
        with self._lock:
            wakes = tuple(self._wakes.values())
        for wake in wakes:
            wake()
