"""Simulated shoppers who fill baskets: the room tracker's changes in the radio model, played through the real core.

Each simulation of the radio model runs through the tracker once. The changes of each room are then played for many
shoppers, who confirm some of the uncertain pieces, ignore others, and open the basket at random times. So the radio's
outcomes are sampled, the core's steps are not: each basket is made by `kiosk.core.visit.step.step`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged, TagLeft
from hardware.rooms.room_tracker import RoomTracker
from kiosk.core.domain.ids import PieceId, RoomId
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import PriceOrder
from kiosk.core.visit.events import Event, Fact, GarmentArrived, GarmentCertaintyChanged, GarmentLeft, Tick
from kiosk.core.visit.state import Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    Destination,
    PageOpened,
    PaymentCancelRequested,
    PaymentRequested,
    PieceConfirmed,
)
from tests.hardware.radio_model.model import Propagation, RadioModel, RoomRow
from tests.hardware.radio_model.score import TICK_US
from tests.hardware.radio_model.visits import STEP_US, simulate, visits
from tests.hardware.radio_model.walk import site_of_row
from tests.kiosk.core.garments import garment

GARMENTS = tuple(garment(f"S{n}", start=1 + 30 * n) for n in range(12))
PAY_EVERY_S = 35.0
LEAVING_US = 10_000_000  # how long a piece may be shown after it left

ToFact = Callable[[RoomChange], Fact]


@dataclass(frozen=True, slots=True)
class RoomRecording:
    """One room: the tracker's changes, and the true presence of each tag (start and end in microseconds)."""

    room: str
    changes: tuple[RoomChange, ...]
    presence: dict[str, tuple[tuple[int, int], ...]]

    def present(self, epc: str, at_us: int) -> bool:
        """Whether the tag is in the room, or left it within LEAVING_US."""
        return any(start <= at_us <= end + LEAVING_US for start, end in self.presence.get(epc, ()))


def record_rooms(wall_db: float, seed: int, seconds: float, rooms: int = 6) -> list[RoomRecording]:
    """Runs the tracker over one simulation with passers-by, a clothes rail in the corridor and neighbouring rooms."""
    row = RoomRow(rooms)
    site = site_of_row(row)
    names = list(site.rooms)
    tracker, ticked_us = RoomTracker(site), 0
    recorded: dict[str, list[RoomChange]] = {name: [] for name in names}
    presence: dict[str, dict[str, list[tuple[int, int]]]] = {name: {} for name in names}
    for moment in simulate(RadioModel(row, Propagation(wall_db=wall_db), seed), visits(row, seconds, seed)):
        changes = tracker.reads("sim", moment.reads)
        if moment.at_us - ticked_us >= TICK_US:
            ticked_us = moment.at_us
            changes += tracker.tick(moment.at_us)
        for change in changes:
            recorded[change.room].append(change)
        for epc, room in moment.rooms.items():
            if room is not None:
                _extend(presence[names[room]].setdefault(epc, []), moment.at_us)
    return [
        RoomRecording(
            name, tuple(recorded[name]), {epc: tuple(spans) for epc, spans in presence[name].items()}
        )
        for name in names
    ]


def _extend(spans: list[tuple[int, int]], at_us: int) -> None:
    if spans and at_us - spans[-1][1] <= 2 * STEP_US:
        spans[-1] = (spans[-1][0], at_us)
    else:
        spans.append((at_us - STEP_US, at_us))


def to_fact(change: RoomChange) -> Fact:
    """The event that the store sends to the mirror for a change (`kiosk.store.floor.shop_floor`)."""
    piece = PieceId(change.epc)
    match change:
        case TagArrived():
            return GarmentArrived(change.at_us, piece, GARMENTS[int(change.epc[-3:], 16) % 12], change.sure)
        case TagCertaintyChanged():
            return GarmentCertaintyChanged(change.at_us, piece, change.sure)
        case TagLeft():
            return GarmentLeft(change.at_us, piece)


