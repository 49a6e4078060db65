"""Supervised threads: the border at which every exception of a thread ends.

`SupervisedThread` runs a long-lived body and calls it again after every exception, with a growing delay. `Loop` repeats
a short piece of work. Both log one line when the thread begins to fail and one when it works again, and have a state
for the health report. `start_job` is for work that ends by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, unique
from math import inf
from threading import Event, Thread, current_thread
from typing import Final

from hardware.threads.fault_log import FaultLog, LimitedLog, fault_kind
from hardware.threads.heartbeat import Heartbeat

log = logging.getLogger("hardware.threads")
FIRST_DELAY_S, MAX_DELAY_S = 0.1, 5.0
"""Delays before a body that has raised is called again; doubled each time."""
_EXPECTED: Final = (OSError,)


@unique
class Condition(Enum):
    """State of a thread. `FAILING`: its last round raised an exception and is tried again; `LATE`: no round was
    completed in time; `ENDED`: it does not run although nobody closed it."""

    OK = "ok"
    FAILING = "failing"
    LATE = "late"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ThreadState:
    """A thread in the health report. `why`: type of the exception; `age_s`: seconds since its last completed round."""

    name: str
    condition: Condition
    why: str
    age_s: float


class SupervisedThread:
    """Runs `body` on a thread of its own until it returns after `close`; calls it again whenever it raises.

    The body calls `worked` after each complete round. `late_s`: seconds without a round after which the thread counts
    as late; none by default, for a body that waits without limit. `expected`: exceptions without a traceback in the
    log, with their type only. A body that returns before `close` has ended; the health report says so.
    """

    def __init__(
        self, name: str, body: Callable[[], None], *, late_s: float = inf,
        expected: tuple[type[BaseException], ...] = _EXPECTED, first_delay_s: float = FIRST_DELAY_S,
        max_delay_s: float = MAX_DELAY_S,
    ) -> None:  # fmt: skip
        self.name, self._body = name, body
        self.heartbeat = Heartbeat(late_s)
        self._expected, self._first_delay_s, self._max_delay_s = expected, first_delay_s, max_delay_s
        self._closed = Event()
        self._thread: Thread | None = None
        self._why, self._failures = "", 0
        self._faults, self._lines = FaultLog(), LimitedLog(log)

    def start(self) -> None:
        """Starts the thread. Raises RuntimeError if it was started before, or if the system gives no thread."""
        if self._thread is not None:
            raise RuntimeError(f"the thread {self.name} was started before")
        thread = Thread(target=self._run, name=self.name, daemon=True)
        thread.start()
        self._thread = thread

    @property
    def started(self) -> bool:
        return self._thread is not None

    @property
    def running(self) -> bool:
        """Whether the thread runs now."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def failing(self) -> bool:
        """Whether the last round raised an exception."""
        return self._failures > 0

    def close(self, within_s: float | None = None) -> None:
        """Waits for the end of the thread, at most `within_s` seconds; the body must have been asked to return.

        May be called twice, before `start`, and on the thread itself (then it does not wait).
        """
        self._closed.set()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join(within_s)

    def worked(self) -> None:
        """One round is complete. Called on the thread."""
        self.heartbeat.beat()
        if self._failures:
            self._failures, self._why = 0, ""
            self._lines.log(logging.WARNING, "back", "%s: works again", self.name)

    @property
    def state(self) -> ThreadState:
        """The state for the health report."""
        return ThreadState(self.name, self._condition, self._why, self.heartbeat.age_s)

    @property
    def _condition(self) -> Condition:
        if self._closed.is_set() or self._thread is None:
            return Condition.OK
        if not self._thread.is_alive():
            return Condition.ENDED
        if self._failures:
            return Condition.FAILING
        return Condition.LATE if self.heartbeat.is_late else Condition.OK

    def _run(self) -> None:
        while True:
            try:
                self._body()
            except BaseException as error:  # noqa: BLE001 the border of every thread: whatever a body raises, it is called again
                self._failed(error)
            else:
                return
            delay_s = self._first_delay_s * 2 ** min(self._failures - 1, 16)
            if self._closed.wait(min(delay_s, self._max_delay_s)):
                return

    def _failed(self, error: BaseException) -> None:
        self._failures += 1
        self.heartbeat.beat()  # it is not late: it fails, which the state says
        # an error while the fault is logged (no memory, for instance) must not end the thread either
        with suppress(BaseException):
            self._log_fault(error)

    def _log_fault(self, error: BaseException) -> None:
        kind = type(error).__name__
        expected = isinstance(error, self._expected)
        why = kind if expected else fault_kind(error)
        if self._why != why:
            self._why = why
            self._lines.log(logging.ERROR, why, "%s: failed (%s); it is tried again", self.name, kind)
        if not expected:
            self._faults.log(log, self.name, error)


