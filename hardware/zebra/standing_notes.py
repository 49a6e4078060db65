"""Which notes of one connection stand, so that each is posted once when it begins and once when it ends."""

from __future__ import annotations

from hardware.ports import NoteKind, ReaderNote


class StandingNotes:
    """The notes of one reader. `begin`, `end` and `forget` return or drop what has changed; time is an argument."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._standing: dict[tuple[NoteKind, int | None], str] = {}

    def begin(self, kind: NoteKind, text: str, at_us: int, antenna: int | None = None) -> list[ReaderNote]:
        """The note to post; none if one of this kind and antenna stands already."""
        if (kind, antenna) in self._standing:
            return []
        self._standing[kind, antenna] = text
        return [ReaderNote(self._reader, kind, text, at_us, antenna)]

    def end(self, kind: NoteKind, at_us: int, antenna: int | None = None) -> list[ReaderNote]:
        """The note to post when it is over; none if it does not stand."""
        text = self._standing.pop((kind, antenna), None)
        return [] if text is None else [ReaderNote(self._reader, kind, text, at_us, antenna, over=True)]

    def forget(self) -> None:
        """A new connection ends all notes without a word."""
        self._standing.clear()
