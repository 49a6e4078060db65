"""Pieces scanned by hand into a room: at the mirror's scanner, at the shop's scanner, or on a reader pad.

No antenna reads these pieces; a second scan, the end of the visit or a sale removes them from the room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock

from hardware.errors import EpcError
from hardware.labels.piece_epc import same_label_key
from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.clock import US
from kiosk.core.domain.ids import Epc, RoomId
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
class _Scanned:
    epc: Epc
    at_us: int


class HandScans:
    """The scanned pieces of every room. Safe from any thread. Lock order: its own lock, then the writer's.

    `sold` returns those of the given pieces that are sold.
    """

    def __init__(
        self,
        floor: ShopFloor,
        now_us: Callable[[], int],
        sold: Callable[[tuple[Epc, ...]], Collection[Epc]],
    ) -> None:
        self._floor, self._now, self._sold = floor, now_us, sold
        self._sold_before: Collection[Epc] = ()
        self._checked_us = now_us()
        self._rooms: dict[RoomId, dict[str, _Scanned]] = {}
        self._last_scan: dict[RoomId, tuple[str, int]] = {}
        self._lock = Lock()

    def scan(self, room: RoomId, epc: Epc) -> bool:
        """Puts a piece into a room, or takes it out if it was scanned in before. False if the shop does not sell it.

        Raises NotFoundError if there is no such room.
        """
        try:
            label = same_label_key(epc)
        except EpcError:
            return False
        state = self._floor.room(room)
        with self._lock:
            scanned = self._rooms.setdefault(room, {})
            if self._is_repeat(room, label):
                return label not in scanned or scanned[label].epc in state.pieces
            before = scanned.pop(label, None)
            if before is not None and before.epc in state.pieces:
                self._floor.rooms_changed([TagLeft(room, before.epc, self._now())])
                return True
            if epc in state.pieces:
                return True  # an antenna reads it too
            self._remove_elsewhere(label, epc, room)
            if len(scanned) < MAX_PIECES:
                self._floor.rooms_changed(
                    [TagArrived(room, epc, sure=True, confidence=1.0, at_us=self._now())]
                )
                scanned[label] = _Scanned(epc, self._now())
            return epc in state.pieces

    def _is_repeat(self, room: RoomId, label: str) -> bool:
        """Whether the last scan of this room was the same label within `REPEAT_US`; every scan restarts the time."""
        (last, at_us), now_us = self._last_scan.get(room, ("", 0)), self._now()
        self._last_scan[room] = label, now_us
        return last == label and now_us - at_us < REPEAT_US

    def _remove_elsewhere(self, label: str, epc: Epc, to: RoomId) -> None:
        """Removes a piece from every other room: it can be in one room only."""
        for room, scanned in self._rooms.items():
            if room != to and (piece := scanned.get(label)) is not None and piece.epc == epc:
                del scanned[label]
                self._floor.rooms_changed([TagLeft(room, epc, self._now())])

    def end_visit(self, room: RoomId) -> None:
        """Removes all scanned pieces of a room whose visit has ended."""
        with self._lock:
            self._last_scan.pop(room, None)
        self._remove(room, lambda _piece: True)

    def tick(self, at_us: int) -> None:
        """Removes sold and old pieces every `SOLD_CHECK_US`; may be called often. Raises SQLAlchemyError."""
        if at_us - self._checked_us < SOLD_CHECK_US:
            return
        self._checked_us = at_us
        with self._lock:
            pieces = {room: tuple(p.epc for p in scanned.values()) for room, scanned in self._rooms.items()}
        sold = self._sold(tuple(epc for epcs in pieces.values() for epc in epcs))
        gone, self._sold_before = set(sold).intersection(self._sold_before), sold
        for room in pieces:
            self._remove(room, lambda piece: piece.epc in gone or piece.at_us <= at_us - MAX_AGE_US)

    def _remove(self, room: RoomId, condition: Callable[[_Scanned], bool]) -> None:
        with self._lock:
            scanned = self._rooms.get(room, {})
            removed = {label: piece for label, piece in scanned.items() if condition(piece)}
            for label in removed:
                del scanned[label]
            self._floor.rooms_changed([TagLeft(room, piece.epc, self._now()) for piece in removed.values()])
