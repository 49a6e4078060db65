"""A running store: its threads, its timer, its health, and how it is closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Final

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.fault_log import LimitedLog
from hardware.threads.supervised import Condition, ThreadState
from hardware.threads.tasks import Task
from kiosk.clock import US
from kiosk.store.advice.learned import LearnedModels
from kiosk.store.alarms.incidents import Fault
from kiosk.store.alarms.watch import AlarmWatch
from kiosk.store.api.administration.ledger_answers import ledger_answer
from kiosk.store.api.connections.proxy_signs import ProxySigns
from kiosk.store.api.feed_answers import FeedHealth, feed_health
from kiosk.store.api.health.fleet_answers import mirror_answer, stand_answer, terminal_answer
from kiosk.store.api.health.health_answers import (
    ClockAnswer,
    DiskAnswer,
    HealthAnswer,
    HookHealthAnswer,
    ProxyAnswer,
)
from kiosk.store.api.health.health_parts import backup_answer, connector_answer, fiscal_answer, note_answer
from kiosk.store.api.health.store_problems import store_faults
from kiosk.store.api.model_answers import looks_answer, sizes_answer
from kiosk.store.api.sales_out.sales_out_answers import sales_out_health
from kiosk.store.asides.aside_desk import AsideDesk
from kiosk.store.catalogue.pictures.cache import PictureCache
from kiosk.store.clock.clock_loop import ClockLoop
from kiosk.store.clock.clock_watch import ClockWatch
from kiosk.store.compose_access import AccessServices
from kiosk.store.compose_payments import PaymentServices
from kiosk.store.compose_receipts import ReceiptServices
from kiosk.store.connected.connected_systems import ConnectedSystems
from kiosk.store.fleet.fleet import Fleet
from kiosk.store.fleet.problems import FleetProblem, problems_of, stand_problems_of
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.housekeeping import Housekeeping
from kiosk.store.integrators.composing import EventServices
from kiosk.store.measuring.compose_insights import InsightServices
from kiosk.store.mirror_presence import MirrorPresence
from kiosk.store.push.notifications import Notifications
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.resources import Resources
from kiosk.store.service import Service
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import LocalAccess
from kiosk.store.tls.serving import ServingCertificates
from kiosk.version import VERSION

log = logging.getLogger(__name__)
_LINES: Final = LimitedLog(log)


@dataclass(slots=True)
class PublicAddress:
    """URL at which shoppers' phones reach the store; set once it listens."""

    url: str = ""


