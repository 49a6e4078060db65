"""What the room watch said in plays of the radio model, and shoppers who live through it on the real core.

A play is watched once; what the watch said of each room is then lived through by many shoppers of other tempers, who
confirm some of the faint pieces, overlook others, and open the basket at times of their own. So the radio's outcomes
are sampled, the core's steps are not: each basket is made by `kiosk.core.visit.step.step`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged, TagLeft
from hardware.rooms.room_tracker import RoomTracker
from kiosk.core.domain.ids import Epc, RoomId
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import PriceOrder
from kiosk.core.visit.events import Event, Fact, GarmentArrived, GarmentCertaintyChanged, GarmentLeft, Tick
from kiosk.core.visit.state import Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import (
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
LEAVING_US = 10_000_000  # as long a piece may be shown after it left

Told = Callable[[RoomChange], Fact]


@dataclass(frozen=True, slots=True)
class Story:
    """One room: what the watch said of it, and when which tag really was in it (spans of microseconds)."""

    room: str
    said: tuple[RoomChange, ...]
    really: dict[str, tuple[tuple[int, int], ...]]

    def here(self, epc: str, at_us: int) -> bool:
        """Whether the tag is in the room, or has left it only just now."""
        return any(start <= at_us <= end + LEAVING_US for start, end in self.really.get(epc, ()))


def stories(wall_db: float, seed: int, seconds: float, rooms: int = 6) -> list[Story]:
    """Plays the radio model once, with passers, a rail in the corridor and neighbours, through the real watch."""
    row = RoomRow(rooms)
    site = site_of_row(row)
    names = list(site.rooms)
    watch, ticked_us = RoomTracker(site), 0
    said: dict[str, list[RoomChange]] = {name: [] for name in names}
    really: dict[str, dict[str, list[tuple[int, int]]]] = {name: {} for name in names}
    for moment in simulate(RadioModel(row, Propagation(wall_db=wall_db), seed), visits(row, seconds, seed)):
        changes = watch.reads("sim", moment.reads)
        if moment.at_us - ticked_us >= TICK_US:
            ticked_us = moment.at_us
            changes += watch.tick(moment.at_us)
        for change in changes:
            said[change.room].append(change)
        for epc, room in moment.rooms.items():
            if room is not None:
                _stays(really[names[room]].setdefault(epc, []), moment.at_us)
    return [
        Story(name, tuple(said[name]), {epc: tuple(spans) for epc, spans in really[name].items()})
        for name in names
    ]


def _stays(spans: list[tuple[int, int]], at_us: int) -> None:
    if spans and at_us - spans[-1][1] <= 2 * STEP_US:
        spans[-1] = (spans[-1][0], at_us)
    else:
        spans.append((at_us - STEP_US, at_us))


def told(change: RoomChange) -> Fact:
    """A change as the store tells it to the mirror (`kiosk.store.floor.shop_floor`)."""
    epc = Epc(change.epc)
    match change:
        case TagArrived():
            return GarmentArrived(change.at_us, epc, GARMENTS[int(change.epc[-3:], 16) % 12], change.sure)
        case TagCertaintyChanged():
            return GarmentCertaintyChanged(change.at_us, epc, change.sure)
        case TagLeft():
            return GarmentLeft(change.at_us, epc)


@dataclass(slots=True)
class Tally:
    """Baskets and what was in them: `unconfirmed` pieces were neither sure by radio nor confirmed by the shopper;
    `strangers` were in no such doubt, but hung somewhere else."""

    baskets: int = 0
    pieces: int = 0
    confirmed: int = 0
    faint: int = 0
    unconfirmed: int = 0
    strangers: int = 0


class Shopper:
    """Lives through a story. What the radio said and she herself is kept apart from the core, to hold it to that."""

    def __init__(self, story: Story, random: Random, tally: Tally, tell: Told = told) -> None:
        self._story, self._random, self._tally, self._told = story, random, tally, tell
        self._visit = Visit(RoomId(story.room), "boot")
        self._radio: dict[str, bool] = {}
        self._mine: dict[str, str] = {}

    def live(self) -> None:
        """From the first piece to the last, opening the basket now and then."""
        if not self._story.said:
            return
        pays = self._pays(self._story.said[0].at_us, self._story.said[-1].at_us)
        pay_us = next(pays, None)
        for change in self._story.said:
            while pay_us is not None and pay_us <= change.at_us:
                self._pay(pay_us)
                pay_us = next(pays, None)
            self._notice(change)

    def _pays(self, start_us: int, end_us: int) -> Iterator[int]:
        at_us = float(start_us)
        while at_us < end_us:
            at_us += self._random.expovariate(1.0 / PAY_EVERY_S) * 1e6
            yield int(at_us)

    def _notice(self, change: RoomChange) -> None:
        match change:
            case TagLeft():
                self._radio.pop(change.epc, None)
                self._mine.pop(change.epc, None)
            case _:
                self._radio[change.epc] = change.sure
        self._tell(Tick(change.at_us))
        self._tell(self._told(change))

    def _tell(self, event: Event) -> list[PriceOrder]:
        self._visit, effects = step(self._visit, event)
        return [effect for effect in effects if isinstance(effect, PriceOrder)]

    def _pay(self, at_us: int) -> None:
        self._tell(Tick(at_us))
        for card in scene_of(self._visit).pieces:
            if card.faint:
                self._tally.faint += 1
                self._answer(card.epc, at_us)
        self._tell(PageOpened(at_us, Destination.BASKET))
        for order in self._tell(PaymentRequested(at_us)):
            self._tally.baskets += 1
            for epc, _gtin in order.pieces:
                self._weigh(epc, at_us)
        self._tell(PaymentCancelRequested(at_us))

    def _answer(self, epc: Epc, at_us: int) -> None:
        """Two in five faint pieces are answered, one answer in twenty is wrong."""
        if self._random.random() < 0.4:
            mine = self._story.here(epc, at_us) is (self._random.random() >= 0.05)
            self._tell(PieceConfirmed(at_us, epc, mine))
            if mine:
                self._mine[epc] = self._visit.ticket
            else:
                self._mine.pop(epc, None)

    def _weigh(self, epc: str, at_us: int) -> None:
        tally, mine = self._tally, self._mine.get(epc) == self._visit.ticket
        tally.pieces += 1
        if mine:
            tally.confirmed += 1
        elif not self._radio.get(epc, False):
            tally.unconfirmed += 1
        elif not self._story.here(epc, at_us):
            tally.strangers += 1


def baskets(told_stories: list[Story], least: int, seed: int, tell: Told = told) -> Tally:
    """Lets shoppers live through the stories, one after the other, until so many baskets were made."""
    tally, random = Tally(), Random(seed)
    while tally.baskets < least:
        for story in told_stories:
            Shopper(story, random, tally, tell).live()
    return tally
