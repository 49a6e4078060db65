"""Who else arrived: garments are carried together, so a room that just got one is likelier to get the next, and one
that falls silent while the others are heard is likelier hidden than gone."""

from __future__ import annotations

from math import exp

from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.track import ArrivalGroup, TagTrack


class RecentArrivals:
    """Weighs the rooms by arrivals of the last seconds: 1 for a room without any."""

    def __init__(self, rooms: int, tuning: PresenceSettings) -> None:
        self._tuning = tuning
        self._pulses = [0.0] * rooms
        self._parties = [ArrivalGroup(0)] * rooms
        self._arrived_us = [-tuning.company_us] * rooms
        self._at_us = 0
        self._quiet = (1.0,) * rooms
        self.welcome: tuple[float, ...] = self._quiet

    def arrived(self, track: TagTrack, at_us: int) -> None:
        """A tag entered its room: it joins the party of the one before, where that came just now."""
        self.tick(at_us)
        room = track.room
        if at_us - self._arrived_us[room] > self._tuning.company_us:
            self._parties[room] = ArrivalGroup(at_us)
        self._arrived_us[room], track.party = at_us, self._parties[room]
        self._pulses[room] = min(3.0, self._pulses[room] + 1.0)
        self._renew()

    def tick(self, at_us: int) -> None:
        """Lets the memory of arrivals fade."""
        late_us, self._at_us = at_us - self._at_us, at_us
        if self.welcome is not self._quiet:
            fade = exp(-late_us / self._tuning.company_us)
            self._pulses = [pulse * fade for pulse in self._pulses]
            self._renew()

    def _renew(self) -> None:
        if max(self._pulses) < 0.1:
            self.welcome = self._quiet
        else:
            self.welcome = tuple(1.0 + self._tuning.company * pulse for pulse in self._pulses)
