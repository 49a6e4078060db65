"""A store that runs: its clock, its doors, and how it is closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.compose_payments import Payments
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.radio import RoomRadio
from kiosk.store.housekeeping import Housekeeping
from kiosk.store.resources import Resources
from kiosk.store.service import Service
from kiosk.store.settings import StoreSettings
from kiosk.version import VERSION

log = logging.getLogger(__name__)
TICK_S = 0.2


@dataclass(slots=True)
class PublicAddress:
    """Where shoppers' phones reach the store; known once it listens."""

    url: str = ""


@dataclass(slots=True)
class Store:
    """A store put together; `open` starts its threads, `close` ends them."""

    settings: StoreSettings
    resources: Resources
    hub: EventHub
    service: Service
    radio: RoomRadio
    payments: Payments
    address: PublicAddress
    clock: Callable[[], int]
    housekeeping: Housekeeping
    http: FastAPI = field(default_factory=FastAPI)
    _stop: Event = field(default_factory=Event)
    _ticking: Thread | None = None

    def open(self) -> None:
        """Settles what the last run left, then listens to readers and clock."""
        self.payments.resume()
        self.radio.start()
        self._ticking = Thread(target=self._tick_on, name="store-clock", daemon=True)
        self._ticking.start()
        self.housekeeping.start()

    def tick(self, at_us: int) -> None:
        """Lets time pass: rooms, escalation, presence."""
        self.radio.tick(at_us)
        self.service.hand_scans.tick(at_us)
        self.service.floor.rooms_changed(())
        self.payments.finish_pending()
        with self.resources.database.lock:
            self.service.requests.tick(at_us)
            self.service.floor.publish_staff()

    def close(self) -> None:
        """Ends streams, readers and payments under way, then closes the files. May be called twice."""
        self._stop.set()
        self.hub.close()
        self.radio.close()
        self.housekeeping.close()
        if self._ticking is not None:
            self._ticking.join()
        self.payments.close()
        self.resources.close()

    def health(self) -> dict[str, object]:
        """How the store is; `parked` payments wait for a person. Not `ok` where its database cannot be reached."""
        readers = self.radio.up
        parked = sum(t.parked for t in self.payments.desk.unsettled())
        return {
            "ok": self.resources.database.reachable(),
            "version": VERSION,
            "radio": readers,
            "rooms": len(self.settings.rooms),
            "payments_open": len(self.payments.book.open_attempts()),
            "payments_parked": parked,
            "payments_closed": self.resources.payments_closed,
            "clone_alarms": self.service.alarms.count,
            "tags_ignored": {why.value: count for why, count in self.service.floor.ignored.items()},
        }

    def _tick_on(self) -> None:
        fine = True
        while not self._stop.wait(TICK_S):
            try:
                self.tick(self.clock())
                fine = True
            except SQLAlchemyError as error:
                if fine:
                    log.error("the clock waits for the database (%s)", type(error).__name__)
                fine = False
