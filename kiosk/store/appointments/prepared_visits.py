"""What a member's mirror shows of her appointment: from the tap of her card until the visit ends, or it is deleted.

What is made, filled or moved to today after the tap is shown as well."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.floor.plan import FloorPlan
from kiosk.core.domain.floor.prepared import Prepared, PreparedPiece
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import AssociateId, RoomId, ShopperId
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.store.appointments.appointment import Appointment, ChosenPiece, ShopDays
from kiosk.store.appointments.appointment_book import AppointmentBook
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.staff.associates import AssociateAccounts

log = logging.getLogger(__name__)
APPOINTMENTS_CHANGED: Final = "AppointmentsChanged"


@dataclass(frozen=True, slots=True)
class PreparedVisits:
    """Gives the visit of a member who has proved her card what waits for her. Safe from any thread."""

    book: AppointmentBook
    catalogue: Catalogue
    accounts: AssociateAccounts
    days: ShopDays
    plan: FloorPlan | None = None

    def welcomed(self, shopper: Shopper, *, allowed: bool) -> Shopper:
        """The shopper with what waits for her today; as she is where she has not proved her card, has not agreed to
        clues (`allowed`), or the database does not answer: a greeting is no reason to fail."""
        if shopper.tier < Tier.PROVED or not allowed:
            return shopper
        try:
            return replace(shopper, prepared=self.waiting_for(shopper.shopper_id))
        except SQLAlchemyError as error:
            log.warning("what waits for a member cannot be read (%s)", type(error).__name__)
            return shopper

    def changed(self, floor: ShopFloor, made: Appointment) -> None:
        """An appointment was made, changed or deleted: mirrors that show it, or whose member it is of, show what waits
        now. Under the writer's lock, and read from the book, so that of two changes at once the later one stays."""
        for state in floor.rooms():
            visit, member = state.visit, state.visit.member if state.visit is not None else None
            if visit is None or member is None or not (visit.clues or visit.restated):
                continue
            shown = visit.prepared
            shows = shown is not None and shown.appointment_id == made.new.appointment_id
            if not shows and member != made.new.member:
                continue
            prepared = self.waiting_for(member, shown.appointment_id if shown else "")
            if prepared != shown:
                state.visit = visit.with_prepared(prepared)
                event = PreparedChanged(self.days.now_us(), visit.ticket, member, prepared)
                floor.publish_to_mirror(state.room.room, event)

    def waiting_for(self, member: ShopperId, shown: str = "") -> Prepared | None:
        """What waits for her today: of the appointment that is `shown` already, else of the one nearest to now; None
        where nothing does."""
        now_us = self.days.now_us()
        found = [one for one in self.book.of_member(member, now_us) if self.days.is_today(one.new.at_us)]
        found.sort(key=lambda one: (one.new.appointment_id != shown, abs(one.new.at_us - now_us)))
        return next((each for each in map(self.prepared, found) if each.pieces), None)

    def prepared(self, made: Appointment) -> Prepared:
        """An appointment as the mirror shows it; pieces that left the catalogue are left out."""
        pieces = (self.piece(one) for one in made.pieces)
        return Prepared(
            made.new.appointment_id, self._name(made.new.holder), tuple(p for p in pieces if p is not None)
        )

    def piece(self, chosen: ChosenPiece) -> PreparedPiece | None:
        """A chosen piece with where it can be fetched; None where it is not in the catalogue."""
        garment = self.catalogue.garment(chosen.article)
        if garment is None:
            return None
        lies = _lies(garment, chosen)
        rail = self.plan.rail_of(garment.category) if self.plan is not None and lies == "floor" else None
        return PreparedPiece(garment, chosen.look, rail[1].key if rail else "", lies, chosen.ready)

    def _name(self, holder: AssociateId) -> str:
        return next((one.name for one in self.accounts.all() if one.associate_id == holder), "")


def appointments_changed(hub: EventHub) -> None:
    """Tells the pages that the list of appointments has changed."""
    hub.publish(FLOOR_TOPIC, {"is": APPOINTMENTS_CHANGED}, APPOINTMENTS_CHANGED)


def room_of(floor: ShopFloor, appointment_id: str) -> RoomId | None:
    """The room whose mirror shows this appointment. Under the writer's lock."""
    for state in floor.rooms():
        known = state.visit.prepared if state.visit is not None else None
        if known is not None and known.appointment_id == appointment_id:
            return state.room.room
    return None


def _lies(garment: Garment, chosen: ChosenPiece) -> str:
    found = garment.stock_of(chosen.article)
    if found is None or not found[1].here:
        return ""
    return "floor" if found[1].floor else "stockroom"
