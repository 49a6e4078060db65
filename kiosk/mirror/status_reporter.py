"""Tells the store every 15 s how this mirror or stand is: its last frame, its devices, its disk, its clock."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from hardware.clock import now_us as steady_us
from hardware.threads.supervised import Loop
from kiosk.clock import US
from kiosk.clock import now_us as wall_us
from kiosk.core.domain.status.mirror_status import REPORT_EVERY_S, MirrorStatus, ShownFrame
from kiosk.mirror.device_states import DeviceWatch
from kiosk.mirror.store_client import StoreClientError
from kiosk.version import VERSION

log = logging.getLogger(__name__)
_MB: Final = 1_000_000
FIRST_WAIT_S: Final = 5.0
_LOOK_S: Final = 0.1


class TakesReports(Protocol):
    """What a report is sent with."""

    def report_status(self, status: MirrorStatus) -> None:
        """Sends a report. Raises StoreClientError."""


class StatusReporter:
    """A thread that sends a report as soon as a page is shown (after `first_wait_s` without one), then every `every_s`
    seconds. A stand shows no page, and reports at once.

    A report that does not arrive is not repeated: the next one follows. A store of an earlier version refuses it.
    """

    def __init__(
        self, client: TakesReports, shown: Callable[[], ShownFrame], cards: DeviceWatch, scanner: DeviceWatch,
        state: Path, *, every_s: float = REPORT_EVERY_S, first_wait_s: float = FIRST_WAIT_S,
    ) -> None:  # fmt: skip
        self._client, self._shown, self._cards, self._scanner = client, shown, cards, scanner
        self._state, self._began_us = state, steady_us()
        self._process = secrets.token_hex(4)
        self._begun, self._first_wait_s = False, first_wait_s
        self._loop = Loop("status-report", self._round, every_s, at_once=True)

    def start(self) -> None:
        """Start to report."""
        self._loop.start()

    def close(self) -> None:
        """Stop; waits for a report under way."""
        self._loop.close(6.0)

    def _round(self) -> float | None:
        frame = self._shown()
        waited_s = (steady_us() - self._began_us) / US
        if not self._begun and not (frame.page and frame.count) and waited_s < self._first_wait_s:
            return _LOOK_S
        self._begun = True
        self.report()
        return None

    def report(self) -> None:
        """Send one report."""
        try:
            self._client.report_status(self.status())
        except StoreClientError as error:
            log.debug("the report of this mirror's state did not arrive: %s", error)

    def status(self) -> MirrorStatus:
        """How the mirror is now."""
        return MirrorStatus(
            VERSION, wall_us(), (steady_us() - self._began_us) // US, self._shown(), self._cards.state,
            self._scanner.state, free_mb(self._state), self._process,
        )  # fmt: skip


def free_mb(folder: Path) -> int:
    """Free space for this user on the disk of a folder, which need not exist yet, in MB; 0 if it cannot be asked."""
    place = next((each for each in (folder, *folder.absolute().parents) if each.exists()), Path("/"))
    try:
        found = os.statvfs(place)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize // _MB
