"""Turns the messages of a reader into facts, the same for WebSocket, MQTT and HTTP POST; without sockets.

Reads that the reader kept while no client was connected, repeated deliveries and events that cannot be understood are
left out and noted. What an event does not contain stays unknown. Time is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from hardware.clock import US
from hardware.json_fields import as_object, as_text
from hardware.json_text import json_values
from hardware.ports import NoteKind, RadioFact, TagRead, TagReads
from hardware.watches.begun_notes import BegunNotes
from hardware.watches.late_events import LateEvents, stamp_of
from hardware.zebra.reader_state import (
    ReaderState,
    antenna_text,
    error_or_warning,
    heartbeat,
)
from hardware.zebra.settings import MAX_MESSAGE_BYTES
from hardware.zebra.tag_events import TagEvent, tag_event

# The IoT Connector keeps up to 150,000 tag events for up to 500 minutes while no client is connected, and sends them
# later, by default 100 a second (schema "retention"). An event is old above this time: a batch waits 2 s by default
# (schema "batching", reportingInterval).
MAX_LATE_US: Final = 5 * US
# events without a gap after which the numbers are known to count tag events one by one
_COUNTED: Final = 20
# a note ends after this time without another cause; readers repeat faults every 30 minutes (reportIntervalInSec)
_QUIET_US: Final = {NoteKind.REPORTS: 60 * US, NoteKind.FAULT: 3600 * US}
# the reader sends these besides tag events; they are no mistakes
_OTHER_EVENTS: Final = frozenset(
    {"heartbeat", "error", "warning", "gpi", "gpo", "userapp", "firmwareUpdateProgress"}
)


@dataclass(frozen=True, slots=True)
class Intake:
    """Facts of one message, in order, and the reader's state if the message contains it."""

    facts: tuple[RadioFact, ...]
    state: ReaderState | None = None


class EventIntake:
    """Takes the messages of one reader. `antennas`: the ports in use, all if empty."""

    def __init__(self, reader: str, antennas: tuple[int, ...] = ()) -> None:
        self.late = LateEvents(MAX_LATE_US)
        self.notes = BegunNotes(reader)
        self._reader = reader
        self._antennas = antennas
        self._last: TagEvent | None = None
        self._in_a_row = 0
        self._last_cause_us: dict[NoteKind, int] = {}
        self._seen_connected: set[int] = set()

    def new_connection(self) -> None:
        """A new connection ends all notes and the numbering of events."""
        self.notes.forget()
        self._last, self._in_a_row = None, 0
        self._seen_connected.clear()
        self._last_cause_us.clear()

    def take(self, message: str | bytes, at_us: int) -> Intake:
        """The facts of a message that arrived at this time. Raises nothing."""
        values, whole = json_values(message) if len(message) <= MAX_MESSAGE_BYTES else ([], False)
        facts: list[RadioFact] = [] if whole else self.left_out("a message that is not JSON", at_us)
        reads: list[TagRead] = []
        state: ReaderState | None = None
        for value in self._events(values):
            read = tag_event(value)
            if read is not None:
                facts += self._take_read(read, reads, at_us)
                continue
            state = self._state(value, at_us) or state
            facts += self._noted(value, at_us)
        if state is not None:
            facts += self.antenna_notes(state, at_us)
        facts += self._quiet(at_us)
        if reads:
            facts.insert(0, TagReads(self._reader, tuple(reads)))
        return Intake(tuple(facts), state)

    def antenna_notes(self, state: ReaderState, at_us: int) -> list[RadioFact]:
        """Notes about antennas in use that are disconnected or connected again.

        Without a list of ports in use, only an antenna that was connected before is missed.
        """
        facts: list[RadioFact] = []
        for port, connected in state.connected.items():
            if connected:
                self._seen_connected.add(port)
                facts += self.notes.end(NoteKind.ANTENNA, at_us, port)
            elif port in (self._antennas or self._seen_connected):
                facts += self.notes.begin(NoteKind.ANTENNA, antenna_text(port), at_us, port)
        return facts

    def _events(self, values: list[Any]) -> list[Any]:
        """All events of a message: single ones and those of batches."""
        found: list[Any] = []
        for value in values:
            found += value if isinstance(value, list) else [value]
        return found

    def _take_read(self, event: TagEvent, reads: list[TagRead], at_us: int) -> list[RadioFact]:
        """Adds the read of an event unless it is old or repeated; returns notes."""
        if event == self._last and event.number is not None:
            return []
        facts = self._missing_numbers(event, at_us)
        self._last = event
        if self.late.is_late(event.stamped_us, at_us):
            return facts + self.left_out("reads that the reader kept while it was not connected", at_us)
        reads.append(TagRead(event.epc, event.antenna, event.rssi_dbm, at_us))
        return facts

    def _missing_numbers(self, event: TagEvent, at_us: int) -> list[RadioFact]:
        """A note if the event's number shows that events before it are missing."""
        if event.number is None or self._last is None or self._last.number is None:
            self._in_a_row = 0
            return []
        missing = event.number - self._last.number - 1
        if missing == 0:
            self._in_a_row += 1
            return []
        counted, self._in_a_row = self._in_a_row >= _COUNTED, 0
        if missing < 0 or not counted:
            return []
        return self.left_out(f"{missing} events that the reader numbered, but did not deliver", at_us)

    def left_out(self, what: str, at_us: int) -> list[RadioFact]:
        """A note about messages that were not taken; it ends when none was left out for a minute."""
        self._last_cause_us[NoteKind.REPORTS] = at_us
        return [*self.notes.begin(NoteKind.REPORTS, f"left out: {what}", at_us)]

    def _quiet(self, at_us: int) -> list[RadioFact]:
        """The ends of notes whose cause was not repeated for long."""
        facts: list[RadioFact] = []
        for kind, quiet_us in _QUIET_US.items():
            if at_us - self._last_cause_us.get(kind, at_us) >= quiet_us:
                del self._last_cause_us[kind]
                facts += self.notes.end(kind, at_us)
        return facts

    def _state(self, value: object, at_us: int) -> ReaderState | None:
        state = heartbeat(value)
        if state is not None:
            # a heartbeat has the reader's clock also when no tag is there
            self.late.is_late(stamp_of(as_object(value).get("timestamp")), at_us)
        return state

    def _noted(self, value: object, at_us: int) -> list[RadioFact]:
        """Notes of an event that is no tag event."""
        reported = error_or_warning(value)
        if reported is None:
            known = as_text(as_object(value).get("type")) in _OTHER_EVENTS
            return [] if known else self.left_out("an event without an EPC", at_us)
        if reported.over:
            return [*self.notes.end(reported.kind, at_us, reported.antenna)]
        if reported.antenna is None:
            self._last_cause_us[reported.kind] = at_us
        return [*self.notes.begin(reported.kind, reported.text, at_us, reported.antenna)]
