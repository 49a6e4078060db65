"""The room tracker: turns tag reads into arrivals, departures and changes of certainty by fitting room.

It has no clock and no thread: time comes with the reads and with `tick`. While a reader is disconnected, its rooms
keep their tags, because missing reads then prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hardware.ports import TagRead
from hardware.rooms.antenna_index import AntennaIndex
from hardware.rooms.calibration import Calibration
from hardware.rooms.changes import (
    PresentTag,
    RoomChange,
    RoomEstimate,
    TagArrived,
    TagCertaintyChanged,
    TagLeft,
)
from hardware.rooms.forward_filter import filter_model, update_probabilities
from hardware.rooms.presence_rules import PresenceRules
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.recent_arrivals import RecentArrivals
from hardware.rooms.signal_model import ROW_BINS, assumed_model, rssi_bin
from hardware.rooms.site import Site
from hardware.rooms.track import TagTrack
from hardware.rooms.track_table import TrackTable

__all__ = [
    "Calibration",
    "PresenceSettings",
    "PresentTag",
    "RoomChange",
    "RoomEstimate",
    "RoomTracker",
    "TagArrived",
    "TagCertaintyChanged",
    "TagLeft",
]

MAX_CACHED_PORTS = 4096
MIN_ESTIMATE = 0.5
MIN_LATE_ESTIMATE = 0.3
LATE_US = 3_000_000


class RoomTracker:
    """Tracks every tag that the shop's antennas read.

    Promises: a tag is in at most one room. `TagLeft` of the old room comes before `TagArrived` of the new one. Times
    never decrease. Memory is bounded. Raises CalibrationError for a calibration of another site.
    """

    def __init__(
        self, site: Site, calibration: Calibration | None = None, settings: PresenceSettings | None = None
    ) -> None:
        self._site = site
        self._settings = settings or PresenceSettings()
        self._names = tuple(site.rooms)
        signals = calibration.signal_model(site) if calibration else assumed_model(site)
        self._model = filter_model(site, signals, self._settings)
        self._tracks = TrackTable(len(self._names), self._settings)
        self._rules = PresenceRules(self._names, self._settings, signals.sure, signals.unsure)
        self._arrivals = RecentArrivals(len(self._names), self._settings)
        self._index = AntennaIndex(site)
        self._own = tuple(
            frozenset(number for number, rooms in enumerate(self._index.rooms_of) if room in rooms)
            for room in range(len(self._names))
        )
        self._ports: dict[tuple[str, int | None], int] = {}
        self._down: set[str] = set()
        self._resumed_us: dict[str, int] = {}
        self._now_us = 0

    def reads(self, reader: str, reads: Sequence[TagRead]) -> list[RoomChange]:
        """Processes reads of one reader, oldest first; the changes, in order.

        A read without an antenna is used if all antennas of the reader cover the same rooms; otherwise it is dropped.
        """
        changes: list[RoomChange] = []
        update_us, ports, track_of = self._settings.update_us, self._ports, self._tracks.track_of
        references = self._site.references
        for read in reads:
            antenna = ports.get((reader, read.antenna))
            if antenna is None:
                antenna = self._find(reader, read.antenna)
            if antenna < 0 or read.epc in references:
                continue
            at_us = read.at_us
            if at_us > self._now_us:
                self._now_us = at_us
            track = track_of(read.epc, at_us)
            if track is None:
                continue
            track.pending.append(antenna * ROW_BINS + rssi_bin(read.rssi_dbm))
            track.last_us = self._now_us
            if self._now_us - track.updated_us >= update_us:
                changes += self._update(track)
        return changes

    def tick(self, at_us: int) -> list[RoomChange]:
        """Lets time pass. Call it about four times a second, also while reads come."""
        self._now_us = max(self._now_us, at_us)
        self._arrivals.tick(self._now_us)
        changes: list[RoomChange] = []
        for track in self._tracks.inside():
            changes += self._update(track)
        for track in self._tracks.candidates():
            if track.pending and self._now_us - track.updated_us >= self._settings.update_us:
                changes += self._update(track)
        self._tracks.expire(self._now_us)
        return changes

    def reader_down(self, reader: str) -> None:
        """A reader is disconnected: from now on no tag leaves its rooms for lack of reads."""
        self._down.add(self._reader(reader))

    def reader_up(self, reader: str) -> None:
        """A reader is connected again: missing reads count again after `PresenceSettings.grace_us`."""
        name = self._reader(reader)
        if name in self._down:
            self._down.discard(name)
            self._resumed_us[name] = self._now_us

    def present(self, room: str) -> tuple[PresentTag, ...]:
        """The tags in a room now, by arrival. Raises KeyError for a room that the site does not have."""
        if room not in self._site.rooms:
            raise KeyError(room)
        present = (track for track in self._tracks.inside() if self._names[track.room] == room)
        return tuple(PresentTag(room, t.epc, t.sure, round(t.confidence, 4), t.since_us) for t in present)

    def estimates(self) -> Iterator[RoomEstimate]:
        """The estimated room of every tracked tag: its room, or the likeliest one if that is likely enough."""
        for track in self._tracks.tracked():
            index = track.room if track.room >= 0 else self._likely_room(track)
            room = self._names[index] if index >= 0 else None
            yield RoomEstimate(track.epc, room, round(track.probabilities[index], 4), track.sure)

    def _likely_room(self, track: TagTrack) -> int:
        known_us, probability = self._now_us - track.first_us, track.probabilities[track.best]
        likely = probability >= MIN_ESTIMATE or (known_us >= LATE_US and probability >= MIN_LATE_ESTIMATE)
        return track.best if likely and track.best < len(self._names) else -1

    @property
    def tracked_count(self) -> int:
        """How many tags are in memory, of every kind."""
        return len(self._tracks)

    def _reader(self, reader: str) -> str:
        return "" if self._site.one_reader else reader

    def _find(self, reader: str, port: int | None) -> int:
        index = self._index.number(reader, port)
        if len(self._ports) < MAX_CACHED_PORTS:
            self._ports[(reader, port)] = index
        return index

    def _update(self, track: TagTrack) -> list[RoomChange]:
        now_us, room = self._now_us, track.room
        if room >= 0:
            if self._disconnected(room):
                track.pending.clear()
                track.updated_us = track.room_read_us = now_us
                return []
            self._count_own_reads(track, now_us)
        update_probabilities(track, now_us, self._model, self._arrivals.room_weights)
        changes = self._rules.decide(track, now_us, room < 0 or self._silence_counts(room))
        if track.room != room:
            self._tracks.relocate(track)
            if track.room >= 0:
                self._arrivals.add(track, now_us)
        return changes

    def _count_own_reads(self, track: TagTrack, now_us: int) -> None:
        own = self._own[track.room]
        reads = sum(1 for code in track.pending if code // ROW_BINS in own)
        self._rules.count_reads(track, reads, now_us - track.updated_us)
        if reads:
            track.room_read_us = track.last_us
            track.group.read_us = max(track.group.read_us, track.room_read_us)

    def _disconnected(self, room: int) -> bool:
        return bool(self._down) and not self._down.isdisjoint(self._site.readers_of(self._names[room]))

    def _silence_counts(self, room: int) -> bool:
        if not self._resumed_us:
            return True
        grace_us = self._settings.grace_us
        readers = self._site.readers_of(self._names[room])
        return all(self._now_us - self._resumed_us.get(r, -grace_us) >= grace_us for r in readers)
