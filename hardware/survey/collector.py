"""Collects the reads of all readers during a survey, and what is noted about the readers meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from threading import Lock

from hardware.ports import RadioFact, ReaderDown, ReaderNote, ReaderStillDown, ReaderUp, TagRead, TagReads
from hardware.printable_text import printable
from hardware.survey.steps import SurveyError
from hardware.watches.read_watch import ReadWatch
from hardware.watches.reader_notes import NoteChange, StandingNotes

MAX_READS = 2_000_000
_NOT_YET = "it has not answered"


class ReadCollector:
    """Collects the reads of these readers, the last MAX_READS of them; `post` may be called from any thread."""

    def __init__(self, readers: Iterable[str]) -> None:
        self._lock = Lock()
        self._reads: deque[tuple[str, TagRead]] = deque(maxlen=MAX_READS)
        self._down = dict.fromkeys(readers, _NOT_YET)
        self._watches = {reader: ReadWatch(reader) for reader in self._down}
        self._standing = StandingNotes()
        self._new_notes: list[ReaderNote] = []

    def post(self, fact: RadioFact) -> None:
        """The callback for `TagReader.start`."""
        with self._lock:
            match fact:
                case TagReads(reader, reads):
                    self._reads.extend((reader, read) for read in reads)
                case ReaderDown(reader, why) | ReaderStillDown(reader, why):
                    self._down[reader] = why
                case ReaderUp(reader):
                    self._down.pop(reader, None)
            self._note(fact)
            self._watch(fact)

    def _watch(self, fact: RadioFact) -> None:
        watch = self._watches.get(fact.reader)
        if watch is None:
            return
        watch.take(fact)
        if isinstance(fact, TagReads) and fact.reads:
            for note in watch.tick(fact.reads[-1].at_us):
                self._note(note)

    def _note(self, fact: RadioFact) -> None:
        if self._standing.take(fact) is NoteChange.BEGAN and isinstance(fact, ReaderNote):
            self._new_notes.append(fact)

    def clear(self) -> None:
        """Drops the reads so far. Raises SurveyError if a reader was lost."""
        with self._lock:
            self._require_readers(allowed=_NOT_YET)
            self._reads.clear()

    def take(self) -> list[tuple[str, TagRead]]:
        """The reads since the last call, with their reader. Raises SurveyError if a reader is not connected."""
        with self._lock:
            self._require_readers()
            taken = list(self._reads)
            self._reads.clear()
            return taken

    def take_notes(self) -> list[str]:
        """What was noted about the readers since the last call, each once, with the reader's name."""
        with self._lock:
            taken, self._new_notes = self._new_notes, []
            return [f"reader {note.reader}: {printable(note.text)}" for note in taken]

    def _require_readers(self, allowed: str = "") -> None:
        for reader, why in self._down.items():
            if why != allowed:
                raise SurveyError(f"reader {reader} was lost during the survey: {why}")
