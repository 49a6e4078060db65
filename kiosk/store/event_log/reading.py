"""Reads events of the log in pages, and what the log says of itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from kiosk.core.domain.ids import PieceId
from kiosk.store.db.table_groups.events import EVENT, EVENT_STREAM
from kiosk.store.event_log.events import EventKind, LoggedEvent, PieceEvent

MAX_PAGE: Final = 500
THE_ROW: Final = EVENT_STREAM.c.row_id == 1


@dataclass(frozen=True, slots=True)
class StreamState:
    """The row of `event_stream`."""

    stream_id: str
    recorded_seq: int
    published_seq: int
    trimmed_seq: int


@dataclass(frozen=True, slots=True)
class Page:
    """Events in their order. `seq`: everything up to this number was looked at; `more`: there are later ones."""

    events: tuple[LoggedEvent, ...]
    seq: int
    more: bool


def read_state(connection: Connection) -> StreamState | None:
    """What the log says of itself; None before its first use."""
    return _state(connection, select(EVENT_STREAM).where(THE_ROW))


def lock_state(connection: Connection) -> StreamState | None:
    """The same, and no other transaction writes events until this one ends: they become visible in their order.

    Where a connection of PostgreSQL is lost while it commits, its transaction may end after later ones began.
    """
    return _state(connection, select(EVENT_STREAM).where(THE_ROW).with_for_update())


def _state(connection: Connection, query: Select[Any]) -> StreamState | None:
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return StreamState(row.stream_id, row.recorded_seq, row.published_seq, row.trimmed_seq)


def read_page(
    connection: Connection, after: int, until: int, kinds: Collection[EventKind], limit: int = MAX_PAGE
) -> Page:
    """The next events of some kinds after a number, none later than `until`."""
    if not kinds:
        return Page((), max(after, until), more=False)
    rows = connection.execute(
        select(EVENT)
        .where(EVENT.c.seq > after, EVENT.c.seq <= until, EVENT.c.kind.in_(sorted(k.value for k in kinds)))
        .order_by(EVENT.c.seq)
        .limit(limit + 1)
    ).all()
    found = tuple(
        LoggedEvent(r.seq, r.event_id, PieceEvent(EventKind(r.kind), PieceId(r.piece), r.at_us, r.room))
        for r in rows[:limit]
    )
    more = len(rows) > limit
    return Page(found, found[-1].seq if more else max(after, until), more)