@dataclass(slots=True, kw_only=True)
class Store:
    """A built store; `open` starts its threads, `close` ends them."""

    settings: StoreSettings
    resources: Resources
    hub: EventHub
    service: Service
    presence: MirrorPresence
    asides: AsideDesk
    radio: RoomRadio
    payments: PaymentServices
    receipts: ReceiptServices
    address: PublicAddress
    clock: Callable[[], int]
    """The time of day, for stamps."""
    steady: Callable[[], int]
    """A clock that nobody can set, for durations."""
    clock_watch: ClockWatch
    housekeeping: Housekeeping
    models: LearnedModels
    insights: InsightServices
    access: AccessServices
    events: EventServices
    notifications: Notifications
    connected: ConnectedSystems
    fleet: Fleet
    pictures: PictureCache
    alarms: AlarmWatch | None = None
    """None: nobody is to be told."""
    http: FastAPI = field(default_factory=FastAPI)
    clock_loop: ClockLoop = field(init=False)
    proxies: ProxySigns = field(init=False)
    """Signs of reverse proxies, noted by the HTTP server."""

    def __post_init__(self) -> None:
        self.proxies = ProxySigns(self.settings.public_url)
        self.clock_loop = ClockLoop(lambda: self.tasks_at(self.clock(), self.steady()))

    @property
    def local_access(self) -> LocalAccess:
        """Access of this computer's commands."""
        return self.access.local

    @property
    def certificates(self) -> ServingCertificates | None:
        """None: plain HTTP."""
        return self.access.certificates

    def open(self) -> None:
        """Resumes payments of the last run, then starts readers, clock and housekeeping."""
        self.payments.resume()
        self.resources.head_keeper.start()
        self.radio.start()
        self.clock_loop.start()
        self.housekeeping.start()
        self.receipts.start()
        self.fleet.start()
        self.events.hooks.start()
        self.notifications.start()
        self.connected.start()
        if self.alarms is not None:
            self.alarms.start()

    def tick(self, at_us: int) -> None:
        """Does what depends on time, once; the first exception ends it. For tests and programs without threads."""
        for _, work in self.tasks_at(at_us, at_us):
            work()

    def tasks_at(self, at_us: int, steady_us: int) -> tuple[Task, ...]:
        """What depends on time: rooms, payments, requests, presence of associates. Times by both clocks."""
        service = self.service
        return (
            ("disk", self.resources.database.check_space),
            ("access", lambda: self.access.watch.tick(self.resources.associates.clock())),
            ("readers", lambda: self.radio.tick(steady_us, at_us)),
            ("hand scans", lambda: self.service.hand_scans.tick(steady_us)),
            ("identities", self.resources.catalogue.write_identities),
            ("rooms", lambda: self.service.floor.rooms_changed(())),
            ("visits", self.presence.tick),
            ("requests", lambda: self.service.tick_requests(at_us)),
            ("associates", self.service.floor.staff.publish),
            ("advice", lambda: self.insights.advice.write(service.item_events, service.floor.basket_id_of)),
            ("asides", self.asides.tick),
            ("item events", self.service.item_events.write),
            ("events", self.events.tick),
            ("insights", lambda: self.insights.tick(steady_us)),
            ("payments", self.payments.finish_pending),
            ("clock", self.clock_watch.tick),
        )

    def close(self) -> None:
        """Ends event streams, readers and payments in progress, then closes the files. May be called twice."""
        if self.alarms is not None:
            self.alarms.close()
        self.clock_loop.stop()
        self.resources.importer.stop()
        self.insights.stop()
        self.hub.close()
        self.events.streams.close()
        self.notifications.close()
        self.connected.close()
        self.radio.close()
        self.service.feed.close()
        self.housekeeping.close()
        self.clock_loop.close()
        self.receipts.close()
        self.fleet.close()
        self.pictures.close()
        self.payments.close()
        self.events.close()
        with suppress(SQLAlchemyError):  # counts of the last minute
            self.insights.close()
        self.resources.close()

    def health(self) -> HealthAnswer:
        """Health of the store. `ok` is False if its database cannot be read or written, payments are
        closed, or a thread of the store does not do its work."""
        ledger = self.payments.ledger_state()
        disk = self.payments.disk.look()
        readers = self.radio.reader_states
        offset_us = round((self.clock() - self.steady()) / US) * US
        parked = sum(t.parked for t in self.payments.desk.unsettled())
        closed = ledger.closed or disk.low
        return HealthAnswer(
            ok=self.resources.database.reachable() and not closed and not self._failing(),
            version=VERSION,
            radio={reader.name: reader.up for reader in readers},
            reader_notes=tuple(note_answer(note, offset_us) for reader in readers for note in reader.notes),
            rooms=len(self.settings.rooms),
            payments_open=len(self.payments.book.open_attempts()),
            payments_parked=parked,
            payments_closed=closed,
            ledger=ledger_answer(ledger, self.resources.ledger.lost_archives),
            disk=DiskAnswer(free_mb=disk.free_mb, floor_mb=disk.floor_mb, low=disk.low),
            clone_alarms=self.service.alarms.count,
            tags_ignored={why.value: count for why, count in self.service.floor.ignored.items()},
            fiscal=fiscal_answer(self.payments.fiscal),
            looks=looks_answer(self.models.looks()),
            sizes=sizes_answer(self.models.sizes()),
            failing=self._failing_tasks(),
            threads={state.name: state.condition for state in self.thread_states()},
            feed=self._feed_health(),
            clock=ClockAnswer(**asdict(self.clock_watch.state)),
            alarms_undeliverable=self.alarms.undeliverable if self.alarms is not None else (),
            web_hooks=self._web_hooks(),
            sales_out=tuple(sales_out_health(r, self.clock()) for r in self.payments.sales_out.reports()),
            connectors=tuple(map(connector_answer, self.connected.health())),
            backup=backup_answer(self.settings, self.clock()),
            mirrors={room: mirror_answer(found) for room, found in self.fleet.reports.health().items()},
            stands={name: stand_answer(found) for name, found in self.fleet.stand_reports.health().items()},
            proxies=tuple(ProxyAnswer(**asdict(found)) for found in self.proxies.seen()),
            terminals={name: terminal_answer(found) for name, found in self.fleet.terminals.health().items()},
        )

    def faults(self) -> frozenset[Fault]:
        """What is wrong now: in rooms, at stands, with the store; whatever fails while that is asked."""
        rooms = (Fault(p, room.room) for room in self.fleet.rooms() for p in problems_of(room, VERSION))
        stands = (Fault(p, s.stand) for s in self.fleet.stands() for p in stand_problems_of(s, VERSION))
        try:
            own = store_faults(self.health())
        except Exception as error:  # noqa: BLE001 the border of the alarms: that health cannot be told is one of them
            name = type(error).__name__
            _LINES.log(logging.WARNING, name, "alarms: the store's health cannot be told (%s)", name)
            own = ((FleetProblem.STORE_FAILING, ""),)
        return frozenset((*(Fault(problem, place) for problem, place in own), *rooms, *stands))

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The state of each thread that runs as long as the store; readers are in `RoomRadio.reader_states`."""
        return (
            self.clock_loop.state,
            self.housekeeping.state,
            *self.resources.thread_states(),
            *self.payments.thread_states(),
            *self.receipts.thread_states(),
            *self.fleet.thread_states(),
            *self.events.hooks.thread_states(),
            *self.notifications.thread_states(),
            *self.connected.thread_states(),
            *((self.alarms.state,) if self.alarms is not None else ()),
            *(thread.state for thread in self.pictures.queue.threads),
        )

    def _failing_tasks(self) -> tuple[str, ...]:
        certificate = self.certificates is not None and self.certificates.failure
        of_certificate = ("certificate",) if certificate else ()
        return (*self.housekeeping.failing, *self.clock_loop.failing, *of_certificate)

    def _failing(self) -> bool:
        conditions = {state.condition for state in self.thread_states()}
        return conditions != {Condition.OK} or bool(self.clock_loop.failing)

    def _web_hooks(self) -> tuple[HookHealthAnswer, ...]:
        """None while the database cannot be reached."""
        try:
            found = self.events.hooks.health()
        except SQLAlchemyError:
            return ()
        return tuple(HookHealthAnswer(**asdict(hook), failing=hook.failing(self.clock())) for hook in found)

    def _feed_health(self) -> FeedHealth | None:
        """None while the database cannot be reached."""
        try:
            found = self.service.feed.state()
        except SQLAlchemyError:
            return None
        return feed_health(found, self.clock())
