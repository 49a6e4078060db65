"""What the drivers of an Impinj reader have in common: one supervised thread, and the control of the reader."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError, HardwareError
from hardware.impinj.control import Prepared, ReaderControl, Status, is_reading
from hardware.impinj.event_flow import EventFlow
from hardware.network.connection import WakeUp
from hardware.ports import RadioFact, ReaderDown, ReaderUp
from hardware.supervision.supervise import Backoff, run_supervised
from hardware.supervision.threaded_reader import ThreadedReader
from hardware.watches.field_watch import IMPINJ_FIELDS, FieldWatch

Post = Callable[[RadioFact], None]
_STOPPED: Final = "the reader has stopped its inventory"


class ImpinjDriver(ThreadedReader[RadioFact]):
    """A `TagReader`. `_receive` handles one connection from start to end; it returns only when the driver is closed."""

    def __init__(self, name: str, backoff: Backoff, antennas: tuple[int, ...] = ()) -> None:
        super().__init__(name)
        self._backoff = backoff
        # the ports that are used, if they are known
        self._antennas = antennas
        self._wake_up = WakeUp()

    @abstractmethod
    def _receive(self, post: Post, on_up: Callable[[], None]) -> None:
        """Posts facts; calls `on_up` once, when the reader is connected."""

    def _wake(self) -> None:
        self._wake_up.wake()

    def _release(self) -> None:
        self._wake_up.close()

    def _run(self, post: Post) -> None:
        watch = FieldWatch(self._name, post, IMPINJ_FIELDS, self._antennas)
        run_supervised(
            self._name,
            lambda on_up: self._attempt(watch, on_up),
            up=lambda: watch(ReaderUp(self._name, now_us())),
            down=lambda why: watch(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=self._backoff,
        )

    def _attempt(self, post: Post, on_up: Callable[[], None]) -> None:
        try:
            self._receive(post, on_up)
        except (HardwareError, OSError):
            # a request that was broken off because the driver is closed is no loss
            if not self._stop.is_set():
                raise

    def _check_stopped(self, control: ReaderControl | None, flow: EventFlow) -> None:
        """Raises ConnectionLostError if the reader's inventory has ended.

        A controlled reader is asked: the event may be of the time before the inventory was started.
        """
        if flow.stopped and not self._stop.is_set():
            flow.stopped = False
            if control is None:
                raise ConnectionLostError(_STOPPED)
            self._status(control, flow)

    def _status(self, control: ReaderControl, flow: EventFlow) -> Status:
        """The reader's status. Raises ConnectionLostError if it does not answer or does not read."""
        status = control.status()
        flow.set_clock(status.get("time"), now_us())
        if not is_reading(status) and not self._stop.is_set():
            raise ConnectionLostError(_STOPPED)
        return status


def notes_of(flow: EventFlow, prepared: Prepared) -> list[RadioFact]:
    """The facts of the notes about a reader; gives its clock to `flow`."""
    flow.set_clock(prepared.status.get("time"), prepared.asked_us)
    return [fact for note in prepared.notes for fact in flow.notes.begin(note.kind, note.text, now_us())]
