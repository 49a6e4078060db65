"""A log of events, a real receiver over TLS, and the delivery between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.clock import Clocks
from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_hooks.https_hook import HttpsHook
from kiosk.store.event_log.events import EventKind
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.integrators.digital_link import DigitalLinks
from kiosk.store.integrators.hooks.delivery import Delivery, HookSource
from kiosk.store.integrators.hooks.hook_rows import HookRows, HookState
from tests.kiosk.connectors.web_hooks.receiver import Receiver, receiver
from tests.kiosk.store.event_log.event_places import KINDS, Place
from tests.kiosk.store.sample_shop import ManualClock


class Called:
    """The clock moves when a test says so."""

    def __init__(
        self, place: Place, at: Receiver, network: Network = Network.THIS_COMPUTER,
        kinds: frozenset[EventKind] = KINDS, made: type[Delivery] = Delivery,
    ) -> None:  # fmt: skip
        self.place, self.at, self._network, self._kinds, self._made = place, at, network, kinds, made
        self.clock = ManualClock()
        self.start_again()
        self.delivery.deliver()

    def start_again(self) -> None:
        """Another start of the store."""
        self.place.start_again()
        self.rows = HookRows(self.place.database)
        self.read(self.place.feed)

    def read(self, feed: EventFeed) -> None:
        """Delivers from this feed."""
        clocks = Clocks(self.clock, self.clock)
        source = HookSource(feed, self.rows, DigitalLinks(), clocks)
        hook = HttpsHook(self.at.place(self._network))
        self.delivery = self._made("erp", hook, self._kinds, source, jitter=lambda: 0.0)

    def run(self, seconds: float = 0.0) -> None:
        """Delivers until nothing is due, and again after each wait, until so much time has passed."""
        end_us = self.clock.now_us + int(seconds * 1e6)
        while True:
            while self.delivery.deliver() is not None:
                continue
            if self.clock.now_us >= end_us:
                return
            self.clock.pass_s(1 if seconds < 100 else 300)

    @property
    def arrived(self) -> list[int]:
        """The serials of all messages, those without an answer included."""
        return [int(json.loads(body)["serial"]) for _, body in self.at.calls]

    @property
    def state(self) -> HookState:
        """How far the receiver has come."""
        return self.rows.state("erp")


@contextmanager
def called(place: Place, folder: Path, made: type[Delivery] = Delivery) -> Iterator[Called]:
    """A receiver of all kinds of events, until the end of the block."""
    with receiver(folder) as at:
        yield Called(place, at, made=made)
