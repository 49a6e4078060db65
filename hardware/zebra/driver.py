"""What the drivers of a Zebra reader have in common: one supervised thread, and the intake of messages."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable

from hardware.clock import now_us
from hardware.network.connection import WakeUp
from hardware.ports import RadioFact, ReaderDown, ReaderUp
from hardware.supervision.supervise import Backoff, run_supervised
from hardware.supervision.threaded_reader import ThreadedReader
from hardware.watches.field_watch import ZEBRA_FIELDS, FieldWatch
from hardware.zebra.event_intake import EventIntake
from hardware.zebra.rest_client import WokenUp

Post = Callable[[RadioFact], None]


class ZebraDriver(ThreadedReader[RadioFact]):
    """A `TagReader`. `_receive` handles one connection from start to end; it returns only when the driver is closed."""

    def __init__(self, name: str, antennas: tuple[int, ...], backoff: Backoff) -> None:
        super().__init__(name)
        self._antennas = antennas
        self._backoff = backoff
        self._wake_up = WakeUp()
        self._intake = EventIntake(name, antennas)

    @abstractmethod
    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        """Posts facts; calls `on_up` once, when reads can come. May raise WokenUp when the driver is closed."""

    def _wake(self) -> None:
        self._wake_up.wake()

    def _release(self) -> None:
        self._wake_up.close()

    def _run(self, post: Post) -> None:
        watch = FieldWatch(self._name, post, ZEBRA_FIELDS, self._antennas)
        run_supervised(
            self._name,
            lambda on_up: self._attempt(watch, on_up),
            up=lambda: watch(ReaderUp(self._name, now_us())),
            down=lambda why: watch(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=self._backoff,
        )

    def _attempt(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        self._intake.new_connection()
        try:
            self._receive(post, on_up)
        except WokenUp:
            return

    def _post_all(self, post: Post, facts: Iterable[RadioFact]) -> None:
        if not self._stop.is_set():
            for fact in facts:
                post(fact)
