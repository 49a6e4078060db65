"""Makes the faults of a plan happen, each in its time, and ends them."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from kiosk.clock import US
from kiosk.connectors.payments.sim_faults import CALLS
from kiosk.demo.control_client import ControlError
from kiosk.demo.soak.plan import Fault, FaultKind
from kiosk.demo.soak.shop_under_test import ShopUnderTest

CLOCK_STEP_US: Final = 2 * 3600 * US
_STRANGERS: Final = "kiosk.demo.soak.strangers"


@dataclass(slots=True)
class FaultPlayer:
    """Plays a timeline in a thread. `active` has the titles of the faults of this moment."""

    shop: ShopUnderTest
    timeline: Sequence[Fault]
    now_s: Callable[[], float]
    active: list[str] = field(default_factory=list)
    played: list[tuple[float, float]] = field(default_factory=list)
    """Begin and end of each fault, as they happened."""
    failed: list[str] = field(default_factory=list)
    """Faults that could not be made."""
    _threads: list[threading.Thread] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        self._start(self._play)

    def close(self) -> None:
        """Ends all faults."""
        self._over.set()
        while self._threads:
            self._threads.pop().join(20)

    def _start(self, body: Callable[[], None]) -> None:
        thread = threading.Thread(target=body, name="faults", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _play(self) -> None:
        for fault in self.timeline:
            if self._over.wait(max(0.0, fault.at_s - self.now_s())):
                return
            self._start(lambda fault=fault: self._one(fault))  # type: ignore[misc]

    def _one(self, fault: Fault) -> None:
        began = self.now_s()
        self.active.append(fault.title)
        try:
            with _BY_KIND[fault.kind](self.shop, fault):
                self._over.wait(fault.for_s)
        except (OSError, ControlError, sqlite3.Error, subprocess.SubprocessError) as error:
            self.failed.append(f"fault {fault.title} at {began:.0f} s: {type(error).__name__} {error}")
        self.active.remove(fault.title)
        self.played.append((began, self.now_s()))


@contextmanager
def _reader_lost(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    with _reader(shop, fault, "pull"):
        yield


@contextmanager
def _reader_silent(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    with _reader(shop, fault, "freeze"):
        yield


@contextmanager
def _reader(shop: ShopUnderTest, fault: Fault, verb: str) -> Iterator[None]:
    readers = shop.hardware.readers
    control = shop.control(readers[fault.which % len(readers)][1])
    control.do(verb)
    try:
        yield
    finally:
        control.do("plug")


@contextmanager
def _terminal_silent(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    with _terminal(shop, fault, CALLS, "never-arrives", 10_000):
        yield


@contextmanager
def _terminal_reply_lost(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    with _terminal(shop, fault, ("collect",), "reply-lost", 1):
        yield


@contextmanager
def _terminal(
    shop: ShopUnderTest, fault: Fault, calls: Sequence[str], what: str, times: int
) -> Iterator[None]:
    terminals = shop.hardware.terminals
    control = shop.control(terminals[fault.which % len(terminals)][1])
    for call in calls:
        control.do("fault", call=call, fault=what, times=times)
    try:
        yield
    finally:
        control.do("no-faults")


@contextmanager
def _disk_full(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    """No file of the store's process can be written: the kernel refuses each write (RLIMIT_FSIZE, EFBIG)."""
    del fault
    soft, hard = resource.prlimit(shop.store.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(shop.store.pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(shop.store.pid, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _database_locked(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    """Another program holds the store's database for writing."""
    del fault
    with closing(sqlite3.connect(shop.state / "store.db", timeout=20, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield
        database.execute("ROLLBACK")


@contextmanager
def _clock_ahead(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    del fault
    with _clock(shop, CLOCK_STEP_US):
        yield


@contextmanager
def _clock_back(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    del fault
    with _clock(shop, -CLOCK_STEP_US):
        yield


@contextmanager
def _clock(shop: ShopUnderTest, offset_us: int) -> Iterator[None]:
    shop.set_clock(offset_us)
    try:
        yield
    finally:
        shop.set_clock(0)


@contextmanager
def _network_cut(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    del fault
    control = shop.control(shop.relay_control)
    control.do("cut")
    try:
        yield
    finally:
        control.do("join")


@contextmanager
def _strangers(shop: ShopUnderTest, fault: Fault) -> Iterator[None]:
    """A flood from a process of its own on one core."""
    address = urlsplit(shop.url)
    pictures = [file.name for file in sorted(shop.shop.pictures.glob("*.webp"))[:40]]
    core = max(os.sched_getaffinity(0))
    words = [str(address.hostname), str(address.port), fault.flood, str(fault.for_s), str(core), *pictures]
    flood = subprocess.Popen(
        [sys.executable, "-m", "kiosk.demo.parent_death", _STRANGERS, *words], stdout=subprocess.PIPE
    )
    try:
        yield
        flood.communicate(timeout=20)
    finally:
        flood.kill()
        flood.wait()


_BY_KIND: Final = {
    FaultKind.READER_LOST: _reader_lost,
    FaultKind.READER_SILENT: _reader_silent,
    FaultKind.TERMINAL_SILENT: _terminal_silent,
    FaultKind.TERMINAL_REPLY_LOST: _terminal_reply_lost,
    FaultKind.DISK_FULL: _disk_full,
    FaultKind.DATABASE_LOCKED: _database_locked,
    FaultKind.CLOCK_AHEAD: _clock_ahead,
    FaultKind.CLOCK_BACK: _clock_back,
    FaultKind.NETWORK_CUT: _network_cut,
    FaultKind.STRANGERS: _strangers,
}
