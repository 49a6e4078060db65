"""Pieces scanned by hand into a room: at the mirror's scanner, at the shop's scanner, or on a reader pad.

No antenna reads these pieces; a second scan, the end of the visit or a sale removes them from the room.

A label without serial names an article only. As many of its scans as the room has identified pieces of the article
(read by an antenna, or scanned with a serial) are taken as scans of those pieces and add nothing. One scan more adds a
piece, and the next removes it again. So a shopper with two equal garments, one of them without a tag, gets to two
pieces by one more scan. The shop floor replaces the added piece if a tag of its article is read later in this room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock

from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.clock import US
from kiosk.core.domain.ids import (
    ArticleId,
    PieceId,
    RoomId,
    ScannedId,
    anonymous_piece,
    is_anonymous,
    piece_of_scan,
)
from kiosk.store.floor.shop_floor import ShopFloor

REPEAT_US = 1_500_000
"""Scans of one label within this time are one scan: a scanner repeats while its trigger is held."""
MAX_AGE_US = 2 * 3600 * US
"""A piece is removed after this, in case the mirror failed and never reported the end of the visit."""
SOLD_CHECK_US = 45 * US
"""Interval of the check for sold pieces; a piece that two checks found sold has left the shop."""
MAX_PIECES = 40
"""Scanned pieces per room; more come from a faulty scanner and are ignored."""


@dataclass(frozen=True, slots=True)
class _LastScan:
    label: ScannedId
    at_us: int
    ours: bool


class HandScans:
    """The scanned pieces of every room. Safe from any thread. Lock order: its own lock, then the writer's.

    `sold` returns those of the given pieces that are sold.
    """

    def __init__(
        self,
        floor: ShopFloor,
        now_us: Callable[[], int],
        sold: Callable[[tuple[PieceId, ...]], Collection[PieceId]],
    ) -> None:
        self._floor, self._now, self._sold = floor, now_us, sold
        self._sold_before: Collection[PieceId] = ()
        self._checked_us = now_us()
        self._rooms: dict[RoomId, dict[PieceId, int]] = {}
        """By room: the scanned pieces, with the time of the scan."""
        self._counted: dict[RoomId, dict[ArticleId, int]] = {}
        """By room: how many scans of an article's label were taken as scans of pieces that are there."""
        self._last_scan: dict[RoomId, _LastScan] = {}
        self._last_number = 0
        self._lock = Lock()

    def scan(self, room: RoomId, label: ScannedId) -> bool:
        """Puts a piece into a room, or takes it out if it was scanned in before. False if the shop does not sell it.

        Raises NotFoundError if there is no such room.
        """
        self._floor.room(room)
        with self._lock:
            last, now_us = self._last_scan.get(room), self._now()
            if last is not None and last.label == label and now_us - last.at_us < REPEAT_US:
                ours = last.ours
            elif (piece := piece_of_scan(label)) is not None:
                ours = self._scan_piece(room, piece)
            else:
                ours = self._scan_article(room, ArticleId(label))
            self._last_scan[room] = _LastScan(label, now_us, ours)
            return ours

    def _scan_piece(self, room: RoomId, piece: PieceId) -> bool:
        here = piece in self._floor.room(room).pieces
        if self._rooms.get(room, {}).pop(piece, None) is not None and here:
            self._leave(room, piece)
            return True
        if here:
            self._floor.confirm_piece(room, piece)
            return True
        for other, scanned in self._rooms.items():
            if other != room and scanned.pop(piece, None) is not None:
                self._leave(other, piece)  # it can be in one room only
        return self._add(room, piece)

    def _scan_article(self, room: RoomId, article: ArticleId) -> bool:
        here = self._floor.pieces_of(room, article)
        added = next((piece for piece in here if is_anonymous(piece)), None)
        counted = self._counted.setdefault(room, {})
        known = [piece for piece in here if not is_anonymous(piece)]
        if added is not None:
            self._rooms.get(room, {}).pop(added, None)
            self._leave(room, added)
            counted[article] = len(known)
            return True
        scans = counted.get(article, 0)
        if scans < len(known):
            counted[article] = scans + 1
            self._floor.confirm_piece(room, known[scans])
            return True
        self._last_number = max(self._now(), self._last_number + 1)
        ours = self._add(room, anonymous_piece(article, f"{self._last_number:x}"))
        if ours:
            counted[article] = len(known) + 1
        return ours

    def _add(self, room: RoomId, piece: PieceId) -> bool:
        scanned = self._rooms.setdefault(room, {})
        if len(scanned) < MAX_PIECES:
            arrived = TagArrived(room, piece, sure=True, confidence=1.0, at_us=self._now())
            self._floor.rooms_changed([arrived])
            if self._floor.is_waiting or piece in self._floor.room(room).pieces:
                scanned[piece] = self._now()
        return piece in self._floor.room(room).pieces

    def _leave(self, room: RoomId, piece: PieceId) -> None:
        self._floor.rooms_changed([TagLeft(room, piece, self._now())])

    def end_visit(self, room: RoomId) -> None:
        """Removes all scanned pieces of a room whose visit has ended."""
        with self._lock:
            self._last_scan.pop(room, None)
            self._counted.pop(room, None)
        self._remove(room, lambda _piece, _at_us: True)

    def tick(self, at_us: int) -> None:
        """Removes sold and old pieces every `SOLD_CHECK_US`; may be called often. Raises SQLAlchemyError."""
        if at_us - self._checked_us < SOLD_CHECK_US:
            return
        self._checked_us = at_us
        with self._lock:
            pieces = {room: tuple(scanned) for room, scanned in self._rooms.items()}
        sold = self._sold(tuple(piece for of_room in pieces.values() for piece in of_room))
        gone, self._sold_before = set(sold).intersection(self._sold_before), sold
        for room in pieces:
            self._remove(room, lambda piece, scanned_us: piece in gone or scanned_us <= at_us - MAX_AGE_US)

    def _remove(self, room: RoomId, condition: Callable[[PieceId, int], bool]) -> None:
        with self._lock:
            scanned = self._rooms.get(room, {})
            removed = [piece for piece, at_us in scanned.items() if condition(piece, at_us)]
            for piece in removed:
                del scanned[piece]
            self._floor.rooms_changed([TagLeft(room, piece, self._now()) for piece in removed])
