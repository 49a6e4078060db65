"""Looks every five seconds at what is wrong, and tells it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from hardware.threads.supervised import Loop, ThreadState
from kiosk.clock import Clocks
from kiosk.core.domain.hours.opening_hours import ShopHours
from kiosk.store.alarms.incidents import Fault, Incidents
from kiosk.store.alarms.outbox import AlarmOutbox

EVERY_S: Final = 5.0
LATE_S: Final = 900.0
"""A round may try many messages, each for up to 15 s."""


class AlarmWatch:
    """A thread. `faults`: what is wrong now; `before_us`: how long before the shop opens alarms begin."""

    def __init__(
        self, faults: Callable[[], frozenset[Fault]], outbox: AlarmOutbox, hours: ShopHours, clocks: Clocks, *,
        after_us: int, before_us: int,
    ) -> None:  # fmt: skip
        self._faults, self._outbox, self._hours, self._clocks = faults, outbox, hours, clocks
        self._before_us = before_us
        self._incidents = Incidents(after_us, outbox.incidents)
        self._loop = Loop("alarms", self.look, EVERY_S, late_s=LATE_S)

    def start(self) -> None:
        """Starts to look."""
        self._loop.start()

    def close(self) -> None:
        """Ends; what was not delivered is in the file."""
        self._loop.close()

    @property
    def undeliverable(self) -> tuple[str, ...]:
        """Receivers, by their place in the configuration, to whom alarms cannot be delivered."""
        return self._outbox.undeliverable

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def look(self) -> None:
        """Looks once, and delivers what is due."""
        now_us = self._clocks.now_us()
        messages = self._incidents.look(
            self._faults(), steady_us=self._clocks.steady_us(), at_us=now_us, watching=self._is_watching(now_us),
            new_id=secrets.token_hex(8),
        )  # fmt: skip
        self._outbox.add(messages)
        self._outbox.save(self._incidents.open)
        self._outbox.deliver(now_us)
        self._outbox.save(self._incidents.open)

    def _is_watching(self, now_us: int) -> bool:
        opens_us = self._hours.next_opening(now_us)
        return opens_us is not None and opens_us - now_us <= self._before_us
