"""Which readers answer, what they note, and which rooms are without radio. It has no lock, no clock and no thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hardware.drivers.tag_reader import is_scanner
from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderStillDown, ReaderUp
from hardware.watches.reader_notes import NoteChange, StandingNotes
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.reader_report import ReaderState
from kiosk.store.radio.room_antennas import auxiliary_pads, readers_of, site_of
from kiosk.store.settings import ReaderSettings, RoomSettings

GRACE_US: Final = 5_000_000
"""For so long after the start a reader that has not reported does not count as lost: a normal start shows no fault."""


@dataclass(frozen=True, slots=True)
class RoomNote:
    """A note of a reader of a room, for the associates' page. `text` is for a technician, in English."""

    reader: str
    kind: NoteKind
    antenna: int | None
    text: str


@dataclass(frozen=True, slots=True)
class RadioState:
    """`up`: whether each reader answers; the rooms that no reader covers now; the notes by room, if it has any."""

    up: Mapping[str, bool]
    rooms_without: frozenset[RoomId]
    notes: Mapping[RoomId, tuple[RoomNote, ...]]


class ReaderStates:
    """The readers of a shop. A room has radio while all its readers answer; scanners, and pads beside antennas, do not
    count."""

    def __init__(self, rooms: Sequence[RoomSettings], readers: Sequence[ReaderSettings]) -> None:
        self._rooms = rooms
        self.names = tuple(reader.name for reader in readers)
        self.scanners = frozenset(reader.name for reader in readers if is_scanner(reader.uri))
        self.auxiliary = self.scanners | auxiliary_pads(rooms, readers)
        """Scanners, and pads that share each of their rooms with antennas."""
        self.notes = StandingNotes()
        self._site = site_of(rooms, readers)
        self._up: dict[str, bool] = {}
        self._why: dict[str, str] = {}
        self._grace_ends_us: int | None = None
        self._in_grace = True

    def take(self, fact: ReaderUp | ReaderDown | ReaderStillDown | ReaderNote) -> NoteChange:
        """Takes a state or a note of a reader; returns what it changes in the notes."""
        match fact:
            case ReaderUp(reader=reader):
                self._up[reader] = True
                self._why.pop(reader, None)
            case ReaderDown(reader=reader, why=why):
                self._up[reader] = False
                self._why[reader] = why
            case ReaderStillDown(reader=reader, why=why):
                self._why[reader] = why
            case ReaderNote():
                pass
        return self.notes.take(fact)

    def tick(self, now_us: int) -> bool:
        """Advances the time: notes of what happened long ago end. True when the readers that have not reported become
        lost ones."""
        self.notes.expire(now_us)
        if not self._in_grace:
            return False
        if self._grace_ends_us is None:
            self._grace_ends_us = now_us + GRACE_US
        self._in_grace = now_us < self._grace_ends_us
        return not self._in_grace and any(name not in self._up for name in self.names)

    @property
    def up(self) -> dict[str, bool]:
        """Whether each reader answers now, by name."""
        return {name: self._up.get(name, False) for name in self.names}

    def each(self) -> tuple[ReaderState, ...]:
        """Each reader with its notes that stand now."""
        return tuple(
            ReaderState(name, up, "" if up else self._why.get(name, ""), self.notes.of(name))
            for name, up in self.up.items()
        )

    def is_placed(self, reader: str) -> bool:
        """Whether the room of a reader's reads is known: it sends antenna numbers, or all its antennas cover the same
        rooms."""
        unnamed = any(
            note.kind is NoteKind.ANTENNA and note.antenna is None for note in self.notes.of(reader)
        )
        return not unnamed or self._site is None or self._site.places_unnamed(reader)

    def is_usable(self, reader: str) -> bool:
        """Whether a connected reader shows which garments are in its rooms: it reads, and its reads can be placed."""
        return self.silence(reader) is None and self.is_placed(reader)

    def silence(self, reader: str) -> ReaderNote | None:
        """The note that a reader reads nothing, if it stands."""
        return next((note for note in self.notes.of(reader) if note.kind is NoteKind.NO_READS), None)

    def lost(self) -> frozenset[str]:
        """The readers that are lost, under the names that the site uses: \"\" if there is only one reader."""
        lost = {name for name in self.names if self._is_lost(name)} - self.auxiliary
        return frozenset(lost | {""} if lost and len(set(self.names) - self.scanners) == 1 else lost)

    def _is_lost(self, name: str) -> bool:
        up = self._up.get(name)
        return not self.is_usable(name) or (not self._in_grace if up is None else not up)

    def state(self, unread_rooms: Collection[str]) -> RadioState:
        """The state of all rooms; `unread_rooms` are those whose antennas all failed the check of reference tags."""
        without = {room.room for room in self._rooms if self._is_without(room, unread_rooms)}
        notes = {room.room: found for room in self._rooms if (found := self._notes_of(room))}
        return RadioState(self.up, frozenset(without), notes)

    def _is_without(self, room: RoomSettings, unread_rooms: Collection[str]) -> bool:
        readers = readers_of(room, self.names) - self.auxiliary
        return (
            room.room in unread_rooms
            or any(map(self._is_lost, readers))
            or (bool(readers) and not self._antennas_left(room, readers))
        )

    def _antennas_left(self, room: RoomSettings, readers: Collection[str]) -> bool:
        """Whether one of a room's antennas is not noted as disconnected."""
        gone = {
            (reader, str(note.antenna))
            for reader in readers
            for note in self.notes.of(reader)
            if note.kind is NoteKind.ANTENNA and note.antenna is not None
        }
        return any(
            (reader, port) not in gone
            for named, _, port in (antenna.rpartition("/") for antenna in room.antennas)
            for reader in ([named] if named else readers)
            if reader in readers
        )

    def _notes_of(self, room: RoomSettings) -> tuple[RoomNote, ...]:
        """The notes of the room's readers: those without an antenna, and those of its own antennas."""
        ports = {antenna.rpartition("/")[::2] for antenna in room.antennas}
        return tuple(
            RoomNote(reader, note.kind, note.antenna, note.text)
            for reader in sorted(readers_of(room, self.names))
            for note in self.notes.of(reader)
            if note.antenna is None or {(reader, str(note.antenna)), ("", str(note.antenna))} & ports
        )
