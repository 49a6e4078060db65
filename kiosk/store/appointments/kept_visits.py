"""Which appointment the mirror of a room shows, over a restart of the store.

The store keeps no shopper over a restart: she must prove her card again before it gives anything new away. But her
mirror goes on with what it shows of her appointment, and has to be told what changes of it, and when it is over.
"""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.store.appointments.arrivals import Arrivals
from kiosk.store.appointments.prepared_visits import PreparedVisits, appointments_changed
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.room_state import RoomState
from kiosk.store.floor.shop_floor import ShopFloor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shown:
    appointment_id: str
    ticket: Ticket


class KeptVisits:
    """To be ticked by one thread."""

    def __init__(
        self, prepared: PreparedVisits, floor: ShopFloor, hub: EventHub, writer: AbstractContextManager[Any]
    ) -> None:
        """`writer`: the lock of the rooms' state."""
        self._prepared, self._floor, self._hub, self._writer = prepared, floor, hub, writer
        self._arrivals = Arrivals(prepared.book.database)
        self._noted: dict[RoomId, _Shown] = {}
        """What is written."""
        self._asked: dict[RoomId, Ticket] = {}
        """The visits for which it was looked up what their mirrors show."""

    def tick(self) -> None:
        """Writes what mirrors show now, and takes up what they show since before a start. Called often.

        Where the database does not answer, it is tried again."""
        with self._writer:
            rooms = self._floor.rooms()
            shown = {state.room.room: found for state in rooms if (found := _shown(state))}
            begun = {state.room.room: ticket for state in rooms if (ticket := self._is_new(state))}
        try:
            self._write(shown)
            for room, ticket in begun.items():
                self._take_up(room, ticket)
                self._asked[room] = ticket
        except SQLAlchemyError as error:
            log.info("what mirrors show of appointments is noted later (%s)", type(error).__name__)

    def _is_new(self, state: RoomState) -> Ticket | None:
        """The visit of a room, if its mirror has reported it and nobody is known to be in it."""
        visit = state.visit
        if visit is None or not visit.attended or visit.shopper is not None or visit.ticket == state.over:
            return None
        return None if self._asked.get(state.room.room) == visit.ticket else visit.ticket

    def _write(self, shown: dict[RoomId, _Shown]) -> None:
        for room, before in tuple(self._noted.items()):
            if before != shown.get(room):
                self._arrivals.ended(before.appointment_id, room)
                del self._noted[room]
        for room, now in shown.items():
            if room not in self._noted:
                self._arrivals.shown(now.appointment_id, room, now.ticket)
                self._noted[room] = now
                if self._arrivals.came(now.appointment_id, self._prepared.days.now_us()):
                    appointments_changed(self._hub)

    def _take_up(self, room: RoomId, ticket: Ticket) -> None:
        found = self._arrivals.of_visit(room, ticket, self._prepared.days.now_us())
        if found is None:
            return
        with self._writer:
            state = self._floor.room(room)
            visit = state.visit
            if visit is None or visit.ticket != ticket or visit.shopper is not None or not visit.attended:
                return
            waiting = self._prepared.waiting_for(found.member, found.appointment_id)
            event = PreparedChanged(self._prepared.days.now_us(), ticket, found.member, waiting)
            state.visit = replace(visit, restated=event)
            self._floor.publish_to_mirror(room, event)
        appointments_changed(self._hub)


def _shown(state: RoomState) -> _Shown | None:
    shown = state.visit.prepared if state.visit is not None else None
    return _Shown(shown.appointment_id, state.visit.ticket) if shown is not None and state.visit else None
