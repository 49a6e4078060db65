"""The shop around the programs: three rooms, three terminals and an attended one, one store that is killed and
started again on the same files, its clocks, a database that is locked, a disk that is full."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock
from typing import Any, Final

from sqlalchemy import event

from kiosk.clock import US
from kiosk.connectors.payments.attended import AttendedTerminal
from kiosk.connectors.payments.port import Capabilities, PaymentTerminal
from kiosk.core.domain.ids import RoomId
from kiosk.store.app import build_store
from kiosk.store.lifecycle import Store
from kiosk.store.settings import RoomSettings, StoreSettings
from tests.faults.checkout.device import Device
from tests.faults.checkout.giving_up import give_up
from tests.faults.checkout.line import Line
from tests.faults.checkout.rest import Rest
from tests.kiosk.store.sample_shop import CHEAP, START_US

ROOMS: Final = ("1", "2", "3")
DESK: Final = "desk"
"""Name of the attended terminal."""
DAY_LIMIT: Final = 150_000
"""Daily limit of a ring, in minor units."""
CONFIGURATIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "usual": {"left": "a", "right": "b"},
    "swapped": {"left": "c", "right": "b"},
    "crossed": {"left": "b", "right": "a"},
    "renamed": {"west": "a", "left": "b"},
    "whole": {"left": "a", "right": "b", "spare": "c"},
}
"""Which terminal each name has."""
OF_ROOM: Final[Mapping[str, tuple[str, str, str]]] = {
    "usual": ("left", "left", "right"),
    "swapped": ("left", "left", "right"),
    "crossed": ("left", "left", "right"),
    "renamed": ("west", "west", "left"),
    "whole": ("left", "spare", "right"),
}
"""The name of the terminal of each room."""
CAPABILITIES: Final = {
    "a": Capabilities(capture=True, void=True, stored_means=True, not_found_after_s=0.0),
    "b": Capabilities(stored_means=True, not_found_after_s=120.0),
    "c": Capabilities(refund_needs_card=True, not_found_after_s=0.0),
}
Fault = Callable[[Store], None]
"""Plants a fault into a store that was opened."""
QUIET_POLLS: Final = 5_000
BUSY_TIMEOUT_MS: Final = 5
"""How long a locked database is waited for here."""


class World:
    """`template`: the state folder of a store that has imported its catalogue. `fault` is planted into every store."""

    def __init__(self, folder: Path, settings: StoreSettings, fault: Fault = lambda _: None) -> None:
        self._folder, self._plain, self._fault = folder, settings, fault
        self.devices = {name: Device(name, can) for name, can in CAPABILITIES.items()}
        self.configuration = "usual"
        self.now_us, self.monotonic_s = START_US, 1000.0
        self.opened = 0
        self._runs, self._killed_to = 0, ""
        self._lock: sqlite3.Connection | None = None
        self._killing = Lock()
        self.rest = Rest(self)
        self.full = False
        self.lines: dict[str, Line] = {}
        self.attended = AttendedTerminal(DESK)
        self.state = folder / "state"
        self.store = self._open()

    @property
    def killed(self) -> bool:
        """The store was killed in the middle of a call, and is not started again yet."""
        return bool(self._killed_to)

    @property
    def in_files(self) -> bool:
        """The store's database and ledger are SQLite files, which can be locked, and cannot grow on a full disk."""
        return not self._plain.database

    @property
    def locked(self) -> bool:
        return self._lock is not None

    def clock(self) -> int:
        """Microseconds UTC; moves with the monotonic clock and is set by steps."""
        self.now_us += 1
        return self.now_us

    def pass_s(self, seconds: float) -> None:
        """Time passes on both clocks."""
        self.now_us += int(seconds * US)
        self.monotonic_s += seconds

    def set_clock(self, seconds: float) -> None:
        """The clock is set; the monotonic one is not."""
        self.now_us += int(seconds * US)

    def restart(self, configuration: str = "") -> None:
        """Closes the store and opens it, perhaps with another configuration."""
        self.unlock()
        self.store.close()
        self.configuration = configuration or self.configuration
        self.store = self._open()

    def kill(self) -> None:
        """Kills the store: what is in its files now is all that is left. May be called by any thread.

        Of a store in PostgreSQL only its workers end at once.
        """
        with self._killing:
            if self._killed_to:
                return
            for line in self.lines.values():
                line.cut_off()
            if self._plain.database:
                for worker in self._workers:
                    worker.stop()
                self._killed_to = self.state.name
                return
            self._runs += 1
            copy = self._folder / f"state{self._runs}"
            database, ledger = self.store.resources.database, self.store.resources.ledger
            with self.store.payments.lock, database._turn, ledger._lock:
                shutil.copytree(self.state, copy, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
            self._killed_to = copy.name

    def revive(self) -> None:
        """Starts the store that was killed."""
        self.unlock()
        self.store.close()
        before, self.state = self.state, self._folder / self._killed_to
        if before != self.state:
            shutil.rmtree(before)
        self._killed_to = ""
        self.store = self._open()

    def close(self) -> None:
        self.unlock()
        self.store.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def lock(self) -> None:
        """Another program holds the store's database."""
        self._lock = sqlite3.connect(self.state / "store.db", isolation_level=None)
        self._lock.execute("BEGIN IMMEDIATE")

    def unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def fill_disk(self) -> None:
        """The ledger cannot grow any more."""
        self._limit_pages("PRAGMA page_count")
        self.full = True

    def free_disk(self) -> None:
        self._limit_pages("SELECT 1073741823")
        self.full = False

    def device_of(self, identity: str) -> Device | None:
        """The terminal with that identity, whether it is configured or not."""
        return next((d for d in self.devices.values() if d.identity == identity), None)

    def configured(self) -> list[Device]:
        """The terminals that the store has now."""
        return [self.devices[name] for name in CONFIGURATIONS[self.configuration].values()]

    def until_quiet(self) -> None:
        """Returns when nothing happens any more by itself: every thread waits for a card or for a free terminal."""
        pause = Event()
        for poll in range(QUIET_POLLS):
            if self.rest.is_quiet():
                return
            pause.wait(0.0002 if poll < 50 else 0.002)
        raise AssertionError(f"the store's threads do not come to rest: {self.rest.busy()}")

    @property
    def _workers(self) -> tuple[Any, ...]:
        payments: Any = self.store.payments
        return tuple(payments._workers)

    def _limit_pages(self, query: str) -> None:
        ledger: Any = self.store.resources.ledger
        with ledger._lock:
            (pages,) = ledger._connection.execute(query).fetchone()
            ledger._connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    def _open(self) -> Store:
        self.opened += 1
        self.full = False
        names = CONFIGURATIONS[self.configuration]
        self.attended = AttendedTerminal(DESK)
        self.lines = {
            name: Line(
                self.devices[device],
                self.kill,
                lambda: self.monotonic_s,
                lambda key: give_up(self.store, key),
            )
            for name, device in names.items()
        }
        for device in self.devices.values():
            device.cut.clear()
            device.expired.clear()
        terminals: dict[str, PaymentTerminal] = {**self.lines, DESK: self.attended}
        store = build_store(
            self._settings(), clock=self.clock, terminals=terminals, hasher=CHEAP, with_http=False
        )
        self._adjust(store)
        self._fault(store)
        store.payments.resume()
        return store

    def _settings(self) -> StoreSettings:
        of_room = OF_ROOM[self.configuration]
        rooms = tuple(
            RoomSettings(RoomId(room), f"Room {room}", (room,), terminal)
            for room, terminal in zip(ROOMS, of_room, strict=True)
        )
        slow = replace(self._plain.timeouts, first_query_us=3600 * US, sweep_us=3600 * US)
        return replace(
            self._plain, state=self.state, feeds=None, rooms=rooms, timeouts=slow, day_limit_minor=DAY_LIMIT
        )

    def _adjust(self, store: Store) -> None:
        """Clocks are those of this world; a locked database is not waited for."""
        payments: Any = store.payments
        for part in (payments.collector, *payments._workers):
            part._monotonic_s = lambda: self.monotonic_s
        engine = store.resources.database.engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _wait_briefly)
            engine.dispose()


def _wait_briefly(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}").fetchall()
