"""The shop floor at this moment: rooms, open requests and associates present, with events for mirrors and pages.

Every method holds the writer's lock while it changes the state and publishes the change, so each stream gets the
changes in the order in which they happened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Any

from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged, TagLeft
from kiosk.clock import Clocks
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, PieceId, RoomId, StyleId, Ticket
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.visit.events import (
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    PieceExchanged,
    RadioBack,
    RadioLost,
    RequestChanged,
)
from kiosk.core.wire import to_json
from kiosk.store.catalogue.tag_lookup import IgnoredTag, OwnPiece, TagLookup
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.bag_tasks import BagTasks
from kiosk.store.floor.clone_alarms import CloneAlarms
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub, room_topic
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_view import change_for_page, request_for_page
from kiosk.store.floor.room_state import RoomState, empty_rooms, left_elsewhere
from kiosk.store.floor.rooms.pending_changes import PendingChanges
from kiosk.store.floor.staff_events import StaffEvents
from kiosk.store.floor.staff_presence import StaffPresence
from kiosk.store.floor.stand_notices import StandNotices
from kiosk.store.floor.stockroom.stockroom_view import StockroomView
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents, new_basket_id
from kiosk.store.radio.reader_states import RadioState
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.kept_breaks import KeptBreaks


class ShopFloor:
    """The rooms, the open requests and the associates present. Safe from any thread."""

    def __init__(
        self, settings: StoreSettings, *, hub: EventHub, tags: TagLookup, open_requests: OpenRequests,
        item_events: ItemEvents, writer: AbstractContextManager[Any], clocks: Clocks, breaks: KeptBreaks,
        note: Callable[[str, object], None] = lambda *_: None,
    ) -> None:  # fmt: skip
        """`note`: gets what is published about the pieces of a room."""
        now_us = clocks.now_us
        self._settings, self._hub, self._tags, self._writer, self._now = settings, hub, tags, writer, now_us
        self._open_requests, self._item_events, self._note = open_requests, item_events, note
        self._rooms = empty_rooms(settings.rooms)
        topics = (FLOOR_TOPIC, *map(room_topic, self._rooms))
        presence = StaffPresence(settings.timeouts.present_us, clocks.steady_us())
        times = open_requests.answer_times
        self.staff = StaffEvents(
            presence, times, hub, topics, writer=writer, now_us=clocks.steady_us, kept=breaks
        )
        self._readers_up: dict[str, bool] = {}
        self._pending = PendingChanges(self._apply, self._refresh)
        self.alarms = CloneAlarms(hub, now_us)
        self.stands = StandNotices(hub)
        self.bags = BagTasks(hub, writer, clocks)
        self.stockroom = StockroomView(hub, open_requests, self.bags, settings, writer=writer, now_us=now_us)
        hub.topic(FLOOR_TOPIC, self.floor_snapshot)
        for room in self._rooms:
            hub.topic(room_topic(room), partial(self.room_snapshot, room))

    def room(self, room: RoomId) -> RoomState:
        """The state of a room. Raises NotFoundError if there is no such room."""
        if room not in self._rooms:
            raise NotFoundError("there is no such room")
        return self._rooms[room]

    def garments_in(self, room: RoomId) -> tuple[Garment, ...]:
        """The garments in a room, each in its size, without pieces that are not in the catalogue."""
        pieces = tuple(self.room(room).pieces.values())  # one step of the interpreter, which needs no lock
        return tuple(piece.garment for piece in pieces if piece.garment is not None)

    def rooms(self) -> tuple[RoomState, ...]:
        """The state of every room, in the order of the configuration."""
        return tuple(self._rooms.values())

    def title(self, room: RoomId) -> str:
        """The title of a room or stand for associates; its id if it is no longer configured."""
        stand, state = self._settings.stands.get(room), self._rooms.get(room)
        return (stand.title if stand else state.room.title if state else "") or room

    def basket_id_of(self, room: RoomId, ticket: Ticket) -> str:
        """The basket id of a room's visit; a new one if that visit is not in the room any more."""
        state = self._rooms.get(room)
        with self._writer:
            return state.basket_of(ticket) if state else new_basket_id()

    @property
    def ignored(self) -> dict[IgnoredTag, int]:
        """How many tags were ignored, by reason."""
        return dict(self._tags.ignored)

    @property
    def is_waiting(self) -> bool:
        """Whether room changes wait for the database."""
        return self._pending.waiting

    def room_snapshot(self, room: RoomId) -> dict[str, object]:
        """The `Snapshot` event of a room's mirror, as plain data."""
        with self._writer:
            state = self.room(room)
            return {
                "is": "Snapshot",
                "pieces": [to_json(p) for p in state.pieces.values()],
                "radio": state.radio,
                "staff": to_json(self.staff.event()),
                **state.stated(self._now()),
                "services": to_json(self._settings.services),
                "put_aside": self._settings.put_aside.offer,
                "delivery": self._settings.shop.delivery is not None,
            }

    def floor_snapshot(self) -> dict[str, object]:
        """The `Floor` event of the associates' page, as plain data."""
        with self._writer:
            return {
                "is": "Floor",
                "now_us": self._now(),
                "requests": [request_for_page(r) for r in self._open_requests.all()],
                "rooms": [to_json(self._board(s)) for s in self._rooms.values()],
                "staff": to_json(self.staff.event()),
                "radio": dict(self._readers_up),
                "alarms": [to_json(a) for a in self.alarms.unacknowledged()],
                "bags": [to_json(b) for b in self.bags.open()],
                "stand_titles": {name: self.title(RoomId(name)) for name in self._settings.stands},
                "stands": [to_json(n) for n in self.stands.open()],
            }

    # Changes from readers and scanners.
    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        """Applies changes of the room tracker in order, after those that were kept while the database did not answer.

        Pieces that are not the shop's, or are sold, are ignored.
        """
        with self._writer:
            self._pending.add(changes)

    def _apply(self, change: RoomChange) -> None:
        state = self._rooms.get(RoomId(change.room))
        if state is None:
            return
        match change:
            case TagArrived():
                found = self._tags.look_up(change.epc)
                sold_here = found is IgnoredTag.SOLD and change.epc in state.sold_here
                own = self._tags.look_up(change.epc, also_sold=True) if sold_here else found
                if isinstance(own, OwnPiece):
                    self._arrive(state, own, change, sold=sold_here)
            case TagCertaintyChanged():
                certainty = GarmentCertaintyChanged(self._now(), PieceId(change.epc), change.sure)
                if state.update_certainty(certainty):
                    self._publish(state, certainty)
                    self._only_here(state, certainty)
            case TagLeft():
                left = GarmentLeft(self._now(), PieceId(change.epc))
                if state.remove_piece(left):
                    self._publish(state, left)

    def _arrive(self, state: RoomState, own: OwnPiece, change: TagArrived, *, sold: bool) -> None:
        """A piece with a serial takes the place of one that was scanned without: most likely it is the same garment."""
        replaced = state.replaced_by(own.piece)
        if replaced is not None:
            self._tags.identify(replaced, own.piece)
            if replaced in state.sold_here:
                state.sold_here.add(own.piece)
                sold = True
        sure = change.sure or replaced is not None or own.piece in state.confirmed
        self._add_piece(state, GarmentArrived(self._now(), own.piece, own.garment, sure, replaced, sold))
        if replaced is None and not sold:
            self._record_tried(own, state)

    def _add_piece(self, state: RoomState, event: GarmentArrived) -> None:
        state.add_piece(event)
        self._publish(state, event)
        self._only_here(state, event)

    def _only_here(self, state: RoomState, event: GarmentArrived | GarmentCertaintyChanged) -> None:
        for other, left in left_elsewhere(self._rooms.values(), state, event):
            self._publish(other, left)

    def _record_tried(self, piece: OwnPiece, state: RoomState) -> None:
        if piece.garment is not None:
            item = (piece.garment.item, piece.garment.size)
            self._item_events.add(ItemEventKind.TRIED, [item], self._now(), state.basket_id)

    def radio_changed(self, radio: RadioState) -> None:
        """Takes which readers answer, which rooms no reader covers now, and the readers' notes by room."""
        with self._writer:
            self._readers_up = dict(radio.up)
            for state in self._rooms.values():
                covered = state.room.room not in radio.rooms_without
                notes = radio.notes.get(state.room.room, ())
                noted, state.notes = state.notes != notes, notes
                if state.radio is not covered:
                    state.radio = covered
                    self._publish(state, RadioBack(self._now()) if covered else RadioLost(self._now()))
                elif noted:
                    self.publish_room(state.room.room)

    def pieces_of(self, room: RoomId, article: ArticleId) -> tuple[PieceId, ...]:
        """The pieces of an article in a room, those first that are surely there."""
        with self._writer:
            return self.room(room).pieces_of(article)

    def confirm_piece(self, room: RoomId, piece: PieceId) -> None:
        """A label was scanned that belongs to a piece in the room: it is sure to be there until it leaves."""
        with self._writer:
            if self.room(room).confirm(piece):
                self._publish(self.room(room), GarmentCertaintyChanged(self._now(), piece, sure=True))

    def remove_pieces(self, room: RoomId, pieces: frozenset[PieceId]) -> None:
        """Removes pieces from a room, for instance because they are sold."""
        with self._writer:
            state = self.room(room)
            for piece in pieces & state.pieces.keys():
                left = GarmentLeft(self._now(), piece)
                state.remove_piece(left)
                self._publish(state, left)

    def piece_exchanged(self, old: PieceId, new: PieceId) -> None:
        """A paid piece was changed for another: the event goes to the rooms where either hangs or was sold.

        The new one may be carried in after it.
        """
        with self._writer:
            for state in self._rooms.values():
                if old in state.sold_here or not state.pieces.keys().isdisjoint((old, new)):
                    state.sold_here.discard(old)
                    state.sold_here.add(new)
                    self._hub.publish(room_topic(state.room.room), PieceExchanged(self._now(), old, new))

    def catalogue_changed(self, styles: Collection[StyleId] | None = None) -> None:
        """Looks the garments of these styles (None: of all) up again, so that every room shows the new stock; later if
        the database does not answer."""
        with self._writer:
            self._pending.look_up_again(styles)

    def _refresh(self, styles: Collection[StyleId] | None) -> None:
        for state in self._rooms.values():
            for shown in tuple(state.pieces.values()):
                if styles is None or (shown.garment is not None and shown.garment.style_id in styles):
                    self._look_up_again(state, shown)

    def _look_up_again(self, state: RoomState, shown: GarmentArrived) -> None:
        found = self._tags.look_up(shown.piece)
        if found is IgnoredTag.FOREIGN:
            return
        if isinstance(found, OwnPiece):
            now = replace(shown, garment=found.garment, sold=False)
            state.sold_here.discard(shown.piece)
        else:
            now = replace(shown, sold=True)
            state.sold_here.add(shown.piece)
        if now != shown:
            self._add_piece(state, now)

    # Changes by people.
    def request_changed(self, request: ServiceRequest) -> None:
        """Publishes a request's new state to its room and to the associates."""
        change = RequestChanged(request.changed_us, request.ticket, request)
        self._hub.publish(room_topic(request.room), change)
        self._hub.publish(FLOOR_TOPIC, change_for_page(change), "RequestChanged")
        if request.room in self._rooms:
            self.publish_room(request.room)
        self.stockroom.request_changed(request)
        self.staff.publish()

    def publish_room(self, room: RoomId) -> None:
        """Publishes a room's entry to the associates' pages."""
        with self._writer:
            self._hub.publish(FLOOR_TOPIC, self._board(self._rooms[room]), "RoomChanged")

    def publish_to_mirror(self, room: RoomId, event: object) -> None:
        """Publishes an event on the stream of a room's mirror alone."""
        self._hub.publish(room_topic(room), event)

    def _publish(self, state: RoomState, event: object) -> None:
        self._note(state.room.room, event)
        self._hub.publish(room_topic(state.room.room), event)
        self._hub.publish(FLOOR_TOPIC, self._board(state), "RoomChanged")

    def _board(self, state: RoomState) -> object:
        waiting, settings = self._open_requests.count_in(state.room.room), self._settings
        return state.board(waiting, settings.shop.language, settings.floor_plan)
