"""Keeps a connection to a device open: reconnects after every exception, with a capped exponential back-off.

The border at which a reader's thread catches everything. HardwareError and OSError are expected: their text is the
reason. Any other exception is a fault of the program; its traceback is logged once for each kind, without its message,
because a message may quote what was read from a tag or card.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.errors import HardwareError
from hardware.threads.fault_log import FaultLog, LimitedLog

_LOG = logging.getLogger("hardware")
# a connection that lasted this long starts the delays again; a shorter one counts as one more failure
SETTLED_S: Final = 2.0
# reasons of one loss that are logged
_MAX_REASONS: Final = 5
# lines of each kind at once, then one a minute
_LINES: Final = 10
_NUMBERS: Final = re.compile(r"[0-9.]+")


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
    still: Callable[[str], None] | None = None,
    wait: Callable[[float], bool],
    backoff: Backoff | None = None,
    clock: Callable[[], float] = time.monotonic,
    log_changes: bool = True,
) -> None:
    """Repeats `attempt` until it returns (asked to stop) or `wait` returns True.

    `attempt` gets `on_connected`, which it calls once when the connection works; it may raise anything when the
    connection is lost. `up` is called once per connection, `down` once per loss with the reason, also when the first
    attempt fails, and `still` where a later attempt fails for another reason than the one before (numbers in it do not
    count). Up and down are logged, and other reasons while the loss lasts, unless `log_changes` is False. If `up`
    raises, the attempt has failed; if `down` raises, it is called again after the next failure. `wait` waits for a
    number of seconds and returns True to stop, as `threading.Event.wait` does. `clock` returns seconds of a monotonic
    clock.
    """
    supervision = _Supervision(name, up, down, still, clock, log_changes)
    delays = backoff or Backoff()
    while True:
        try:
            attempt(supervision.connected)
        except BaseException as error:  # noqa: BLE001 the border of a reader's thread: whatever ends an attempt, another follows
            supervision.failed(error)
        else:
            return
        if wait(delays.delay_s(supervision.failures)):
            return


class _Supervision:
    """What was reported of one reader, and the failures in a row."""

    def __init__(
        self,
        name: str,
        up: Callable[[], None],
        down: Callable[[str], None],
        still: Callable[[str], None] | None,
        clock: Callable[[], float],
        log_changes: bool,
    ) -> None:
        self._name, self._up, self._down, self._clock = name, up, down, clock
        self._still, self._last_reason = still, ""
        self._log_changes = log_changes
        self.failures = 0
        self._connected_at: float | None = None
        self._loss_is_reported = False
        # of the present loss, without numbers
        self._reasons: set[str] = set()
        self._faults, self._lines = FaultLog(), LimitedLog(_LOG, burst=_LINES, clock=clock)

    def connected(self) -> None:
        self._connected_at = self._clock()
        self._loss_is_reported = False
        self._reasons.clear()
        if self._log_changes:
            self._lines.log(logging.INFO, "up", "reader %s is connected", self._name)
        self._up()

    def failed(self, error: BaseException) -> None:
        if self._connected_at is not None and self._clock() - self._connected_at >= SETTLED_S:
            self.failures = 0
        self._connected_at = None
        self.failures += 1
        why = self._reason(error)
        self._log_loss(why)
        kind = _NUMBERS.sub("", why)
        if not self._loss_is_reported:
            self._report(self._down, why)
        elif self._still is not None and kind != self._last_reason:
            self._report(self._still, why)
        self._last_reason = kind

    def _log_loss(self, why: str) -> None:
        """One line for a loss, and one for each other reason while it lasts: a reader that starts refuses connections
        first, and then reports what it lacks."""
        kind = _NUMBERS.sub("", why)
        if kind in self._reasons or len(self._reasons) >= _MAX_REASONS:
            return
        if self._log_changes and not self._reasons:
            self._lines.log(logging.WARNING, "down", "reader %s is not connected: %s", self._name, why)
        elif self._log_changes:
            self._lines.log(logging.INFO, "still", "reader %s is still not connected: %s", self._name, why)
        self._reasons.add(kind)

    def _report(self, receiver: Callable[[str], None], why: str) -> None:
        try:
            receiver(why)
        except BaseException as error:  # noqa: BLE001 the receiver's fault must not end the reader's thread
            self._reason(error)
        else:
            self._loss_is_reported = True

    def _reason(self, error: BaseException) -> str:
        if isinstance(error, HardwareError | OSError):
            return error_reason(error)
        fault = self._faults.log(_LOG, f"reader {self._name}", error)
        return f"a fault of the program ({fault}); the log has the details"


def error_reason(error: Exception) -> str:
    """An error as one short line for a technician."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
