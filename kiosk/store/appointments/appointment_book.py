"""Reads and writes appointments. Those of members go with the consent `clues`, with which associates may know them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from kiosk.core.domain.ids import ArticleId, AssociateId, ShopperId
from kiosk.store.appointments.appointment import (
    Appointment,
    AppointmentRefusedError,
    ChosenPiece,
    NewAppointment,
)
from kiosk.store.customers.book.consents import CLUES, consents_in, consents_of
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.table_groups.appointments import APPOINTMENT
from kiosk.store.db.tables import SHOPPER
from kiosk.store.errors import ForbiddenError, NotFoundError

MAX_APPOINTMENTS: Final = 500
"""That have not ended, in one shop."""
MAX_FOUND: Final = 12
_LOOKED_AT: Final = 200
"""Members of one first name, with the consent in the feed, of whom is asked whether it holds."""


@dataclass(frozen=True, slots=True)
class FoundMember:
    """A member who agreed to clues: the shop's id and the first name."""

    member: ShopperId = field(repr=False)
    first_name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AppointmentBook:
    """Safe from any thread. All methods raise SQLAlchemyError; those about one appointment NotFoundError."""

    database: Database
    most: int = MAX_APPOINTMENTS

    def put(self, made: Appointment, seen: NewAppointment | None = None) -> Appointment:
        """Adds an appointment, or changes what was entered of it; its pieces stay.

        `seen`: as it was when the editing began; then it is changed only if it is so still, and never added. Raises
        ForbiddenError without the member's consent, AppointmentRefusedError if there are too many, or if another
        change came first, NotFoundError if it was deleted."""
        new = made.new
        with self.database.writing() as connection:
            if new.member and CLUES not in consents_of(connection, new.member):
                raise ForbiddenError("she has not agreed to be known by associates")
            known = _row_of(connection, new.appointment_id)
            if seen is not None:
                _require_unchanged(known, seen, made)
            if known is None:
                count = select(func.count()).where(APPOINTMENT.c.expires_us > made.made_us)
                if connection.scalars(count).one() >= self.most:
                    raise AppointmentRefusedError("appointment-many")
                connection.execute(insert(APPOINTMENT).values(_values(made)))
                return made
            kept = Appointment(new, known.made_us, made.expires_us, known.pieces, known.arrived_us)
            if known.new.member != new.member or known.expires_us != made.expires_us:
                kept = replace(kept, arrived_us=0)  # somebody else is to come, or on another day
            connection.execute(_this(new.appointment_id).values(_values(kept)))
        return kept

    def change(
        self, appointment_id: str, changed: Callable[[Appointment], Appointment], now_us: int
    ) -> Appointment:
        """Changes the pieces of an appointment in one transaction."""
        with self.database.writing() as connection:
            known = _row_of(connection, appointment_id)
            if known is None or known.expires_us <= now_us:
                raise NotFoundError("there is no such appointment")
            after = changed(known)
            if after != known:
                connection.execute(_this(appointment_id).values(_values(after)))
        return after

    def delete(self, appointment_id: str) -> Appointment:
        """Deletes an appointment, and returns it."""
        with self.database.writing() as connection:
            known = _row_of(connection, appointment_id)
            if known is None:
                raise NotFoundError("there is no such appointment")
            connection.execute(delete(APPOINTMENT).where(APPOINTMENT.c.appointment_id == appointment_id))
        return known

    def find(self, appointment_id: str) -> Appointment | None:
        """An appointment; None if there is none."""
        with self.database.reading() as connection:
            return _row_of(connection, appointment_id)

    def all(self, now_us: int) -> tuple[Appointment, ...]:
        """Those that have not ended, by time, without those of members who have withdrawn the consent."""
        query = select(APPOINTMENT).where(APPOINTMENT.c.expires_us > now_us)
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(APPOINTMENT.c.at_us, APPOINTMENT.c.appointment_id))
            found = [_appointment(row) for row in rows.mappings()]
            return tuple(one for one in found if _allowed(connection, one.new.member))

    def of_member(self, member: ShopperId, now_us: int) -> tuple[Appointment, ...]:
        """Those of one member that have not ended, by time; none without the consent."""
        table = APPOINTMENT.c
        query = select(APPOINTMENT).where(table.shopper_id == member, table.expires_us > now_us)
        with self.database.reading() as connection:
            if not member or CLUES not in consents_of(connection, member):
                return ()
            rows = connection.execute(query.order_by(table.at_us, table.appointment_id)).mappings()
            return tuple(_appointment(row) for row in rows)

    def names(self, members: frozenset[ShopperId]) -> dict[ShopperId, str]:
        """The first names of members."""
        query = select(SHOPPER.c.shopper_id, SHOPPER.c.first_name).where(SHOPPER.c.shopper_id.in_(members))
        with self.database.reading() as connection:
            return {ShopperId(row.shopper_id): row.first_name for row in connection.execute(query)}

    def find_members(self, words: str) -> tuple[FoundMember, ...]:
        """Members of this id or first name who agreed to clues; nobody else is found."""
        words = unicodedata.normalize("NFC", words.strip())
        table = SHOPPER.c
        # SQLite's `lower` knows the letters of ASCII alone
        written = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
        named = or_(table.first_name.in_(written), func.lower(table.first_name) == func.lower(words))
        query = select(table.shopper_id, table.first_name, table.consents).where(
            or_(table.shopper_id == words, named), table.consents.contains(f'"{CLUES}"')
        )
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(table.first_name, table.shopper_id).limit(_LOOKED_AT))
            found = [
                FoundMember(ShopperId(row.shopper_id), row.first_name)
                for row in rows.all()
                if CLUES in consents_in(connection, ShopperId(row.shopper_id), row.consents)
            ]
        return tuple(found[:MAX_FOUND]) if words else ()

    def hand_over(self, old: AssociateId, new: AssociateId) -> int:
        """Gives the appointments of one associate to another, or to nobody (""); how many."""
        with self.database.writing() as connection:
            these = update(APPOINTMENT).where(APPOINTMENT.c.holder == old)
            return int(connection.execute(these.values(holder=new)).rowcount)

    def delete_expired(self, now_us: int) -> int:
        """Deletes those whose day is over; how many."""
        with self.database.writing() as connection:
            over = delete(APPOINTMENT).where(APPOINTMENT.c.expires_us <= now_us)
            return int(connection.execute(over).rowcount)


