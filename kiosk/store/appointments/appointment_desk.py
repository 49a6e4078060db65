"""The list of appointments on the associates' page, and what is to be fetched for each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.floor.prepared import PreparedPiece
from kiosk.core.domain.ids import ArticleId, AssociateId, RoomId, ShopperId
from kiosk.store.appointments.appointment import (
    MAX_LOOKS,
    Appointment,
    AppointmentRefusedError,
    ChosenPiece,
    NewAppointment,
    ShopDays,
)
from kiosk.store.appointments.appointment_book import AppointmentBook, FoundMember
from kiosk.store.appointments.prepared_visits import PreparedVisits, room_of, show_change
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub
from kiosk.store.floor.shop_floor import ShopFloor

log = logging.getLogger(__name__)
APPOINTMENTS_CHANGED: Final = "AppointmentsChanged"


@dataclass(frozen=True, slots=True)
class ListedAppointment:
    """An appointment as the page shows it. `name`: of the guest, or the first name of the member who agreed to it;
    `room`: where the mirror shows it now."""

    made: Appointment
    name: str = field(repr=False)
    pieces: tuple[PreparedPiece, ...] = ()
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class AppointmentDesk:
    """Reads and changes appointments. Safe from any thread; methods raise SQLAlchemyError, those about one appointment
    NotFoundError."""

    book: AppointmentBook
    visits: PreparedVisits
    days: ShopDays
    floor: ShopFloor
    hub: EventHub
    writer: AbstractContextManager[Any]
    """The lock of the rooms' state."""

    def all(self) -> tuple[ListedAppointment, ...]:
        """Those that have not ended, by time."""
        found = self.book.all(self.days.now_us())
        names = self.book.names(frozenset(one.new.member for one in found if one.new.member))
        with self.writer:
            rooms = {one.new.appointment_id: room_of(self.floor, one.new.appointment_id) for one in found}
        return tuple(self._listed(one, names, rooms[one.new.appointment_id]) for one in found)

    def find_members(self, words: str) -> tuple[FoundMember, ...]:
        """Members of this id or first name who agreed to be known by associates."""
        return self.book.find_members(words)

    def put(self, new: NewAppointment) -> None:
        """Adds an appointment, or changes who, when, note and associate of it.

        Raises AppointmentRefusedError, ForbiddenError without the member's consent."""
        if new.holder and new.holder not in self.visits.accounts.floor_ids():
            raise NotFoundError("there is no such associate")
        checked = self.days.checked(new)
        made = Appointment(checked, self.days.now_us(), self.days.end_us(checked.at_us))
        self._changed(self.book.put(made))

    def put_piece(self, appointment_id: str, piece: ChosenPiece) -> None:
        """Adds a piece, or changes its look or whether it was fetched. Raises AppointmentRefusedError."""
        if not 0 <= piece.look <= MAX_LOOKS or self.visits.piece(piece) is None:
            raise AppointmentRefusedError("appointment-piece")
        self._change(appointment_id, lambda known: known.with_piece(piece))

    def remove_piece(self, appointment_id: str, article: ArticleId) -> None:
        """Takes a piece out."""
        self._change(appointment_id, lambda known: known.without_piece(article))

    def delete(self, appointment_id: str) -> None:
        """Deletes an appointment; a mirror that shows it shows it no more."""
        self.book.delete(appointment_id)
        with self.writer:
            show_change(self.floor, appointment_id, None, self.days.now_us())
        self._tell()

    def left(self, who: AssociateId) -> None:
        """An associate's access has ended: her appointments have nobody, which the page shows."""
        try:
            if self.book.hand_over(who, AssociateId("")):
                self._tell()
        except SQLAlchemyError as error:
            log.warning("appointments still name an associate who has left (%s)", type(error).__name__)

    def _change(self, appointment_id: str, change: Callable[[Appointment], Appointment]) -> None:
        self._changed(self.book.change(appointment_id, change, self.days.now_us()))

    def _changed(self, after: Appointment) -> None:
        """Shows it on the pages, and on the mirror of a member who is here; of another member or day, no more."""
        prepared = self.visits.prepared(after)
        with self.writer:
            here = self._shown_member(after.new.appointment_id) == after.new.member
            keeps = here and self.days.is_today(after.new.at_us) and bool(prepared.pieces)
            show_change(self.floor, after.new.appointment_id, prepared if keeps else None, self.days.now_us())
        self._tell()

    def _shown_member(self, appointment_id: str) -> ShopperId | None:
        room = room_of(self.floor, appointment_id)
        visit = self.floor.room(room).visit if room is not None else None
        return visit.shopper.shopper_id if visit is not None and visit.shopper is not None else None

    def _tell(self) -> None:
        self.hub.publish(FLOOR_TOPIC, {"is": APPOINTMENTS_CHANGED}, APPOINTMENTS_CHANGED)

    def _listed(
        self, made: Appointment, names: dict[ShopperId, str], room: RoomId | None
    ) -> ListedAppointment:
        pieces = tuple(p for p in (self.visits.piece(one) for one in made.pieces) if p is not None)
        name = made.new.guest or names.get(made.new.member, "")
        return ListedAppointment(made, name, pieces, room)
