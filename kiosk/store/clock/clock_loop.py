"""The store's clock: a loop that does every 0.2 s what depends on time, each task on its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final

from hardware.threads.supervised import Loop, ThreadState
from hardware.threads.tasks import GuardedTasks, Task
from kiosk.store.db.waits import reason_of

log = logging.getLogger(__name__)
TICK_S: Final = 0.2
LATE_S: Final = 30.0
"""A round that takes longer than this is late. Each wait for a database or a ledger ends before."""


class ClockLoop:
    """Runs the tasks that `tasks` returns, until `close`; a task that fails stops none of the others."""

    def __init__(self, tasks: Callable[[], Sequence[Task]]) -> None:
        self._tasks = tasks
        self._guarded = GuardedTasks(log, "periodic work", reason_of)
        self._loop = Loop("store-clock", self._round, TICK_S, late_s=LATE_S)
        self.heartbeat = self._loop.thread.heartbeat
        """Beats after each round, also after one whose tasks failed: for a watchdog."""

    @property
    def failing(self) -> tuple[str, ...]:
        """The tasks whose last run raised an exception."""
        return self._guarded.failing

    @property
    def state(self) -> ThreadState:
        return self._loop.thread.state

    def start(self) -> None:
        self._loop.start()

    def stop(self) -> None:
        """No round begins any more."""
        self._loop.stop()

    def close(self) -> None:
        """Waits for the round that runs."""
        self._loop.close()

    def _round(self) -> None:
        self._guarded.run(self._tasks())
