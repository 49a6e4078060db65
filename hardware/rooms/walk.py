"""The reads of a calibration walk, counted by room and antenna."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from hardware.rooms.signal_model import RSSI_BINS, rssi_bin
from hardware.rooms.site import Antenna, Site


@dataclass(frozen=True, slots=True)
class WalkRead:
    """A read of a calibration walk with the room the tag was in ("" for outside all rooms).

    `rssi_dbm` is None if the reader did not send the signal strength.
    """

    at_us: int
    antenna: Antenna
    rssi_dbm: float | None
    epc: str
    room: str


Counts = Mapping[tuple[str, Antenna], Sequence[int]]


def count_reads(reads: Iterable[WalkRead]) -> dict[tuple[str, Antenna], tuple[int, ...]]:
    """Reads by room and antenna in RSSI bins of 1 dB; reads without signal strength are left out."""
    counts: dict[tuple[str, Antenna], list[int]] = {}
    for read in reads:
        if read.rssi_dbm is not None:
            counts.setdefault((read.room, read.antenna), [0] * RSSI_BINS)[rssi_bin(read.rssi_dbm)] += 1
    return {key: tuple(bins) for key, bins in counts.items()}


def wall_isolation_db(site: Site, counts: Counts) -> float:
    """The smallest difference, over all rooms, between the mean RSSI of a room's own antenna and of any other antenna.

    Missed weak reads make it smaller than the isolation of the walls.
    """
    least = inf
    for room, own in site.rooms.items():
        means = {a: _mean_bin(bins) for a in site.antennas if (bins := counts.get((room, a)))}
        best = max((means[a] for a in own if a in means), default=-inf)
        other = max((level for a, level in means.items() if a not in own), default=0.0)
        least = min(least, best - other)
    return least


def _mean_bin(bins: Sequence[int]) -> float:
    return sum(index * count for index, count in enumerate(bins)) / sum(bins)
