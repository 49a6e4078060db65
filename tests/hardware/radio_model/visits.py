"""Shoppers of the radio model: who carries which tags where, so that a watch can be held to what really happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from random import Random

from hardware.ports import TagRead
from tests.hardware.radio_model.model import RadioModel, Rooms, Seen, Spot

STEP_US = 100_000
CORRIDOR_M = 0.9  # from the doors to the middle of the corridor
PACE = 1.0  # metres a second


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a tag's way: from one spot to another, or resting where both are the same. Seconds."""

    start_s: float
    end_s: float
    start: Spot
    end: Spot
    worn: bool = False

    def seen(self, epc: str, at_s: float) -> Seen:
        """The tag at a time within the leg."""
        if self.start == self.end:
            return Seen(epc, self.start, moving=self.worn, worn=self.worn)
        part = min(1.0, max(0.0, (at_s - self.start_s) / (self.end_s - self.start_s)))
        spot = tuple(a + (b - a) * part for a, b in zip(self.start, self.end, strict=True))
        return Seen(epc, (spot[0], spot[1], spot[2]), moving=True)


@dataclass(frozen=True, slots=True)
class Way:
    """All legs of one tag, in order; the room is what a perfect watch would say."""

    epc: str
    legs: tuple[Leg, ...]

    @property
    def start_s(self) -> float:
        return self.legs[0].start_s

    @property
    def end_s(self) -> float:
        return self.legs[-1].end_s


class WayMaker:
    """Writes ways, leg by leg."""

    def __init__(self, epc: str, at_s: float, spot: Spot) -> None:
        self.epc = epc
        self.at_s = at_s
        self.spot = spot
        self.legs: list[Leg] = []

    def walk(self, to: Spot) -> None:
        seconds = max(0.3, sum(abs(a - b) for a, b in zip(self.spot[:2], to[:2], strict=True)) / PACE)
        self.legs.append(Leg(self.at_s, self.at_s + seconds, self.spot, to))
        self.at_s += seconds
        self.spot = to

    def rest(self, seconds: float, worn: bool = False) -> None:
        self.legs.append(Leg(self.at_s, self.at_s + seconds, self.spot, self.spot, worn))
        self.at_s += seconds

    def done(self) -> Way:
        return Way(self.epc, tuple(self.legs))


def visits(rooms: Rooms, seconds: float, seed: int, passers: bool = True) -> list[Way]:
    """The tags of a shop's fitting rooms over a time: visits to every room, people passing by, a rail at the end."""
    random = Random(seed)
    ways: list[Way] = []
    for room in range(rooms.count):
        at_s = random.uniform(0.0, 30.0)
        while at_s < seconds - 40.0:
            length = random.uniform(40.0, 180.0)
            for _ in range(random.randint(1, 6)):
                ways.append(_visit(rooms, room, at_s, length, f"{seed:04X}{len(ways):020X}", random))
            at_s += length + random.uniform(15.0, 40.0)
    if passers:
        ways.extend(
            _pass(rooms, random.uniform(0.0, seconds), f"{seed:04X}F{index:019X}", random)
            for index in range(int(seconds * rooms.count / 60.0))
        )
        ways.extend(_rail(rooms, seconds, f"{seed:04X}E{index:019X}", random) for index in range(6))
    return sorted(ways, key=lambda way: way.start_s)


def _end(rooms: Rooms, room: int, random: Random) -> float:
    """How far along the corridor one comes from or goes to: one end of the row, a few rooms away at most."""
    side = random.choice((-1.0, 1.0))
    return max(-1.5, min(rooms.count * rooms.width, room * rooms.width + side * random.uniform(2.0, 5.0)))


def _visit(rooms: Rooms, room: int, at_s: float, length: float, epc: str, random: Random) -> Way:
    door, height = (room * rooms.width, rooms.depth, 1.1), 1.1
    outside = (door[0], rooms.depth + CORRIDOR_M, height)
    maker = WayMaker(epc, at_s, (_end(rooms, room, random), outside[1], height))
    maker.walk(outside)
    maker.walk(door)
    leave_s = maker.at_s + length * (1.0 if random.random() < 0.8 else random.uniform(0.3, 1.0))
    while maker.at_s < leave_s:
        maker.walk(_spot(rooms, room, random))
        stay = random.expovariate(1.0 / 25.0) + 3.0
        maker.rest(min(stay, max(0.5, leave_s - maker.at_s)), worn=random.random() < 0.3)
    maker.walk((door[0], rooms.depth, height))
    maker.walk(outside)
    maker.walk((_end(rooms, room, random), outside[1], height))
    return maker.done()


def _spot(rooms: Rooms, room: int, random: Random) -> Spot:
    return (
        room * rooms.width + random.uniform(-0.42, 0.42) * rooms.width,
        random.uniform(0.15, 0.9) * rooms.depth,
        random.choice((0.5, 1.1, 1.6)),
    )


def _pass(rooms: Rooms, at_s: float, epc: str, random: Random) -> Way:
    y = rooms.depth + random.uniform(0.5, 1.3)
    start, end = (
        (-1.5, rooms.count * rooms.width) if random.random() < 0.5 else (rooms.count * rooms.width, -1.5)
    )
    maker = WayMaker(epc, at_s, (start, y, 1.1))
    if random.random() < 0.4:
        maker.walk((random.randrange(rooms.count) * rooms.width, y, 1.1))
        maker.rest(random.uniform(2.0, 8.0))
    maker.walk((end, y, 1.1))
    return maker.done()


def _rail(rooms: Rooms, seconds: float, epc: str, random: Random) -> Way:
    maker = WayMaker(epc, 0.0, (random.uniform(-1.0, 1.5), rooms.depth + 2.2, 1.2))
    maker.rest(seconds)
    return maker.done()


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a play: its end, the reads within it, and the room of every tag about (None for outside)."""

    at_us: int
    reads: tuple[TagRead, ...]
    rooms: dict[str, int | None]


def play(model: RadioModel, ways: list[Way], start_us: int = 0) -> Iterator[Moment]:
    """Plays ways through the model, in steps of 0.1 s, until the last way has ended."""
    waiting = iter(sorted(ways, key=lambda way: way.start_s))
    coming = next(waiting, None)
    about: list[tuple[Way, int]] = []
    step, last_s = 0, max((way.end_s for way in ways), default=-inf)
    while step * STEP_US / 1e6 <= last_s:
        at_s = step * STEP_US / 1e6
        while coming is not None and coming.start_s <= at_s:
            about.append((coming, 0))
            coming = next(waiting, None)
        seen, about = _look(model, about, at_s)
        reads = model.step(seen, start_us + step * STEP_US, STEP_US)
        step += 1
        places = {tag.epc: model.rooms.room_at(tag.spot) for tag in seen}
        yield Moment(start_us + step * STEP_US, tuple(reads), places)


def _look(
    model: RadioModel, about: list[tuple[Way, int]], at_s: float
) -> tuple[list[Seen], list[tuple[Way, int]]]:
    seen: list[Seen] = []
    staying: list[tuple[Way, int]] = []
    for way, leg in about:
        while leg < len(way.legs) and way.legs[leg].end_s <= at_s:
            leg += 1
        if leg == len(way.legs):
            model.forget(way.epc)
            continue
        staying.append((way, leg))
        seen.append(way.legs[leg].seen(way.epc, at_s))
    return seen, staying
