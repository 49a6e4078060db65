"""Log-likelihood of a read (antenna, RSSI) in each room and outside all rooms: the tables of the forward filter.

RSSI falls into bins of 1 dB. A table row holds one log-likelihood for each room and a last one for "outside"; only
differences within a row matter. With a calibration walk the rows are learned (`learned_table`), without one assumed
(`assumed_table`).

The last row of an antenna is for reads without signal strength. They say only that the antenna read the tag: the row
holds how much likelier a read by this antenna is in each room, whatever its strength.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import NormalDist

from hardware.rooms.site import Antenna, Site

MIN_RSSI_DBM = -90
RSSI_BINS = 71
NO_SIGNAL_BIN = RSSI_BINS  # the row of reads without signal strength
ROW_BINS = RSSI_BINS + 1  # rows of each antenna

LogLikelihoods = tuple[float, ...]
LikelihoodTable = tuple[tuple[LogLikelihoods, ...], ...]
Counts = Mapping[tuple[str, Antenna], Sequence[float]]


def rssi_bin(rssi_dbm: float | None) -> int:
    """The bin of an RSSI, NO_SIGNAL_BIN for None; values beyond the scale, and NaN, fall into the first or last bin."""
    if rssi_dbm is None:
        return NO_SIGNAL_BIN
    if not rssi_dbm > MIN_RSSI_DBM:
        return 0
    return int(min(RSSI_BINS - 1.0, rssi_dbm - MIN_RSSI_DBM + 0.5))


@dataclass(frozen=True, slots=True)
class SignalModel:
    """Rows by antenna (index in the site) and RSSI bin, ROW_BINS for each antenna.

    `read_rate` is the number of independent reads per second that an antenna is worth, because reads close in time are
    correlated. A tag becomes sure at probability `sure` and unsure again below `unsure`.
    """

    rows: LikelihoodTable
    read_rate: float
    sure: float
    unsure: float


ASSUMED_READ_RATE = 3.0
ASSUMED_SURE = 0.98
ASSUMED_UNSURE = 0.90
ASSUMED_MIN_SIGNAL_DBM = -66.0
MIN_SIGNAL_GAP_DB = 12.0  # the room's minimum signal is this far below its mean RSSI
ASSUMED_SLOPE = 0.25
MIN_ASSUMED = 0.2
MAX_ASSUMED = 7.0
# log of how many times as often an antenna reads a tag in its room as one outside, for reads without signal strength;
# the largest of 0.25, 0.5, 0.75, 1, 1.5 and 3 with 99 % right among sure tags (tests/bench/test_rooms_bench.py)
READ_RATE_GAIN = 0.5


def assumed_model(site: Site) -> SignalModel:
    """The model of a site without a calibration walk."""
    return SignalModel(assumed_table(site), ASSUMED_READ_RATE, ASSUMED_SURE, ASSUMED_UNSURE)


def assumed_table(site: Site) -> LikelihoodTable:
    """Without a walk a read is evidence for the rooms of its antenna, more so if strong, and never against them; a
    read below the room's minimum signal is stronger evidence for "outside"."""
    rows = []
    for antenna in site.antennas:
        min_signals = [
            site.min_signals.get(name, ASSUMED_MIN_SIGNAL_DBM) if antenna in antennas else None
            for name, antennas in site.rooms.items()
        ]
        levels = (_assumed_row(min_signals, MIN_RSSI_DBM + index) for index in range(RSSI_BINS))
        rows.append((*levels, _assumed_without_signal(site, antenna)))
    return tuple(rows)


def _assumed_without_signal(site: Site, antenna: Antenna) -> LogLikelihoods:
    """A read without signal strength is evidence for the rooms of its antenna. A card reader reads only what lies on
    it: its read is as certain as the strongest."""
    gain = MAX_ASSUMED if antenna in site.contact_antennas else READ_RATE_GAIN
    return (*(1.0 + gain if antenna in antennas else 0.0 for antennas in site.rooms.values()), 1.0)


def _assumed_row(min_signals: Sequence[float | None], rssi_dbm: float) -> LogLikelihoods:
    return (*(0.0 if min_dbm is None else _assumed(rssi_dbm - min_dbm) for min_dbm in min_signals), 1.0)


def _assumed(above_floor_db: float) -> float:
    return min(MAX_ASSUMED, max(MIN_ASSUMED, 1.0 + above_floor_db * ASSUMED_SLOPE))


@dataclass(frozen=True, slots=True)
class SmoothingSettings:
    """How the read counts of a walk become log-likelihoods. Widths in dB (standard deviations), weights in reads.

    `walk_weight` (0 to 1) is the weight of the learned rows; the assumed rows have the rest. A walk measures this shop,
    but only its own few tags; the assumption holds for every tag, but only where walls separate the rooms.
    """

    width_db: float = 3.0
    prior_reads: float = 20.0
    share: float = 0.5
    wide_dbm: float = -60.0
    wide_db: float = 12.0
    outside_gap_db: float = 14.0
    outside_db: float = 6.0
    walk_weight: float = 1.0