@dataclass(slots=True)
class BasketCounts:
    """Baskets and their pieces. `unconfirmed` pieces were neither sure by radio nor confirmed by the shopper;
    `elsewhere` were sure, but not in the room."""

    baskets: int = 0
    pieces: int = 0
    confirmed: int = 0
    faint: int = 0
    unconfirmed: int = 0
    elsewhere: int = 0


class SimulatedShopper:
    """Plays a recording through the core. Keeps the radio's and the shopper's answers of its own, to check the core."""

    def __init__(
        self, recording: RoomRecording, random: Random, counts: BasketCounts, fact_of: ToFact = to_fact
    ) -> None:
        self._recording, self._random, self._counts, self._fact_of = recording, random, counts, fact_of
        self._visit = Visit(RoomId(recording.room), "boot")
        self._radio: dict[str, bool] = {}
        self._confirmed: dict[str, str] = {}

    def run(self) -> None:
        """Plays all changes, and opens the basket at random times."""
        if not self._recording.changes:
            return
        times = self._payment_times(self._recording.changes[0].at_us, self._recording.changes[-1].at_us)
        pay_us = next(times, None)
        for change in self._recording.changes:
            while pay_us is not None and pay_us <= change.at_us:
                self._pay(pay_us)
                pay_us = next(times, None)
            self._apply(change)

    def _payment_times(self, start_us: int, end_us: int) -> Iterator[int]:
        at_us = float(start_us)
        while at_us < end_us:
            at_us += self._random.expovariate(1.0 / PAY_EVERY_S) * 1e6
            yield int(at_us)

    def _apply(self, change: RoomChange) -> None:
        match change:
            case TagLeft():
                self._radio.pop(change.epc, None)
                self._confirmed.pop(change.epc, None)
            case _:
                self._radio[change.epc] = change.sure
        self._step(Tick(change.at_us))
        self._step(self._fact_of(change))

    def _step(self, event: Event) -> list[PriceOrder]:
        self._visit, effects = step(self._visit, event)
        return [effect for effect in effects if isinstance(effect, PriceOrder)]

    def _pay(self, at_us: int) -> None:
        self._step(Tick(at_us))
        for card in scene_of(self._visit).pieces:
            if card.faint:
                self._counts.faint += 1
                self._answer(card.piece, at_us)
        self._choose_all(at_us)
        self._step(PageOpened(at_us, Destination.BASKET))
        for order in self._step(PaymentRequested(at_us)):
            self._counts.baskets += 1
            for epc, _article in order.pieces:
                self._count(epc, at_us)
        self._step(PaymentCancelRequested(at_us))

    def _choose_all(self, at_us: int) -> None:
        """One touch: whoever chooses a piece of which the readers are certain says that it is hers until it leaves."""
        self._step(AllPiecesChosen(at_us))
        for epc, sure in self._radio.items():
            if sure:
                self._confirmed[epc] = self._visit.ticket

    def _answer(self, epc: PieceId, at_us: int) -> None:
        """Answers 40 % of the uncertain pieces; 5 % of the answers are wrong."""
        if self._random.random() < 0.4:
            mine = self._recording.present(epc, at_us) is (self._random.random() >= 0.05)
            self._step(PieceConfirmed(at_us, epc, mine))
            if mine:
                self._confirmed[epc] = self._visit.ticket
            else:
                self._confirmed.pop(epc, None)

    def _count(self, epc: str, at_us: int) -> None:
        counts, mine = self._counts, self._confirmed.get(epc) == self._visit.ticket
        counts.pieces += 1
        if mine:
            counts.confirmed += 1
        elif not self._radio.get(epc, False):
            counts.unconfirmed += 1
        elif not self._recording.present(epc, at_us):
            counts.elsewhere += 1


def fill_baskets(
    recordings: list[RoomRecording], least: int, seed: int, fact_of: ToFact = to_fact
) -> BasketCounts:
    """Plays the recordings again and again until there are `least` baskets."""
    counts, random = BasketCounts(), Random(seed)
    while counts.baskets < least:
        for recording in recordings:
            SimulatedShopper(recording, random, counts, fact_of).run()
    return counts
