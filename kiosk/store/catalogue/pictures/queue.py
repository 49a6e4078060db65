"""Pictures that wait to be scaled: a few workers, one turn for each caller, a limit of how many wait."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition
from typing import Final, Generic, TypeVar

from hardware.threads.fault_log import FaultLog
from hardware.threads.supervised import SupervisedThread
from kiosk.store.errors import PicturesBusyError

log = logging.getLogger(__name__)
T = TypeVar("T")
NICE: Final = 5
"""Priority of the workers below that of the store's other threads (Linux has one for each thread)."""


@dataclass(slots=True)
class _Job(Generic[T]):
    key: Hashable
    work: Callable[[], T]
    done: Future[T] = field(default_factory=Future)


class PictureQueue(Generic[T]):
    """Work by key: what is asked for twice is done once. Callers take turns. The threads start with the first work."""

    def __init__(self, workers: int, max_waiting: int) -> None:
        self._max = max_waiting
        self._by_caller: OrderedDict[str, deque[_Job[T]]] = OrderedDict()
        self._jobs: dict[Hashable, _Job[T]] = {}
        self._changed, self._closed = Condition(), False
        self._faults = FaultLog()
        self.threads = tuple(SupervisedThread(f"pictures-{n}", self._work) for n in range(1, workers + 1))

    def submit(self, caller: str, key: Hashable, work: Callable[[], T]) -> Future[T]:
        """The result of the work of that key, when it is there. Raises PicturesBusyError if too much waits."""
        with self._changed:
            job = self._jobs.get(key)
            if job is not None:
                return job.done
            if self._closed or len(self._jobs) >= self._max:
                raise PicturesBusyError
            job = self._jobs[key] = _Job(key, work)
            job.done.set_running_or_notify_cancel()  # one who waits no longer cancels it for nobody
            self._by_caller.setdefault(caller, deque()).append(job)
            self._changed.notify()
            idle = [thread for thread in self.threads if not thread.started]
            for thread in idle:
                thread.start()
        return job.done

    @property
    def waiting(self) -> int:
        """Pictures that wait or are scaled."""
        with self._changed:
            return len(self._jobs)

    def close(self) -> None:
        """Drops what waits; waits for what is being scaled."""
        with self._changed:
            self._closed = True
            for jobs in self._by_caller.values():
                for job in jobs:
                    job.done.set_exception(PicturesBusyError())
            self._by_caller.clear()
            self._changed.notify_all()
        for thread in self.threads:
            thread.close()

    def _work(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        while (job := self._next()) is not None:
            try:
                result = job.work()
            except BaseException as error:  # noqa: BLE001 the border between pictures: the next one follows
                self._faults.log(log, "a picture", error)
                self._forget(job)
                job.done.set_exception(error)
            else:
                self._forget(job)
                job.done.set_result(result)

    def _next(self) -> _Job[T] | None:
        """The next job, of the caller whose turn it is; None after `close`."""
        with self._changed:
            while not self._by_caller and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            caller, jobs = self._by_caller.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._by_caller[caller] = jobs
            return job

    def _forget(self, job: _Job[T]) -> None:
        with self._changed:
            self._jobs.pop(job.key, None)
