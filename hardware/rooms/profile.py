"""How likely a read at an antenna with a signal is in each room: the tables the room watch weighs with.

Signals fall into cells of 1 dB. A row holds one logarithm per room and a last one for being in no room; only
differences within a row matter. Where a walk was made the rows are learned (`learned_rows`), else assumed from what
every shop has in common (`assumed_rows`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from hardware.rooms.site import Antenna, Site

LOWEST_DBM = -90
CELLS = 71

Row = tuple[float, ...]
Rows = tuple[tuple[Row, ...], ...]
Counts = Mapping[tuple[str, Antenna], Sequence[float]]


def cell(rssi_dbm: float) -> int:
    """The cell of a signal; what is off the scale, or not a number, falls into the end cells."""
    if not rssi_dbm > LOWEST_DBM:
        return 0
    return int(min(CELLS - 1.0, rssi_dbm - LOWEST_DBM + 0.5))


@dataclass(frozen=True, slots=True)
class Profile:
    """Rows by antenna (index in the site) and cell; `pace` is how many independent reads a second an antenna is
    worth, since reads close in time say the same; `sure` the chance from which a tag may be called sure, `unsure` the
    one below which it is called so no more."""

    rows: Rows
    pace: float
    sure: float
    unsure: float


ASSUMED_PACE = 3.0
ASSUMED_SURE = 0.98
ASSUMED_UNSURE = 0.90
ASSUMED_FLOOR_DBM = -66.0
FLOOR_GAP_DB = 12.0  # of the floor below the mean signal in the room
ASSUMED_SLOPE = 0.25
ASSUMED_MOST = 7.0


def assumed_profile(site: Site) -> Profile:
    """The tables of a site nobody walked."""
    return Profile(assumed_rows(site), ASSUMED_PACE, ASSUMED_SURE, ASSUMED_UNSURE)


def assumed_rows(site: Site) -> Rows:
    """Without a walk a read speaks for the rooms of its antenna, the louder the more, and never against them; what
    is weaker than the room's floor speaks more for the corridor."""
    rows = []
    for antenna in site.antennas:
        floors = [
            site.floors.get(name, ASSUMED_FLOOR_DBM) if antenna in antennas else None
            for name, antennas in site.rooms.items()
        ]
        rows.append(tuple(_assumed(floors, LOWEST_DBM + index) for index in range(CELLS)))
    return tuple(rows)


def _assumed(floors: Sequence[float | None], rssi_dbm: float) -> Row:
    return (*(0.0 if floor is None else _voice(rssi_dbm - floor) for floor in floors), 1.0)


def _voice(above_db: float) -> float:
    return min(ASSUMED_MOST, max(0.2, 1.0 + above_db * ASSUMED_SLOPE))


@dataclass(frozen=True, slots=True)
class Shape:
    """How counts of a walk become chances: widths in dB, weights in reads.

    `trust` is the weight of the walk beside what is assumed without one: a walk knows this shop, but only its own few
    tags; the assumption holds for any tag, but only where walls part the rooms.
    """

    width_db: float = 3.0
    prior_reads: float = 20.0
    share: float = 0.5
    wide_dbm: float = -60.0
    wide_db: float = 12.0
    outside_gap_db: float = 14.0
    outside_db: float = 6.0
    trust: float = 1.0


def learned_rows(site: Site, counts: Counts, outside: str, shape: Shape) -> Rows:
    """Rows from counts of reads by (room, antenna) and cell; `outside` is the name under which reads of a walk
    outside all rooms are counted, if there are any. Rooms without reads are given the assumed voices."""
    names = (*site.rooms, outside)
    smooth = _kernel(shape.width_db)
    wide = _bell(shape.wide_dbm, shape.wide_db)
    total = {name: sum(sum(counts.get((name, a), ())) for a in site.antennas) for name in names}
    rows = []
    for antenna in site.antennas:
        heard = {name: _smoothed(counts.get((name, antenna), ()), smooth) for name in names}
        pooled = _normal([sum(heard[name][i] for name in site.rooms) for i in range(CELLS)])
        columns = []
        for name in names:
            if name == outside and not total[name]:
                columns.append(_unvisited(site, heard, antenna, shape))
                continue
            seen = heard[name]
            base = [shape.prior_reads * 0.5 * (p + w) for p, w in zip(pooled, wide, strict=True)]
            level = _normal([a + b for a, b in zip(seen, base, strict=True)])
            share = (sum(counts.get((name, antenna), ())) + 1.0) / (total[name] + len(site.antennas))
            columns.append([log(p) + shape.share * log(share) for p in level])
        floor = _middle_dbm(site, heard, antenna, shape) - FLOOR_GAP_DB
        floors = [floor if antenna in antennas else None for antennas in site.rooms.values()]
        rows.append(tuple(_blended(columns, floors, index, shape.trust) for index in range(CELLS)))
    return tuple(rows)


def _blended(
    columns: Sequence[Sequence[float]], floors: Sequence[float | None], index: int, trust: float
) -> Row:
    learned = (column[index] for column in columns)
    assumed = _assumed(floors, LOWEST_DBM + index)
    return tuple(trust * said + (1.0 - trust) * voice for said, voice in zip(learned, assumed, strict=True))


def _unvisited(
    site: Site, heard: Mapping[str, Sequence[float]], antenna: Antenna, shape: Shape
) -> list[float]:
    """The corridor nobody walked: every antenna hears alike, some dB below its own room."""
    middle = _middle_dbm(site, heard, antenna, shape)
    level = _bell(middle - shape.outside_gap_db, shape.outside_db)
    wide = _bell(shape.wide_dbm, shape.wide_db)
    share = shape.share * log(1.0 / len(site.antennas))
    return [log(0.95 * p + 0.05 * w) + share for p, w in zip(level, wide, strict=True)]


def _middle_dbm(site: Site, heard: Mapping[str, Sequence[float]], antenna: Antenna, shape: Shape) -> float:
    """The mean signal of an antenna's own rooms."""
    own = [heard[name] for name, antennas in site.rooms.items() if antenna in antennas]
    whole = [sum(column) for column in zip(*own, strict=True)]
    reads = sum(whole)
    return sum(p * (LOWEST_DBM + i) for i, p in enumerate(whole)) / reads if reads else shape.wide_dbm


def _bell(middle_dbm: float, width_db: float) -> list[float]:
    return _normal([exp(-0.5 * ((LOWEST_DBM + i - middle_dbm) / width_db) ** 2) + 1e-9 for i in range(CELLS)])


def _kernel(width_db: float) -> list[float]:
    reach = int(3 * width_db) + 1
    return _normal([exp(-0.5 * (d / width_db) ** 2) for d in range(-reach, reach + 1)])


def _smoothed(counts: Sequence[float], kernel: Sequence[float]) -> list[float]:
    reach = len(kernel) // 2
    out = [0.0] * CELLS
    for index, count in enumerate(counts):
        if count:
            for offset, weight in enumerate(kernel, index - reach):
                out[min(CELLS - 1, max(0, offset))] += count * weight
    return out


def _normal(weights: Sequence[float]) -> list[float]:
    whole = sum(weights)
    return [weight / whole for weight in weights] if whole else [1.0 / len(weights)] * len(weights)
