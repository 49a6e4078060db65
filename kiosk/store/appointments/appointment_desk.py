"""The list of appointments on the associates' page, and what is to be fetched for each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

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
from kiosk.store.appointments.prepared_visits import PreparedVisits, appointments_changed, room_of
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.shop_floor import ShopFloor

log = logging.getLogger(__name__)


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

    def put(self, new: NewAppointment, seen: NewAppointment | None = None) -> None:
        """Adds an appointment, or changes who, when, note and associate of it; `seen`: see `AppointmentBook.put`.

        Raises AppointmentRefusedError, ForbiddenError without the member's consent."""
        if new.holder and new.holder not in self.visits.accounts.floor_ids():
            raise NotFoundError("there is no such associate")
        checked = self.days.checked(new)
        made = Appointment(checked, self.days.now_us(), self.days.end_us(checked.at_us))
        self._changed(self.book.put(made, seen))

    def put_piece(
        self, appointment_id: str, article: ArticleId, look: int | None = None, ready: bool | None = None
    ) -> None:
        """Adds a piece, or changes its look or whether it was fetched; see `Appointment.changed_piece`."""
        if not 0 <= (look or 0) <= MAX_LOOKS or self.visits.piece(ChosenPiece(article)) is None:
            raise AppointmentRefusedError("appointment-piece")
        gone = self._gone(appointment_id)
        self._change(appointment_id, lambda known: known.with_room(gone).changed_piece(article, look, ready))

    def remove_piece(self, appointment_id: str, article: ArticleId) -> None:
        """Takes a piece out."""
        self._change(appointment_id, lambda known: known.without_piece(article))

    def delete(self, appointment_id: str) -> None:
        """Deletes an appointment; a mirror that shows it shows it no more."""
        self._changed(self.book.delete(appointment_id))

    def left(self, who: AssociateId) -> None:
        """An associate's access has ended: her appointments have nobody, which the page shows."""
        try:
            if self.book.hand_over(who, AssociateId("")):
                self._tell()
        except SQLAlchemyError as error:
            log.warning("appointments still name an associate who has left (%s)", type(error).__name__)

    def _gone(self, appointment_id: str) -> frozenset[ArticleId]:
        """Articles of an appointment that left the catalogue; nobody sees them."""
        known = self.book.find(appointment_id)
        pieces = known.pieces if known is not None else ()
        return frozenset(one.article for one in pieces if self.visits.piece(one) is None)

    def _change(self, appointment_id: str, change: Callable[[Appointment], Appointment]) -> None:
        self._changed(self.book.change(appointment_id, change, self.days.now_us()))

    def _changed(self, made: Appointment) -> None:
        """Shows it on the pages, and on the mirrors of members who are here."""

        def show() -> None:
            with self.writer:
                self.visits.changed(self.floor, made)

        try:
            self.book.database.once_free(show)
        except SQLAlchemyError as error:
            log.warning("a mirror may show an earlier state of an appointment (%s)", type(error).__name__)
        self._tell()

    def _tell(self) -> None:
        appointments_changed(self.hub)

    def _listed(
        self, made: Appointment, names: dict[ShopperId, str], room: RoomId | None
    ) -> ListedAppointment:
        pieces = tuple(p for p in (self.visits.piece(one) for one in made.pieces) if p is not None)
        name = made.new.guest or names.get(made.new.member, "")
        return ListedAppointment(made, name, pieces, room)
