"""Which pieces hang in which room, who is in it, and what the associates' board shows of it. Owned by the writer."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import Epc, RoomId, Ticket
from kiosk.core.domain.shopper import Shopper
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.core.visit.events import GarmentArrived, GarmentCertaintyChanged, GarmentLeft
from kiosk.store.insights.item_events import new_basket_id
from kiosk.store.settings import RoomSettings


@dataclass(frozen=True, slots=True)
class BoardPiece:
    """A piece as the board shows it."""

    epc: Epc
    name: LocalizedText
    size: str
    colour: LocalizedText
    sure: bool
    picture: str


@dataclass(frozen=True, slots=True)
class RoomBoard:
    """One room on the associates' board; never a shopper's name."""

    room: RoomId
    title: str
    occupied_since_us: int | None
    pieces: tuple[BoardPiece, ...]
    waiting: int
    radio: bool
    language: str


@dataclass(frozen=True, slots=True)
class StoreVisit:
    """What the store holds of the visit in a room; dropped with it."""

    ticket: Ticket
    began_us: int
    shopper: Shopper | None = None
    proved_us: int = 0
    """When a card gave its fresh proof in this visit; 0 for never."""
    token: str = ""
    """Which card that was, as its hash."""


@dataclass(slots=True)
class RoomState:
    """One room's present."""

    room: RoomSettings
    pieces: dict[Epc, GarmentArrived] = field(default_factory=dict)
    visit: StoreVisit | None = None
    radio: bool = True
    basket: str = field(default_factory=new_basket_id)
    """Under which what happens to pieces of this visit is marked."""
    over: deque[Ticket] = field(default_factory=lambda: deque(maxlen=64))
    """The last visits that ended: what still comes with their tickets belongs to nobody."""

    def part(self) -> None:
        """This visit is over, or nobody can be here any more: what comes next belongs to somebody else."""
        self.basket = new_basket_id()

    def arrive(self, event: GarmentArrived) -> None:
        self.pieces[event.epc] = event

    def doubt(self, event: GarmentCertaintyChanged) -> bool:
        """Whether the piece is here at all."""
        piece = self.pieces.get(event.epc)
        if piece is None:
            return False
        self.pieces[event.epc] = replace(piece, sure=event.sure)
        return True

    def leave(self, event: GarmentLeft) -> bool:
        """Whether the piece was here at all."""
        known = self.pieces.pop(event.epc, None) is not None
        if known and not self.pieces and self.visit is None:
            self.part()
        return known

    def board(self, waiting: int, language: str) -> RoomBoard:
        """As associates see it; occupied since the visit began, or since the first piece came."""
        since = [self.visit.began_us] if self.visit else [p.at_us for p in self.pieces.values()]
        known = self.visit.shopper if self.visit else None
        return RoomBoard(
            room=self.room.room,
            title=self.room.title or self.room.room,
            occupied_since_us=min(since, default=None),
            pieces=tuple(_on_board(p) for p in self.pieces.values()),
            waiting=waiting,
            radio=self.radio,
            language=(known.language if known else "") or language,
        )


def _on_board(piece: GarmentArrived) -> BoardPiece:
    garment: Garment | None = piece.garment
    if garment is None:
        return BoardPiece(piece.epc, NO_TEXT, "", NO_TEXT, piece.sure, "")
    colour = garment.colourway
    return BoardPiece(piece.epc, garment.name, garment.size, colour.name, piece.sure, colour.picture)


def by_room(rooms: Iterable[RoomSettings]) -> dict[RoomId, RoomState]:
    """The rooms of a shop, all empty."""
    return {room.room: RoomState(room) for room in rooms}
