"""Simulated shoppers: the paths of tags through rooms and corridor, with their true rooms, for the radio model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from random import Random

from hardware.ports import TagRead
from tests.hardware.radio_model.model import Position, RadioModel, RoomRow, TagPosition

STEP_US = 100_000
CORRIDOR_M = 0.9  # from the doors to the middle of the corridor
WALKING_M_PER_S = 1.0  # metres a second


@dataclass(frozen=True, slots=True)
class PathSegment:
    """A part of a path: from one position to another, or at rest if both are the same. Times in seconds."""

    start_s: float
    end_s: float
    start: Position
    end: Position
    worn: bool = False

    def seen(self, epc: str, at_s: float) -> TagPosition:
        """The tag at a time within the segment."""
        if self.start == self.end:
            return TagPosition(epc, self.start, moving=self.worn, worn=self.worn)
        part = min(1.0, max(0.0, (at_s - self.start_s) / (self.end_s - self.start_s)))
        position = tuple(a + (b - a) * part for a, b in zip(self.start, self.end, strict=True))
        return TagPosition(epc, (position[0], position[1], position[2]), moving=True)


@dataclass(frozen=True, slots=True)
class TagPath:
    """All segments of one tag, in order."""

    epc: str
    segments: tuple[PathSegment, ...]

    @property
    def start_s(self) -> float:
        return self.segments[0].start_s

    @property
    def end_s(self) -> float:
        return self.segments[-1].end_s


class PathBuilder:
    """Builds a path segment by segment."""

    def __init__(self, epc: str, at_s: float, position: Position) -> None:
        self.epc = epc
        self.at_s = at_s
        self.position = position
        self.segments: list[PathSegment] = []

    def walk(self, to: Position) -> None:
        seconds = max(
            0.3, sum(abs(a - b) for a, b in zip(self.position[:2], to[:2], strict=True)) / WALKING_M_PER_S
        )
        self.segments.append(PathSegment(self.at_s, self.at_s + seconds, self.position, to))
        self.at_s += seconds
        self.position = to

    def rest(self, seconds: float, worn: bool = False) -> None:
        self.segments.append(PathSegment(self.at_s, self.at_s + seconds, self.position, self.position, worn))
        self.at_s += seconds

    def done(self) -> TagPath:
        return TagPath(self.epc, tuple(self.segments))


def visits(rooms: RoomRow, seconds: float, seed: int, passers: bool = True) -> list[TagPath]:
    """The paths of all tags for a time: visits to every room, people passing by, a clothes rail in the corridor."""
    random = Random(seed)
    paths: list[TagPath] = []
    for room in range(rooms.count):
        at_s = random.uniform(0.0, 30.0)
        while at_s < seconds - 40.0:
            length = random.uniform(40.0, 180.0)
            for _ in range(random.randint(1, 6)):
                paths.append(_visit(rooms, room, at_s, length, f"{seed:04X}{len(paths):020X}", random))
            at_s += length + random.uniform(15.0, 40.0)
    if passers:
        paths.extend(
            _pass(rooms, random.uniform(0.0, seconds), f"{seed:04X}F{index:019X}", random)
            for index in range(int(seconds * rooms.count / 60.0))
        )
        paths.extend(_rail(rooms, seconds, f"{seed:04X}E{index:019X}", random) for index in range(6))
    return sorted(paths, key=lambda way: way.start_s)


def _end(rooms: RoomRow, room: int, random: Random) -> float:
    """Where in the corridor (x, in metres) a shopper comes from or goes to: a few rooms away at most."""
    side = random.choice((-1.0, 1.0))
    return max(-1.5, min(rooms.count * rooms.width, room * rooms.width + side * random.uniform(2.0, 5.0)))


def _visit(rooms: RoomRow, room: int, at_s: float, length: float, epc: str, random: Random) -> TagPath:
    door, height = (room * rooms.width, rooms.depth, 1.1), 1.1
    outside = (door[0], rooms.depth + CORRIDOR_M, height)
    builder = PathBuilder(epc, at_s, (_end(rooms, room, random), outside[1], height))
    builder.walk(outside)
    builder.walk(door)
    leave_s = builder.at_s + length * (1.0 if random.random() < 0.8 else random.uniform(0.3, 1.0))
    while builder.at_s < leave_s:
        builder.walk(_position(rooms, room, random))
        stay = random.expovariate(1.0 / 25.0) + 3.0
        builder.rest(min(stay, max(0.5, leave_s - builder.at_s)), worn=random.random() < 0.3)
    builder.walk((door[0], rooms.depth, height))
    builder.walk(outside)
    builder.walk((_end(rooms, room, random), outside[1], height))
    return builder.done()


def _position(rooms: RoomRow, room: int, random: Random) -> Position:
    return (
        room * rooms.width + random.uniform(-0.42, 0.42) * rooms.width,
        random.uniform(0.15, 0.9) * rooms.depth,
        random.choice((0.5, 1.1, 1.6)),
    )


def _pass(rooms: RoomRow, at_s: float, epc: str, random: Random) -> TagPath:
    y = rooms.depth + random.uniform(0.5, 1.3)
    start, end = (
        (-1.5, rooms.count * rooms.width) if random.random() < 0.5 else (rooms.count * rooms.width, -1.5)
    )
    builder = PathBuilder(epc, at_s, (start, y, 1.1))
    if random.random() < 0.4:
        builder.walk((random.randrange(rooms.count) * rooms.width, y, 1.1))
        builder.rest(random.uniform(2.0, 8.0))
    builder.walk((end, y, 1.1))
    return builder.done()


def _rail(rooms: RoomRow, seconds: float, epc: str, random: Random) -> TagPath:
    builder = PathBuilder(epc, 0.0, (random.uniform(-1.0, 1.5), rooms.depth + 2.2, 1.2))
    builder.rest(seconds)
    return builder.done()


@dataclass(frozen=True, slots=True)
class SimulationStep:
    """One step of a simulation: its end, the reads within it, and the true room of every tag (None for outside)."""

    at_us: int
    reads: tuple[TagRead, ...]
    rooms: dict[str, int | None]


def simulate(model: RadioModel, paths: list[TagPath], start_us: int = 0) -> Iterator[SimulationStep]:
    """Simulates paths in steps of 0.1 s until the last path has ended."""
    waiting = iter(sorted(paths, key=lambda way: way.start_s))
    coming = next(waiting, None)
    about: list[tuple[TagPath, int]] = []
    step, last_s = 0, max((way.end_s for way in paths), default=-inf)
    while step * STEP_US / 1e6 <= last_s:
        at_s = step * STEP_US / 1e6
        while coming is not None and coming.start_s <= at_s:
            about.append((coming, 0))
            coming = next(waiting, None)
        seen, about = _positions(model, about, at_s)
        reads = model.step(seen, start_us + step * STEP_US, STEP_US)
        step += 1
        places = {tag.epc: model.rooms.room_at(tag.position) for tag in seen}
        yield SimulationStep(start_us + step * STEP_US, tuple(reads), places)


def _positions(
    model: RadioModel, about: list[tuple[TagPath, int]], at_s: float
) -> tuple[list[TagPosition], list[tuple[TagPath, int]]]:
    seen: list[TagPosition] = []
    staying: list[tuple[TagPath, int]] = []
    for way, leg in about:
        while leg < len(way.segments) and way.segments[leg].end_s <= at_s:
            leg += 1
        if leg == len(way.segments):
            model.forget(way.epc)
            continue
        staying.append((way, leg))
        seen.append(way.segments[leg].seen(way.epc, at_s))
    return seen, staying
