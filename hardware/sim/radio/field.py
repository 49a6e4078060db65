"""Tags in the field of a simulated reader: who is read when, and how strongly. Pure: time and seed come in."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass

from hardware.llrp.messages import TagReportData

# a tag on a garment is read 4 to 25 times a second
_SLOWEST_HZ = 4.0
_FASTEST_HZ = 25.0
# hands, bodies and cloth: spread of the signal between reads, in dB, and how much of it lasts to the next read
_FADING_DB = 3.0
_FADING_KEPT = 0.8
_OWED_S = 0.2


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag laid before an antenna; `rate_hz` None draws one between 4 and 25 reads a second."""

    epc: str
    antenna: int = 1
    rssi_dbm: float = -55.0
    rate_hz: float | None = None


@dataclass(slots=True)
class _Placed:
    tag: Tag
    rate_hz: float
    fading_db: float = 0.0


class TagField:
    """All tags that one reader could read. Not for several threads at once."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._placed: dict[tuple[str, int], _Placed] = {}
        # due time, order of placing (so that equal times never compare further), tag
        self._due: list[tuple[float, int, _Placed]] = []
        self._count = 0

    def place(self, tag: Tag, now: float) -> None:
        """Lays a tag before an antenna; one that lies there already takes the new signal and rate.

        One EPC may lie before several antennas, as seen through a thin wall.
        """
        self.remove(tag.epc, tag.antenna)
        rate = tag.rate_hz or self._random.uniform(_SLOWEST_HZ, _FASTEST_HZ)
        placed = _Placed(tag, rate)
        self._placed[tag.epc, tag.antenna] = placed
        self._schedule(placed, now)

    def remove(self, epc: str, antenna: int | None = None) -> int:
        """Takes a tag away, from one antenna or from all; how many placings that were."""
        gone = [key for key in self._placed if key[0] == epc] if antenna is None else [(epc, antenna)]
        return sum(self._placed.pop(key, None) is not None for key in gone)

    def tags(self) -> tuple[Tag, ...]:
        return tuple(placed.tag for placed in self._placed.values())

    def next_due(self) -> float | None:
        """When the next read is due, on the clock of `place`."""
        return self._due[0][0] if self._due else None

    def read(self, now: float, stamp_us: int, antennas: frozenset[int] | None = None) -> list[TagReportData]:
        """The reads due until now, in order, stamped back from `stamp_us`; None reads on all antennas."""
        seen = []
        while self._due and self._due[0][0] <= now:
            at, _, placed = heapq.heappop(self._due)
            tag = placed.tag
            if self._placed.get((tag.epc, tag.antenna)) is not placed:
                continue
            # a field that nobody read for a while owes nothing from before
            at = max(at, now - _OWED_S)
            self._schedule(placed, at)
            placed.fading_db = _FADING_KEPT * placed.fading_db + self._random.gauss(0, _FADING_DB) * 0.6
            if antennas is None or tag.antenna in antennas:
                signal = max(-90, min(-10, round(tag.rssi_dbm + placed.fading_db)))
                seen.append(TagReportData(tag.epc, tag.antenna, signal, stamp_us - round(1e6 * (now - at))))
        return seen

    def _schedule(self, placed: _Placed, after: float) -> None:
        self._count += 1
        pause = self._random.uniform(0.5, 1.5) / placed.rate_hz
        heapq.heappush(self._due, (after + pause, self._count, placed))
