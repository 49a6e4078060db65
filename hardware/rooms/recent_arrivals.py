"""Recent arrivals by room: garments are carried together, so a room with a new arrival is likelier to get the next
one, and a tag that is not read while others of its group are is likelier shielded than gone."""

from __future__ import annotations

from math import exp

from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.track import ArrivalGroup, TagTrack

MAX_ARRIVALS = 3.0
MIN_ARRIVALS = 0.1


class RecentArrivals:
    """Counts arrivals with exponential decay. `room_weights` is 1 for a room without any, larger after arrivals."""

    def __init__(self, rooms: int, settings: PresenceSettings) -> None:
        self._settings = settings
        self._counts = [0.0] * rooms
        self._groups = [ArrivalGroup(0)] * rooms
        self._arrived_us = [-settings.arrival_memory_us] * rooms
        self._at_us = 0
        self._neutral = (1.0,) * rooms
        self.room_weights: tuple[float, ...] = self._neutral

    def add(self, track: TagTrack, at_us: int) -> None:
        """A tag entered its room: it joins the group of the last arrival there if that was recent."""
        self.tick(at_us)
        room = track.room
        if at_us - self._arrived_us[room] > self._settings.arrival_memory_us:
            self._groups[room] = ArrivalGroup(at_us)
        self._arrived_us[room], track.group = at_us, self._groups[room]
        self._counts[room] = min(MAX_ARRIVALS, self._counts[room] + 1.0)
        self._update()

    def tick(self, at_us: int) -> None:
        """Decays the counts to this time."""
        elapsed_us, self._at_us = at_us - self._at_us, at_us
        if self.room_weights is not self._neutral:
            decay = exp(-elapsed_us / self._settings.arrival_memory_us)
            self._counts = [count * decay for count in self._counts]
            self._update()

    def _update(self) -> None:
        if max(self._counts) < MIN_ARRIVALS:
            self.room_weights = self._neutral
        else:
            self.room_weights = tuple(1.0 + self._settings.arrival_boost * count for count in self._counts)
