"""Keeps a connection to a device open: reconnects without end, with a capped exponential back-off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from hardware.errors import HardwareError

_LOG = logging.getLogger("hardware")


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits before the next attempt, in seconds: `first_s`, then times `factor`, at most `cap_s`.

    A link must be restored within 5 s, so the cap must leave room for a whole connection set-up.
    """

    first_s: float = 0.1
    cap_s: float = 1.0
    factor: float = 2.0

    def delay_s(self, failures: int) -> float:
        """The wait after the n-th failure in a row (1-based)."""
        # the exponent is bounded, because a reader may be unreachable for a year
        return min(self.cap_s, self.first_s * self.factor ** min(failures - 1, 32))


def run_supervised(
    name: str,
    attempt: Callable[[Callable[[], None]], None],
    *,
    up: Callable[[], None],
    down: Callable[[str], None],
    wait: Callable[[float], bool],
    backoff: Backoff | None = None,
) -> None:
    """Repeats `attempt` until it returns (asked to stop) or `wait` returns True.

    `attempt` gets `on_connected`, which it calls once when the connection works; it raises HardwareError or OSError
    when the connection is lost. `up` is called once per connection, `down` once per loss with the reason, also when
    the first attempt fails; each writes one log line. `wait` waits for a number of seconds and returns True to stop,
    as `threading.Event.wait` does.
    """
    delays = backoff or Backoff()
    failures = 0
    reported_down = False

    def on_connected() -> None:
        nonlocal failures, reported_down
        failures, reported_down = 0, False
        _LOG.info("reader %s is connected", name)
        up()

    while True:
        try:
            attempt(on_connected)
        except (HardwareError, OSError) as error:
            why = error_reason(error)
        else:
            return
        failures += 1
        if not reported_down:
            reported_down = True
            _LOG.warning("reader %s is not connected: %s", name, why)
            down(why)
        if wait(delays.delay_s(failures)):
            return


def error_reason(error: Exception) -> str:
    """An error as one short line for a technician."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
