"""Pieces that were brought before a scanner or a pad: no radio hears them, so no silence takes them away."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock

from hardware.errors import EpcError
from hardware.labels.piece_epc import scanned_as
from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.core.domain.ids import Epc, RoomId
from kiosk.store.floor.shop_floor import ShopFloor

REPEAT_US = 1_500_000
"""The same label within this is one scan: a trigger that is held repeats it."""
MAX_AGE_US = 2 * 3600 * 1_000_000
"""A piece is dropped after this, should the mirror that would tell the visit's end have died."""
SOLD_CHECK_US = 45 * 1_000_000
"""How often it is asked what was sold; a piece found sold twice is taken home by now."""
MAX_PIECES = 40
"""Pieces one room may hold this way; more are not brought into a fitting room, but written by a scanner gone mad."""


@dataclass(frozen=True, slots=True)
class _Scanned:
    epc: Epc
    at_us: int


class HandScans:
    """What was scanned hangs in its room until it is scanned again, until the visit is over, or until it was sold.
    Locks: its own, then the writer's."""

    def __init__(
        self,
        floor: ShopFloor,
        now_us: Callable[[], int],
        sold: Callable[[tuple[Epc, ...]], Collection[Epc]],
    ) -> None:
        self._floor, self._now, self._sold = floor, now_us, sold
        self._found_sold: Collection[Epc] = ()
        self._asked_us = now_us()
        self._rooms: dict[RoomId, dict[str, _Scanned]] = {}
        self._last: dict[RoomId, tuple[str, int]] = {}
        self._lock = Lock()

    def scan(self, room: RoomId, epc: Epc) -> bool:
        """Brings a piece into a room, or takes out one that was brought before; whether it is one of this house.

        Errors: MissingError for a room that is not there."""
        try:
            name = scanned_as(epc)
        except EpcError:
            return False
        state = self._floor.room(room)
        with self._lock:
            brought = self._rooms.setdefault(room, {})
            if self._again(room, name):
                return name not in brought or brought[name].epc in state.pieces
            before = brought.pop(name, None)
            if before is not None and before.epc in state.pieces:
                self._floor.rooms_changed([TagLeft(room, before.epc, self._now())])
                return True
            if epc in state.pieces:
                return True  # the radio hears it as well
            self._moved(name, epc, room)
            if len(brought) < MAX_PIECES:
                self._floor.rooms_changed(
                    [TagArrived(room, epc, sure=True, confidence=1.0, at_us=self._now())]
                )
                brought[name] = _Scanned(epc, self._now())
            return epc in state.pieces

    def _again(self, room: RoomId, name: str) -> bool:
        """Whether the label just scanned here was scanned once more; each time counts anew."""
        (last, at_us), now_us = self._last.get(room, ("", 0)), self._now()
        self._last[room] = name, now_us
        return last == name and now_us - at_us < REPEAT_US

    def _moved(self, name: str, epc: Epc, to: RoomId) -> None:
        """A piece is in one room only: carried next door and scanned there, it is not here any more."""
        for room, brought in self._rooms.items():
            if room != to and (here := brought.get(name)) is not None and here.epc == epc:
                del brought[name]
                self._floor.rooms_changed([TagLeft(room, epc, self._now())])

    def end_visit(self, room: RoomId) -> None:
        """Nobody is here any more who could scan them away."""
        with self._lock:
            self._last.pop(room, None)
        self._drop(room, lambda _piece: True)

    def tick(self, at_us: int) -> None:
        """Lets time pass; may be called often. Errors: SQLAlchemyError."""
        if at_us - self._asked_us < SOLD_CHECK_US:
            return
        self._asked_us = at_us
        with self._lock:
            pieces = {room: tuple(p.epc for p in brought.values()) for room, brought in self._rooms.items()}
        sold = self._sold(tuple(epc for epcs in pieces.values() for epc in epcs))
        gone, self._found_sold = set(sold).intersection(self._found_sold), sold
        for room in pieces:
            self._drop(room, lambda piece: piece.epc in gone or piece.at_us <= at_us - MAX_AGE_US)

    def _drop(self, room: RoomId, over: Callable[[_Scanned], bool]) -> None:
        with self._lock:
            brought = self._rooms.get(room, {})
            old = {name: piece for name, piece in brought.items() if over(piece)}
            for name in old:
                del brought[name]
            self._floor.rooms_changed([TagLeft(room, piece.epc, self._now()) for piece in old.values()])
