"""Radio propagation model of UHF tags in a row of fitting rooms, for tests and benchmarks of the room tracker.

Received signal of a passive tag in dBm at the reader (forward and return path):

    level - 40 log10(distance) - 24 (angle / beam)^2 - walls - door - body + tag + slow fading + channel fading + noise

The antennas are patches on the ceiling that look down; their beam falls by 12 (angle / beam)^2 dB each way, 20 dB at
most (the pattern of 3GPP TR 36.814, table A.2.1.1-2). The exponent is that of free space for backscatter (power falls
with the fourth power of the distance; Dobkin, "The RF in RFID", ch. 3). Spreads are of the size published for portals
and shelves (fading of 3 to 6 dB, bodies 5 to 15 dB); they are choices, not measurements of one shop. All randomness
comes from one seed.

`Propagation.wall_db` is the loss of one wall in the received signal, both paths together. A survey measures more,
because distance and beam add to it (`isolation_db`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, degrees, dist, exp, log10
from random import Random

from hardware.ports import TagRead

Position = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A row of rooms, in metres: room i is centred at x = i * width, its door at y = depth, the corridor beyond."""

    count: int
    width: float = 1.2
    depth: float = 1.5
    antenna_height: float = 2.5

    def antenna(self, room: int) -> Position:
        """The position of the antenna: on the ceiling, a little behind the middle."""
        return (room * self.width, 0.4 * self.depth, self.antenna_height)

    def positions(self, room: int) -> list[Position]:
        """A grid of positions where garments may be, from bench to hook."""
        return [
            (room * self.width + dx * self.width, dy * self.depth, z)
            for dx in (-0.4, -0.2, 0.0, 0.2, 0.4)
            for dy in (0.2, 0.45, 0.7, 0.9)
            for z in (0.5, 1.1, 1.7)
        ]

    def room_at(self, position: Position) -> int | None:
        """The room of a position, or None in the corridor and beyond the row."""
        room = round(position[0] / self.width)
        return room if position[1] <= self.depth and 0 <= room < self.count else None


@dataclass(frozen=True, slots=True)
class Propagation:
    """The parameters of the model in dB, dBm, seconds and reads per second."""

    wall_db: float = 20.0
    level_dbm: float = -45.0
    beam_deg: float = 70.0
    door_db: float = 6.0
    tag_db: float = 2.5
    near_fading_db: float = 3.5
    far_fading_db: float = 5.0
    channel_db: float = 2.5
    noise_db: float = 0.7
    hop_s: float = 0.4
    still_s: float = 8.0
    moving_s: float = 0.7
    body_every_s: float = 15.0
    body_lasts_s: float = 3.0
    body_least_db: float = 5.0
    body_most_db: float = 15.0
    worn_db: float = 5.0
    sensitivity_dbm: float = -72.0
    slope_db: float = 1.5
    slowest_rate: float = 6.0
    fastest_rate: float = 20.0
    reader_rate: float = 500.0


def isolation_db(rooms: RoomRow, air: Propagation) -> float:
    """The mean difference between a tag's own antenna and the next room's, over all positions
    of a room, without fading."""
    own, other = rooms.antenna(0), rooms.antenna(1)
    gaps = [
        path_gain_db(air, own, position) - path_gain_db(air, other, position)
        for position in rooms.positions(0)
    ]
    return air.wall_db + sum(gaps) / len(gaps)


def path_gain_db(air: Propagation, antenna: Position, position: Position) -> float:
    """Path gain by distance and beam, both paths, without obstacles."""
    away = max(0.3, dist(position, antenna))
    angle = degrees(acos(min(1.0, max(-1.0, (antenna[2] - position[2]) / away))))
    return -40.0 * log10(away) - 2.0 * min(20.0, 12.0 * (angle / air.beam_deg) ** 2)


def corridor_db(rooms: RoomRow, air: Propagation) -> float:
    """The mean difference at a room's antenna between tags in it and tags 0.9 m before its door."""
    inside = [mean_dbm(rooms, air, position, 0) for position in rooms.positions(0)]
    return sum(inside) / len(inside) - mean_dbm(rooms, air, (0.0, rooms.depth + 0.9, 1.1), 0)


def mean_dbm(rooms: RoomRow, air: Propagation, position: Position, antenna: int) -> float:
    """The signal of an average tag without fading and bodies."""
    level = air.level_dbm + path_gain_db(air, rooms.antenna(antenna), position)
    inside = rooms.room_at(position)
    if inside is None:
        beside = abs(position[0] / rooms.width - antenna)
        return level - air.door_db - air.wall_db * max(0.0, beside - 0.5) * 0.5
    return level - air.wall_db * abs(inside - antenna)


