"""Writes events into the log, in the transaction of the change: both are stored, or neither."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, exists, or_, select, update

from kiosk.core.domain.promise.values import is_fee
from kiosk.store.db.table_groups.events import EVENT, EVENT_STREAM, INTEGRATOR, WEB_HOOK
from kiosk.store.event_log.events import PieceEvent
from kiosk.store.event_log.reading import THE_ROW, lock_state

_IS_WANTED = select(
    or_(
        exists(select(INTEGRATOR.c.integrator_id).where(INTEGRATOR.c.integrator_id > "")),
        exists(select(WEB_HOOK.c.name).where(WEB_HOOK.c.name > "")),
    )
)
"""Ends at the first row; with the conditions, which all names meet, the plan is the look-up of one in an index."""


def is_wanted(connection: Connection) -> bool:
    """Whether anybody may read events. Without readers nothing is recorded."""
    return bool(connection.scalar(_IS_WANTED))


def record(connection: Connection, events: Sequence[PieceEvent]) -> None:
    """Adds events in their order, if anybody may read them and the log has begun. A fee of an order is no piece."""
    events = [event for event in events if not is_fee(event.piece)]
    if not events or not is_wanted(connection) or (state := lock_state(connection)) is None:
        return
    rows = [_row(seq, event) for seq, event in enumerate(events, state.recorded_seq + 1)]
    connection.execute(EVENT.insert(), rows)
    newest = state.recorded_seq + len(rows)
    connection.execute(update(EVENT_STREAM).where(THE_ROW).values(recorded_seq=newest))


def _row(seq: int, event: PieceEvent) -> dict[str, object]:
    return {
        "seq": seq, "event_id": secrets.token_hex(16), "kind": event.kind.value, "at_us": event.at_us,
        "piece": event.piece, "room": event.room,
    }  # fmt: skip
