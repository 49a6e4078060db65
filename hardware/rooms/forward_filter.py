"""Weighs what all antennas heard of one tag into the chance of each room, and of none.

A forward filter over a hidden place (Rabiner, "A tutorial on hidden Markov models", 1989, eq. 19-20): between two
weighings a tag may have moved; then each read multiplies the chance of a room by how likely such a read is there. Reads
of one antenna that are close in time share their fading, so n of them within a weighing count as n / (n + 1) of what
`SignalModel.pace` grants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.signal_model import RSSI_BINS, SignalModel
from hardware.rooms.site import Site
from hardware.rooms.track import TagTrack

MIN_PROBABILITY = 1e-6


@dataclass(frozen=True, slots=True)
class FilterModel:
    """What a weighing needs besides the reads.

    `rooms_of` gives the rooms of each antenna; `stay` and `linger` are the chances that a tag in a room, and one
    outside, is still there after a second; `out_door` the share of leavers who go outside and not to another room;
    `nearness` how much a read at a room's antenna draws a tag from outside to that room.
    """

    profile: SignalModel
    rooms_of: tuple[tuple[int, ...], ...]
    stay: float
    linger: float
    out_door: float
    nearness: float


def initial_probabilities(rooms: int) -> list[float]:
    """What is believed of a tag nobody has heard: half outside, half spread over the rooms."""
    return [0.5 / rooms] * rooms + [0.5]


def filter_model(site: Site, profile: SignalModel, tuning: PresenceSettings) -> FilterModel:
    """The scales of a site."""
    rooms = list(site.rooms.values())
    rooms_of = tuple(
        tuple(index for index, antennas in enumerate(rooms) if antenna in antennas)
        for antenna in site.antennas
    )
    return FilterModel(profile, rooms_of, tuning.stay, tuning.linger, tuning.out_door, tuning.nearness)


def weigh(track: TagTrack, at_us: int, scales: FilterModel, welcome: Sequence[float]) -> None:
    """Brings the chances of a track to a time, using and clearing its reads.

    `welcome` weighs the rooms by who else arrived there lately, 1 where nobody did.
    """
    late_s = min(60.0, max(0.0, (at_us - track.weighed_us) / 1e6))
    track.weighed_us = at_us
    heard = track.heard
    if not heard:
        track.chances = _moved(track.chances, late_s, scales, welcome, 1.0)
        return
    counts: dict[int, int] = {}
    for code in heard:
        antenna = code // RSSI_BINS
        counts[antenna] = counts.get(antenna, 0) + 1
    near = list(welcome)
    ask, drawn = 0.0, 0.0
    for antenna, count in counts.items():
        for room in scales.rooms_of[antenna]:
            near[room] += scales.nearness * count
            ask, drawn = ask + count, drawn + count * welcome[room]
    chances = _moved(track.chances, late_s, scales, near, drawn / ask if ask else 1.0)
    evidence = _evidence(heard, counts, scales.profile, min(1.0, max(0.05, late_s)))
    heard.clear()
    top = max(evidence)
    chances = [chance * exp(e - top) for chance, e in zip(chances, evidence, strict=True)]
    whole = sum(chances)
    track.chances = chances = [max(MIN_PROBABILITY, chance / whole) for chance in chances]
    track.best = chances.index(max(chances))


def _moved(
    chances: Sequence[float], late_s: float, scales: FilterModel, near: Sequence[float], haste: float
) -> list[float]:
    """A tag in a room may leave it; one outside may enter, most likely where it is heard, and `haste` times sooner
    where others just entered."""
    outside = chances[-1]
    stay = scales.stay**late_s
    entering = outside * (1.0 - scales.linger ** (late_s * haste))
    leaving = (1.0 - outside) * (1.0 - stay)
    change = leaving * (1.0 - scales.out_door)
    share = (entering + change) / sum(near)
    moved = [chance * stay + share * weight for chance, weight in zip(chances, near, strict=False)]
    moved.append(outside - entering + leaving * scales.out_door)
    return moved


def _evidence(
    heard: Sequence[int], counts: Mapping[int, int], profile: SignalModel, late_s: float
) -> list[float]:
    pace = profile.pace * late_s
    weights = {antenna: pace / (count + 1.0) for antenna, count in counts.items()}
    rows = profile.rows
    evidence: list[float] = [0.0] * len(rows[0][0])
    for code in heard:
        antenna, cell = divmod(code, RSSI_BINS)
        weight = weights[antenna]
        evidence = [e + weight * v for e, v in zip(evidence, rows[antenna][cell], strict=True)]
    return evidence
