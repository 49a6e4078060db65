"""Deletes old events. What is deleted is remembered as a number, so that a reader who comes too late is told so."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, func, select, update

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.events import EVENT, EVENT_STREAM
from kiosk.store.event_log.reading import THE_ROW, StreamState, read_state

AT_ONCE: Final = 2_000
"""Numbers that are deleted in one transaction, for which other writers wait."""


def trim(database: Database, before_us: int, max_events: int) -> int:
    """Deletes the oldest events: those before a time, and of more than `max_events` the oldest; how many.

    An event that is not published yet stays. The order is that of recording: with a clock that was set back, an event
    is kept until those before it are old as well. Other writers get their turns in between. Raises SQLAlchemyError.
    """
    with database.reading() as connection:
        state = read_state(connection)
        until = _until(connection, state, before_us, max_events)
    deleted, done = 0, 0 if state is None else state.trimmed_seq
    while done < until:
        done = min(done + AT_ONCE, until)
        with database.writing() as connection:
            deleted += connection.execute(delete(EVENT).where(EVENT.c.seq <= done)).rowcount
            connection.execute(update(EVENT_STREAM).where(THE_ROW).values(trimmed_seq=done))
    return deleted


def _until(connection: Connection, state: StreamState | None, before_us: int, max_events: int) -> int:
    """The number up to which events are to be deleted; 0 for none."""
    if state is None:
        return 0
    kept = connection.scalar(select(func.min(EVENT.c.seq)).where(EVENT.c.at_us >= before_us))
    old = state.recorded_seq if kept is None else kept - 1
    return min(max(old, state.recorded_seq - max_events), state.published_seq)
