"""The shop floor at this moment: rooms, requests and staff, and who is told when they change.

All of it is owned by the writer: every method takes the writer's lock, changes, and publishes before it lets go, so
that each stream hears changes in the order in which they happened.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged, TagLeft
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import Epc, RoomId, StyleId, Ticket
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.visit.events import (
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    RadioBack,
    RadioLost,
    RequestChanged,
    StaffChanged,
)
from kiosk.core.wire import plain
from kiosk.store.catalogue.tag_lookup import IgnoredTag, OwnPiece, TagLookup
from kiosk.store.errors import MissingError
from kiosk.store.floor.clone_alarms import CloneAlarms
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub, room_topic
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.floor.room_state import RoomState, by_room
from kiosk.store.floor.staff_presence import StaffPresence
from kiosk.store.insights.item_events import new_basket_id
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)
Clock = Callable[[], int]
Marked = Callable[[str, OwnPiece], None]


class ShopFloor:
    """Rooms, requests and staff, with the hub that tells of them."""

    def __init__(
        self, settings: StoreSettings, hub: EventHub, tags: TagLookup, writer: AbstractContextManager[Any],
        now_us: Clock, tried: Callable[[OwnPiece, str], None],
    ) -> None:  # fmt: skip
        self._settings, self._hub, self._tags, self._writer, self._now = settings, hub, tags, writer, now_us
        self._tried = tried
        self._rooms = by_room(settings.rooms)
        self._staff = StaffPresence(settings.timeouts.present_us)
        self._told: tuple[tuple[str, ...], int] = ((), 0)
        self._radio: dict[str, bool] = {}
        self._late: list[RoomChange] = []
        self.desk: RequestDesk
        self.alarms = CloneAlarms(hub, now_us)
        hub.topic(FLOOR_TOPIC, self.floor)
        for room in self._rooms:
            hub.topic(room_topic(room), lambda room=room: self.room_snapshot(room))  # type: ignore[misc]

    def attach(self, desk: RequestDesk) -> None:
        """The desk whose requests this floor shows; it tells changes to `request_changed`."""
        self.desk = desk

    def room(self, room: RoomId) -> RoomState:
        """A room's present. Errors: MissingError."""
        if room not in self._rooms:
            raise MissingError("there is no such room")
        return self._rooms[room]

    def hanging(self, room: RoomId) -> tuple[Garment, ...]:
        """The garments in a room, each in its size; pieces that the catalogue does not know are left out."""
        with self._writer:
            return tuple(p.garment for p in self.room(room).pieces.values() if p.garment is not None)

    def rooms(self) -> tuple[RoomState, ...]:
        """Every room's present, in the order of the configuration."""
        return tuple(self._rooms.values())

    def title(self, room: RoomId) -> str:
        """What people call a room; its id where it is not there any more."""
        state = self._rooms.get(room)
        return state.room.title or room if state else room

    def basket_id_of(self, room: RoomId, ticket: Ticket) -> str:
        """The basket of a room's visit; one of its own for what comes from a visit that is not there any more."""
        state = self._rooms.get(room)
        with self._writer:
            here = state is not None and (state.visit is None or state.visit.ticket == ticket)
            return (
                state.basket if state is not None and here and ticket not in state.over else new_basket_id()
            )

    @property
    def ignored(self) -> dict[IgnoredTag, int]:
        """How many tags were ignored, by reason."""
        return dict(self._tags.ignored)

    # What is whole.
    def room_snapshot(self, room: RoomId) -> dict[str, object]:
        """Everything a room's mirror must know, as it travels."""
        with self._writer:
            state = self.room(room)
            return {
                "is": "Snapshot",
                "pieces": [plain(p) for p in state.pieces.values()],
                "radio": state.radio,
                "staff": plain(self._staff_now()),
            }

    def floor(self) -> dict[str, object]:
        """Everything the associates' page shows, as it travels."""
        with self._writer:
            return {
                "is": "Floor",
                "requests": [plain(r) for r in self.desk.open_requests()],
                "rooms": [plain(self._board(s)) for s in self._rooms.values()],
                "staff": plain(self._staff_now()),
                "radio": dict(self._radio),
                "alarms": [plain(a) for a in self.alarms.waiting()],
            }

    # What the radio notices.
    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        """Takes what the room watch says; strangers' pieces never get further than here."""
        with self._writer:
            waiting = [*self._late, *changes]
            while waiting:
                try:
                    self._changed(waiting[0])
                except SQLAlchemyError as error:
                    self._wait(waiting, error)
                    return
                waiting.pop(0)
            self._late = []

    def _wait(self, waiting: list[RoomChange], error: SQLAlchemyError) -> None:
        """The catalogue cannot be asked: changes wait, in their order, until it can."""
        if not self._late:
            log.error("rooms wait for the database (%s)", type(error).__name__)
        self._late = waiting

    def _changed(self, change: RoomChange) -> None:
        state = self._rooms.get(RoomId(change.room))
        if state is None:
            return
        epc = Epc(change.epc)
        match change:
            case TagArrived():
                piece = self._tags.look_up(epc)
                if isinstance(piece, OwnPiece):
                    self._arrived(state, GarmentArrived(change.at_us, epc, piece.garment, change.sure))
                    self._tried(piece, state.basket)
            case TagCertaintyChanged():
                doubt = GarmentCertaintyChanged(change.at_us, epc, change.sure)
                if state.doubt(doubt):
                    self._say(state, doubt)
            case TagLeft():
                left = GarmentLeft(change.at_us, epc)
                if state.leave(left):
                    self._say(state, left)

    def _arrived(self, state: RoomState, event: GarmentArrived) -> None:
        state.arrive(event)
        self._say(state, event)

    def radio_changed(self, deaf: frozenset[RoomId], up: dict[str, bool]) -> None:
        """Which rooms no reader hears now, and which readers answer."""
        with self._writer:
            self._radio = up
            for state in self._rooms.values():
                if state.radio is not (heard := state.room.room not in deaf):
                    state.radio = heard
                    self._say(state, RadioBack(self._now()) if heard else RadioLost(self._now()))

    def forget_pieces(self, room: RoomId, epcs: frozenset[Epc]) -> None:
        """Pieces that are sold are nobody's business any more."""
        with self._writer:
            state = self.room(room)
            for epc in epcs & state.pieces.keys():
                left = GarmentLeft(self._now(), epc)
                state.leave(left)
                self._say(state, left)

    def catalogue_changed(self, styles: Collection[StyleId] | None = None) -> None:
        """Garments of these styles (or all) are looked up anew: what is sold out must not be offered next door."""
        with self._writer:
            for state in self._rooms.values():
                for shown in tuple(state.pieces.values()):
                    if styles is None or (shown.garment is not None and shown.garment.style_id in styles):
                        self._look_again(state, shown)

    def _look_again(self, state: RoomState, shown: GarmentArrived) -> None:
        piece = self._tags.look_up(shown.epc)
        if isinstance(piece, OwnPiece) and piece.garment != shown.garment:
            self._arrived(state, replace(shown, garment=piece.garment))

    # What people do.
    def request_changed(self, request: ServiceRequest) -> None:
        """Tells the room and the floor of a request's new state."""
        change = RequestChanged(request.changed_us, request.ticket, request)
        self._hub.publish(room_topic(request.room), change)
        self._hub.publish(FLOOR_TOPIC, change)
        if request.room in self._rooms:
            self.board_changed(request.room)
        self.tell_staff()

    def board_changed(self, room: RoomId) -> None:
        with self._writer:
            self._hub.publish(FLOOR_TOPIC, self._board(self._rooms[room]), "RoomChanged")

    def seen(self, associate: Associate) -> None:
        with self._writer:
            self._staff.seen(associate, self._now())
            self.tell_staff()

    def page(self, associate: Associate, opened: int) -> None:
        """An associate's page was opened (+1) or lost (-1)."""
        with self._writer:
            self._staff.page(associate, self._now(), opened)
            self.tell_staff()

    def left(self, associate: Associate) -> None:
        with self._writer:
            self._staff.left(associate)
            self.tell_staff()

    def tell_staff(self) -> None:
        """Tells mirrors and pages who is here and how long an answer takes, if either has changed."""
        with self._writer:
            staff = self._staff_now()
            if (staff.names, staff.minutes) == self._told:
                return
            self._told = (staff.names, staff.minutes)
            for topic in (FLOOR_TOPIC, *(room_topic(room) for room in self._rooms)):
                self._hub.publish(topic, staff)

    def _staff_now(self) -> StaffChanged:
        return self._staff.staff(self._now(), self.desk.promise.minutes)

    def _say(self, state: RoomState, event: object) -> None:
        self._hub.publish(room_topic(state.room.room), event)
        self._hub.publish(FLOOR_TOPIC, self._board(state), "RoomChanged")

    def _board(self, state: RoomState) -> object:
        return state.board(self.desk.waiting(state.room.room), self._settings.shop.language)
