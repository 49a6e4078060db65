"""Log lines about faults that repeat: tracebacks once for each kind, other lines at a limited rate."""

from __future__ import annotations

import logging
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

_MAX_KINDS: Final = 50
"""Faults whose traceback is logged, and kinds of lines whose rate is remembered."""


class FaultLog:
    """Logs the traceback of unexpected exceptions, once for each kind: type and place. Messages are left out, because
    they may quote what was read from a tag, a card or a table."""

    def __init__(self) -> None:
        self._kinds: set[str] = set()

    def log(self, log: logging.Logger, where: str, error: BaseException) -> str:
        """Logs a fault of this kind the first time; returns the kind: type, module and line."""
        fault = fault_kind(error)
        if fault not in self._kinds and len(self._kinds) < _MAX_KINDS:
            self._kinds.add(fault)
            frames = "".join(traceback.format_tb(error.__traceback__, limit=-20))
            log.error("%s: a fault of the program, %s:\n%s", where, fault, frames.rstrip())
        return fault


def fault_kind(error: BaseException) -> str:
    """Type, module and line of an exception."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None:
        return f"{type(error).__name__} in an unknown place"
    return f"{type(error).__name__} in {last.tb_frame.f_globals.get('__name__', '?')}, line {last.tb_lineno}"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at_s: float
    left_out: int = 0


class LimitedLog:
    """A logger with a token bucket for each kind of line: `burst` lines at once, then one in `every_s` seconds.

    Lines beyond that are counted, and the next line of the kind says how many were left out. Remembers at most 50
    kinds, those used last. Safe from any thread. `clock`: seconds, monotonic.
    """

    def __init__(
        self, log: logging.Logger, *, burst: int = 6, every_s: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._log, self._burst, self._every_s, self._clock = log, burst, every_s, clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def log(self, level: int, kind: str, text: str, *values: object) -> bool:
        """Logs a line, unless too many of its kind were logged lately; whether it was logged."""
        left_out = self._take(kind)
        if left_out is None:
            return False
        if left_out:
            text, values = text + " (%d more lines of this kind were left out)", (*values, left_out)
        self._log.log(level, text, *values)
        return True

    def _take(self, kind: str) -> int | None:
        """How many lines were left out before this one; None if this one is left out too."""
        with self._lock:
            now_s = self._clock()
            bucket = self._buckets.setdefault(kind, _Bucket(self._burst, now_s))
            self._buckets.move_to_end(kind)
            if len(self._buckets) > _MAX_KINDS:
                self._buckets.popitem(last=False)
            bucket.tokens = min(self._burst, bucket.tokens + (now_s - bucket.at_s) / self._every_s)
            bucket.at_s = now_s
            if bucket.tokens < 1:
                bucket.left_out += 1
                return None
            bucket.tokens -= 1
            left_out, bucket.left_out = bucket.left_out, 0
            return left_out
