"""A payment that vanishes from a mirror is found, on every walk of a visit; a visit as it is loses none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.events import Event, Tick
from kiosk.core.visit.navigation import HOME
from kiosk.core.visit.payment_progress import Payment, PaymentProgress, PayStage
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import StepResult, Visit, next_visit
from kiosk.core.visit.step import step
from kiosk.demo.soak.payment_watch import PaymentWatch
from tests.kiosk.core.visit.walks import FIRST, ON_THE_PAY_PAGE, PAY_PAGE, WALKS, Stepper, payment_at

SECOND = Tick(SECOND_US)


def watched(events: list[Event], move: Stepper = step) -> tuple[list[str], list[str]]:
    """What vanished from the mirror while these events were stepped, and the receipts that were shown."""
    lost, receipts = list[str](), list[str]()
    watch, visit = PaymentWatch(lost.append, receipts.append), Visit(RoomId("1"), "boot")
    for event in events:
        after = Tick(visit.now_us + event.at_us) if isinstance(event, Tick) else event
        visit, _ = move(visit, after)
        watch.showing(visit.ticket, scene_of(visit), after)
    return lost, receipts


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(WALKS)
def test_no_payment_vanishes_on_any_walk(events: list[Event]) -> None:
    assert watched(events)[0] == []


@pytest.mark.full
@pytest.mark.timeout(900)
@settings(max_examples=30_000, suppress_health_check=[HealthCheck.too_slow])
@given(WALKS)
def test_no_payment_vanishes_on_many_walks(events: list[Event]) -> None:
    assert watched(events)[0] == []


def test_each_receipt_is_told_once() -> None:
    paid = payment_at(PAY_PAGE, FIRST, PaymentState.PAID)
    assert watched([*ON_THE_PAY_PAGE, paid, paid, SECOND]) == ([], ["1"])


def at_the_tick(change: Callable[[Visit], Visit]) -> Stepper:
    """The planted fault: each tick also makes that change."""

    def move(visit: Visit, event: Event) -> StepResult:
        after, effects = step(visit, event)
        return (change(after) if isinstance(event, Tick) else after), effects

    return move


FAULTS = {
    "it is forgotten": (
        lambda v: replace(v, pay=replace(v.pay, progress=None)),
        "is not shown any more (Tick)",
    ),
    "the visit ends under it": (next_visit, "ended with the visit (Tick)"),
    "another order takes its place": (
        lambda v: replace(v, pay=replace(v.pay, progress=PaymentProgress(OrderId("o"), PayStage.PRICING))),
        "gave way to another (Tick)",
    ),
    "another page opens": (lambda v: replace(v, navigation=HOME), "gave way to the page wardrobe (Tick)"),
}
MOVING = [PaymentState.SENT, PaymentState.UNSURE, PaymentState.PARKED, PaymentState.UNWANTED]


@pytest.mark.parametrize("state", MOVING)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_loss_of_a_payment_is_found(fault: str, state: PaymentState) -> None:
    change, said = FAULTS[fault]
    events = [*ON_THE_PAY_PAGE, payment_at(PAY_PAGE, FIRST, state), SECOND]
    assert watched(events)[0] == []
    (text,) = watched(events, at_the_tick(change))[0]
    assert text.endswith(said), text


def test_a_planted_loss_of_a_receipt_is_found() -> None:
    events = [*ON_THE_PAY_PAGE, payment_at(PAY_PAGE, FIRST, PaymentState.PAID), SECOND]
    assert watched(events, at_the_tick(lambda v: replace(v, pay=Payment())))[0] == [
        "receipt 1 is not shown any more"
    ]
