"""Asks the terminals for everything that is not final, from the journal alone.

At the start and each minute it reads what is unfinished; what it keeps in memory are only the times of the next
questions. So a thread that ended, a restart or a lost wake-up leaves nothing unasked. Questions about one transaction
repeat with a doubling wait; parked and provisional ones are asked on, more slowly, without end.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, unique
from functools import partial
from math import inf
from threading import Condition, Thread, current_thread
from typing import Final, Protocol

from hardware.threads.fault_log import FaultLog
from hardware.threads.supervised import SupervisedThread, ThreadState, start_job

log = logging.getLogger(__name__)
MAX_BACKOFF: Final = 60
"""The wait between two questions grows up to this multiple of the first wait."""
MAX_THREADS: Final = 8
"""Questions at the same time; one at a time for each terminal."""
JOIN_S: Final = 10.0
"""How long `close` waits for each thread."""


@unique
class Pace(Enum):
    """When a transaction is looked at again: never, soon, or at the pace of parked ones."""

    DONE = "done"
    FAST = "fast"
    SLOW = "slow"


class Swept(Protocol):
    """The unfinished transactions of one kind."""

    @property
    def kind(self) -> str:
        """Names the kind; unique within a sweep."""
        ...

    def unfinished(self) -> Iterable[tuple[str, str]]:
        """Key and terminal (the provider's identity) of each."""
        ...

    def step(self, key: str) -> Pace:
        """Asks for one transaction, once."""
        ...


@dataclass(slots=True)
class _Item:
    place: str
    due_s: float
    wait_s: float
    running: bool = False
    again: bool = False
    """It was asked to be looked at while it was running."""


class Sweep:
    """`first_wait_s`: before the first question after a lost reply; `period_s`: between two readings of the journal,
    and before the second question about a parked transaction. Thread-safe."""

    def __init__(self, first_wait_s: float, period_s: float) -> None:
        self._first_s, self._period_s = first_wait_s, period_s
        self._swept: dict[str, Swept] = {}
        self._items: dict[tuple[str, str], _Item] = {}
        self._places: set[str] = set()
        self._changed = Condition()
        self._list_at = inf
        self._closed = False
        self._scheduler = SupervisedThread("payment-sweep", self._schedule)
        self._threads: set[Thread] = set()
        self._faults = FaultLog()

    def add(self, swept: Swept) -> None:
        """Includes the transactions of one kind. Called while the services are put together."""
        self._swept[swept.kind] = swept

    def start(self) -> None:
        """Reads the journal now, and then in each period."""
        with self._changed:
            self._list_at = 0.0
            self._run_scheduler()

    def soon(self, kind: str, key: str, place: str, *, at_once: bool = False) -> None:
        """Looks at a transaction after the first wait, or at once."""
        wait_s = 0.0 if at_once else self._first_s
        with self._changed:
            due_s = time.monotonic() + wait_s
            item = self._items.setdefault((kind, key), _Item(place, due_s, self._first_s))
            item.due_s, item.wait_s, item.again = min(item.due_s, due_s), self._first_s, item.running
            self._run_scheduler()

    def close(self) -> None:
        """Ends the threads; the drivers of the terminals must be closed first, so that no question waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            threads = tuple(self._threads)
        for thread in threads:
            thread.join(JOIN_S)
        self._scheduler.close(JOIN_S)

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._scheduler.state

    def _run_scheduler(self) -> None:
        if not self._scheduler.started and not self._closed:
            self._scheduler.start()
        self._changed.notify_all()

    def _schedule(self) -> None:
        while not self._closed:
            try:
                if time.monotonic() >= self._list_at:
                    self._list_at = time.monotonic() + self._period_s
                    self._read_journal()
                self._next()
            except Exception as error:  # noqa: BLE001 the border of this thread: nothing else finds what was left
                self._faults.log(log, "payment sweep", error)
                with self._changed:
                    self._changed.wait(self._period_s)

    def _next(self) -> None:
        with self._changed:
            if self._closed:
                return
            self._start_due()
            wait_s = self._until_next()
            if wait_s > 0:
                self._changed.wait(wait_s)

    def _read_journal(self) -> None:
        for swept in self._swept.values():
            try:
                found = list(swept.unfinished())
            except Exception as error:  # noqa: BLE001 the border of this thread: the next period reads again
                log.error("unfinished %ss cannot be read (%s)", swept.kind, type(error).__name__)
                continue
            with self._changed:
                now_s = time.monotonic()
                for key, place in found:
                    self._items.setdefault((swept.kind, key), _Item(place, now_s, self._first_s))

    def _start_due(self) -> None:
        now_s = time.monotonic()
        for (kind, key), item in self._items.items():
            if len(self._threads) >= MAX_THREADS:
                return
            if item.due_s <= now_s and not item.running and item.place not in self._places:
                thread = start_job(f"ask-{key}", partial(self._ask, kind, key, item))
                item.running, item.again = True, False
                self._places.add(item.place)
                self._threads.add(thread)

    def _until_next(self) -> float:
        """Seconds until something is due; a thread that ends, and each new item, wakes the scheduler earlier."""
        free = len(self._threads) < MAX_THREADS
        startable = (i.due_s for i in self._items.values() if not i.running and i.place not in self._places)
        due_s = min(startable, default=inf) if free else inf
        return min(min(due_s, self._list_at) - time.monotonic(), self._period_s)

    def _ask(self, kind: str, key: str, item: _Item) -> None:
        pace = Pace.FAST
        try:
            pace = self._swept[kind].step(key)
        except BaseException as error:  # noqa: BLE001 the border of this thread: it is asked again
            self._faults.log(log, f"{kind} {key}", error)
        with self._changed:
            self._threads.discard(current_thread())
            self._places.discard(item.place)
            item.running = False
            if pace is Pace.DONE and not item.again:
                self._items.pop((kind, key), None)
            else:
                self._reschedule(item, pace)
            self._changed.notify_all()

    def _reschedule(self, item: _Item, pace: Pace) -> None:
        first_s = self._period_s if pace is Pace.SLOW else self._first_s
        item.wait_s = self._first_s if item.again else max(item.wait_s, first_s)
        item.due_s = time.monotonic() + item.wait_s
        item.wait_s = min(2 * item.wait_s, MAX_BACKOFF * first_s)
