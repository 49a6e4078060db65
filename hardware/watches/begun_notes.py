"""Notes that a driver or a watch has begun, so that each is posted once when it begins and once when it ends."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.ports import NoteKind, ReaderNote
from hardware.watches.reader_notes import MOMENTARY, REPEAT_US


@dataclass(frozen=True, slots=True)
class _Begun:
    """The text of a note, and when it was posted last."""

    text: str
    posted_us: int


class BegunNotes:
    """The notes of one reader by kind and antenna. `begin` and `end` return what is to be posted; time is an argument.

    A momentary note is posted again after `REPEAT_US` if its cause still occurs, because receivers forget it otherwise.
    """

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._begun: dict[tuple[NoteKind, int | None], _Begun] = {}

    def begin(
        self, kind: NoteKind, text: str, at_us: int, antenna: int | None = None
    ) -> tuple[ReaderNote, ...]:
        """The note to post; none if one of this kind and antenna has begun already."""
        before = self._begun.get((kind, antenna))
        if before is not None and (kind not in MOMENTARY or at_us - before.posted_us < REPEAT_US):
            return ()
        self._begun[kind, antenna] = _Begun(text, at_us)
        return (ReaderNote(self._reader, kind, text, at_us, antenna),)

    def end(self, kind: NoteKind, at_us: int, antenna: int | None = None) -> tuple[ReaderNote, ...]:
        """The note to post when it is over; none if it has not begun."""
        begun = self._begun.pop((kind, antenna), None)
        return (
            () if begun is None else (ReaderNote(self._reader, kind, begun.text, at_us, antenna, over=True),)
        )

    def __contains__(self, kind: NoteKind) -> bool:
        """Whether a note of this kind without an antenna has begun."""
        return (kind, None) in self._begun

    def forget(self) -> None:
        """A new connection ends all notes; nothing is posted for that."""
        self._begun.clear()
