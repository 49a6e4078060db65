"""A running store: its threads, its timer, its health, and how it is closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from threading import Event, Thread

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from hardware.ports import ReaderNote
from hardware.supervision.supervise import FaultLog
from kiosk.store.advice.learned import LearnedModels
from kiosk.store.api.administration.ledger_answers import ledger_answer
from kiosk.store.api.feed_answers import FeedHealth, feed_health
from kiosk.store.api.model_answers import looks_answer, sizes_answer
from kiosk.store.api.public_routes import DiskAnswer, FiscalAnswer, HealthAnswer, ReaderNoteAnswer
from kiosk.store.compose_payments import PaymentServices
from kiosk.store.compose_receipts import ReceiptServices
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.housekeeping import Housekeeping
from kiosk.store.payments.fiscal.fiscal_queue import FiscalQueue
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.resources import Resources
from kiosk.store.service import Service
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import LocalAccess
from kiosk.version import VERSION

log = logging.getLogger(__name__)
TICK_S = 0.2


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
    radio: RoomRadio
    payments: PaymentServices
    receipts: ReceiptServices
    address: PublicAddress
    clock: Callable[[], int]
    housekeeping: Housekeeping
    models: LearnedModels
    local_access: LocalAccess
    http: FastAPI = field(default_factory=FastAPI)
    _stop: Event = field(default_factory=Event)
    _timer_thread: Thread | None = None

    def open(self) -> None:
        """Resumes payments of the last run, then starts readers, clock and housekeeping."""
        self.payments.resume()
        self.resources.head_keeper.start()
        self.radio.start()
        self._timer_thread = Thread(target=self._run_timer, name="store-clock", daemon=True)
        self._timer_thread.start()
        self.housekeeping.start()
        self.receipts.start()

    def tick(self, at_us: int) -> None:
        """Does what depends on time: rooms, escalation of requests, presence of associates."""
        self.radio.tick(at_us)
        self.service.hand_scans.tick(at_us)
        self.service.floor.rooms_changed(())
        self.payments.finish_pending()
        self.service.item_events.write()
        self.service.floor.staff.publish()
        self.service.tick_requests(at_us)

    def close(self) -> None:
        """Ends event streams, readers and payments in progress, then closes the files. May be called twice."""
        self._stop.set()
        self.resources.importer.stop()
        self.hub.close()
        self.radio.close()
        self.service.feed.close()
        self.housekeeping.close()
        if self._timer_thread is not None:
            self._timer_thread.join()
        self.receipts.close()
        self.payments.close()
        self.resources.close()

    def health(self) -> HealthAnswer:
        """Health of the store. `ok` is False if its database is not reachable, payments are closed or housekeeping has
        ended."""
        ledger = self.payments.ledger_state()
        disk = self.payments.disk.look()
        readers = self.radio.reader_states
        parked = sum(t.parked for t in self.payments.desk.unsettled())
        closed = ledger.closed or disk.low
        return HealthAnswer(
            ok=self.resources.database.reachable() and self.housekeeping.alive and not closed,
            version=VERSION,
            radio={reader.name: reader.up for reader in readers},
            reader_notes=tuple(_note_answer(note) for reader in readers for note in reader.notes),
            rooms=len(self.settings.rooms),
            payments_open=len(self.payments.book.open_attempts()),
            payments_parked=parked,
            payments_closed=closed,
            ledger=ledger_answer(ledger, self.resources.ledger.lost_archives),
            disk=DiskAnswer(free_mb=disk.free_mb, floor_mb=disk.floor_mb, low=disk.low),
            clone_alarms=self.service.alarms.count,
            tags_ignored={why.value: count for why, count in self.service.floor.ignored.items()},
            fiscal=_fiscal_answer(self.payments.fiscal),
            looks=looks_answer(self.models.looks()),
            sizes=sizes_answer(self.models.sizes()),
            failing=self.housekeeping.failing,
            feed=self._feed_health(),
        )

    def _feed_health(self) -> FeedHealth | None:
        """None while the database cannot be reached."""
        try:
            found = self.service.feed.state()
        except SQLAlchemyError:
            return None
        return feed_health(found, self.clock())

    def _run_timer(self) -> None:
        working, faults = True, FaultLog()
        while not self._stop.wait(TICK_S):
            try:
                self.tick(self.clock())
                working = True
            except SQLAlchemyError as error:
                if working:
                    log.error(
                        "periodic work is paused: the database does not answer (%s)", type(error).__name__
                    )
                working = False
            except Exception as error:  # noqa: BLE001 the border of this thread: rooms and requests need the next tick
                faults.log(log, "periodic work", error)


def _fiscal_answer(queue: FiscalQueue | None) -> FiscalAnswer | None:
    return None if queue is None else FiscalAnswer(**asdict(queue.health()))


def _note_answer(note: ReaderNote) -> ReaderNoteAnswer:
    return ReaderNoteAnswer(
        reader=note.reader, kind=note.kind, antenna=note.antenna, text=note.text, since_us=note.at_us
    )
