"""How UHF tags are heard in a row of fitting rooms: the model behind the simulated readers and the test bench.

Received signal of a passive tag, in dBm at the reader, both ways counted:

    level - 40 log10(distance) - 24 (angle / beam)^2 - walls - door - body + tag + slow fading + channel fading + noise

The antennas are patches on the ceiling that look down; their beam falls by 12 (angle / beam)^2 dB each way, 20 dB at
most (the pattern of 3GPP TR 36.814, table A.2.1.1-2). The exponent is that of free space for backscatter (power falls
with the fourth power of the distance; Dobkin, "The RF in RFID", ch. 3). Spreads are of the size published for portals
and shelves (fading of 3 to 6 dB, bodies 5 to 15 dB); they are choices, not measurements of one shop. All randomness
comes from one seed.

`Air.wall_db` is what one wall takes from the received signal, both ways together. What a survey measures is more:
distance and beam are in it as well (`isolation_db`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, degrees, dist, exp, log10
from random import Random

from hardware.ports import TagRead

Spot = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Rooms:
    """A row of rooms, in metres: room i is centred at x = i * width, its door at y = depth, the corridor beyond."""

    count: int
    width: float = 1.2
    depth: float = 1.5
    antenna_height: float = 2.5

    def antenna(self, room: int) -> Spot:
        """Where the antenna hangs: on the ceiling, a little behind the middle."""
        return (room * self.width, 0.4 * self.depth, self.antenna_height)

    def spots(self, room: int) -> list[Spot]:
        """A grid of spots where garments may be, from bench to hook."""
        return [
            (room * self.width + dx * self.width, dy * self.depth, z)
            for dx in (-0.4, -0.2, 0.0, 0.2, 0.4)
            for dy in (0.2, 0.45, 0.7, 0.9)
            for z in (0.5, 1.1, 1.7)
        ]

    def room_at(self, spot: Spot) -> int | None:
        """The room a spot lies in, or None in the corridor and beyond the row."""
        room = round(spot[0] / self.width)
        return room if spot[1] <= self.depth and 0 <= room < self.count else None


@dataclass(frozen=True, slots=True)
class Air:
    """The strengths and spreads of the model; dB, dBm, seconds, reads a second."""

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


def isolation_db(rooms: Rooms, air: Air) -> float:
    """The mean difference between a tag's own antenna and the next room's, over all spots of a room, without fading."""
    own, other = rooms.antenna(0), rooms.antenna(1)
    gaps = [free_db(air, own, spot) - free_db(air, other, spot) for spot in rooms.spots(0)]
    return air.wall_db + sum(gaps) / len(gaps)


def free_db(air: Air, antenna: Spot, spot: Spot) -> float:
    """Distance and beam, both ways, without anything between."""
    away = max(0.3, dist(spot, antenna))
    angle = degrees(acos(min(1.0, max(-1.0, (antenna[2] - spot[2]) / away))))
    return -40.0 * log10(away) - 2.0 * min(20.0, 12.0 * (angle / air.beam_deg) ** 2)


def corridor_db(rooms: Rooms, air: Air) -> float:
    """The mean difference at a room's antenna between tags in it and tags 0.9 m before its door."""
    inside = [mean_dbm(rooms, air, spot, 0) for spot in rooms.spots(0)]
    return sum(inside) / len(inside) - mean_dbm(rooms, air, (0.0, rooms.depth + 0.9, 1.1), 0)


def mean_dbm(rooms: Rooms, air: Air, spot: Spot, antenna: int) -> float:
    """The signal of a middling tag without fading and bodies."""
    level = air.level_dbm + free_db(air, rooms.antenna(antenna), spot)
    inside = rooms.room_at(spot)
    if inside is None:
        beside = abs(spot[0] / rooms.width - antenna)
        return level - air.door_db - air.wall_db * max(0.0, beside - 0.5) * 0.5
    return level - air.wall_db * abs(inside - antenna)


