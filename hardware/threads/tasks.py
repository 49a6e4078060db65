"""Runs the regular tasks of a loop so that a fault of one stops none of the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from hardware.threads.fault_log import FaultLog, LimitedLog, fault_kind

SLOW_S: Final = 0.5
"""A task that fails after so long, with an expected error, ends the round: the next ones would wait as long."""

Task: TypeAlias = tuple[str, Callable[[], object]]
"""A name for the log and the health report, and the work."""
Describe: TypeAlias = Callable[[BaseException], str]
"""A short reason for an error that is expected, such as a database that does not answer; empty for any other."""


class GuardedTasks:
    """The tasks of one loop. For use by one thread; `failing` from any.

    One line is logged when tasks begin to fail for a reason, and one when none fails for it any more. An error that
    `describe` does not know is a fault of the program: its traceback is logged once.
    """

    def __init__(self, log: logging.Logger, name: str, describe: Describe) -> None:
        self._log, self._name, self._describe = log, name, describe
        self._lines, self._faults = LimitedLog(log), FaultLog()
        self._reasons: dict[str, str] = {}

    @property
    def failing(self) -> tuple[str, ...]:
        """The tasks whose last run raised an exception."""
        return tuple(sorted(self._reasons))

    def run(self, tasks: Iterable[Task]) -> None:
        """Runs each task once."""
        for name, work in tasks:
            began_s = time.monotonic()
            if not self.one(name, work) and time.monotonic() - began_s > SLOW_S:
                return

    def one(self, name: str, work: Callable[[], object]) -> bool:
        """Runs one task; False if it raised an exception."""
        try:
            work()
        except BaseException as error:  # noqa: BLE001 the border of each task: the others must run
            self._failed(name, error)
            return False
        self._change(name, None)
        return True

    def _failed(self, name: str, error: BaseException) -> None:
        reason = self._describe(error)
        if not reason:
            self._faults.log(self._log, f"{self._name}: {name}", error)
            reason = f"a fault of the program in {name} ({fault_kind(error)})"
        known = reason in self._reasons.values()
        self._change(name, reason)
        if not known:
            text = "%s is paused (%s): %s; it is tried again"
            self._lines.log(logging.ERROR, reason, text, self._name, name, reason)

    def _change(self, name: str, reason: str | None) -> None:
        before = self._reasons.pop(name, None)
        if reason is not None:
            self._reasons = {**self._reasons, name: reason}
        if before is not None and before != reason and before not in self._reasons.values():
            text = "%s goes on: no longer so: %s"
            self._lines.log(logging.WARNING, f"back: {before}", text, self._name, before)
