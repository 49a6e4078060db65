"""What all tag readers share: one thread that runs until it is closed."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

Fact = TypeVar("Fact")


class ThreadedReader(ABC, Generic[Fact]):
    """The promises of `hardware.ports.TagReader` about threads: `_run` must end soon after `_stop` is set."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        return self._name

    def start(self, post: Callable[[Fact], None]) -> None:
        self._thread = threading.Thread(
            target=self._run, args=(post,), name=f"reader {self._name}", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        if not self._stop.is_set():
            self._stop.set()
            self._wake()
        if self._thread is not None:
            self._thread.join()
        self._put_away()

    @abstractmethod
    def _run(self, post: Callable[[Fact], None]) -> None:
        """Posts facts until asked to stop."""

    def _wake(self) -> None:
        """Called once upon `close`, for a thread that waits on something else than `_stop`."""

    def _put_away(self) -> None:
        """Called at the end of `close`, when the thread has ended; may be called twice."""


def now_us() -> int:
    """Microseconds since 1970 by the clock of this computer."""
    return time.time_ns() // 1000
