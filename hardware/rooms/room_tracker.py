"""Reads in, arrivals and departures out: the store's watch over which garment is in which room.

No clock and no thread live here: time comes with the reads and with `tick`. A room whose reader is lost keeps its
garments, because silence then says nothing about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hardware.ports import TagRead
from hardware.rooms.calibration import Calibration
from hardware.rooms.changes import (
    PresentTag,
    RoomChange,
    RoomEstimate,
    TagArrived,
    TagCertaintyChanged,
    TagLeft,
)
from hardware.rooms.forward_filter import filter_model, weigh
from hardware.rooms.presence_rules import PresenceRules
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.recent_arrivals import RecentArrivals
from hardware.rooms.signal_model import RSSI_BINS, assumed_model, cell
from hardware.rooms.site import Antenna, Site
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
MIN_CHANCE = 0.5
MIN_GUESS_CHANCE = 0.3
GUESS_AFTER_US = 3_000_000


class RoomTracker:
    """Follows every tag the shop's antennas hear.

    Promises: a tag is in one room at most; `TagLeft` of the old room comes before `TagArrived` of the new one; times
    never run backwards; memory is bounded whatever is read. Errors: CalibrationError for a calibration of another site.
    """

    def __init__(
        self, site: Site, calibration: Calibration | None = None, tuning: PresenceSettings | None = None
    ) -> None:
        self._site = site
        self._tuning = tuning or PresenceSettings()
        self._names = tuple(site.rooms)
        profile = calibration.profile(site) if calibration else assumed_model(site)
        self._scales = filter_model(site, profile, self._tuning)
        self._crowd = TrackTable(len(self._names), self._tuning)
        self._places = PresenceRules(self._names, self._tuning, profile.sure, profile.unsure)
        self._company = RecentArrivals(len(self._names), self._tuning)
        self._index = {antenna: index for index, antenna in enumerate(site.antennas)}
        self._own = tuple(
            frozenset(self._index[antenna] for antenna in antennas) for antennas in site.rooms.values()
        )
        self._ports: dict[tuple[str, int], int] = {}
        self._down: set[str] = set()
        self._resumed_us: dict[str, int] = {}
        self._now_us = 0

    def reads(self, reader: str, reads: Sequence[TagRead]) -> list[RoomChange]:
        """Takes the reads of one report, oldest first; what they change, in order."""
        changes: list[RoomChange] = []
        judge_us, ports, meet = self._tuning.judge_us, self._ports, self._crowd.meet
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
            track = meet(read.epc, at_us)
            if track is None:
                continue
            track.heard.append(antenna * RSSI_BINS + cell(read.rssi_dbm))
            track.last_us = self._now_us
            if self._now_us - track.weighed_us >= judge_us:
                changes += self._judge(track)
        return changes

    def tick(self, at_us: int) -> list[RoomChange]:
        """Lets time pass; to be called about four times a second, also while reads come."""
        self._now_us = max(self._now_us, at_us)
        self._company.tick(self._now_us)
        changes: list[RoomChange] = []
        for track in self._crowd.inside():
            changes += self._judge(track)
        for track in self._crowd.candidates():
            if track.heard and self._now_us - track.weighed_us >= self._tuning.judge_us:
                changes += self._judge(track)
        self._crowd.forget(self._now_us)
        return changes

    def reader_down(self, reader: str) -> None:
        """A reader is lost: from now on nothing leaves its rooms because of silence."""
        self._down.add(self._reader(reader))

    def reader_up(self, reader: str) -> None:
        """A reader is back: silence counts again after `PresenceSettings.grace_us`."""
        name = self._reader(reader)
        if name in self._down:
            self._down.discard(name)
            self._resumed_us[name] = self._now_us

    def present(self, room: str) -> tuple[PresentTag, ...]:
        """Who is in a room now, the longest first. Errors: KeyError for a room the site does not have."""
        if room not in self._site.rooms:
            raise KeyError(room)
        here = (track for track in self._crowd.inside() if self._names[track.room] == room)
        return tuple(PresentTag(room, t.epc, t.sure, round(t.confidence, 4), t.since_us) for t in here)

    def beliefs(self) -> Iterator[RoomEstimate]:
        """Where every tracked tag is held to be: its room, or the likeliest one where that is likelier than none."""
        for track in self._crowd.known():
            index = track.room if track.room >= 0 else self._guess(track)
            room = self._names[index] if index >= 0 else None
            yield RoomEstimate(track.epc, room, round(track.chances[index], 4), track.sure)

    def _guess(self, track: TagTrack) -> int:
        known_us, chance = self._now_us - track.first_us, track.chances[track.best]
        likely = chance >= MIN_CHANCE or (known_us >= GUESS_AFTER_US and chance >= MIN_GUESS_CHANCE)
        return track.best if likely and track.best < len(self._names) else -1

    @property
    def remembered(self) -> int:
        """How many tags are kept in memory, of every kind."""
        return len(self._crowd)

    def _reader(self, reader: str) -> str:
        return "" if self._site.one_reader else reader

    def _find(self, reader: str, port: int) -> int:
        index = self._index.get(Antenna(self._reader(reader), port), -1)
        if len(self._ports) < MAX_CACHED_PORTS:
            self._ports[(reader, port)] = index
        return index

    def _judge(self, track: TagTrack) -> list[RoomChange]:
        now_us, room = self._now_us, track.room
        if room >= 0:
            if self._deaf(room):
                track.heard.clear()
                track.weighed_us = track.room_us = now_us
                return []
            self._listen(track, now_us)
        weigh(track, now_us, self._scales, self._company.welcome)
        changes = self._places.decide(track, now_us, room < 0 or self._silence_counts(room))
        if track.room != room:
            self._crowd.settle(track)
            if track.room >= 0:
                self._company.arrived(track, now_us)
        return changes

    def _listen(self, track: TagTrack, now_us: int) -> None:
        own = self._own[track.room]
        heard = sum(1 for code in track.heard if code // RSSI_BINS in own)
        self._places.heard(track, heard, now_us - track.weighed_us)
        if heard:
            track.room_us = track.last_us
            track.party.heard_us = max(track.party.heard_us, track.room_us)

    def _deaf(self, room: int) -> bool:
        return bool(self._down) and not self._down.isdisjoint(self._site.readers_of(self._names[room]))

    def _silence_counts(self, room: int) -> bool:
        if not self._resumed_us:
            return True
        grace_us = self._tuning.grace_us
        readers = self._site.readers_of(self._names[room])
        return all(self._now_us - self._resumed_us.get(r, -grace_us) >= grace_us for r in readers)
