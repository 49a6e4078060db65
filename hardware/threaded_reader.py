"""Base class of the readers: one thread that runs from `start` to `close`."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

Fact = TypeVar("Fact")


class ThreadedReader(ABC, Generic[Fact]):
    """Keeps the promises of `hardware.ports.TagReader` about threads. `_run` must return soon after `_stop` is set."""

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
        self._release()

    @abstractmethod
    def _run(self, post: Callable[[Fact], None]) -> None:
        """Posts facts until `_stop` is set."""

    def _wake(self) -> None:
        """Called once by `close`: wakes a thread that waits for something other than `_stop`."""

    def _release(self) -> None:
        """Called at the end of `close`, when the thread has ended; may be called twice."""
