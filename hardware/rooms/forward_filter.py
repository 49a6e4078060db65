"""Hidden Markov forward filter: the probability of each room, and of no room, from the reads of all antennas.

Forward step as in Rabiner, "A tutorial on hidden Markov models", 1989, eq. 19-20. Between two updates a tag may have
moved (transition); then each read multiplies a room's probability by the likelihood of such a read there. Reads of one
antenna that are close in time share their fading: n of them in an update count as n / (n + 1) times the number of
independent reads, `SignalModel.read_rate` times the seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from hardware.rooms.antenna_index import AntennaIndex
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.signal_model import ROW_BINS, SignalModel
from hardware.rooms.site import Site
from hardware.rooms.track import TagTrack

MIN_PROBABILITY = 1e-6


@dataclass(frozen=True, slots=True)
class FilterModel:
    """The parameters of the filter. `rooms_of` lists the rooms (indices) of each antenna number; the others are those
    of `PresenceSettings`."""

    signals: SignalModel
    rooms_of: tuple[tuple[int, ...], ...]
    stay: float
    stay_outside: float
    leave_outside: float
    near_weight: float


def initial_probabilities(rooms: int) -> list[float]:
    """For a tag without reads: half outside, the other half spread evenly over the rooms."""
    return [0.5 / rooms] * rooms + [0.5]


def filter_model(site: Site, signals: SignalModel, settings: PresenceSettings) -> FilterModel:
    """The parameters for a site, whose antennas are numbered by `AntennaIndex`."""
    index = AntennaIndex(site)
    return FilterModel(
        replace(signals, rows=index.rows(signals.rows)),
        index.rooms_of,
        settings.stay,
        settings.stay_outside,
        settings.leave_outside,
        settings.near_weight,
    )


def update_probabilities(
    track: TagTrack, at_us: int, model: FilterModel, room_weights: Sequence[float]
) -> None:
    """Brings a track's probabilities to `at_us` and consumes its pending reads.

    `room_weights` is larger than 1 for rooms with recent arrivals (`RecentArrivals`).
    """
    elapsed_s = min(60.0, max(0.0, (at_us - track.updated_us) / 1e6))
    track.updated_us = at_us
    pending = track.pending
    if not pending:
        track.probabilities = _transition(track.probabilities, elapsed_s, model, room_weights, 1.0)
        return
    counts: dict[int, int] = {}
    for code in pending:
        antenna = code // ROW_BINS
        counts[antenna] = counts.get(antenna, 0) + 1
    entry_weights = list(room_weights)
    reads, weighted = 0.0, 0.0
    for antenna, count in counts.items():
        for room in model.rooms_of[antenna]:
            entry_weights[room] += model.near_weight * count
            reads, weighted = reads + count, weighted + count * room_weights[room]
    entry_rate = weighted / reads if reads else 1.0
    predicted = _transition(track.probabilities, elapsed_s, model, entry_weights, entry_rate)
    evidence = _log_likelihoods(pending, counts, model.signals, min(1.0, max(0.05, elapsed_s)))
    pending.clear()
    top = max(evidence)
    joint = [p * exp(e - top) for p, e in zip(predicted, evidence, strict=True)]
    total = sum(joint)
    track.probabilities = probabilities = [max(MIN_PROBABILITY, p / total) for p in joint]
    track.best = probabilities.index(max(probabilities))


def _transition(
    probabilities: Sequence[float],
    elapsed_s: float,
    model: FilterModel,
    entry_weights: Sequence[float],
    entry_rate: float,
) -> list[float]:
    """Probabilities after `elapsed_s` seconds. A tag outside enters a room in proportion to `entry_weights`,
    `entry_rate` times as fast as without recent arrivals."""
    outside = probabilities[-1]
    stay = model.stay**elapsed_s
    entering = outside * (1.0 - model.stay_outside ** (elapsed_s * entry_rate))
    leaving = (1.0 - outside) * (1.0 - stay)
    changing = leaving * (1.0 - model.leave_outside)
    share = (entering + changing) / sum(entry_weights)
    moved = [p * stay + share * weight for p, weight in zip(probabilities, entry_weights, strict=False)]
    moved.append(outside - entering + leaving * model.leave_outside)
    return moved


def _log_likelihoods(
    pending: Sequence[int], counts: Mapping[int, int], signals: SignalModel, elapsed_s: float
) -> list[float]:
    independent_reads = signals.read_rate * elapsed_s
    weights = {antenna: independent_reads / (count + 1.0) for antenna, count in counts.items()}
    rows = signals.rows
    sums: list[float] = [0.0] * len(rows[0][0])
    for code in pending:
        antenna, rssi = divmod(code, ROW_BINS)
        weight = weights[antenna]
        sums = [s + weight * v for s, v in zip(sums, rows[antenna][rssi], strict=True)]
    return sums
