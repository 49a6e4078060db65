"""Turns the events of one connection into facts: reads, and notes about antennas, lost and old events.

Pure: the time of receipt is an argument, in microseconds since 1970 UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hardware.clock import US
from hardware.impinj.events import Event, antenna_of, parse_events, read_of
from hardware.ports import NoteKind, RadioFact, TagRead, TagReads
from hardware.watches.begun_notes import BegunNotes
from hardware.watches.late_events import LateEvents, stamp_of

# late events in this time after a connection are those that the reader had stored, which is no fault
_BACKLOG_US: Final = 10 * US
# a note about lost events ends when none was lost for this time
_QUIET_US: Final = 60 * US


class EventFlow:
    """The events of one connection to the reader `name`.

    `hostname` "" takes the events of any reader, else only those whose `hostname` is this one.
    """

    def __init__(self, name: str, hostname: str = "") -> None:
        self._name = name
        self._hostname = hostname
        self._late = LateEvents()
        self.notes = BegunNotes(name)
        self._lost_at_us = 0
        self._began_us = 0
        self.stopped = False
        """Whether no inventory runs by the last status event; the driver resets it after a check."""
        self.seen = 0
        """Events of this reader so far, late ones too."""

    def set_clock(self, reader_time: object, ours_us: int) -> None:
        """The reader's clock as it reports it (ISO 8601), if it does, at `ours_us` of ours."""
        stamp = stamp_of(reader_time)
        if stamp is not None:
            self._late.set_clock(stamp, ours_us)

    def take_raw(self, texts: Iterable[bytes], at_us: int) -> list[RadioFact]:
        """The facts in lines, messages or bodies received at `at_us`; what is no event becomes a note."""
        events: list[Event] = []
        wrong = 0
        for text in texts:
            understood, whole = parse_events(text)
            events += understood
            wrong += not whole
        return self.take(events, at_us) + (self.lost("events are not understood", at_us) if wrong else [])

    def take(self, events: Iterable[Event], at_us: int) -> list[RadioFact]:
        """The facts in events."""
        reads: list[TagRead] = []
        facts: list[RadioFact] = []
        late = wrong = 0
        for event in events:
            if self._hostname and event.get("hostname") != self._hostname:
                continue
            self.seen += 1
            if self._late.is_late(stamp_of(event.get("timestamp")), at_us):
                late += 1
            elif isinstance(tag := event.get("tagInventoryEvent"), dict):
                try:
                    reads.append(read_of(tag, at_us))
                except ValueError:
                    wrong += 1
            else:
                facts += self._other(event, at_us)
        if reads:
            facts.append(TagReads(self._name, tuple(reads)))
        self._began_us = self._began_us or at_us
        if late and at_us - self._began_us > _BACKLOG_US:
            facts += self.lost("events came more than 2 s late and were left out", at_us)
        if wrong:
            facts += self.lost("events are not understood", at_us)
        return facts + self._quiet(at_us)

    def _other(self, event: Event, at_us: int) -> list[RadioFact]:
        if "antennaDisconnectedEvent" in event:
            port = antenna_of(event["antennaDisconnectedEvent"])
            text = (
                f"antenna {port} is disconnected; check its cable" if port else "an antenna is disconnected"
            )
            return [*self.notes.begin(NoteKind.ANTENNA, text, at_us, port)]
        if "antennaConnectedEvent" in event:
            port = antenna_of(event["antennaConnectedEvent"])
            return [*self.notes.end(NoteKind.ANTENNA, at_us, port)]
        if "overflowEvent" in event:
            return self.lost("events were lost because the reader's buffer was full", at_us)
        if "inventoryTerminatedEvent" in event:
            self.stopped = True
        status = event.get("inventoryStatusEvent")
        if isinstance(status, dict):
            # both names of the field occur: `status` in the API's document, `inventoryStatus` in older firmware
            self.stopped = "idle" in (status.get("status"), status.get("inventoryStatus"))
        return []

    def lost(self, text: str, at_us: int) -> list[RadioFact]:
        """A note about events that were not taken; it ends when none was lost for a minute."""
        self._lost_at_us = at_us
        return [*self.notes.begin(NoteKind.REPORTS, text, at_us)]

    def _quiet(self, at_us: int) -> list[RadioFact]:
        if at_us - self._lost_at_us < _QUIET_US:
            return []
        return [*self.notes.end(NoteKind.REPORTS, at_us)]
