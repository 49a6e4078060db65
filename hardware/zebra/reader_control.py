"""Control of one reader over REST during one connection: set-up, start of the inventory, and its status every 30 s."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from typing import Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.network.connection import WakeUp
from hardware.ports import NoteKind, RadioFact
from hardware.zebra.event_intake import EventIntake
from hardware.zebra.reader_setup import check_antennas, prepare_mode, read_state, start_inventory
from hardware.zebra.reader_state import ReaderState
from hardware.zebra.rest_client import ZebraRest
from hardware.zebra.settings import ZebraSettings

# noted by hardware.watches.field_watch, as soon as a read without the field arrives
_WATCHED: Final = frozenset({NoteKind.ANTENNA, NoteKind.SIGNAL})


class ReaderControl:
    """Call `log_in`, `prepare`, then `start`, then `check` again and again. All raise WokenUp when the driver is
    closed, and OSError, ConnectionLostError or ReaderRefusedError if the reader cannot be used."""

    def __init__(
        self,
        address: tuple[str, int],
        tls: ssl.SSLContext | None,
        wake_up: WakeUp,
        settings: ZebraSettings,
        intake: EventIntake,
    ) -> None:
        self.rest = ZebraRest(address, tls, wake_up, settings)
        self._settings = settings
        self._intake = intake
        self.state = ReaderState()
        self.notes: list[tuple[NoteKind, str]] = []
        """What the set-up found: settings that were not accepted, or what a retailer's own mode lacks."""
        self.status_due = 0.0
        """When the status is requested next, on the clock of time.monotonic."""

    def log_in(self) -> None:
        """Gets a session; the response also has the reader's clock."""
        self.rest.login()
        self._learn_clock()

    def prepare(self) -> None:
        """Writes or checks the operating mode."""
        self.state = read_state(self.rest)
        check_antennas(self._settings.antennas, self.state)
        prepare_mode(
            self.rest, self._settings, self.state, lambda kind, text: self.notes.append((kind, text))
        )

    def start(self, on_up: Callable[[], None]) -> list[RadioFact]:
        """Starts the inventory if it does not run, then calls `on_up`; returns the notes to post after it."""
        start_inventory(self.rest)
        self.status_due = time.monotonic() + self._settings.status_s
        on_up()
        facts: list[RadioFact] = []
        for kind, text in self.notes:
            if kind in _WATCHED:
                continue
            facts += self._intake.notes.begin(kind, text, now_us())
        return facts + self._intake.antenna_notes(self.state, now_us())

    def check(self, *, required: bool) -> list[RadioFact]:
        """Requests the status; returns the notes to post. A missing answer is an error only if it is `required`."""
        self.status_due = time.monotonic() + self._settings.status_s
        try:
            state = read_state(self.rest, quick=True)
        except (ConnectionLostError, OSError):
            if required:
                raise
            return []  # a busy reader, whose link is tested in another way
        self._learn_clock()
        check_reads(state)
        return self._intake.antenna_notes(state, now_us())

    def _learn_clock(self) -> None:
        if self.rest.reader_clock_us is not None:
            self._intake.late.set_clock(self.rest.reader_clock_us, now_us())


def check_reads(state: ReaderState | None) -> None:
    """Raises ReaderRefusedError if the reader reports that it does not read."""
    if state is not None and state.reads is False:
        raise ReaderRefusedError("the reader has stopped its inventory")
