"""The visits in the rooms: when they begin and end, and which shopper has proved herself.

To be used under the writer's lock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.core.domain.ids import RoomId, ShopperId, Ticket, is_later_visit
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import ReportBasket, ReportVisit
from kiosk.store.errors import VisitOverError
from kiosk.store.floor.room_state import StoreVisit
from kiosk.store.floor.shop_floor import ShopFloor


@dataclass(frozen=True, slots=True)
class RoomVisits:
    """The present visit of each room. `proof_us` is how long a card's proof allows payments with the stored means."""

    floor: ShopFloor
    proof_us: int
    now_us: Callable[[], int]
    steady_us: Callable[[], int]

    def report(self, room: RoomId, report: ReportVisit) -> frozenset[Ticket]:
        """A mirror reports that a visit began or ended; returns the visits that ended by it."""
        state, visit = self.floor.room(room), self.floor.room(room).visit
        is_present = visit is not None and visit.ticket == report.ticket
        ended: set[Ticket] = set()
        if not report.began:
            ended.add(report.ticket)
            if is_present:
                state.visit = None
                state.start_new_basket()
        elif not is_present and not self._has_ended(room, report.ticket):
            if visit is not None:
                ended.add(visit.ticket)
                state.start_new_basket()
            state.visit = StoreVisit(report.ticket, self.now_us())
        state.ended_visits.extend(ended - set(state.ended_visits))
        return frozenset(ended)

    def is_present(self, room: RoomId, report: ReportVisit) -> bool:
        """Whether a report, once it is taken in, says how the room is now; False for one of an earlier visit."""
        visit = self.floor.room(room).visit
        return visit is None if not report.began else visit is not None and visit.ticket == report.ticket

    def require_not_ended(self, room: RoomId, ticket: Ticket) -> None:
        """Raises VisitOverError if this visit has ended."""
        if self._has_ended(room, ticket):
            raise VisitOverError

    def _has_ended(self, room: RoomId, ticket: Ticket) -> bool:
        """Also a visit of before a restart: a later one of its mirror is in the room."""
        state = self.floor.room(room)
        later = state.visit is not None and is_later_visit(state.visit.ticket, ticket)
        return later or ticket in state.ended_visits

    def is_over(self, request: ServiceRequest) -> bool:
        """Whether the visit of a request has ended."""
        rooms = (state for state in self.floor.rooms() if state.room.room == request.room)
        return any(request.ticket in state.ended_visits for state in rooms)

    def present(self, room: RoomId, ticket: Ticket) -> StoreVisit:
        """The room's visit; created if the mirror's report has not arrived yet. Raises VisitOverError."""
        self.require_not_ended(room, ticket)
        state = self.floor.room(room)
        if state.visit is None or state.visit.ticket != ticket:
            state.visit = StoreVisit(ticket, self.now_us())
        return state.visit

    def identify(self, room: RoomId, ticket: Ticket, shopper: Shopper, uid_mac: str) -> Shopper:
        """A card or ring of this shopper was read; returns the shopper of the visit. A proof is valid for it only."""
        visit = self.present(room, ticket)
        proved = shopper.tier >= Tier.PROVED
        known = visit.shopper
        if not proved and known is not None and known.shopper_id == shopper.shopper_id:
            return known
        proved_us = self.steady_us() if proved else 0
        self.floor.room(room).visit = replace(visit, shopper=shopper, proved_us=proved_us, uid_mac=uid_mac)
        self.floor.publish_room(room)
        return shopper

    def choose(self, room: RoomId, report: ReportBasket) -> None:
        """What the shopper of a visit has chosen to buy by now. Raises RefusedError if the visit has ended."""
        visit = self.present(room, report.ticket)
        if visit.chosen != report.pieces:
            self.floor.room(room).visit = replace(visit, chosen=report.pieces)
            self.floor.publish_room(room)

    def has_proved(self, room: RoomId, ticket: Ticket, shopper_id: ShopperId) -> bool:
        """Whether this shopper proved her identity in this visit."""
        visit = self.floor.room(room).visit
        if visit is None or visit.ticket != ticket or visit.shopper is None:
            return False
        return visit.shopper.shopper_id == shopper_id and visit.shopper.tier >= Tier.PROVED

    def payer(self, room: RoomId, ticket: Ticket) -> tuple[ShopperId, str] | None:
        """Shopper and card (its keyed hash) if the stored means may be used now: it exists, and the proof is fresh."""
        visit = self.floor.room(room).visit
        if visit is None or visit.ticket != ticket or visit.shopper is None:
            return None
        usable = bool(visit.shopper.stored_means) and bool(visit.uid_mac)
        fresh = visit.proved_us + self.proof_us >= self.steady_us()
        return (visit.shopper.shopper_id, visit.uid_mac) if usable and fresh else None
