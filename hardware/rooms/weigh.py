"""Weighs what all antennas heard of one tag: the chance of each room, and of none."""

from __future__ import annotations

from math import exp, log10

from hardware.rooms.track import Track
from hardware.rooms.tuning import Tuning
from hardware.site import Site


class Scales:
    """Turns a track into the likeliest room and its chance; the rooms are indices in the order of the site."""

    def __init__(self, site: Site, tuning: Tuning) -> None:
        self._tuning = tuning
        place = {antenna: index for index, antenna in enumerate(site.antennas)}
        self._rooms_of: list[list[int]] = [[] for _ in site.antennas]
        for room, antennas in enumerate(site.rooms.values()):
            for antenna in antennas:
                self._rooms_of[place[antenna]].append(room)

    def rooms_of(self, antenna: int) -> list[int]:
        """The rooms in which an antenna listens."""
        return self._rooms_of[antenna]

    def weigh(self, track: Track, at_us: int) -> tuple[int, float]:
        """The likeliest room (-1 for none) and its chance at a time."""
        tuning = self._tuning
        levels: dict[int, float] = {}
        for antenna, heard in track.heard.items():
            power = heard.level_mw(at_us, tuning)
            if power > 1e-12:
                level = 10.0 * log10(power)
                for room in self._rooms_of[antenna]:
                    if level > levels.get(room, -120.0):
                        levels[room] = level
        best, top = -1, tuning.floor_dbm
        for room, level in levels.items():
            if level > top:
                best, top = room, level
        total = exp((tuning.floor_dbm - top) / tuning.slope_db)
        total += sum(exp((level - top) / tuning.slope_db) for level in levels.values())
        return best, 1.0 / total if best >= 0 else 0.0
