"""Ports of the radio: what decides the rooms of tags, and what receives the changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hardware.ports import TagRead
from hardware.rooms.changes import RoomChange
from kiosk.core.domain.ids import RoomId, ScannedId
from kiosk.store.radio.reader_states import RadioState


class Tracker(Protocol):
    """What the store needs of `hardware.rooms.room_tracker.RoomTracker`."""

    def reads(self, reader: str, reads: Sequence[TagRead]) -> list[RoomChange]: ...

    def tick(self, at_us: int) -> list[RoomChange]: ...

    def reader_down(self, reader: str) -> None: ...

    def reader_up(self, reader: str) -> None: ...


class RoomEventSink(Protocol):
    """Receives the room changes in order, and the state of the readers. Implemented by `ShopFloor`."""

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None: ...

    def radio_changed(self, state: RadioState) -> None: ...


class ScanSink(Protocol):
    """Receives the labels that a scanner reads for a room. Implemented by `HandScans`."""

    def scan(self, room: RoomId, label: ScannedId) -> object: ...
