"""Ends the visits of mirrors that have gone, so that no shopper's name stays in the store for want of a report."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from kiosk.clock import Clocks
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.appointments.kept_visits import KeptVisits
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.messages.fresh_messages import FreshMessages
from kiosk.store.floor.messages.kept_messages import KeptMessages
from kiosk.store.floor.overstay.overstay_watch import OverstayWatch
from kiosk.store.floor.overstay.usual_stay import UsualStay
from kiosk.store.service import Service
from kiosk.store.staff.tokens import store_key

log = logging.getLogger(__name__)


class MirrorPresence:
    """Follows the event streams of the rooms' mirrors. Safe from any thread.

    A visit ends by itself when its mirror has had no stream for `Timeouts.lost_mirror_us`, and at once when the mirror
    comes back with another visit as its present one. A mirror that comes back with the same visit goes on with it: the
    shopper must prove her card again.

    Under an open request such a visit goes on, because the shopper may stand in the room and an associate may be on the
    way to her. But after the same time nothing of her stays: the request has no name, only what is to be brought, and
    her unpaid orders are cancelled, so that no terminal waits for somebody else. The visit ends when its requests are
    closed.
    """

    def __init__(self, service: Service, hub: EventHub, state: Path, overstay_minutes: int | None) -> None:
        """`state`: the folder in which the associates' messages are kept over a restart."""
        self._service = service
        clocks = Clocks(service.now_us, service.visits.steady_us)
        garment_of = service.catalogue.garment
        self.messages: Final = KeptMessages(
            state, store_key(state), service.floor, garment_of, service.writer, clocks
        )
        self.fresh: Final = FreshMessages(service.floor, garment_of, service.writer, clocks)
        self.prepared: Final = KeptVisits(service.prepared, service.floor, hub, service.writer)
        steady_us = service.visits.steady_us
        self.overstays = OverstayWatch(
            service.floor, service.requests.open_requests, UsualStay(service.database, steady_us), overstay_minutes,
            is_paying=lambda room: service.till.unpaid_order(room) is not None, writer=service.writer,
            steady_us=steady_us,
        )  # fmt: skip

    def opened(self, room: RoomId, ticket: Ticket, at_us: int) -> None:
        """The mirror opened its event stream. `ticket`: its present visit, `at_us`: its own clock; empty and 0 where it
        does not say."""
        with self._service.writer:
            self._service.visits.stream_opened(room, ticket, at_us)

    def closed(self, room: RoomId) -> None:
        """The mirror closed or lost its event stream."""
        with self._service.writer:
            self._service.visits.stream_closed(room)

    def tick(self) -> None:
        """Keeps messages, and what mirrors show of appointments; ends visits whose mirror has gone, and those of
        erased members. Called often.

        Raises SQLAlchemyError."""
        visits, requests = self._service.visits, self._service.requests.open_requests
        self.messages.tick()
        self.fresh.tick()
        self.prepared.tick()
        with self._service.writer:
            lost = visits.lost()
            waiting = [one for one in lost if requests.of_visit(one[1])]
            ended = [*visits.over(), *(one for one in lost if one not in waiting)]
            given_up = [one for one in waiting if visits.give_up(one[0])]
            visits.repeat_ends()
        for room, ticket in given_up:
            log.warning("room %s: its mirror has gone; its visit goes on for an open request", room)
            self._service.till.cancel_ticket_orders(room, ticket)
        for room, ticket in ended:
            log.warning("room %s: a visit is ended whose mirror has gone or was started again", room)
            self._service.report_visit(room, ReportVisit(ticket, began=False, at_us=0))
        self.overstays.tick()

    def forget_erased(self) -> None:
        """Empties and ends the running visits of shoppers who were erased, and ends clues about members who withdrew
        their consent. Raises SQLAlchemyError."""
        customers = self._service.customers
        with self._service.writer:
            known = {
                state.visit.member: customers.customer(state.visit.member)
                for state in self._service.floor.rooms()
                if state.visit is not None and state.visit.member is not None
            }
            allow = frozenset(
                who for who, customer in known.items() if customer is not None and customer.clues
            )
            self._service.visits.forget_erased(lambda shopper_id: known.get(shopper_id) is not None)
            self._service.visits.set_clues(allow.__contains__)
