"""What the drivers of an Impinj reader have in common: the check whether its inventory still runs."""

from __future__ import annotations

from typing import Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError
from hardware.impinj.control import Prepared, ReaderControl, Status, is_reading
from hardware.impinj.event_flow import EventFlow
from hardware.ports import RadioFact
from hardware.supervision.network_reader import NetworkReader
from hardware.supervision.supervise import Backoff
from hardware.watches.field_watch import IMPINJ_FIELDS

_STOPPED: Final = "the reader has stopped its inventory"


class ImpinjDriver(NetworkReader):
    """A `TagReader` over one of the reader's ways to send its events."""

    def __init__(self, name: str, backoff: Backoff, antennas: tuple[int, ...] = ()) -> None:
        super().__init__(name, IMPINJ_FIELDS, antennas, backoff)

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
