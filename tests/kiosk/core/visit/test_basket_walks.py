"""Planted faults of the basket that the random walks catch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.ids import PieceId, RoomId, ScannedId
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import Event, GarmentArrived, PieceScanned, ShopperIdentified
from kiosk.core.visit.on_pay import pay_by_tap
from kiosk.core.visit.state import Visit
from kiosk.core.visit.step import step
from tests.kiosk.core.visit.basket_promises import check_basket
from tests.kiosk.core.visit.walks import COAT, FIRST, ON_THE_PAY_PAGE, SECRET, SHIRT, Stepper

A, ROOM = PieceId("30A"), RoomId("1")


def _chosen_on_arrival(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    after, effects = step(visit, event)
    if isinstance(event, GarmentArrived):
        after = replace(after, pay=replace(after.pay, chosen=after.pay.chosen | {event.piece}))
    return after, effects


def _chosen_by_scan(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    after, effects = step(visit, event)
    if isinstance(event, PieceScanned):
        after = replace(after, pay=replace(after.pay, chosen=after.pay.chosen | {A}))
    return after, effects


def _any_tap_pays(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    after, effects = step(visit, event)
    if not isinstance(event, ShopperIdentified):
        return after, effects
    paying, more = pay_by_tap(after)
    return paying, (*effects, *more)


ARRIVES: list[Event] = [GarmentArrived(0, A, SHIRT)]
LATE: list[Event] = [
    ShopperIdentified(0, FIRST, SECRET),
    *ON_THE_PAY_PAGE,
    ShopperIdentified(0, FIRST, SECRET),
]


@pytest.mark.parametrize(
    ("fault", "story"),
    [
        (_chosen_on_arrival, ARRIVES),
        (_chosen_by_scan, [*ARRIVES, PieceScanned(0, ScannedId(A))]),
        (_any_tap_pays, LATE),
    ],
)
def test_planted_faults_are_caught(fault: Stepper, story: list[Event]) -> None:
    def walk(move: Stepper) -> None:
        visit = Visit(ROOM, "boot")
        for event in story:
            before = visit
            visit, effects = move(visit, event)
            check_basket(before, event, visit, effects, scene_of(visit))

    walk(step)
    with pytest.raises(AssertionError):
        walk(fault)


def test_planted_a_total_of_all_that_hangs_there_is_caught() -> None:
    visit = Visit(ROOM, "boot")
    for event in (*ARRIVES, GarmentArrived(0, PieceId("30B"), COAT)):
        visit, _ = step(visit, event)
    scene = scene_of(visit)
    check_basket(visit, event, visit, (), scene)
    total = replace(scene, basket=replace(scene.basket, total="€240", count=2))
    with pytest.raises(AssertionError):
        check_basket(visit, event, visit, (), total)
