"""A pool of worker threads for short pieces of work; an exception of one ends no worker."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hardware.threads.fault_log import FaultLog

log = logging.getLogger("hardware.threads")


class WorkerPool:
    """At most `workers` threads, named after the pool. Safe from any thread."""

    def __init__(self, name: str, workers: int) -> None:
        self._name, self._faults = name, FaultLog()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=name)

    def submit(self, work: Callable[[], object]) -> None:
        """Starts the work as soon as a worker is free. Raises RuntimeError after `close`."""
        self._pool.submit(self._run, work)

    def close(self, *, wait: bool = True) -> None:
        """Drops what has not begun; waits for what has."""
        self._pool.shutdown(wait=wait, cancel_futures=True)

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 the border of every worker: the next piece of work follows
            self._faults.log(log, self._name, error)