class Loop:
    """Repeats `work` every `every_s` seconds, and at once after `wake`, on a supervised thread of its own.

    `work` may return another wait in seconds. `at_once`: the first round is not waited for. After an exception the
    work is repeated with the delays of `SupervisedThread`, at most `every_s` or 1 s, whichever is longer.
    """

    def __init__(
        self, name: str, work: Callable[[], float | None], every_s: float, *, late_s: float = inf,
        at_once: bool = False, expected: tuple[type[BaseException], ...] = _EXPECTED,
        first_delay_s: float = FIRST_DELAY_S,
    ) -> None:  # fmt: skip
        self._work, self._every_s, self._at_once = work, every_s, at_once
        self._stop, self._wake = Event(), Event()
        delay_s = max(1.0, min(every_s, MAX_DELAY_S))
        self.thread = SupervisedThread(
            name,
            self._repeat,
            late_s=late_s,
            expected=expected,
            first_delay_s=first_delay_s,
            max_delay_s=delay_s,
        )

    def start(self) -> None:
        """Starts the thread. Raises RuntimeError if it was started before, or if the system gives no thread."""
        self.thread.start()

    def wake(self) -> None:
        """The next round begins at once; one that runs is followed by another."""
        self._wake.set()

    @property
    def stopping(self) -> bool:
        """Whether `close` was called: long work should return."""
        return self._stop.is_set()

    def close(self, within_s: float | None = None) -> None:
        """Ends the loop after its round; may be called twice, and before `start`."""
        self.stop()
        self.thread.close(within_s)

    def stop(self) -> None:
        """Like `close`, without waiting for the end."""
        self._stop.set()
        self._wake.set()

    def _repeat(self) -> None:
        wait_s = 0.0 if self._at_once or self.thread.failing else self._every_s
        while True:
            self._wake.wait(wait_s)
            if self._stop.is_set():
                return
            self._wake.clear()
            wished_s = self._work()
            wait_s = self._every_s if wished_s is None else wished_s
            self.thread.worked()


def new_job(name: str, work: Callable[[], object]) -> Thread:
    """A thread, not started yet, for work that ends by itself; an exception of it is logged."""

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 the border of every thread
            log.error("%s: failed (%s)", name, type(error).__name__)
            FaultLog().log(log, name, error)

    return Thread(target=run, name=name, daemon=True)


def start_job(name: str, work: Callable[[], object]) -> Thread:
    """Starts a `new_job`. Raises RuntimeError if the system gives no thread."""
    thread = new_job(name, work)
    thread.start()
    return thread


class TimeLimit:
    """Calls `ended` on a thread of its own after `seconds`, unless `cancel` was called before."""

    def __init__(self, name: str, seconds: float, ended: Callable[[], object]) -> None:
        """Raises RuntimeError if the system gives no thread."""
        self._cancelled = Event()
        self._thread = start_job(name, lambda: self._cancelled.wait(seconds) or ended())

    def cancel(self) -> None:
        """Ends the thread, after `ended` if that runs already."""
        self._cancelled.set()
        self._thread.join()
