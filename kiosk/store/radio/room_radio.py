"""Tag readers of the rooms: opens the configured readers, decides each tag's room, and passes on room changes.

Reads arrive on the readers' threads, some thousands per second. They go through the room tracker under this module's
lock; only changes of a room are passed on. Labels read by a scanner skip the tracker: a person scanned them into the
room. Lock order: this lock first, then the writer's.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

from hardware.clock import now_us
from hardware.ports import (
    KnownArticles,
    LabelFact,
    LabelRefused,
    LabelScanned,
    RadioFact,
    ReaderDown,
    ReaderNote,
    ReaderStillDown,
    ReaderUp,
    TagReads,
)
from hardware.printable_text import printable
from hardware.rooms.changes import RoomChange
from hardware.rooms.room_tracker import RoomTracker
from hardware.supervision.closing import close_all
from hardware.threads.fault_log import LimitedLog
from hardware.watches.reader_notes import NoteChange
from kiosk.core.domain.ids import ScannedId, scanned_id
from kiosk.store.piece_ids import OwnCodes, scanned_of_label
from kiosk.store.radio.ports import RoomEventSink, ScanSink, Tracker
from kiosk.store.radio.reader_report import ReaderReport, ReaderState
from kiosk.store.radio.reader_states import RadioState, ReaderStates
from kiosk.store.radio.reader_watches import ReaderWatches
from kiosk.store.radio.reference_tags import ReferenceTagCheck
from kiosk.store.radio.room_antennas import readers_of
from kiosk.store.radio.set_up import RadioSettings, open_reader, tracking
from kiosk.store.radio.tag_pieces import TagPieces

log = logging.getLogger(__name__)


class RoomRadio:
    """The shop's readers and the tracker of its rooms. `tracker` replaces the one made from the settings; `known` tells
    scanners which articles the shop sells, `own_codes` looks up the shop's own codes of articles."""

    def __init__(
        self,
        settings: RadioSettings,
        sink: RoomEventSink,
        scans: ScanSink | None = None,
        tracker: Tracker | None = None,
        known: KnownArticles | None = None,
        own_codes: OwnCodes = lambda _: None,
    ) -> None:
        readers, rooms = settings.readers, settings.rooms
        self._rooms, self._sink, self._scans, self._own_codes = rooms, sink, scans, own_codes
        self._states = ReaderStates(rooms, readers)
        site, calibration = tracking(settings)
        made = RoomTracker(site, calibration) if site else None
        self._tracker: Tracker | None = tracker or made
        self._references = ReferenceTagCheck(site, settings.references_file) if site else None
        self._pieces = TagPieces(site.references if site else ())
        watched = [name for name in self._states.names if name not in self._states.auxiliary]
        self._watches = ReaderWatches(watched, site, settings.is_ours) if site else None
        self._report = ReaderReport(settings.report_file)
        self._published: RadioState | None = None
        self._lock, self._lines = Lock(), LimitedLog(log)
        self._readers = [r for reader in readers if (r := open_reader(reader, known)) is not None]

    def start(self) -> None:
        opened = {reader.name for reader in self._readers}
        for name in self._states.names:
            if name not in opened:
                self.post(ReaderDown(name, "it cannot be opened", now_us()))
        for reader in self._readers:
            reader.start(self.post)

    def close(self) -> None:
        close_all(self._readers)
        self._report.remove()

    @property
    def reader_states(self) -> tuple[ReaderState, ...]:
        """Each reader with its notes that stand now."""
        with self._lock:
            return self._states.each()

    def post(self, fact: RadioFact | LabelFact) -> None:
        """Takes reads, a scanned label, a state or a note of a reader. Called on that reader's thread."""
        if isinstance(fact, TagReads):
            self._read(fact)
            return
        if isinstance(fact, LabelScanned | LabelRefused):
            self._scanned(fact)
            return
        with self._lock:
            if self._tracker is not None and fact.reader not in self._states.auxiliary:
                match fact:
                    case ReaderUp(reader=reader):
                        self._tracker.reader_up(reader)
                    case ReaderDown(reader=reader):
                        self._tracker.reader_down(reader)
            self._watch(fact)
            self._take(fact)
            self._publish_radio()

    def _take(self, fact: ReaderUp | ReaderDown | ReaderStillDown | ReaderNote) -> None:
        """A connected reader that reads nothing, or not antenna by antenna, is as good as lost for the tracker."""
        usable = self._states.is_usable(fact.reader)
        self._log_state(fact, self._states.take(fact))
        if self._tracker is not None and usable != self._states.is_usable(fact.reader):
            (self._tracker.reader_down if usable else self._tracker.reader_up)(fact.reader)

    def _read(self, fact: TagReads) -> None:
        reader, reads = fact.reader, fact.reads
        with self._lock:
            self._watch(fact)
            silence = self._states.silence(reader)
            if silence is not None and reads:
                # a driver does not know of every cause, for example when a trigger comes
                self._take(replace(silence, at_us=reads[-1].at_us, over=True))
                self._publish_radio()
            if self._tracker is not None:
                self._changed(self._tracker.reads(reader, self._pieces.named(reads)))
            if self._references is not None:
                self._references.reads(reader, reads)

    def _watch(self, fact: RadioFact) -> None:
        if self._watches is not None:
            self._watches.take(fact)

    def _scanned(self, fact: LabelScanned | LabelRefused) -> None:
        """Passes a label on to the scanner's room; the configuration is refused if there is more than one."""
        label = self._label(fact)
        rooms = (r.room for r in self._rooms if fact.reader in readers_of(r, self._states.names))
        room = next(rooms, None)
        if self._scans is not None and room is not None and label is not None:
            self._scans.scan(room, label)

    def _label(self, fact: LabelScanned | LabelRefused) -> ScannedId | None:
        """What was scanned; None for a text that identifies no article."""
        if isinstance(fact, LabelScanned):
            try:
                return scanned_of_label(fact.gtin, fact.serial)
            except ValueError:
                log.info("scanner %s: a serial that is none by GS1", fact.reader)
                return None
        article = self._own_codes(fact.code) if fact.code else None
        if article is None:
            log.info("scanner %s: %s", fact.reader, fact.why)
            return None
        return scanned_id(article, None)

    def tick(self, now_us: int, stamp_us: int | None = None) -> None:
        """Advances tracker, checks and reader states to this time of the steady clock, about five times a second.

        `stamp_us`: the time of day for the report of the readers; `now_us` if it is None.
        """
        with self._lock:
            if self._tracker is not None:
                self._changed(self._tracker.tick(now_us))
            self._states.tick(now_us)
            for note in self._watches.tick(now_us) if self._watches else ():
                self._take(note)
            if self._references is not None:
                self._references.tick(now_us, self._states.lost())
            self._publish_radio()
            states = self._states.each()
        self._report.write(states, now_us if stamp_us is None else stamp_us)

    def _changed(self, changes: Sequence[RoomChange]) -> None:
        if changes:
            self._sink.rooms_changed(changes)

    def _publish_radio(self) -> None:
        """Publishes the state of the readers if it has changed; again if the sink raised an exception."""
        state = self._states.state(self._references.unread_rooms if self._references else ())
        if state != self._published:
            self._sink.radio_changed(state)
            self._published = state

    def _log_state(
        self, fact: ReaderUp | ReaderDown | ReaderStillDown | ReaderNote, change: NoteChange
    ) -> None:
        """One line for each change; a reader that comes and goes writes a few, and then one a minute."""
        kind, name, note = f"{type(fact).__name__} {fact.reader}", fact.reader, self._lines.log
        match fact:
            case ReaderUp():
                note(logging.INFO, kind, "reader %s answers", name)
            case ReaderDown(why=why):
                text = "reader %s is lost: %s; its rooms keep their last known pieces"
                note(logging.WARNING, kind, text, name, printable(why))
            case ReaderNote(text=text) if change is NoteChange.BEGAN:
                note(logging.WARNING, f"{kind} {fact.kind}", "reader %s: %s", name, printable(text))
            case ReaderNote(text=text) if change is NoteChange.ENDED:
                note(logging.INFO, f"{kind} {fact.kind} over", "reader %s, over: %s", name, printable(text))
