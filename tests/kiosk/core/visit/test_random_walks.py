"""Random walks through visits: what must hold whatever happens, and planted faults that these walks catch."""

from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, find, given, settings

from kiosk.core import wire
from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentState
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import CollectPayment, Effect, ReportMessage, WipeVisit
from kiosk.core.visit.events import (
    Event,
    GarmentArrived,
    PaymentChanged,
    ShopperIdentified,
    SizeAdviceReceived,
    StoreAnswer,
    Tick,
)
from kiosk.core.visit.messages.message_event import MessagePresented, StaffMessageShown
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.on_answers import on_answer
from kiosk.core.visit.payment_progress import Payment, PayStage
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import Fit, Looks, Messages, Visit, home_page
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import (
    FitAnswered,
    FitQuestionOpened,
    GarmentOpened,
    PaymentRequested,
    ScreenWoken,
    VisitClosed,
)
from tests.kiosk.core.visit.basket_promises import check_basket
from tests.kiosk.core.visit.walks import ON_THE_PAY_PAGE, OPEN, SECRET, SHIRT, WALKS, Stepper, payment_at


def _walk(events: list[Event], move: Stepper) -> None:
    """Step through the events and hold every promise; raises AssertionError where one is broken."""
    visit = Visit(RoomId("1"), "boot")
    moving: CollectPayment | None = None
    for event in events:
        if isinstance(event, Tick):
            event = Tick(visit.now_us + event.at_us)
        before = visit
        visit, effects = move(visit, event)
        scene = scene_of(visit)
        wire.to_json(scene)
        _nothing_foreign(before, event, visit, effects)
        check_basket(before, event, visit, effects, scene)
        _forgotten_after_wipe(effects, visit, scene)
        _message_beside_what_is_open(before, event, visit, effects, scene)
        moving = _one_try_at_a_time(moving, event, effects, visit)


def _nothing_foreign(before: Visit, event: Event, after: Visit, effects: tuple[Effect, ...]) -> None:
    if isinstance(event, StoreAnswer) and event.ticket != before.ticket:
        assert replace(after, now_us=0) == replace(before, now_us=0)
        assert effects == ()


def _message_beside_what_is_open(
    before: Visit, event: Event, after: Visit, effects: tuple[Effect, ...], scene: Scene
) -> None:
    """An associate's message changes nothing else, and hides neither a payment nor the question before the end."""
    if isinstance(event, StaffMessageShown):
        assert replace(after, messages=before.messages, now_us=0) == replace(before, now_us=0)
        assert all(isinstance(effect, ReportMessage) for effect in effects)
    if isinstance(event, MessagePresented):
        assert replace(after, messages=before.messages, now_us=0) == replace(before, now_us=0)
    if scene.message is not None:
        assert scene.page not in (Page.PAY, Page.STILL_THERE, Page.AWAY, Page.REST)
        assert not scene.dark


def _forgotten_after_wipe(effects: tuple[Effect, ...], visit: Visit, scene: Scene) -> None:
    if any(isinstance(e, WipeVisit) for e in effects):
        assert "Clara" not in str(asdict(visit))
        assert (visit.requests, visit.looks, visit.fit, visit.pay) == ((), Looks(), Fit(), Payment())
        assert visit.messages == Messages()
        assert (scene.first_name, scene.looks, scene.garment) == ("", (), None)


def _one_try_at_a_time(
    moving: CollectPayment | None, event: Event, effects: tuple[Effect, ...], visit: Visit
) -> CollectPayment | None:
    if moving and isinstance(event, PaymentChanged) and event.state.is_final:
        # the answer to one try may begin the next: a ring that was laid while the terminal waited for a card
        moving = None if (event.ticket, event.order_id) == (moving.ticket, moving.order_id) else moving
    for effect in effects:
        if isinstance(effect, CollectPayment):
            assert moving is None or moving == effect, f"{effect} while {moving} is unresolved"
            moving = effect
    return moving if visit.pay.busy else None


@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
@given(WALKS)
def test_every_promise_holds_on_every_walk(events: list[Event]) -> None:
    _walk(events, step)


@pytest.mark.full
@pytest.mark.timeout(1800)
@settings(max_examples=60_000, suppress_health_check=[HealthCheck.too_slow])
@given(WALKS)
def test_every_promise_holds_on_many_walks(events: list[Event]) -> None:
    _walk(events, step)


def _ignores_tickets(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    return on_answer(visit, event) if isinstance(event, StoreAnswer) else step(visit, event)


def _keeps_the_shopper(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    after, effects = step(visit, event)
    return (
        (replace(after, shopper=visit.shopper), effects) if after.number != visit.number else (after, effects)
    )


def _remembers_what_was_told(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    after, effects = step(visit, event)
    if after.number == visit.number:
        return after, effects
    return replace(after, fit=replace(after.fit, body=visit.fit.body)), effects


def _opens_a_message(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    after, effects = step(visit, event)
    opens = isinstance(event, StaffMessageShown) and event.ticket == visit.ticket
    return (home_page(after) if opens else after), effects


def _tries_twice(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    progress = visit.pay.progress
    if isinstance(event, PaymentRequested) and progress is not None and progress.stage is PayStage.RESOLVING:
        visit = replace(visit, pay=replace(visit.pay, progress=replace(progress, stage=PayStage.READY)))
    return step(visit, event)


def _falls(events: list[Event], fault: Stepper) -> bool:
    try:
        _walk(events, fault)
    except AssertionError:
        return True
    return False


def test_planted_an_answer_of_another_visit_is_caught() -> None:
    arrive = GarmentArrived(0, PieceId("30A"), SHIRT)
    late = ShopperIdentified(0, Ticket("1.boot.3"), SECRET)
    assert _falls([arrive, late], _ignores_tickets)
    assert find(WALKS, lambda events: _falls(events, _ignores_tickets), settings=settings(max_examples=5000))


def test_planted_a_shopper_that_stays_is_caught() -> None:
    story: list[Event] = [
        ScreenWoken(0),
        ShopperIdentified(0, Ticket("1.boot.1"), SECRET),
        VisitClosed(0),
        Tick(9 * SECOND_US),
    ]
    assert _falls(story, _keeps_the_shopper)
    assert not _falls(story, step)


def test_planted_body_facts_kept_after_the_visit_are_caught() -> None:
    ticket = Ticket("1.boot.1")
    story: list[Event] = [
        GarmentArrived(0, PieceId("30A"), SHIRT),
        GarmentOpened(0, PieceId("30A")),
        SizeAdviceReceived(0, ticket, SHIRT.article, OPEN),
        FitQuestionOpened(0),
        FitAnswered(0),
        VisitClosed(0),
        Tick(9 * SECOND_US),
    ]
    assert _falls(story, _remembers_what_was_told)
    assert not _falls(story, step)


def test_planted_a_second_try_while_the_first_is_unresolved_is_caught() -> None:
    order, ticket = OrderId("1.boot.1.o1"), Ticket("1.boot.1")
    story: list[Event] = [
        *ON_THE_PAY_PAGE,
        payment_at(order, ticket, PaymentState.UNSURE),
        PaymentRequested(0),
    ]
    assert _falls(story, _tries_twice)
    assert not _falls(story, step)


def test_planted_a_message_that_leaves_the_pay_page_is_caught() -> None:
    message = StaffMessageShown(0, Ticket("1.boot.1"), StaffMessage("m1", "Inès", "for Clara"))
    story: list[Event] = [*ON_THE_PAY_PAGE, message]
    assert _falls(story, _opens_a_message)
    assert not _falls(story, step)
