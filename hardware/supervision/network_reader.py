"""Base class of the tag readers on a network: their thread, their connection, and the watch of missing fields."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from hardware.clock import now_us
from hardware.errors import HardwareError
from hardware.network.connection import WakeUp
from hardware.ports import RadioFact, ReaderDown, ReaderStillDown, ReaderUp
from hardware.supervision.supervise import Backoff, run_supervised
from hardware.supervision.threaded_reader import ThreadedReader
from hardware.watches.field_watch import FieldNames, FieldWatch

Post = Callable[[RadioFact], None]


class NetworkReader(ThreadedReader[RadioFact]):
    """A `TagReader` that connects again after each loss. A subclass implements one connection.

    `fields`: what the maker calls antenna and signal strength. `antennas`: the ports in use, empty if they are not
    known. Closing wakes every wait on `_wake_up`.
    """

    def __init__(
        self, name: str, fields: FieldNames, antennas: tuple[int, ...] = (), backoff: Backoff | None = None
    ) -> None:
        super().__init__(name)
        self._fields, self._antennas, self._backoff = fields, antennas, backoff
        self._wake_up = WakeUp()

    @abstractmethod
    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        """One connection from start to end; returns only when the driver is closed.

        Posts facts; calls `on_up` once, when reads can come. Raises HardwareError or OSError for a loss.
        """

    def _wake(self) -> None:
        self._wake_up.wake()

    def _release(self) -> None:
        self._wake_up.close()

    def _run(self, post: Post) -> None:
        watch = FieldWatch(self._name, post, self._fields, self._antennas)
        run_supervised(
            self._name,
            lambda on_up: self._attempt(watch, on_up),
            up=lambda: watch(ReaderUp(self._name, now_us())),
            down=lambda why: watch(ReaderDown(self._name, why, now_us())),
            still=lambda why: watch(ReaderStillDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=self._backoff,
        )

    def _attempt(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        try:
            self._receive(post, on_up)
        except (HardwareError, OSError):
            # what was broken off because the driver is closed is no loss
            if not self._stop.is_set():
                raise
