"""Who else arrived: garments are carried together, so a room that just got one is likelier to get the next."""

from __future__ import annotations

from math import exp

from hardware.rooms.tuning import Tuning


class Company:
    """Weighs the rooms by arrivals of the last seconds: 1 for a room without any."""

    def __init__(self, rooms: int, tuning: Tuning) -> None:
        self._tuning = tuning
        self._pulses = [0.0] * rooms
        self._at_us = 0
        self._quiet = (1.0,) * rooms
        self.welcome: tuple[float, ...] = self._quiet

    def arrived(self, room: int, at_us: int) -> None:
        """A tag entered a room."""
        self.tick(at_us)
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
