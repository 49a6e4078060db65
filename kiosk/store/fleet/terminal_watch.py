"""Asks every payment terminal now and then whether it can be reached; no money moves, and no payment is disturbed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from hardware.threads.supervised import Loop, ThreadState
from kiosk.connectors.payments.port import PaymentTerminal

EVERY_S: Final = 300.0
FIRST_S: Final = 60.0
LATE_S: Final = 3600.0
"""A round asks one terminal after the other, each for up to 15 s."""


@dataclass(frozen=True, slots=True)
class TerminalHealth:
    """Whether a terminal answered when it was asked last, at `asked_us`; None before."""

    reachable: bool | None = None
    asked_us: int = 0


class TerminalWatch:
    """A thread that asks each terminal every five minutes. One that a payment occupies is left alone: its own answers
    come from the payment. `occupied` gets the terminal's identity."""

    def __init__(
        self, drivers: Mapping[str, PaymentTerminal], occupied: Callable[[str], bool], now_us: Callable[[], int],
        *, first_s: float = FIRST_S,
    ) -> None:  # fmt: skip
        self._drivers, self._occupied, self._now = drivers, occupied, now_us
        self._found = dict.fromkeys(drivers, TerminalHealth())
        self._lock = Lock()
        self._loop = Loop("terminal-watch", self._round, first_s, late_s=LATE_S)

    def start(self) -> None:
        """Starts to ask, if there are terminals."""
        if self._drivers:
            self._loop.start()

    def close(self) -> None:
        """Ends after the terminal that is being asked."""
        self._loop.close()

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def health(self) -> dict[str, TerminalHealth]:
        """Each terminal by name."""
        with self._lock:
            return dict(self._found)

    def look(self) -> None:
        """Asks each terminal once."""
        for name, driver in self._drivers.items():
            if self._loop.stopping or self._occupied(driver.identity):
                continue
            found = TerminalHealth(driver.probe().reachable, self._now())
            with self._lock:
                self._found[name] = found

    def _round(self) -> float:
        self.look()
        return EVERY_S
