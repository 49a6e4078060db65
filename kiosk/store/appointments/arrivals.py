"""When members came for their appointments, and which rooms' mirrors show them: kept with the appointment, so that it
goes with it, with the member's consent and with her data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select, update

from kiosk.core.domain.ids import RoomId, ShopperId, Ticket
from kiosk.store.customers.book.consents import CLUES, consents_of
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.table_groups.appointments import APPOINTMENT

MAX_SHOWN: Final = 4
"""Visits of one appointment that are kept: the last ones."""
_Visits = list[list[str]]


@dataclass(frozen=True, slots=True)
class ShownAppointment:
    """An appointment that a mirror shows to its member."""

    appointment_id: str
    member: ShopperId


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Safe from any thread. All methods raise SQLAlchemyError."""

    database: Database

    def came(self, appointment_id: str, at_us: int) -> bool:
        """Her card was read, at a mirror or at the desk. True for the first time."""
        first = update(APPOINTMENT).where(
            APPOINTMENT.c.appointment_id == appointment_id, APPOINTMENT.c.arrived_us == 0
        )
        with self.database.writing() as connection:
            return bool(connection.execute(first.values(arrived_us=at_us)).rowcount)

    def shown(self, appointment_id: str, room: RoomId, ticket: Ticket) -> None:
        """The mirror of a room shows it in this visit."""
        self._change(appointment_id, lambda visits: [*_without(visits, room), [room, ticket]][-MAX_SHOWN:])

    def ended(self, appointment_id: str, room: RoomId) -> None:
        """The mirror of a room does not show it any more."""
        self._change(appointment_id, lambda visits: _without(visits, room))

    def of_visit(self, room: RoomId, ticket: Ticket, now_us: int) -> ShownAppointment | None:
        """What the mirror of a room shows in this visit, if its member still agrees to clues."""
        table = APPOINTMENT.c
        query = select(table.appointment_id, table.shopper_id, table.shown).where(
            table.expires_us > now_us, table.shown != "[]", table.shopper_id != ""
        )
        with self.database.reading() as connection:
            for row in connection.execute(query).all():
                if [room, ticket] in json.loads(row.shown) and _agrees(connection, row.shopper_id):
                    return ShownAppointment(row.appointment_id, ShopperId(row.shopper_id))
        return None

    def _change(self, appointment_id: str, changed: Callable[[_Visits], _Visits]) -> None:
        this = APPOINTMENT.c.appointment_id == appointment_id
        with self.database.writing() as connection:
            before = connection.scalar(select(APPOINTMENT.c.shown).where(this))
            after = None if before is None else compact_json(changed(json.loads(before)))
            if after != before:
                connection.execute(update(APPOINTMENT).where(this).values(shown=after))


def _without(visits: _Visits, room: RoomId) -> _Visits:
    return [one for one in visits if one[0] != room]


def _agrees(connection: Connection, member: str) -> bool:
    return CLUES in consents_of(connection, ShopperId(member))
