"""Reads the configured systems again and again, each on a thread of its own, so that a slow one delays no other.

The files of the feed that a reading gives are imported by housekeeping like any other feed. A system that does not
answer is asked again after 30 s, then after twice as long each time, up to its interval or 30 minutes, whichever is
longer; what the store knows stays, and its age grows.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import partial
from typing import Final

from hardware.threads.supervised import Loop, ThreadState
from kiosk.clock import US, Clocks
from kiosk.connectors.commerce.errors import CommerceError
from kiosk.connectors.commerce.port import CommerceSystem
from kiosk.store.connected.connector_pull import ConnectorPull, reason_of
from kiosk.store.connected.pull_record import PullRecord, pull_lock
from kiosk.store.errors import RefusedError
from kiosk.store.settings import StoreSettings

log = logging.getLogger(__name__)
FIRST_RETRY_S: Final = 30.0
MAX_RETRY_S: Final = 1800.0
BUSY_S: Final = 30.0
"""Another program reads the system just now (`cheval connect sync`)."""
PAUSE_S: Final = 0.002
LATE_S: Final = 3 * 3600.0
CLOSE_S: Final = 5.0
MIN_FAILING_US: Final = 30 * 60 * US


@dataclass(frozen=True, slots=True)
class ConnectorHealth:
    """A system of the configuration and the record of its readings. `failing`: somebody must act: it cannot be used,
    or no reading was good for three intervals, at least half an hour."""

    name: str
    record: PullRecord
    failing: bool


class _StoppedError(Exception):
    """The store closes."""


class ConnectedSystems:
    """Safe from any thread."""

    def __init__(self, settings: StoreSettings, clocks: Clocks) -> None:
        self._clocks = clocks
        self._state = settings.state
        self._pulls = {
            name: ConnectorPull(name, connector, settings, clocks.now_us)
            for name, connector in settings.connectors.items()
        }
        self._open: dict[str, CommerceSystem] = {}
        self._stopping = False
        self._loops = {
            name: Loop(
                f"connector {name}",
                partial(self._round, name),
                self._every_s(name),
                late_s=LATE_S,
                at_once=True,
            )
            for name in self._pulls
        }

    def start(self) -> None:
        for loop in self._loops.values():
            loop.start()

    def close(self) -> None:
        """Ends readings that are under way; may be called twice."""
        self._stopping = True
        for loop in self._loops.values():
            loop.stop()
        for system in list(self._open.values()):
            system.cut()
        for loop in self._loops.values():
            loop.close(CLOSE_S)

    def thread_states(self) -> tuple[ThreadState, ...]:
        return tuple(loop.thread.state for loop in self._loops.values())

    def health(self) -> tuple[ConnectorHealth, ...]:
        """The systems in the order of the configuration."""
        now_us = self._clocks.now_us()
        return tuple(
            ConnectorHealth(
                name, record := pull.record, is_failing(record, pull.connector.every_minutes, now_us)
            )
            for name, pull in self._pulls.items()
        )

    def read(self, name: str) -> bool:
        """Reads a system now, on this thread; whether it was good. False too while another program reads it."""
        pull = self._pulls[name]
        before = pull.record
        try:
            with pull_lock(self._state, name) as free:
                if not free:
                    return False
                self._read(pull)
        except _StoppedError:
            return False
        except (CommerceError, RefusedError, OSError) as error:
            if not self._stopping:
                self._note(pull, error, before.why)
            return False
        if before.why:
            log.warning("connector %s: works again", name)
        return True

    def _read(self, pull: ConnectorPull) -> None:
        system = self._open[pull.name] = pull.open()
        try:
            pull.run(system, self._progress, pull.due(system))
        finally:
            del self._open[pull.name]
            system.close()

    def _note(self, pull: ConnectorPull, error: Exception, before: str) -> None:
        """Raises OSError."""
        pull.failed(error)
        if (why := reason_of(error)) != before:
            log.warning("connector %s: %s; what is known stays, it is asked again", pull.name, why)

    def _progress(self, *_: object) -> None:
        if self._stopping:
            raise _StoppedError
        # rows are computed in this process: requests go on meanwhile
        time.sleep(PAUSE_S)

    def _every_s(self, name: str) -> float:
        return self._pulls[name].connector.every_minutes * 60.0

    def _round(self, name: str) -> float:
        """Reads a system if it is due; the seconds until it is due again."""
        every_s, record = self._every_s(name), self._pulls[name].record
        if (left_s := wait_s(record, every_s, self._clocks.now_us())) > 0:
            return left_s
        self.read(name)
        record = self._pulls[name].record
        return max(1.0, wait_s(record, every_s, self._clocks.now_us()))


def wait_s(record: PullRecord, every_s: float, now_us: int) -> float:
    """Seconds until the next reading; a clock that was set back makes it due."""
    if not 0 < record.tried_us <= now_us:
        return 0.0
    after_s = every_s
    if record.tries:
        after_s = min(FIRST_RETRY_S * 2 ** min(record.tries - 1, 10), max(every_s, MAX_RETRY_S))
        after_s = max(after_s, record.retry_after_s)
    return max(0.0, after_s - (now_us - record.tried_us) / US)


def is_failing(record: PullRecord, every_minutes: int, now_us: int) -> bool:
    """Whether somebody must act."""
    since_us = record.pulled_us or record.failing_since_us
    if record.must_act:
        return True
    return record.tries > 0 and now_us - since_us >= max(3 * every_minutes * 60 * US, MIN_FAILING_US)
