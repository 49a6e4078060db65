"""One thread that owns the visit: takes events from everywhere, steps, hands out effects, shows the scene."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, assert_never

from hardware.labels.scanner_tag_reader import scanned_epc
from hardware.pad_reader import garment_epc
from hardware.ports import (
    CardFact,
    CardGone,
    CardRefused,
    CardTap,
    LabelFact,
    LabelRefused,
    LabelScanned,
    ReaderDown,
    ReaderUp,
)
from kiosk.core.domain.ids import Epc
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
from kiosk.core.visit.state import Visit
from kiosk.core.visit.step import step
from kiosk.mirror.event_stream import RoomSnapshot, StreamLost, StreamMessage

log = logging.getLogger(__name__)

TICK_S = 0.25


class StepObserver(Protocol):
    """Sees every step, e.g. to write a transcript. Called on the visit's thread; must be quick."""

    def __call__(self, visit: Visit, event: Event, effects: tuple[Effect, ...], scene: Scene) -> None: ...


class Shell:
    """The visit's owner. `show` gets every scene that differs from the last, `wipe` a visit's end."""

    def __init__(
        self,
        visit: Visit,
        *,
        now_us: Callable[[], int],
        show: Callable[[Scene], None],
        wipe: Callable[[], None],
        carry: Callable[[Effect], None],
        watch: StepObserver | None = None,
    ) -> None:
        self._visit, self._now = visit, now_us
        self._show, self._wipe, self._carry, self._watch = show, wipe, carry, watch
        self._events: queue.SimpleQueue[Event | StreamMessage | None] = queue.SimpleQueue()
        self._shown: Scene | None = None
        self._thread = threading.Thread(target=self._run, name="visit", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Stop stepping; what is queued is dropped."""
        self._events.put(None)
        self._thread.join(5.0)

    def post(self, event: Event) -> None:
        """From any thread: something happened."""
        self._events.put(event)

    def post_news(self, news: StreamMessage) -> None:
        """From the store's stream."""
        self._events.put(news)

    def post_card(self, fact: CardFact) -> None:
        """From the card reader."""
        event = tap_event(fact)
        if event is not None:
            self._events.put(event)

    def post_label(self, fact: LabelFact) -> None:
        """From the scanner."""
        event = scan_event(fact)
        if event is not None:
            self._events.put(event)

    def _run(self) -> None:
        self._present(scene_of(self._visit))
        while True:
            try:
                news = self._events.get(timeout=TICK_S)
            except queue.Empty:
                news = Tick(self._now())
            if news is None:
                return
            for event in self._as_events(news):
                self._guarded(event)

    def _guarded(self, event: Event) -> None:
        """The supervised border: one event that cannot be taken in must not leave a dead glass."""
        try:
            self._step(event)
        except Exception:
            log.exception("%s could not be taken in and is left out", type(event).__name__)

    def _as_events(self, news: Event | StreamMessage) -> tuple[Event, ...]:
        now = self._now()
        match news:
            case StreamLost():
                return (StoreLost(now),)
            case RoomSnapshot():
                return self._difference(news, now)
            case _:
                # Each computer has its own clock; inside the mirror only the mirror's counts.
                return (replace(news, at_us=now),)

    def _difference(self, snapshot: RoomSnapshot, now: int) -> tuple[Event, ...]:
        there = {arrived.epc for arrived in snapshot.pieces}
        left = (GarmentLeft(now, p.epc) for p in self._visit.pieces if p.epc not in there)
        arrived = (replace(a, at_us=now) for a in snapshot.pieces)
        radio = RadioBack(now) if snapshot.radio else RadioLost(now)
        return (radio, replace(snapshot.staff, at_us=now), *left, *arrived, StoreBack(now))

    def _step(self, event: Event) -> None:
        self._visit, effects = step(self._visit, event)
        scene = scene_of(self._visit)
        self._present(scene)
        for effect in effects:
            if isinstance(effect, WipeVisit):
                self._wipe()
            self._carry(effect)
        if self._watch is not None:
            self._watch(self._visit, event, effects, scene)

    def _present(self, scene: Scene) -> None:
        if scene != self._shown:
            self._shown = scene
            self._show(scene)


def tap_event(fact: CardFact) -> Event | None:
    """What a card reader reports, as the visit hears it; None for what means nothing to it."""
    match fact:
        case CardTap(kind=kind, uid=uid, link=link, at_us=at_us):
            garment = garment_epc(fact)
            return PieceScanned(at_us, Epc(garment)) if garment else CardTapped(at_us, kind.value, uid, link)
        case CardRefused(trouble=trouble, at_us=at_us):
            return TapFailed(at_us, TapFailure(trouble.value))
        case CardGone() | ReaderUp() | ReaderDown():
            return None
        case _:
            assert_never(fact)


def scan_event(fact: LabelFact) -> Event | None:
    """What a scanner reports, as the visit hears it."""
    match fact:
        case LabelScanned(at_us=at_us):
            epc = scanned_epc(fact)
            return PieceScanned(at_us, Epc(epc)) if epc else TapFailed(at_us, TapFailure.UNREADABLE)
        case LabelRefused(at_us=at_us, why=why):
            log.info("the scanner: %s", why)
            return TapFailed(at_us, TapFailure.UNREADABLE)
        case ReaderUp():
            log.info("the scanner answers")
        case ReaderDown(why=why):
            log.warning("the scanner is lost: %s", why)
        case _:
            assert_never(fact)
    return None
