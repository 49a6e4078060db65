"""Keeps one link to a device alive: tries again for ever with a capped back-off, and says each loss and each
return exactly once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from hardware.errors import HardwareError

_LOG = logging.getLogger("hardware")


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait before the next try, in seconds: `first_s`, then times `factor`, never above `cap_s`.

    The cap must leave room for a whole dialogue within the 5 s in which a link heals.
    """

    first_s: float = 0.1
    cap_s: float = 1.0
    factor: float = 2.0

    def delay_s(self, failures: int) -> float:
        """The wait after the n-th failure in a row (1-based)."""
        # the exponent is bounded, since a reader may be away for a year
        return min(self.cap_s, self.first_s * self.factor ** min(failures - 1, 32))


def supervised(
    name: str,
    attempt: Callable[[Callable[[], None]], None],
    *,
    up: Callable[[], None],
    down: Callable[[str], None],
    wait: Callable[[float], bool],
    backoff: Backoff | None = None,
) -> None:
    """Runs `attempt` until it returns (it was asked to stop) or `wait` answers True.

    `attempt` gets a call to make once its link stands, and raises HardwareError or OSError when the link is lost.
    `up` and `down` are called once per return and once per loss, also when the very first try fails; one log line
    goes with each. `wait` sleeps for so many seconds and answers whether to stop (a `threading.Event.wait`).
    """
    pace = backoff or Backoff()
    failures = 0
    said_down = False

    def stands() -> None:
        nonlocal failures, said_down
        failures, said_down = 0, False
        _LOG.info("reader %s is up", name)
        up()

    while True:
        try:
            attempt(stands)
        except (HardwareError, OSError) as error:
            why = reason(error)
        else:
            return
        failures += 1
        if not said_down:
            said_down = True
            _LOG.warning("reader %s is lost: %s", name, why)
            down(why)
        if wait(pace.delay_s(failures)):
            return


def reason(error: Exception) -> str:
    """An error as one short line for a technician."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
