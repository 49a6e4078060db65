"""Notes about a reader on one connection: what begins, changes and ends (`hardware.ports.ReaderNote`).

Kind and antenna identify a note, so all settings that differ share one, and so do all reasons of lost reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hardware.clock import US
from hardware.llrp.encoding.constants import ConnectionStatus
from hardware.llrp.encoding.messages import ReaderEventNotification, TagReportData
from hardware.llrp.outputs import Noted
from hardware.ports import NoteKind
from hardware.printable_text import printable
from hardware.watches.reader_notes import REPEAT_US

# reports of reads from before an antenna was disconnected may arrive for so long
_REPORTS_UNDER_WAY_S: Final = 2.0
# how long an antenna keeps the state that was noted, and how many antennas are noted, if the used ones are not known
_ANTENNA_SETTLED_S: Final = 1.0
_MAX_ANTENNAS: Final = 64
# different texts of one kind on one connection, and how many of them a note shows
_MAX_TEXTS: Final = 20
_REPEAT_S: Final = REPEAT_US / US
_SHOWN_TEXTS: Final = 5


class ConnectionNotes:
    """The notes that stand on one connection; every method returns only what is new. Times in seconds, monotonic."""

    def __init__(self, antennas: tuple[int, ...] = ()) -> None:
        """`antennas`: the ports in use; empty: all."""
        self._antennas = antennas
        self._settings: list[str] = []
        self._reports: list[str] = []
        self._faults: list[str] = []
        self._missing: list[Noted] = []
        # disconnected ports, and when that was noted
        self._disconnected: dict[int, float] = {}
        # when a change of an antenna was noted last, and the states to be noted later
        self._changed_at: dict[int, float] = {}
        self.waiting: dict[int, bool] = {}
        self._no_region: Noted | None = None
        self._told_at: dict[str, float] = {}
        self._now = 0.0
        self.left_out = 0

    def setting(self, text: str) -> None:
        """Remembers a setting that differs; `settings` posts them together, when the setup is over."""
        if text not in self._settings:
            self._settings.append(text)

    def missing_antenna(self, port: int, count: int) -> None:
        """Remembers an antenna that the reader does not have, likewise."""
        self._missing.append(
            Noted(NoteKind.ANTENNA, f"antenna {port} does not exist; it has {count} antennas", port)
        )

    def no_region(self, text: str) -> None:
        """Remembers that the reader cannot transmit, likewise; reads end this note."""
        self._no_region = Noted(NoteKind.NO_READS, text)

    def settings(self) -> Iterator[Noted]:
        if self._no_region:
            yield self._no_region
        yield from self._missing
        if self._settings:
            yield Noted(NoteKind.SETTING, "; ".join(self._settings))

    def reports_left_out(self, count: int, why: str) -> Iterator[Noted]:
        """Counts reports of tags that cannot be used; noted once on a connection."""
        self.left_out += count
        yield from self._collected(NoteKind.REPORTS, self._reports, f"reports are left out: {why}")

    def event(self, event: ReaderEventNotification, now: float) -> Iterator[Noted]:
        """The notes of an event of the reader."""
        self._now = now
        if event.exception is not None:
            text = f"it reports a fault: {printable(event.exception) or 'without a description'}"
            yield from self._collected(NoteKind.FAULT, self._faults, text)
        if event.antenna is not None:
            yield from self.antenna(*event.antenna, now)
        if event.buffer_overflow:
            text = "its report buffer was full, reads were lost"
            yield from self._collected(NoteKind.REPORTS, self._reports, text)
        if event.connection is ConnectionStatus.ANOTHER_ATTEMPTED:
            text = "another client tried to connect to it; it accepts one only"
            yield from self._collected(NoteKind.FAULT, self._faults, text)

    def antenna(self, port: int, connected: bool, now: float) -> Iterator[Noted]:
        """An antenna in use is disconnected, or connected again. Changes that follow each other within
        `_ANTENNA_SETTLED_S`, as of a loose connector, are noted by `due`."""
        if not self._is_in_use(port):
            return
        self.waiting.pop(port, None)
        if now - self._changed_at.get(port, -math.inf) < _ANTENNA_SETTLED_S:
            self.waiting[port] = connected
            return
        for note in self._antenna(port, connected, now):
            self._changed_at[port] = now
            yield note

    def due(self, now: float) -> Iterator[Noted]:
        """The antennas whose last change was noted long enough ago; to be called with every message."""
        for port in [port for port in self.waiting if now - self._changed_at[port] >= _ANTENNA_SETTLED_S]:
            yield from self.antenna(port, self.waiting[port], now)

    def _is_in_use(self, port: int) -> bool:
        if self._antennas:
            return port in self._antennas
        # port 0 does not exist; a reader may send any other number
        return port in self._changed_at or (port > 0 and len(self._changed_at) < _MAX_ANTENNAS)

    def _antenna(self, port: int, connected: bool, now: float) -> Iterator[Noted]:
        if not connected and port not in self._disconnected:
            self._disconnected[port] = now
            yield Noted(NoteKind.ANTENNA, f"antenna {port} is disconnected", port)
        elif connected and self._disconnected.pop(port, None) is not None:
            yield Noted(NoteKind.ANTENNA, f"antenna {port} is connected again", port, over=True)

    def reads(self, tags: tuple[TagReportData, ...], now: float) -> Iterator[Noted]:
        """Reads of an antenna that the reader calls disconnected, because some readers cannot detect their antennas;
        or of a reader that has a region without telling it."""
        self._now = now
        if self._no_region and tags:
            yield replace(self._no_region, over=True)
            self._no_region = None
        if not self._disconnected:
            return
        for port in {tag.antenna for tag in tags if tag.antenna in self._disconnected}:
            if now - self._disconnected[port] > _REPORTS_UNDER_WAY_S:
                yield from self.antenna(port, connected=True, now=now)

    def _collected(self, kind: NoteKind, texts: list[str], text: str) -> Iterator[Noted]:
        """A note with the last texts of its kind, if this one is new or was noted long ago; none after `_MAX_TEXTS`
        different ones."""
        if text in texts:
            if self._now - self._told_at[text] < _REPEAT_S:
                return
        elif len(texts) >= _MAX_TEXTS:
            return
        else:
            texts.append(text)
        self._told_at[text] = self._now
        yield Noted(kind, "; ".join(texts[-_SHOWN_TEXTS:]))