class Link:
    """One tag at one antenna: its fading and the bodies between them, stepped through time."""

    __slots__ = ("_body_db", "_body_until", "_channel_db", "_hop_at", "_slow")

    def __init__(self, random: Random) -> None:
        self._slow = random.gauss(0.0, 1.0)
        self._channel_db = 0.0
        self._hop_at = 0.0
        self._body_db = 0.0
        self._body_until = 0.0

    def fade_db(
        self, at_s: float, step_s: float, moving: bool, near: bool, air: Air, random: Random
    ) -> float:
        """What is added to the mean signal at this time; `near` is the room's own antenna."""
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
class Seen:
    """Where a tag is at a moment, whether it moves, and whether it is worn on a body."""

    epc: str
    spot: Spot
    moving: bool = False
    worn: bool = False


class RadioModel:
    """Turns the places of tags into reads, step by step; antenna ports count from 1, one per room."""

    def __init__(self, rooms: Rooms, air: Air, seed: int) -> None:
        self.rooms = rooms
        self.air = air
        self._random = Random(seed)
        self._links: dict[tuple[str, int], Link] = {}
        self._tags: dict[str, tuple[float, float]] = {}

    def step(self, seen: Sequence[Seen], at_us: int, step_us: int) -> list[TagRead]:
        """The reads between `at_us` and `at_us + step_us`, oldest first."""
        crowd: dict[int, int] = {}
        audible: list[tuple[Seen, int, float]] = []
        for tag in seen:
            for antenna in self._near(tag.spot):
                signal = mean_dbm(self.rooms, self.air, tag.spot, antenna)
                if signal > self.air.sensitivity_dbm - 16.0:
                    crowd[antenna] = crowd.get(antenna, 0) + 1
                    audible.append((tag, antenna, signal))
        reads: list[TagRead] = []
        for tag, antenna, signal in audible:
            self._read(tag, antenna, signal, crowd[antenna], at_us, step_us, reads)
        reads.sort(key=lambda read: read.at_us)
        return reads

    def forget(self, epc: str) -> None:
        """Drops what is kept of a tag that is gone for good."""
        self._tags.pop(epc, None)
        for antenna in range(self.rooms.count):
            self._links.pop((epc, antenna), None)

    def _near(self, spot: Spot) -> range:
        middle = round(spot[0] / self.rooms.width)
        return range(max(0, middle - 2), min(self.rooms.count, middle + 3))

    def _read(
        self, tag: Seen, antenna: int, signal: float, crowd: int, at_us: int, step_us: int, out: list[TagRead]
    ) -> None:
        air, random, step_s = self.air, self._random, step_us / 1e6
        offset, rate = self._tag(tag.epc)
        link = self._links.get((tag.epc, antenna))
        if link is None:
            link = self._links[(tag.epc, antenna)] = Link(random)
        near = self.rooms.room_at(tag.spot) == antenna
        signal += offset + link.fade_db(at_us / 1e6, step_s, tag.moving, near, air, random)
        signal -= air.worn_db if tag.worn else 0.0
        chance = 1.0 / (1.0 + exp(min(60.0, (air.sensitivity_dbm - signal) / air.slope_db)))
        tries = min(rate, air.reader_rate / crowd) * step_s
        while tries > 0.0:
            if random.random() < chance * min(1.0, tries):
                heard = round(2.0 * (signal + random.gauss(0.0, air.noise_db))) / 2.0
                out.append(TagRead(tag.epc, antenna + 1, heard, at_us + int(random.random() * step_us)))
            tries -= 1.0

    def _tag(self, epc: str) -> tuple[float, float]:
        kept = self._tags.get(epc)
        if kept is None:
            air, random = self.air, self._random
            kept = (random.gauss(0.0, air.tag_db), random.uniform(air.slowest_rate, air.fastest_rate))
            self._tags[epc] = kept
        return kept