def learned_table(site: Site, counts: Counts, outside: str, smoothing: SmoothingSettings) -> LikelihoodTable:
    """Rows from counts of reads by (room, antenna) and RSSI bin.

    `outside` is the room name of reads outside all rooms; without such reads a corridor is assumed.
    """
    names = (*site.rooms, outside)
    kernel = _kernel(smoothing.width_db)
    wide = _normal_bins(smoothing.wide_dbm, smoothing.wide_db)
    total = {name: sum(sum(counts.get((name, a), ())) for a in site.antennas) for name in names}
    rows = []
    for antenna in site.antennas:
        smoothed = {name: _smoothed(counts.get((name, antenna), ()), kernel) for name in names}
        pooled = _normalized([sum(smoothed[name][i] for name in site.rooms) for i in range(RSSI_BINS)])
        prior = [smoothing.prior_reads * 0.5 * (p + w) for p, w in zip(pooled, wide, strict=True)]
        columns, shares = [], []
        for name in names:
            if name == outside and not total[name]:
                shares.append(smoothing.share * log(1.0 / len(site.antennas)))
                columns.append(_assumed_outside(site, smoothed, antenna, smoothing))
                continue
            level = _normalized([a + b for a, b in zip(smoothed[name], prior, strict=True)])
            share = (sum(counts.get((name, antenna), ())) + 1.0) / (total[name] + len(site.antennas))
            shares.append(smoothing.share * log(share))
            columns.append([log(p) + shares[-1] for p in level])
        min_dbm = _mean_dbm(site, smoothed, antenna, smoothing) - MIN_SIGNAL_GAP_DB
        min_signals = [min_dbm if antenna in antennas else None for antennas in site.rooms.values()]
        levels = (_blended(columns, min_signals, index, smoothing.walk_weight) for index in range(RSSI_BINS))
        rows.append((*levels, _learned_without_signal(site, antenna, counts, shares[:-1])))
    return tuple(rows)


def _learned_without_signal(
    site: Site, antenna: Antenna, counts: Counts, shares: Sequence[float]
) -> LogLikelihoods:
    """A read without signal strength: the walk measured how often this antenna reads in each room, compared with the
    other antennas; how often it reads outside is assumed, as in `_assumed_without_signal`."""
    if not any(counts.get((room, antenna)) for room in site.rooms):
        return _assumed_without_signal(site, antenna)
    own = (share for share, antennas in zip(shares, site.rooms.values(), strict=True) if antenna in antennas)
    return (*shares, max(own) - READ_RATE_GAIN)


def _blended(
    columns: Sequence[Sequence[float]], min_signals: Sequence[float | None], index: int, walk_weight: float
) -> LogLikelihoods:
    learned = (column[index] for column in columns)
    assumed = _assumed_row(min_signals, MIN_RSSI_DBM + index)
    return tuple(
        walk_weight * walk + (1.0 - walk_weight) * other for walk, other in zip(learned, assumed, strict=True)
    )


def _assumed_outside(
    site: Site, smoothed: Mapping[str, Sequence[float]], antenna: Antenna, smoothing: SmoothingSettings
) -> list[float]:
    """A corridor without reads: every antenna reads there equally often, `outside_gap_db` below its own room."""
    mean = _mean_dbm(site, smoothed, antenna, smoothing)
    level = _normal_bins(mean - smoothing.outside_gap_db, smoothing.outside_db)
    wide = _normal_bins(smoothing.wide_dbm, smoothing.wide_db)
    share = smoothing.share * log(1.0 / len(site.antennas))
    return [log(0.95 * p + 0.05 * w) + share for p, w in zip(level, wide, strict=True)]


def _mean_dbm(
    site: Site, smoothed: Mapping[str, Sequence[float]], antenna: Antenna, smoothing: SmoothingSettings
) -> float:
    """The mean RSSI in the antenna's own rooms."""
    own = [smoothed[name] for name, antennas in site.rooms.items() if antenna in antennas]
    sums = [sum(column) for column in zip(*own, strict=True)]
    reads = sum(sums)
    return sum(p * (MIN_RSSI_DBM + i) for i, p in enumerate(sums)) / reads if reads else smoothing.wide_dbm


def _normal_bins(mean_dbm: float, width_db: float) -> list[float]:
    """A normal distribution over the RSSI bins, nowhere zero."""
    curve = NormalDist(mean_dbm, width_db)
    peak = curve.pdf(mean_dbm)
    return _normalized([curve.pdf(MIN_RSSI_DBM + i) / peak + 1e-9 for i in range(RSSI_BINS)])


def _kernel(width_db: float) -> list[float]:
    reach = int(3 * width_db) + 1
    curve = NormalDist(0.0, width_db)
    return _normalized([curve.pdf(offset) for offset in range(-reach, reach + 1)])


def _smoothed(counts: Sequence[float], kernel: Sequence[float]) -> list[float]:
    reach = len(kernel) // 2
    out = [0.0] * RSSI_BINS
    for index, count in enumerate(counts):
        if count:
            for offset, weight in enumerate(kernel, index - reach):
                out[min(RSSI_BINS - 1, max(0, offset))] += count * weight
    return out


def _normalized(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights] if total else [1.0 / len(weights)] * len(weights)