class TagLink:
    """One tag at one antenna: fading, and bodies between them, over time."""

    __slots__ = ("_body_db", "_body_until", "_channel_db", "_hop_at", "_slow")

    def __init__(self, random: Random) -> None:
        self._slow = random.gauss(0.0, 1.0)
        self._channel_db = 0.0
        self._hop_at = 0.0
        self._body_db = 0.0
        self._body_until = 0.0

    def fade_db(
        self, at_s: float, step_s: float, moving: bool, near: bool, air: Propagation, random: Random
    ) -> float:
        """The deviation from the mean signal at this time; `near` is True for the room's own antenna."""
        keep = exp(-step_s / (air.moving_s if moving else air.still_s))
        self._slow = self._slow * keep + random.gauss(0.0, 1.0) * (1.0 - keep * keep) ** 0.5
        if at_s >= self._hop_at:
            self._hop_at = at_s + air.hop_s
            self._channel_db = random.gauss(0.0, air.channel_db)
        if at_s >= self._body_until:
            self._body_db = 0.0
            if random.random() < step_s / air.body_every_s:
                self._body_db = random.uniform(air.body_least_db, air.body_most_db)
                self._body_until = at_s + random.expovariate(1.0 / air.body_lasts_s)
        spread = air.near_fading_db if near else air.far_fading_db
        return self._slow * spread + self._channel_db - self._body_db


@dataclass(frozen=True, slots=True)
class TagPosition:
    """The position of a tag, whether it moves, and whether it is worn on a body."""

    epc: str
    position: Position
    moving: bool = False
    worn: bool = False


class RadioModel:
    """Simulates the reads of tags step by step; antenna ports count from 1, one per room."""

    def __init__(self, rooms: RoomRow, air: Propagation, seed: int) -> None:
        self.rooms = rooms
        self.air = air
        self._random = Random(seed)
        self._links: dict[tuple[str, int], TagLink] = {}
        self._tags: dict[str, tuple[float, float]] = {}

    def step(self, seen: Sequence[TagPosition], at_us: int, step_us: int) -> list[TagRead]:
        """The reads between `at_us` and `at_us + step_us`, oldest first."""
        crowd: dict[int, int] = {}
        readable: list[tuple[TagPosition, int, float]] = []
        for tag in seen:
            for antenna in self._near(tag.position):
                signal = mean_dbm(self.rooms, self.air, tag.position, antenna)
                if signal > self.air.sensitivity_dbm - 16.0:
                    crowd[antenna] = crowd.get(antenna, 0) + 1
                    readable.append((tag, antenna, signal))
        reads: list[TagRead] = []
        for tag, antenna, signal in readable:
            self._read(tag, antenna, signal, crowd[antenna], at_us, step_us, reads)
        reads.sort(key=lambda read: read.at_us)
        return reads

    def forget(self, epc: str) -> None:
        """Drops the state of a tag that will not return."""
        self._tags.pop(epc, None)
        for antenna in range(self.rooms.count):
            self._links.pop((epc, antenna), None)

    def _near(self, position: Position) -> range:
        middle = round(position[0] / self.rooms.width)
        return range(max(0, middle - 2), min(self.rooms.count, middle + 3))

    def _read(
        self,
        tag: TagPosition,
        antenna: int,
        signal: float,
        crowd: int,
        at_us: int,
        step_us: int,
        out: list[TagRead],
    ) -> None:
        air, random, step_s = self.air, self._random, step_us / 1e6
        offset, rate = self._tag(tag.epc)
        link = self._links.get((tag.epc, antenna))
        if link is None:
            link = self._links[(tag.epc, antenna)] = TagLink(random)
        near = self.rooms.room_at(tag.position) == antenna
        signal += offset + link.fade_db(at_us / 1e6, step_s, tag.moving, near, air, random)
        signal -= air.worn_db if tag.worn else 0.0
        chance = 1.0 / (1.0 + exp(min(60.0, (air.sensitivity_dbm - signal) / air.slope_db)))
        tries = min(rate, air.reader_rate / crowd) * step_s
        while tries > 0.0:
            if random.random() < chance * min(1.0, tries):
                rssi_dbm = round(2.0 * (signal + random.gauss(0.0, air.noise_db))) / 2.0
                out.append(TagRead(tag.epc, antenna + 1, rssi_dbm, at_us + int(random.random() * step_us)))
            tries -= 1.0

    def _tag(self, epc: str) -> tuple[float, float]:
        kept = self._tags.get(epc)
        if kept is None:
            air, random = self.air, self._random
            kept = (random.gauss(0.0, air.tag_db), random.uniform(air.slowest_rate, air.fastest_rate))
            self._tags[epc] = kept
        return kept
