"""A technician and a tag reader in the radio model, for surveys in simulated time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagReads
from hardware.rooms.site import Site
from hardware.survey.steps import StepKind, SurveyStep
from hardware.survey.survey import Survey, run_steps
from tests.hardware.radio_model.model import Air, RadioModel, Rooms, Seen
from tests.hardware.radio_model.visits import CORRIDOR_M, STEP_US, Leg, WayMaker
from tests.hardware.radio_model.walk import site_of, spot_in

TAGS = 5
ROOM_COUNT = 3


class ModelledShop:
    """A TagReader whose time passes only in `wait`, and the technician whom `prompt` asks."""

    name = "model"

    def __init__(self, model: RadioModel, seed: int = 1) -> None:
        self.model = model
        self.site: Site = site_of(model.rooms)
        self.closed = False
        self.lose_at: StepKind | None = None
        self.give_up_at: StepKind | None = None
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
        ways = [self._way(self._step, tag, seconds) for tag in range(TAGS)]
        for moment in range(int(seconds * 1e6 / STEP_US)):
            seen = [_at(maker, moment * STEP_US / 1e6) for maker in ways]
            reads = self.model.step(seen, self._now_us, STEP_US)
            self._now_us += STEP_US
            self._post(TagReads(self.name, tuple(reads)))

    def _way(self, step: SurveyStep, tag: int, seconds: float) -> WayMaker:
        rooms, random = self.model.rooms, self._random
        names = list(self.site.rooms)
        if step.kind is StepKind.REFERENCE:
            room = tag % rooms.count
            return _resting(f"AEF{room:021X}", (room * rooms.width, 0.1, 1.3), seconds)
        epc = f"CA1{tag:021X}"
        if step.room is None:
            maker = WayMaker(epc, 0.0, (-1.0, rooms.depth + CORRIDOR_M, 1.1))
            while maker.at_s < seconds:
                maker.walk((random.randrange(rooms.count) * rooms.width, rooms.depth + CORRIDOR_M, 1.1))
                maker.rest(3.0)
            return maker
        room = names.index(step.room)
        maker = WayMaker(epc, 0.0, spot_in(rooms, room, random))
        if step.kind is StepKind.CHECK:
            return _resting(epc, ((room + 0.35) * rooms.width, 0.6 * rooms.depth, 1.6), seconds)
        while maker.at_s < seconds:
            maker.walk(spot_in(rooms, room, random))
            maker.rest(random.uniform(0.5, 2.0), worn=random.random() < 0.2)
        return maker


def _resting(epc: str, spot: tuple[float, float, float], seconds: float) -> WayMaker:
    maker = WayMaker(epc, 0.0, spot)
    maker.rest(seconds)
    return maker


def _at(maker: WayMaker, at_s: float) -> Seen:
    leg: Leg = next((leg for leg in maker.legs if leg.end_s > at_s), maker.legs[-1])
    return leg.seen(maker.epc, at_s)


def modelled_shop(wall_db: float, seed: int = 3) -> ModelledShop:
    """A row of three rooms with these walls."""
    return ModelledShop(RadioModel(Rooms(ROOM_COUNT), Air(wall_db=wall_db), seed), seed)


def surveyed(shop: ModelledShop) -> Survey:
    """The result of a survey of the shop."""
    return run_steps(shop.site, [shop], shop.prompt, shop.wait)
