"""Base class of the readers: one thread that runs from `start` to `close`, whatever is raised in it."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from hardware.clock import now_us
from hardware.errors import HardwareError
from hardware.ports import ReaderDown, ReaderUp
from hardware.supervision.supervise import run_supervised
from hardware.threads.supervised import start_job

Fact = TypeVar("Fact")


class ThreadedReader(ABC, Generic[Fact]):
    """Keeps the promises of `hardware.ports.TagReader` about threads. `_run` must return soon after `_stop` is set.

    `_run` supervises its own connection with `run_supervised`. Should it end all the same, a `ReaderDown` is posted and
    it is called again.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        return self._name

    def start(self, post: Callable[[Fact | ReaderDown], None]) -> None:
        self._thread = start_job(f"reader {self._name}", partial(self._run_until_closed, post))

    def close(self) -> None:
        if not self._stop.is_set():
            self._stop.set()
            self._wake()
        if self._thread is not None:
            self._thread.join()
        self._release()

    def _run_until_closed(self, post: Callable[[Fact | ReaderDown], None]) -> None:
        is_down = False

        def attempt(on_connected: Callable[[], None]) -> None:
            def tracked(fact: Fact | ReaderDown) -> None:
                nonlocal is_down
                if isinstance(fact, ReaderUp):
                    is_down = False
                    on_connected()
                elif isinstance(fact, ReaderDown):
                    is_down = True
                post(fact)

            self._run(tracked)
            if not self._stop.is_set():
                raise ReaderStoppedError("its driver ended without being asked to")

        def down(why: str) -> None:
            if not is_down:
                post(ReaderDown(self._name, why, now_us()))

        try:
            run_supervised(
                self._name, attempt, up=_not_used, down=down, wait=self._stop.wait, log_changes=False
            )
        finally:
            if not self._stop.is_set():
                post(ReaderDown(self._name, "its thread has ended; restart the program", now_us()))

    @abstractmethod
    def _run(self, post: Callable[[Fact], None]) -> None:
        """Posts facts until `_stop` is set."""

    def _wake(self) -> None:
        """Called once by `close`: wakes a thread that waits for something other than `_stop`."""

    def _release(self) -> None:
        """Called at the end of `close`, when the thread has ended; may be called twice."""


class ReaderStoppedError(HardwareError):
    """A driver's work ended although the driver was not closed."""

    transient = True


def _not_used() -> None:
    """`_run` posts its own `ReaderUp`."""
