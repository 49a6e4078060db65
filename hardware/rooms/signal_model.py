"""How likely a read at an antenna with a signal is in each room: the tables the room watch weighs with.

Signals fall into cells of 1 dB. A row holds one logarithm per room and a last one for being in no room; only
differences within a row matter. Where a walk was made the rows are learned (`learned_table`), else assumed from what
every shop has in common (`assumed_table`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from hardware.rooms.site import Antenna, Site

MIN_RSSI_DBM = -90
RSSI_BINS = 71

LogLikelihoods = tuple[float, ...]
LikelihoodTable = tuple[tuple[LogLikelihoods, ...], ...]
Counts = Mapping[tuple[str, Antenna], Sequence[float]]


def cell(rssi_dbm: float) -> int:
    """The cell of a signal; what is off the scale, or not a number, falls into the end cells."""
    if not rssi_dbm > MIN_RSSI_DBM:
        return 0
    return int(min(RSSI_BINS - 1.0, rssi_dbm - MIN_RSSI_DBM + 0.5))


@dataclass(frozen=True, slots=True)
class SignalModel:
    """Rows by antenna (index in the site) and cell; `pace` is how many independent reads a second an antenna is
    worth, since reads close in time say the same; `sure` the chance from which a tag may be called sure, `unsure` the
    one below which it is called so no more."""

    rows: LikelihoodTable
    pace: float
    sure: float
    unsure: float


ASSUMED_READ_RATE = 3.0
ASSUMED_SURE = 0.98
ASSUMED_UNSURE = 0.90
ASSUMED_FLOOR_DBM = -66.0
FLOOR_GAP_DB = 12.0  # of the floor below the mean signal in the room
ASSUMED_SLOPE = 0.25
MAX_ASSUMED = 7.0


def assumed_model(site: Site) -> SignalModel:
    """The tables of a site nobody walked."""
    return SignalModel(assumed_table(site), ASSUMED_READ_RATE, ASSUMED_SURE, ASSUMED_UNSURE)


def assumed_table(site: Site) -> LikelihoodTable:
    """Without a walk a read speaks for the rooms of its antenna, the louder the more, and never against them; what
    is weaker than the room's floor speaks more for the corridor."""
    rows = []
    for antenna in site.antennas:
        floors = [
            site.floors.get(name, ASSUMED_FLOOR_DBM) if antenna in antennas else None
            for name, antennas in site.rooms.items()
        ]
        rows.append(tuple(_assumed(floors, MIN_RSSI_DBM + index) for index in range(RSSI_BINS)))
    return tuple(rows)


def _assumed(floors: Sequence[float | None], rssi_dbm: float) -> LogLikelihoods:
    return (*(0.0 if floor is None else _voice(rssi_dbm - floor) for floor in floors), 1.0)


def _voice(above_db: float) -> float:
    return min(MAX_ASSUMED, max(0.2, 1.0 + above_db * ASSUMED_SLOPE))


@dataclass(frozen=True, slots=True)
class SmoothingSettings:
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


def learned_table(site: Site, counts: Counts, outside: str, shape: SmoothingSettings) -> LikelihoodTable:
    """Rows from counts of reads by (room, antenna) and cell; `outside` is the name under which reads of a walk
    outside all rooms are counted, if there are any. Rooms without reads are given the assumed voices."""
    names = (*site.rooms, outside)
    smooth = _kernel(shape.width_db)
    wide = _bell(shape.wide_dbm, shape.wide_db)
    total = {name: sum(sum(counts.get((name, a), ())) for a in site.antennas) for name in names}
    rows = []
    for antenna in site.antennas:
        heard = {name: _smoothed(counts.get((name, antenna), ()), smooth) for name in names}
        pooled = _normal([sum(heard[name][i] for name in site.rooms) for i in range(RSSI_BINS)])
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
        rows.append(tuple(_blended(columns, floors, index, shape.trust) for index in range(RSSI_BINS)))
    return tuple(rows)


def _blended(
    columns: Sequence[Sequence[float]], floors: Sequence[float | None], index: int, trust: float
) -> LogLikelihoods:
    learned = (column[index] for column in columns)
    assumed = _assumed(floors, MIN_RSSI_DBM + index)
    return tuple(trust * said + (1.0 - trust) * voice for said, voice in zip(learned, assumed, strict=True))


def _unvisited(
    site: Site, heard: Mapping[str, Sequence[float]], antenna: Antenna, shape: SmoothingSettings
) -> list[float]:
    """The corridor nobody walked: every antenna hears alike, some dB below its own room."""
    middle = _middle_dbm(site, heard, antenna, shape)
    level = _bell(middle - shape.outside_gap_db, shape.outside_db)
    wide = _bell(shape.wide_dbm, shape.wide_db)
    share = shape.share * log(1.0 / len(site.antennas))
    return [log(0.95 * p + 0.05 * w) + share for p, w in zip(level, wide, strict=True)]


def _middle_dbm(
    site: Site, heard: Mapping[str, Sequence[float]], antenna: Antenna, shape: SmoothingSettings
) -> float:
    """The mean signal of an antenna's own rooms."""
    own = [heard[name] for name, antennas in site.rooms.items() if antenna in antennas]
    whole = [sum(column) for column in zip(*own, strict=True)]
    reads = sum(whole)
    return sum(p * (MIN_RSSI_DBM + i) for i, p in enumerate(whole)) / reads if reads else shape.wide_dbm


def _bell(middle_dbm: float, width_db: float) -> list[float]:
    return _normal(
        [exp(-0.5 * ((MIN_RSSI_DBM + i - middle_dbm) / width_db) ** 2) + 1e-9 for i in range(RSSI_BINS)]
    )


def _kernel(width_db: float) -> list[float]:
    reach = int(3 * width_db) + 1
    return _normal([exp(-0.5 * (d / width_db) ** 2) for d in range(-reach, reach + 1)])


def _smoothed(counts: Sequence[float], kernel: Sequence[float]) -> list[float]:
    reach = len(kernel) // 2
    out = [0.0] * RSSI_BINS
    for index, count in enumerate(counts):
        if count:
            for offset, weight in enumerate(kernel, index - reach):
                out[min(RSSI_BINS - 1, max(0, offset))] += count * weight
    return out


def _normal(weights: Sequence[float]) -> list[float]:
    whole = sum(weights)
    return [weight / whole for weight in weights] if whole else [1.0 / len(weights)] * len(weights)
