"""Log lines about callers that reach a limit: at most one for each kind and minute, with the number left out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum, unique
from typing import Final

from hardware.threads.fault_log import FaultLog

log = logging.getLogger("kiosk.store.connections")
EVERY_S: Final = 60.0


@unique
class Limit(Enum):
    """A limit that was reached; the value is the text of the log line."""

    TOO_FAST = "new connections are refused: too many a second from one address"
    NO_ROOM = "new connections are refused: too many are open"
    REPLACED = "connections without a request are closed: others need their place"
    CALLER = "the oldest connection of a mirror or session is closed: it has too many"
    LATE = "connections are closed: no whole request arrived in time"
    SLOW = "connections are closed: the caller does not take its answer"
    HANDSHAKE = "connections are closed: the TLS handshake failed or took too long"
    NOT_HTTP = "requests are refused: not HTTP, or too large"
    FILES = "no connection is accepted for a moment: no file can be opened"


class Notices:
    """Writes the lines. `clock_s`: seconds of a monotonic clock. To be used on one thread."""

    def __init__(self, clock_s: Callable[[], float]) -> None:
        self._clock_s = clock_s
        self._counts: dict[Limit, int] = {}
        self._said_s: dict[Limit, float] = {}
        self._faults = FaultLog()

    def note(self, limit: Limit, caller: str = "") -> None:
        """Counts it, and writes a line if there was none in the last `EVERY_S` seconds."""
        now_s, count = self._clock_s(), self._counts.get(limit, 0) + 1
        said_s = self._said_s.get(limit)
        if said_s is not None and now_s - said_s < EVERY_S:
            self._counts[limit] = count
            return
        self._said_s[limit], self._counts[limit] = now_s, 0
        of = f"; the last one of {caller}" if caller else ""
        log.warning("%s (%d since the last line%s)", limit.value, count, of)

    def fault(self, error: BaseException) -> None:
        """A fault of the program, once for each kind."""
        self._faults.log(log, "a request", error)
