"""State of one fitting room: its pieces, its visit, its radio, and its entry on the associates' page."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kiosk.core.clues.clue import NO_CARD, ClueCardId
from kiosk.core.domain.floor.aside import Aside
from kiosk.core.domain.floor.plan import FloorPlan
from kiosk.core.domain.floor.staff_message import MessageNote
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import (
    ArticleId,
    PieceId,
    RoomId,
    Ticket,
    article_of,
    has_earlier_visit,
    is_anonymous,
)
from kiosk.core.domain.promotions.rule import GUEST, ShopperFacts
from kiosk.core.domain.shopper import Tier
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.core.visit.asides.aside_event import AsidesStated
from kiosk.core.visit.events import DislikesStated, GarmentArrived, GarmentCertaintyChanged, GarmentLeft
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.wire import to_json
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.insights.item_events import new_basket_id
from kiosk.store.radio.reader_states import RoomNote
from kiosk.store.settings import RoomSettings


@dataclass(frozen=True, slots=True)
class BoardPiece:
    """A piece as the associates' page shows it."""

    piece: PieceId
    name: LocalizedText
    size: str
    colour: LocalizedText
    sure: bool
    picture: str
    rail: str = ""
    """Where it hangs, by the plan of the floor; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class RoomBoard:
    """One room as the associates' page shows it; it never holds a shopper's name."""

    room: RoomId
    title: str
    occupied_since_us: int | None
    pieces: tuple[BoardPiece, ...]
    waiting: int
    radio: bool
    language: str
    notes: tuple[RoomNote, ...] = ()
    chosen: tuple[PieceId, ...] = ()
    """What the shopper has chosen to buy by now."""
    clues: ClueCardId = NO_CARD
    """A member who lets associates see clues about her has proved her card in this visit. Another member has another
    value; empty for nobody."""
    overstay: bool = False
    """It is in use unusually long: perhaps something is missing. A hint, never an accusation."""
    left_behind: bool = False
    """A visit has ended here, and no other has begun: what still hangs here is to be put back."""
    message: MessageNote | None = None
    """What became of the last message to the present visit; None without one."""


@dataclass(slots=True)
class RoomState:
    """One room at this moment. To be used under the writer's lock."""

    room: RoomSettings
    pieces: dict[PieceId, GarmentArrived] = field(default_factory=dict)
    visit: StoreVisit | None = None
    radio: bool = True
    notes: tuple[RoomNote, ...] = ()
    """Notes of its readers that stand."""
    basket_id: str = field(default_factory=new_basket_id)
    """Groups the item events of this visit."""
    streams: int = 0
    """Open event streams of its mirror."""
    alone_since_us: int | None = None
    """Since when its visit has no stream, by the steady clock; None while it has one, or there is no visit."""
    given_up: bool = False
    """What the mirror, lost since then, has left unpaid was cancelled."""
    connected_us: int = 0
    """When the mirror opened its last stream, by the mirror's own clock; 0 if it did not say."""
    connected_with: Ticket | None = None
    """The visit that the mirror named then as its present one."""
    overstay: bool = False
    """Associates see the hint that it is in use unusually long."""
    over: Ticket | None = None
    """A visit that ended without a report of the mirror; it is still to be ended here."""
    ended_visits: deque[Ticket] = field(default_factory=lambda: deque(maxlen=64))
    """Tickets of the last visits that ended; late messages with them are refused."""
    confirmed: set[PieceId] = field(default_factory=set)
    """Pieces whose label was scanned in this visit: certainly here, whatever the readers say."""
    sold_here: set[PieceId] = field(default_factory=set)
    """Pieces that were sold in this visit while they hung here, or exchanged for one that did. They are shown when they
    come back within the visit; other sold pieces are ignored."""

    @property
    def facts(self) -> ShopperFacts:
        """What decides about promotions for who is here now."""
        return self.visit.facts if self.visit else GUEST

    def facts_of(self, ticket: Ticket) -> ShopperFacts:
        """The same for the shopper of that visit; a guest where it is not the present one."""
        return self.facts if self.visit and self.visit.ticket == ticket else GUEST

    @property
    def in_use(self) -> bool:
        """Somebody is in it, or has carried pieces in."""
        return self.visit is not None or (bool(self.pieces) and not self._is_left_behind)

    def start_new_basket(self) -> None:
        """Separates the item events from here on: the visit has ended, or the room is empty."""
        self.basket_id = new_basket_id()
        self.confirmed.clear()
        self.sold_here.clear()

    def basket_of(self, ticket: Ticket) -> str:
        """The basket id of a visit; a new one if that visit is not here any more."""
        here = self.visit is None or self.visit.ticket == ticket
        return self.basket_id if here and ticket not in self.ended_visits else new_basket_id()

    def add_piece(self, event: GarmentArrived) -> None:
        """Adds a piece, or puts it in the place of the piece that it replaces."""
        if event.replaces in self.pieces:
            self.confirmed.add(event.piece)
            self.pieces.pop(event.piece, None)
            replaced = (
                (event.piece, event) if p == event.replaces else (p, a) for p, a in self.pieces.items()
            )
            self.pieces = dict(replaced)
        else:
            self.pieces[event.piece] = event

    def replaced_by(self, piece: PieceId) -> PieceId | None:
        """The piece of the same article that was scanned without a serial, if `piece` is new here and has one."""
        if piece in self.pieces or is_anonymous(piece):
            return None
        article = article_of(piece)
        return next((p for p in self.pieces if is_anonymous(p) and article_of(p) == article), None)

    def pieces_of(self, article: ArticleId) -> tuple[PieceId, ...]:
        """The pieces of an article, those first that are surely in the room."""
        found = (arrived for piece, arrived in self.pieces.items() if article_of(piece) == article)
        return tuple(arrived.piece for arrived in sorted(found, key=lambda arrived: not arrived.sure))

    def confirm(self, piece: PieceId) -> bool:
        """Marks a piece as sure until it leaves, because its label was scanned. True if it was unsure."""
        arrived = self.pieces.get(piece)
        if arrived is None:
            return False
        self.confirmed.add(piece)
        self.pieces[piece] = replace(arrived, sure=True)
        return not arrived.sure

    def update_certainty(self, event: GarmentCertaintyChanged) -> bool:
        """Marks a piece as sure or unsure. False if the piece is not in the room, or its label was scanned here."""
        piece = self.pieces.get(event.piece)
        if piece is None or (event.piece in self.confirmed and not event.sure):
            return False
        self.pieces[event.piece] = replace(piece, sure=event.sure)
        return True

    def remove_piece(self, event: GarmentLeft) -> bool:
        """Removes a piece. False if it was not in the room."""
        known = self.pieces.pop(event.piece, None) is not None
        self.confirmed.discard(event.piece)
        if known and not self.pieces and self.visit is None:
            self.start_new_basket()
        return known

    def stated(self, at_us: int) -> dict[str, object]:
        """What the snapshot for the room's mirror has of the present visit, as plain data."""
        return {
            "message": to_json(self.message_event(at_us)),
            "dislikes": to_json(self.dislikes_event(at_us)),
            "prepared": to_json(self.prepared_event(at_us)),
            "asides": to_json(self.asides_event(at_us)),
        }

    def message_event(self, at_us: int) -> StaffMessageShown | None:
        """What an associate shows in the present visit; nothing of one that is over for its mirror."""
        visit = self.visit
        if visit is None or visit.message is None or visit.ticket == self.over:
            return None
        return StaffMessageShown(at_us, visit.ticket, visit.message)

    def dislikes_event(self, at_us: int) -> DislikesStated | None:
        """What the shopper of the present visit does not want to be offered; as `message_event`."""
        visit = self.visit
        if visit is None or not visit.dislikes or visit.ticket == self.over:
            return None
        return DislikesStated(at_us, visit.ticket, visit.dislikes)

    def prepared_event(self, at_us: int) -> PreparedChanged | None:
        """What waits for the member who has proved her card in the present visit, also before the store's start; as
        `message_event`."""
        visit = self.visit
        if visit is None or visit.member is None or visit.ticket == self.over:
            return None
        if visit.shopper is not None and visit.shopper.tier < Tier.PROVED:
            return None
        return PreparedChanged(at_us, visit.ticket, visit.member, visit.prepared)

    @property
    def asides(self) -> tuple[Aside, ...]:
        """What is put aside since earlier visits for the member of the present one."""
        shopper = self.visit.shopper if self.visit is not None else None
        return shopper.asides if shopper is not None else ()

    def asides_event(self, at_us: int) -> AsidesStated | None:
        """What is put aside since earlier visits for the member who has proved her card; as `message_event`."""
        shopper = self.visit.shopper if self.visit is not None else None
        if (
            self.visit is None
            or shopper is None
            or shopper.tier < Tier.PROVED
            or self.visit.ticket == self.over
        ):
            return None
        return AsidesStated(at_us, self.visit.ticket, shopper.shopper_id, shopper.asides)

    def board(self, waiting: int, language: str, plan: FloorPlan | None = None) -> RoomBoard:
        """The room for the associates' page; occupied since the visit began, or else since the first piece came.

        `waiting`: the number of its requests that nobody has; `language`: the shop's, where the shopper's is not known;
        `plan`: says on which rail a piece hangs.
        """
        since = [self.visit.began_us] if self.visit else [p.at_us for p in self.pieces.values()]
        known = self.visit.shopper if self.visit else None
        return RoomBoard(
            room=self.room.room,
            title=self.room.title or self.room.room,
            occupied_since_us=min(since, default=None),
            pieces=tuple(_board_piece(p, plan) for p in self.pieces.values()),
            waiting=waiting,
            radio=self.radio,
            language=(known.language if known else "") or language,
            notes=self.notes,
            chosen=(self.visit.chosen if self.visit else None) or (),
            clues=self.visit.clues if self.visit else NO_CARD,
            overstay=self.overstay,
            left_behind=self._is_left_behind,
            message=self.visit.message_note if self.visit else None,
        )

    @property
    def _is_left_behind(self) -> bool:
        """A room whose mirror is away has no visit, whoever is in it. After a start the mirror's ticket tells whether a
        visit has ended here."""
        connected = self.connected_with
        was_used = bool(self.ended_visits) or (connected is not None and has_earlier_visit(connected))
        return bool(self.visit is None and self.streams and was_used and self.pieces)


def left_elsewhere(
    rooms: Iterable[RoomState], here: RoomState, event: GarmentArrived | GarmentCertaintyChanged
) -> list[tuple[RoomState, GarmentLeft]]:
    """Takes a piece that is surely here out of the other rooms; returns those that had it.

    A label that was scanned here outweighs an antenna elsewhere, and the latest sure read outweighs an earlier scan.
    """
    left = GarmentLeft(event.at_us, event.piece)
    return [(room, left) for room in rooms if event.sure and room is not here and room.remove_piece(left)]


def _board_piece(piece: GarmentArrived, plan: FloorPlan | None) -> BoardPiece:
    garment: Garment | None = piece.garment
    if garment is None:
        return BoardPiece(piece.piece, NO_TEXT, "", NO_TEXT, piece.sure, "")
    colour = garment.colourway
    found = plan.rail_of(garment.category) if plan is not None else None
    rail = found[1].key if found is not None else ""
    return BoardPiece(piece.piece, garment.name, garment.size, colour.name, piece.sure, colour.picture, rail)


def empty_rooms(rooms: Iterable[RoomSettings]) -> dict[RoomId, RoomState]:
    """The rooms of a shop by id, all empty."""
    return {room.room: RoomState(room) for room in rooms}
