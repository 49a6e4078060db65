"""The shell around the visit: one thread that takes all events, steps the visit, runs its effects, shows its scene."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, assert_never

from hardware.labels.nfc_tag_reader import garment_label
from hardware.ports import (
    CardFact,
    CardGone,
    CardRefused,
    CardTap,
    LabelFact,
    LabelRefused,
    LabelScanned,
    ReaderDown,
    ReaderStillDown,
    ReaderUp,
)
from hardware.threads.supervised import SupervisedThread
from kiosk.core.domain.ids import ScannedId, article_of_gtin, parse_gtin, scanned_id
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import Effect, WipeVisit
from kiosk.core.visit.events import (
    CardTapped,
    Event,
    GarmentLeft,
    PieceScanned,
    RadioBack,
    RadioLost,
    StoreBack,
    StoreLost,
    TapFailed,
    TapFailure,
    Tick,
)
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.state import Visit
from kiosk.core.visit.step import step
from kiosk.mirror.event_stream import RoomSnapshot, StreamLost, StreamMessage

log = logging.getLogger(__name__)

TICK_S = 0.25
LATE_S = 20.0
"""The visit's thread is late if it has completed no event and no tick for so long."""


class StepObserver(Protocol):
    """Called after every step, e.g. to write a transcript. Runs on the visit's thread, so it must be quick."""

    def __call__(self, visit: Visit, event: Event, effects: tuple[Effect, ...], scene: Scene) -> None: ...


class Shell:
    """Owns the visit. `show` gets each scene that differs from the last, `wipe` is called at the end of a visit, `run`
    gets each effect."""

    def __init__(
        self,
        visit: Visit,
        *,
        now_us: Callable[[], int],
        show: Callable[[Scene], None],
        wipe: Callable[[], None],
        run: Callable[[Effect], None],
        observe: StepObserver | None = None,
    ) -> None:
        self._visit, self._now = visit, now_us
        self._show, self._wipe, self._run_effect, self._observe = show, wipe, run, observe
        self._events: queue.SimpleQueue[Event | StreamMessage | None] = queue.SimpleQueue()
        self._shown: Scene | None = None
        self.thread = SupervisedThread("visit", self._run, late_s=LATE_S, max_delay_s=0.5)
        """Its heartbeat beats after each event and each tick."""

    def start(self) -> None:
        """Start the thread; the first scene is shown at once."""
        self.thread.start()

    def close(self) -> None:
        """Stop after the event under way; later events are dropped."""
        self._events.put(None)
        self.thread.close(5.0)

    def present(self) -> tuple[str, int]:
        """The ticket of the present visit, and the mirror's clock; from any thread."""
        return self._visit.ticket, self._now()

    def post(self, event: Event) -> None:
        """Queue an event; from any thread."""
        self._events.put(event)

    def post_message(self, message: StreamMessage) -> None:
        """Queue a message of the store's event stream."""
        self._events.put(message)

    def post_card(self, fact: CardFact) -> None:
        """Queue a report of the card reader."""
        event = tap_event(fact)
        if event is not None:
            self._events.put(event)

    def post_label(self, fact: LabelFact) -> None:
        """Queue a report of the label scanner."""
        event = scan_event(fact)
        if event is not None:
            self._events.put(event)

    def _run(self) -> None:
        self._present(scene_of(self._visit))
        while True:
            try:
                received = self._events.get(timeout=TICK_S)
            except queue.Empty:
                received = Tick(self._now())
            if received is None:
                return
            for event in self._as_events(received):
                self._step_safely(event)
            self.thread.worked()

    def _step_safely(self, event: Event) -> None:
        """One event that fails is logged and dropped; the mirror continues."""
        try:
            self._step(event)
        except Exception:
            log.exception("%s failed and is dropped", type(event).__name__)

    def _as_events(self, received: Event | StreamMessage) -> tuple[Event, ...]:
        now = self._now()
        match received:
            case StreamLost(need=need):
                return (StoreLost(now, need),)
            case RoomSnapshot():
                return self._difference(received, now)
            case _:
                # Every computer has its own clock; the visit uses the mirror's only.
                return (replace(received, at_us=now),)

    def _difference(self, snapshot: RoomSnapshot, now: int) -> tuple[Event, ...]:
        """What changed while the stream was closed, as events."""
        there = {arrived.piece for arrived in snapshot.pieces}
        there |= {arrived.replaces for arrived in snapshot.pieces if arrived.replaces}
        left = (GarmentLeft(now, p.piece_id) for p in self._visit.pieces if p.piece_id not in there)
        arrived = (replace(a, at_us=now) for a in snapshot.pieces)
        radio = RadioBack(now) if snapshot.radio else RadioLost(now)
        said = (snapshot.dislikes, snapshot.message, snapshot.prepared, snapshot.asides)
        stated = (replace(each, at_us=now) for each in said if each)
        services = (
            (ServicesOffered(now, snapshot.services, snapshot.put_aside, snapshot.delivery),)
            if snapshot.services is not None
            else ()
        )
        staff = replace(snapshot.staff, at_us=now)
        return (radio, staff, *services, *left, *arrived, StoreBack(now), *stated)

    def _step(self, event: Event) -> None:
        self._visit, effects = step(self._visit, event)
        scene = scene_of(self._visit)
        self._present(scene)
        for effect in effects:
            if isinstance(effect, WipeVisit):
                self._wipe()
            self._run_effect(effect)
        if self._observe is not None:
            self._observe(self._visit, event, effects, scene)

    def _present(self, scene: Scene) -> None:
        if scene != self._shown:
            self._shown = scene
            self._show(scene)


def tap_event(fact: CardFact) -> Event | None:
    """The event for a report of the card reader; None where the visit needs none."""
    match fact:
        case CardTap(kind=kind, uid=uid, link=link, at_us=at_us):
            label = garment_label(fact)
            scanned = _scanned(label.gtin, label.serial) if label else None
            return PieceScanned(at_us, scanned) if scanned else CardTapped(at_us, kind.value, uid, link)
        case CardRefused(failure=failure, at_us=at_us):
            return TapFailed(at_us, TapFailure(failure.value))
        case CardGone() | ReaderUp() | ReaderDown() | ReaderStillDown():
            return None
        case _:
            assert_never(fact)


def scan_event(fact: LabelFact) -> Event | None:
    """The event for a report of the label scanner; None where the visit needs none."""
    match fact:
        case LabelScanned(gtin=gtin, serial=serial, at_us=at_us):
            scanned = _scanned(gtin, serial)
            return PieceScanned(at_us, scanned) if scanned else TapFailed(at_us, TapFailure.UNREADABLE)
        case LabelRefused(at_us=at_us, why=why, code=code):
            log.info("not a label by GS1: %s", why)
            # it may be the shop's own code of an article, which the store knows
            return PieceScanned(at_us, ScannedId(code)) if code else TapFailed(at_us, TapFailure.UNREADABLE)
        case ReaderUp():
            log.info("the label scanner is connected")
        case ReaderDown(why=why):
            log.warning("the label scanner is disconnected: %s", why)
        case ReaderStillDown(why=why):
            log.info("the label scanner is still disconnected: %s", why)
        case _:
            assert_never(fact)
    return None


def _scanned(gtin: str, serial: str | None) -> ScannedId | None:
    """What a label identifies; None for a GTIN or a serial that is none by GS1."""
    try:
        return scanned_id(article_of_gtin(parse_gtin(gtin)), serial)
    except ValueError:
        return None
