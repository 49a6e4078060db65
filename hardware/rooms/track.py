"""What is remembered of one tag: a fading sum of received power per antenna, and its place among the rooms."""

from __future__ import annotations

from math import exp

from hardware.rooms.tuning import Tuning


class Heard:
    """A tag at one antenna: received power in mW and count of reads, both fading with `memory_us`."""

    __slots__ = ("at_us", "count", "power_mw")

    def __init__(self, at_us: int) -> None:
        self.at_us = at_us
        self.count = 0.0
        self.power_mw = 0.0

    def add(self, at_us: int, rssi_dbm: float, memory_us: int) -> None:
        late = at_us - self.at_us
        if late > 0:
            fade = exp(-late / memory_us)
            self.count *= fade
            self.power_mw *= fade
            self.at_us = at_us
        self.count += 1.0
        self.power_mw += 10.0 ** (rssi_dbm / 10.0)

    def level_mw(self, at_us: int, tuning: Tuning) -> float:
        """Mean power in mW as if the tag had been asked `nominal_rate` times a second."""
        fade = exp(-max(0, at_us - self.at_us) / tuning.memory_us)
        return self.power_mw * fade / (tuning.nominal_rate * tuning.memory_us / 1e6)


class Track:
    """One tag. `room` is the index of the room it is in, or -1."""

    __slots__ = (
        "confidence",
        "epc",
        "heard",
        "judged_us",
        "last_us",
        "leaning",
        "leaning_since_us",
        "room",
        "room_last_us",
        "since_us",
        "sure",
    )

    def __init__(self, epc: str, at_us: int) -> None:
        self.epc = epc
        self.heard: dict[int, Heard] = {}
        self.last_us = at_us
        self.judged_us = at_us
        self.room = -1
        self.room_last_us = at_us
        self.since_us = at_us
        self.sure = False
        self.confidence = 0.0
        self.leaning = -1
        self.leaning_since_us = at_us

    def add(self, antenna: int, rssi_dbm: float, at_us: int, memory_us: int) -> None:
        heard = self.heard.get(antenna)
        if heard is None:
            heard = self.heard[antenna] = Heard(at_us)
        heard.add(at_us, rssi_dbm, memory_us)
        if at_us > self.last_us:
            self.last_us = at_us
