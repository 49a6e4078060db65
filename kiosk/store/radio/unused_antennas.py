"""Notes the antennas of a reader that read tags although no room uses them: such reads are left out."""

from __future__ import annotations

from typing import Final

from hardware.ports import NoteKind, RadioFact, ReaderNote, ReaderUp, TagReads
from hardware.rooms.site import Site
from hardware.watches.begun_notes import BegunNotes

MAX_NOTED: Final = 16
"""Antennas of one reader that are noted in one connection: no shop has more of them left over."""


class UnusedAntennas:
    """The watch of one reader. `take` gets its facts, `tick` returns the notes that begin: one for each antenna and
    connection."""

    def __init__(self, reader: str, site: Site) -> None:
        self._notes = BegunNotes(reader)
        used = (antenna.port for antenna in site.antennas_of(reader))
        self._known: set[int | None] = {None, *used}
        """Antennas that are used or noted; reads without an antenna are noted by the driver."""
        self._used = frozenset(self._known)
        self._found: list[tuple[int, int]] = []

    def take(self, fact: RadioFact) -> None:
        """Takes a fact of this reader. A new connection begins anew: it ends all notes."""
        match fact:
            case TagReads(_, reads):
                new = {read.antenna for read in reads} - self._known
                for port in sorted(port for port in new if port is not None):
                    if len(self._known) - len(self._used) < MAX_NOTED:
                        self._known.add(port)
                        self._found.append((port, reads[-1].at_us))
            case ReaderUp():
                self._notes.forget()
                self._known = set(self._used)
                self._found.clear()

    def tick(self) -> tuple[ReaderNote, ...]:
        """The notes that begin."""
        found, self._found = self._found, []
        return tuple(
            note
            for port, at_us in found
            for note in self._notes.begin(NoteKind.NO_ROOM, _text(port), at_us, port)
        )


def _text(port: int) -> str:
    return f"antenna {port} reads tags, but no room uses it; its reads are left out"
