"""The notes of readers that stand now: begun and not yet over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import Final

from hardware.clock import US
from hardware.ports import NoteKind, RadioFact, ReaderDown, ReaderNote, ReaderUp
from hardware.printable_text import printable

# of one reader; one with 64 antennas and each of them disconnected still fits
MAX_NOTES: Final = 80
MOMENTARY: Final = frozenset({NoteKind.FAULT, NoteKind.REPORTS})
"""Kinds that tell of something that happened; drivers post them again if it happens again."""
MOMENTARY_US: Final = 24 * 3600 * US
"""A note of such a kind is over when it was not posted again for so long."""

REPEAT_US: Final = 600 * US
"""A driver posts such a note again after this time if its cause occurs again, so that it stands on."""

_Key = tuple[NoteKind, int | None]


@unique
class NoteChange(Enum):
    """What a fact changes in the standing notes."""

    NONE = "none"
    BEGAN = "began"
    """A note begins that did not stand: worth a line for a person."""
    CHANGED = "changed"
    """A note that stands has another text, or the notes of the last connection have ended."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class _Standing:
    """A note with the time when it began, and when it was posted last."""

    note: ReaderNote
    posted_us: int


class StandingNotes:
    """Keeps the notes of all readers by kind and antenna. It has no lock and no clock.

    A new connection ends the notes of the last one: those that were posted before its loss. Notes that were posted
    between the loss and the `ReaderUp` belong to the new connection. Texts are shortened and
    without control characters, because a reader may send any text.
    """

    def __init__(self) -> None:
        self._notes: dict[str, dict[_Key, _Standing]] = {}
        self._last_connection: dict[str, set[_Key]] = {}

    def take(self, fact: RadioFact) -> NoteChange:
        """Takes a fact of any reader; reads change nothing."""
        match fact:
            case ReaderNote():
                return self._note(fact)
            case ReaderDown(reader=reader):
                self._last_connection[reader] = set(self._notes.get(reader, ()))
            case ReaderUp(reader=reader):
                return self._connected(reader)
        return NoteChange.NONE

    def _note(self, note: ReaderNote) -> NoteChange:
        key = (note.kind, note.antenna)
        standing = self._notes.setdefault(note.reader, {})
        before = standing.get(key)
        if note.over:
            return NoteChange.NONE if standing.pop(key, None) is None else NoteChange.ENDED
        if before is None and len(standing) >= MAX_NOTES:
            return NoteChange.NONE
        self._last_connection.get(note.reader, set()).discard(key)
        text = printable(note.text)
        began_us = note.at_us if before is None else before.note.at_us
        standing[key] = _Standing(replace(note, text=text, at_us=began_us), note.at_us)
        if before is not None and before.note.text == text:
            return NoteChange.NONE
        return NoteChange.BEGAN if before is None else NoteChange.CHANGED

    def _connected(self, reader: str) -> NoteChange:
        ended = [
            key
            for key in self._last_connection.pop(reader, ())
            if self._notes[reader].pop(key, None) is not None
        ]
        return NoteChange.CHANGED if ended else NoteChange.NONE

    def expire(self, now_us: int) -> tuple[ReaderNote, ...]:
        """Ends the momentary notes that were not posted again for `MOMENTARY_US`; returns them."""
        old = [
            (reader, key)
            for reader, standing in self._notes.items()
            for key, found in standing.items()
            if key[0] in MOMENTARY and now_us - found.posted_us > MOMENTARY_US
        ]
        return tuple(self._notes[reader].pop(key).note for reader, key in old)

    def of(self, reader: str) -> tuple[ReaderNote, ...]:
        """The notes of one reader that stand, oldest first."""
        notes = (standing.note for standing in self._notes.get(reader, {}).values())
        return tuple(sorted(notes, key=lambda note: note.at_us))

    def all(self) -> tuple[ReaderNote, ...]:
        """The notes of all readers that stand, by reader."""
        return tuple(note for reader in sorted(self._notes) for note in self.of(reader))