def _require_unchanged(known: Appointment | None, seen: NewAppointment, made: Appointment) -> None:
    """The same change sent once more is none of another."""
    if known is None or known.expires_us <= made.made_us:
        raise NotFoundError("there is no such appointment")
    if known.new not in (seen, made.new):
        raise AppointmentRefusedError("appointment-changed")


def _this(appointment_id: str) -> Any:
    return update(APPOINTMENT).where(APPOINTMENT.c.appointment_id == appointment_id)


def _allowed(connection: Connection, member: ShopperId) -> bool:
    return not member or CLUES in consents_of(connection, member)


def _row_of(connection: Connection, appointment_id: str) -> Appointment | None:
    query = select(APPOINTMENT).where(APPOINTMENT.c.appointment_id == appointment_id)
    row = connection.execute(query).mappings().one_or_none()
    return _appointment(row) if row is not None else None


def _values(made: Appointment) -> dict[str, Any]:
    new = made.new
    pieces = [{"article": one.article, "look": one.look, "ready": one.ready} for one in made.pieces]
    return {
        "appointment_id": new.appointment_id, "shopper_id": new.member, "guest": new.guest, "at_us": new.at_us,
        "note": new.note, "holder": new.holder, "pieces": compact_json(pieces), "made_us": made.made_us,
        "expires_us": made.expires_us, "arrived_us": made.arrived_us,
    }  # fmt: skip


def _appointment(row: Mapping[Any, Any]) -> Appointment:
    new = NewAppointment(
        row["appointment_id"], row["at_us"], AssociateId(row["holder"]), ShopperId(row["shopper_id"]), row["guest"],
        row["note"],
    )  # fmt: skip
    pieces = (
        ChosenPiece(ArticleId(one["article"]), one["look"], one["ready"]) for one in json.loads(row["pieces"])
    )
    return Appointment(new, row["made_us"], row["expires_us"], tuple(pieces), row["arrived_us"])
