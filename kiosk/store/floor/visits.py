"""The visits in the rooms: when they begin and end, and which shopper has proved herself.

To be used under the writer's lock.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from kiosk.clock import US
from kiosk.core.clues.clue import NO_CARD, ClueCardId
from kiosk.core.clues.dislikes import MAX_UNWANTED, MAX_VALUE, Dislike
from kiosk.core.domain.ids import RoomId, ShopperId, Ticket, is_later_visit, is_same_run
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import FindLooks, ReportBasket, ReportVisit
from kiosk.core.visit.events import MemberErased
from kiosk.core.visit.messages.dislike_event import DislikesWithdrawn
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.store.errors import RefusedError, VisitOverError
from kiosk.store.floor.room_state import RoomState
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.insights.visit_watch import UnwatchedVisits, VisitWatch

TOLD_AGAIN_US: Final = 2 * US


@dataclass(frozen=True, slots=True)
class RoomVisits:
    """The present visit of each room. `proof_us` is how long a card's proof allows payments with the stored means."""

    floor: ShopFloor
    proof_us: int
    now_us: Callable[[], int]
    steady_us: Callable[[], int]
    lost_mirror_us: int = 300 * US
    watch: VisitWatch = field(default_factory=UnwatchedVisits)
    """What counts the visits."""

    def report(self, room: RoomId, report: ReportVisit) -> frozenset[Ticket]:
        """A mirror reports that a visit began or ended; returns the visits that ended by it."""
        state, visit = self.floor.room(room), self.floor.room(room).visit
        is_present = visit is not None and visit.ticket == report.ticket
        ended: set[Ticket] = set()
        if not report.began:
            ended.add(report.ticket)
            if visit is not None and is_present:
                self._count_end(state, visit)
                state.visit = None
                state.start_new_basket()
        elif not is_present and not self._has_ended(room, report.ticket) and not _is_old(state, report):
            if visit is not None:
                ended.add(visit.ticket)
                self._count_end(state, visit)
                state.start_new_basket()
            self._begin(state, report.ticket)
        if is_present and report.began and report.unattended:
            self.forget_shopper(room)
        if report.began and state.visit is not None and state.visit.ticket == report.ticket:
            state.visit = replace(state.visit, attended=not report.unattended)
        state.ended_visits.extend(ended - set(state.ended_visits))
        return frozenset(ended)

    def stream_opened(self, room: RoomId, ticket: Ticket, at_us: int) -> None:
        """The room's mirror opened a stream. `ticket`: its present visit, `at_us`: its own clock; empty and 0 where it
        does not say. Another visit of this room is over by that: the mirror was started again."""
        state = self.floor.room(room)
        state.streams, state.alone_since_us, state.given_up = state.streams + 1, None, False
        if not ticket:
            return
        state.connected_with, state.connected_us = ticket, at_us
        if ticket in state.ended_visits:  # it ended here for want of a stream, and goes on there
            state.ended_visits.remove(ticket)
        if state.visit is not None and state.visit.ticket != ticket:
            state.over = state.visit.ticket

    def stream_closed(self, room: RoomId) -> None:
        """A stream of the room's mirror has ended."""
        state = self.floor.room(room)
        state.streams = max(0, state.streams - 1)

    def over(self) -> tuple[tuple[RoomId, Ticket], ...]:
        """Room and ticket of each visit that is over without a report: its mirror has another visit now."""
        return tuple(
            (state.room.room, state.visit.ticket)
            for state in self.floor.rooms()
            if state.visit is not None and state.visit.ticket == state.over
        )

    def lost(self) -> tuple[tuple[RoomId, Ticket], ...]:
        """Room and ticket of each visit whose mirror has had no stream for `lost_mirror_us`. To be called often."""
        now_us, found = self.steady_us(), []
        for state in self.floor.rooms():
            if state.visit is None or state.streams:
                state.alone_since_us, state.given_up = None, False
            elif state.alone_since_us is None:
                state.alone_since_us = now_us
            elif now_us - state.alone_since_us >= self.lost_mirror_us:
                found.append((state.room.room, state.visit.ticket))
        return tuple(found)

    def rooms_of(self, shopper_id: ShopperId) -> tuple[RoomId, ...]:
        """The rooms in which a visit of this shopper runs."""
        return tuple(
            state.room.room
            for state in self.floor.rooms()
            if state.visit is not None and state.visit.member == shopper_id
        )

    def forget_erased(self, is_known: Callable[[ShopperId], bool]) -> None:
        """Empties the running visits of shoppers who were erased: name, sizes, card and means of payment. Their mirrors
        have to end them."""
        for state in self.floor.rooms():
            member = state.visit.member if state.visit is not None else None
            if state.visit is not None and member is not None and not is_known(member):
                state.visit = replace(_without_shopper(state.visit), erased=True)
                self._end_at_mirror(state, state.visit)
                self.floor.publish_room(state.room.room)

    def forget_shopper(self, room: RoomId) -> None:
        """The visit of a room goes on without its shopper: name, sizes, card, means of payment, clues, dislikes and
        what an associate shows her are dropped."""
        state = self.floor.room(room)
        if state.visit is not None and (rest := _without_shopper(state.visit)) != state.visit:
            state.visit = rest
            self.floor.publish_room(room)

    def give_up(self, room: RoomId) -> bool:
        """The mirror of a room is lost, and its visit goes on for an open request alone: the store forgets the shopper.
        True at the first call of each loss: her unpaid orders are to be cancelled."""
        state = self.floor.room(room)
        self.forget_shopper(room)
        is_first, state.given_up = not state.given_up, True
        return is_first

    def repeat_ends(self) -> None:
        """Sends the end of an erased shopper's visit again: a stream may have been lost. To be called often."""
        now_us = self.steady_us()
        for state in self.floor.rooms():
            visit = state.visit
            if (
                visit is not None
                and visit.erased
                and state.streams
                and now_us - visit.told_us >= TOLD_AGAIN_US
            ):
                self._end_at_mirror(state, visit)

    def _end_at_mirror(self, state: RoomState, visit: StoreVisit) -> None:
        state.visit = replace(visit, told_us=self.steady_us())
        self.floor.publish_to_mirror(state.room.room, MemberErased(self.now_us(), visit.ticket))

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
        """Whether the visit of a request has ended; also one of an earlier run of the room's mirror."""
        state = next((one for one in self.floor.rooms() if one.room.room == request.room), None)
        if state is None:
            return False
        connected = state.connected_with
        run_over = connected is not None and not is_same_run(connected, request.ticket)
        earlier = connected is not None and is_later_visit(connected, request.ticket)
        return run_over or earlier or self._has_ended(request.room, request.ticket)

    def present(self, room: RoomId, ticket: Ticket) -> StoreVisit:
        """The room's visit; created if the mirror's report has not arrived yet. Raises VisitOverError."""
        self.require_not_ended(room, ticket)
        state = self.floor.room(room)
        if state.visit is None or state.visit.ticket != ticket:
            return self._begin(state, ticket)
        return state.visit

    def _begin(self, state: RoomState, ticket: Ticket) -> StoreVisit:
        visit = state.visit = StoreVisit(ticket, self.now_us(), began_steady_us=self.steady_us())
        self.watch.began(state.room.room, ticket, visit.began_us)
        return visit

    def _count_end(self, state: RoomState, visit: StoreVisit) -> None:
        """Counts a visit that ends; not one whose mirror was lost, since nobody knows when its shopper left."""
        if not state.given_up:
            lasted_us = self.steady_us() - visit.began_steady_us
            self.watch.ended(visit.began_us, visit.began_us + lasted_us)

    def identify(
        self, room: RoomId, ticket: Ticket, shopper: Shopper, uid_mac: str, *, clues: bool = False
    ) -> Shopper:
        """A card or ring of this shopper was read; returns the shopper of the visit. A proof is valid for it only.

        `clues`: she lets associates see clues about her."""
        visit = self.present(room, ticket)
        proved = shopper.tier >= Tier.PROVED
        known = visit.shopper
        if not proved and known is not None and known.shopper_id == shopper.shopper_id:
            return known
        another = known is not None and known.shopper_id != shopper.shopper_id
        card = NO_CARD if another else visit.clues
        self.floor.room(room).visit = replace(
            visit,
            shopper=shopper,
            proved_us=self.steady_us() if proved else 0,
            uid_mac=uid_mac,
            erased=False,
            clues=(card or ClueCardId(secrets.token_hex(8))) if clues and proved else NO_CARD,
            dislikes=() if another else visit.dislikes,
            restated=None,
        )
        self.floor.publish_room(room)
        return shopper

    def set_clues(self, allowed: Callable[[ShopperId], bool]) -> None:
        """Ends the clues of running visits whose members do not allow them any more: pages close their cards, mirrors
        show nothing of their appointments."""
        for state in self.floor.rooms():
            visit, member = state.visit, state.visit.member if state.visit is not None else None
            if visit is None or member is None or allowed(member) or not (visit.clues or visit.restated):
                continue
            state.visit = replace(visit.with_prepared(None), clues=NO_CARD)
            self.floor.publish_room(state.room.room)
            if visit.prepared is not None:
                ended = PreparedChanged(self.now_us(), visit.ticket, member, None)
                self.floor.publish_to_mirror(state.room.room, ended)

    def add_dislike(self, room: RoomId, dislike: Dislike) -> None:
        """What the shopper of the present visit does not want to be offered."""
        visit = self.floor.room(room).visit
        if visit is not None and dislike not in visit.dislikes:
            self.floor.room(room).visit = replace(visit, dislikes=(*visit.dislikes, dislike))

    def end_dislike(self, room: RoomId, dislike: Dislike) -> None:
        """It was wrong: what it means may be suggested again."""
        visit = self.floor.room(room).visit
        if visit is not None:
            rest = tuple(one for one in visit.dislikes if one != dislike)
            self.floor.room(room).visit = replace(visit, dislikes=rest)
            withdrawn = DislikesWithdrawn(self.now_us(), visit.ticket, (dislike,))
            self.floor.publish_to_mirror(room, withdrawn)

    def dislikes(self, room: RoomId, question: FindLooks) -> tuple[Dislike, ...]:
        """What the shopper of a visit does not want to be offered, as the store and her mirror know it. Raises
        RefusedError for too many."""
        visit, said = self.floor.room(room).visit, question.unwanted
        if len(said) > MAX_UNWANTED or any(len(one.value) > MAX_VALUE for one in said):
            raise RefusedError(f"at most {MAX_UNWANTED} dislikes of {MAX_VALUE} characters")
        known = visit.dislikes if visit is not None and visit.ticket == question.ticket else ()
        return (*known, *said)

    def choose(self, room: RoomId, report: ReportBasket) -> None:
        """What the shopper of a visit has chosen to buy by now. Raises RefusedError if the visit has ended."""
        visit = self.present(room, report.ticket)
        here = report.pieces if report.here is None else report.here
        if (visit.chosen, visit.here) != (report.pieces, here):
            self.floor.room(room).visit = replace(visit, chosen=report.pieces, here=here)
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


def _without_shopper(visit: StoreVisit) -> StoreVisit:
    rest = replace(visit, shopper=None, proved_us=0, uid_mac="", clues=NO_CARD, dislikes=(), restated=None)
    return replace(rest, message=None, message_note=None, coupons=frozenset())


def _is_old(state: RoomState, report: ReportVisit) -> bool:
    """Whether a report was made before the mirror opened its stream, with another visit as its present one: a copy that
    comes late. Both times are of the mirror's clock."""
    return report.at_us < state.connected_us and report.ticket != state.connected_with
