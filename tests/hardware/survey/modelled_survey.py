"""A technician and a tag reader in the radio model, for surveys in simulated time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.rooms.site import Site
from hardware.survey.steps import StepKind, SurveyStep
from hardware.survey.survey import Survey, run_steps
from tests.hardware.radio_model.model import Propagation, RadioModel, RoomRow, TagPosition
from tests.hardware.radio_model.visits import CORRIDOR_M, STEP_US, PathBuilder, PathSegment
from tests.hardware.radio_model.walk import position_in, site_of_row

TAGS = 5
ROOM_COUNT = 3


class ModelledShop:
    """A TagReader whose time passes only in `wait`, and the technician whom `prompt` asks."""

    name = "model"

    def __init__(self, model: RadioModel, seed: int = 1) -> None:
        self.model = model
        self.site: Site = site_of_row(model.rooms)
        self.closed = False
        self.lose_at: StepKind | None = None
        self.give_up_at: StepKind | None = None
        self.sends_antenna = self.sends_rssi = True
        self._random = Random(seed)
        self._post: Callable[[RadioFact], None] | None = None
        self._now_us = 1_000_000
        self._step: SurveyStep | None = None

    def start(self, post: Callable[[RadioFact], None]) -> None:
        self._post = post
        post(ReaderUp(self.name, self._now_us))

    def close(self) -> None:
        self.closed = True

    def prompt(self, step: SurveyStep) -> bool:
        self._step = step
        return step.kind is not self.give_up_at

    def wait(self, seconds: float) -> None:
        assert self._post is not None
        assert self._step is not None
        if self._step.kind is self.lose_at:
            self._post(ReaderDown(self.name, "the cable was pulled", self._now_us))
        paths = [self._way(self._step, tag, seconds) for tag in range(TAGS)]
        for moment in range(int(seconds * 1e6 / STEP_US)):
            seen = [_at(builder, moment * STEP_US / 1e6) for builder in paths]
            reads = self.model.step(seen, self._now_us, STEP_US)
            self._now_us += STEP_US
            self._post(TagReads(self.name, tuple(map(self._sent, reads))))

    def _sent(self, read: TagRead) -> TagRead:
        return TagRead(
            read.epc,
            read.antenna if self.sends_antenna else None,
            read.rssi_dbm if self.sends_rssi else None,
            read.at_us,
        )

    def _way(self, step: SurveyStep, tag: int, seconds: float) -> PathBuilder:
        rooms, random = self.model.rooms, self._random
        names = list(self.site.rooms)
        if step.kind is StepKind.REFERENCE:
            room = tag % rooms.count
            return _resting(f"AEF{room:021X}", (room * rooms.width, 0.1, 1.3), seconds)
        epc = f"CA1{tag:021X}"
        if step.room is None:
            builder = PathBuilder(epc, 0.0, (-1.0, rooms.depth + CORRIDOR_M, 1.1))
            while builder.at_s < seconds:
                builder.walk((random.randrange(rooms.count) * rooms.width, rooms.depth + CORRIDOR_M, 1.1))
                builder.rest(3.0)
            return builder
        room = names.index(step.room)
        builder = PathBuilder(epc, 0.0, position_in(rooms, room, random))
        if step.kind is StepKind.CHECK:
            return _resting(epc, ((room + 0.35) * rooms.width, 0.6 * rooms.depth, 1.6), seconds)
        while builder.at_s < seconds:
            builder.walk(position_in(rooms, room, random))
            builder.rest(random.uniform(0.5, 2.0), worn=random.random() < 0.2)
        return builder


def _resting(epc: str, position: tuple[float, float, float], seconds: float) -> PathBuilder:
    builder = PathBuilder(epc, 0.0, position)
    builder.rest(seconds)
    return builder


def _at(builder: PathBuilder, at_s: float) -> TagPosition:
    leg: PathSegment = next((leg for leg in builder.segments if leg.end_s > at_s), builder.segments[-1])
    return leg.seen(builder.epc, at_s)


def modelled_shop(wall_db: float, seed: int = 3) -> ModelledShop:
    """A row of three rooms with these walls."""
    return ModelledShop(RadioModel(RoomRow(ROOM_COUNT), Propagation(wall_db=wall_db), seed), seed)


def surveyed(shop: ModelledShop) -> Survey:
    """The result of a survey of the shop."""
    return run_steps(shop.site, [shop], shop.prompt, shop.wait)
