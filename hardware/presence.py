"""Reads in, arrivals and departures out: the store's watch over which garment is in which room.

No clock and no thread live here: time comes with the reads and with `tick`. A room whose reader is lost keeps its
garments, because silence then says nothing about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hardware.ports import TagRead
from hardware.rooms.calibration import Calibration
from hardware.rooms.changes import Arrived, Belief, Change, Doubt, Here, Left
from hardware.rooms.track import Track
from hardware.rooms.tuning import Tuning
from hardware.rooms.weigh import Scales
from hardware.site import Antenna, Site

__all__ = ["Arrived", "Belief", "Calibration", "Change", "Doubt", "Here", "Left", "RoomWatch", "Tuning"]


class RoomWatch:
    """Follows every tag the shop's antennas hear.

    Promises: a tag is in one room at most; `Left` of the old room comes before `Arrived` of the new one; times never
    run backwards; memory is bounded whatever is read (`Tuning.strangers` tags seen once, and those read lately).
    """

    def __init__(
        self, site: Site, calibration: Calibration | None = None, tuning: Tuning | None = None
    ) -> None:
        self._site = site
        self._calibration = calibration
        self._tuning = tuning or Tuning()
        self._names = tuple(site.rooms)
        self._scales = Scales(site, self._tuning)
        self._place = {antenna: index for index, antenna in enumerate(site.antennas)}
        self._places: dict[tuple[str, int], int] = {}
        self._tracks: dict[str, Track] = {}
        self._strangers: dict[str, int] = {}
        self._now_us = 0
        self._down: set[str] = set()
        self._resumed_us: dict[str, int] = {}

    def reads(self, reader: str, reads: Sequence[TagRead]) -> list[Change]:
        """Takes the reads of one report, oldest first; what they change, in order."""
        changes: list[Change] = []
        judge_us = self._tuning.judge_us
        for read in reads:
            place = self._places.get((reader, read.antenna))
            if place is None:
                place = self._find(reader, read.antenna)
            if place < 0:
                continue
            track = self._known(read)
            if track is None:
                continue
            self._hear(track, place, read)
            if self._now_us - track.judged_us >= judge_us:
                self._judge(track, self._now_us, changes)
        return changes

    def tick(self, at_us: int) -> list[Change]:
        """Lets time pass; to be called about four times a second, also while reads come."""
        self._now_us = max(self._now_us, at_us)
        changes: list[Change] = []
        for track in list(self._tracks.values()):
            self._judge(track, self._now_us, changes)
            if track.room < 0 and self._now_us - track.last_us > self._tuning.forget_us:
                del self._tracks[track.epc]
        self._forget_strangers()
        return changes

    def reader_down(self, reader: str) -> None:
        """A reader is lost: from now on nothing leaves its rooms because of silence."""
        self._down.add(reader)

    def reader_up(self, reader: str) -> None:
        """A reader is back: silence counts again after `Tuning.grace_us`."""
        self._down.discard(reader)
        self._resumed_us[reader] = self._now_us

    def present(self, room: str) -> tuple[Here, ...]:
        """Who is in a room now, the longest first."""
        here = (t for t in self._tracks.values() if t.room >= 0 and self._names[t.room] == room)
        return tuple(
            Here(room, t.epc, t.sure, round(t.confidence, 4), t.since_us)
            for t in sorted(here, key=lambda t: t.since_us)
        )

    def beliefs(self) -> Iterator[Belief]:
        """Where every known tag is held to be, the first heard first."""
        for track in self._tracks.values():
            room = self._names[track.room] if track.room >= 0 else None
            yield Belief(track.epc, room, round(track.confidence, 4), track.sure)

    def _find(self, reader: str, port: int) -> int:
        name = "" if self._site.one_reader else reader
        place = self._place.get(Antenna(name, port), -1)
        if len(self._places) < 4096:
            self._places[(reader, port)] = place
        return place

    def _known(self, read: TagRead) -> Track | None:
        track = self._tracks.get(read.epc)
        if track is not None:
            return track
        first_us = self._strangers.pop(read.epc, None)
        if first_us is not None and abs(read.at_us - first_us) <= self._tuning.forget_us:
            track = self._tracks[read.epc] = Track(read.epc, read.at_us)
            return track
        self._strangers[read.epc] = read.at_us
        if len(self._strangers) > self._tuning.strangers:
            del self._strangers[next(iter(self._strangers))]
        self._now_us = max(self._now_us, read.at_us)
        return None

    def _hear(self, track: Track, place: int, read: TagRead) -> None:
        self._now_us = max(self._now_us, read.at_us)
        track.add(place, read.rssi_dbm, read.at_us, self._tuning.memory_us)
        if track.room >= 0 and track.room in self._scales.rooms_of(place):
            track.room_last_us = max(track.room_last_us, read.at_us)

    def _judge(self, track: Track, at_us: int, changes: list[Change]) -> None:
        track.judged_us = at_us
        if track.room >= 0 and self._deaf(track.room, at_us):
            return
        room, chance = self._scales.weigh(track, at_us)
        self._lean(track, room if chance >= self._tuning.arrive else -1, at_us)
        if track.room < 0:
            self._arrive(track, room, chance, at_us, changes)
        elif room == track.room:
            self._stay(track, chance, at_us, changes)
        else:
            self._waver(track, room, chance, at_us, changes)

    def _lean(self, track: Track, room: int, at_us: int) -> None:
        if room != track.leaning:
            track.leaning = room
            track.leaning_since_us = at_us

    def _arrive(self, track: Track, room: int, chance: float, at_us: int, changes: list[Change]) -> None:
        track.confidence = chance
        if track.leaning < 0 or at_us - track.leaning_since_us < self._tuning.dwell_us:
            return
        track.room, track.since_us, track.room_last_us = room, at_us, track.last_us
        track.sure = chance >= self._tuning.sure
        changes.append(Arrived(self._names[room], track.epc, track.sure, round(chance, 4), at_us))

    def _stay(self, track: Track, chance: float, at_us: int, changes: list[Change]) -> None:
        track.confidence = chance
        sure = chance >= (self._tuning.unsure if track.sure else self._tuning.sure)
        if sure != track.sure:
            track.sure = sure
            changes.append(Doubt(self._names[track.room], track.epc, sure, round(chance, 4), at_us))

    def _waver(self, track: Track, room: int, chance: float, at_us: int, changes: list[Change]) -> None:
        leaning_us = at_us - track.leaning_since_us
        moved = (
            room >= 0
            and track.leaning == room
            and chance >= self._tuning.move
            and leaning_us >= self._tuning.move_us
        )
        silent = at_us - track.room_last_us > self._tuning.silence_us
        if not (moved or silent):
            return
        changes.append(Left(self._names[track.room], track.epc, at_us))
        track.room, track.sure, track.confidence = -1, False, 0.0
        if moved:
            self._arrive(track, room, chance, at_us, changes)

    def _deaf(self, room: int, at_us: int) -> bool:
        readers = self._site.readers_of(self._names[room])
        if "" in readers:
            readers = frozenset(self._down | self._resumed_us.keys())
        if readers & self._down:
            return True
        return any(
            at_us - self._resumed_us[reader] < self._tuning.grace_us
            for reader in readers
            if reader in self._resumed_us
        )

    def _forget_strangers(self) -> None:
        oldest = self._now_us - self._tuning.forget_us
        while self._strangers:
            epc = next(iter(self._strangers))
            if self._strangers[epc] >= oldest:
                return
            del self._strangers[epc]
