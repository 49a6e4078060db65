"""Random walks through visits: what must hold whatever happens, and planted faults that these walks catch."""

from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from kiosk.core import wire
from kiosk.core.domain.advice import LookReason, SizeAdvice, SizeReason, Suggestion
from kiosk.core.domain.fit_feedback import FitArea, FitRating, SizeQuestion, SizeRun
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, ShopperId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, PaymentState, Receipt
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import CollectPayment, Effect, WipeVisit
from kiosk.core.visit.events import (
    CardTapped,
    Event,
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    OrderPriced,
    PaymentChanged,
    PieceScanned,
    RadioBack,
    RadioLost,
    ShopperIdentified,
    SizeAdviceReceived,
    StaffChanged,
    StoreAnswer,
    StoreBack,
    StoreLost,
    SuggestionsReceived,
    TapFailed,
    TapFailure,
    Tick,
)
from kiosk.core.visit.on_answers import on_answer
from kiosk.core.visit.payment_progress import Payment, PayStage
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import Fit, Looks, Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import (
    BackPressed,
    BasketToggled,
    ColourChosen,
    Destination,
    FitAnswered,
    FitField,
    FitFieldChanged,
    FitQuestionOpened,
    FitRated,
    GarmentOpened,
    LanguageChosen,
    PageOpened,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
    PieceConfirmed,
    ScreenDarkened,
    ScreenWoken,
    ServiceRequested,
    SizeChosen,
    SizesOpened,
    SuggestionDismissed,
    SuggestionOpened,
    VisitClosed,
)
from tests.kiosk.core.garments import garment

Stepper = Callable[[Visit, Event], tuple[Visit, tuple[Effect, ...]]]
SHIRT, COAT = garment("S1"), garment("C1", start=30)
EPCS = st.sampled_from([PieceId("30A"), PieceId("30B")])
TICKETS = st.sampled_from([Ticket(f"1.boot.{n}") for n in (1, 2, 3)])
ORDERS = st.sampled_from([OrderId(f"1.boot.{n}.o{k}") for n in (1, 2) for k in (1, 2)])
SECRET = Shopper(ShopperId("s"), Tier.PROVED, "Clara", "de", (), "card ending in 42")
OPEN = SizeAdvice((), 0.0, SizeReason.NOT_SURE, ask=SizeQuestion.BODY, runs=(SizeRun("FR", ("38", "40")),))
LINE = OrderLine(PieceId("30A"), SHIRT.article, SHIRT.name, SHIRT.name, "M", SHIRT.price)


def _order(order_id: OrderId, ticket: Ticket) -> Order:
    return Order(order_id, RoomId("1"), ticket, (LINE,), Money(12000, "EUR"), Money(1916, "EUR"), 190)


def _money(order_id: OrderId, ticket: Ticket, state: PaymentState) -> PaymentChanged:
    receipt = Receipt(order_id, "1", Money(1, "EUR"), Money(0, "EUR"), "terminal", "http://x", 0)  # type: ignore[arg-type]
    return PaymentChanged(0, ticket, order_id, state, receipt=receipt if state is PaymentState.PAID else None)


FACTS = st.one_of(
    st.builds(GarmentArrived, st.just(0), EPCS, st.sampled_from([SHIRT, COAT, None]), st.booleans()),
    st.builds(GarmentCertaintyChanged, st.just(0), EPCS, st.booleans()),
    st.builds(GarmentLeft, st.just(0), EPCS),
    st.sampled_from([RadioLost(0), RadioBack(0), StoreLost(0), StoreBack(0), StaffChanged(0, ("Inès",), 2)]),
    st.just(CardTapped(0, "uid", "04")),
    st.builds(TapFailed, st.just(0), st.sampled_from(TapFailure)),
    st.builds(PieceScanned, st.just(0), EPCS),
)
WISHES = st.one_of(
    st.sampled_from(
        [
            ScreenWoken(0),
            BackPressed(0),
            ScreenDarkened(0),
            VisitClosed(0),
            SizesOpened(0),
            PaymentRequested(0),
            PaymentConfirmed(0),
        ]
    ),
    st.sampled_from(
        [PaymentCancelRequested(0), PaymentRequested(0), ColourChosen(0, "SKY"), LanguageChosen(0, "ar")]
    ),
    st.builds(PageOpened, st.just(0), st.sampled_from(Destination)),
    st.builds(GarmentOpened, st.just(0), EPCS),
    st.builds(SizeChosen, st.just(0), st.sampled_from(["S", "L", "XL", "?"])),
    st.builds(PieceConfirmed, st.just(0), EPCS, st.booleans()),
    st.builds(BasketToggled, st.just(0), EPCS),
    st.builds(SuggestionOpened, st.just(0), st.just(COAT.item)),
    st.builds(SuggestionDismissed, st.just(0), st.just(COAT.item)),
    st.builds(
        ServiceRequested, st.just(0), st.sampled_from(RequestKind), st.sampled_from([None, SHIRT.article])
    ),
    st.builds(
        FitRated,
        st.just(0),
        st.sampled_from([None, *FitRating]),
        st.sampled_from([None, FitArea.CHEST, FitArea.LENGTH]),
    ),
    st.sampled_from([FitQuestionOpened(0), FitAnswered(0), FitAnswered(0, said=False)]),
    st.builds(FitFieldChanged, st.just(0), st.sampled_from(FitField), st.integers(-20, 20)),
)
ANSWERS = st.one_of(
    st.builds(
        SuggestionsReceived,
        st.just(0),
        TICKETS,
        st.integers(1, 4),
        st.sampled_from([None, (), (Suggestion(COAT, LookReason.POPULAR),)]),
    ),
    st.builds(
        SizeAdviceReceived,
        st.just(0),
        TICKETS,
        st.just(SHIRT.article),
        st.sampled_from([None, SizeAdvice(("L",), 0.9, SizeReason.RUNS_SMALL), OPEN]),
        st.integers(0, 3),
    ),
    st.builds(ShopperIdentified, st.just(0), TICKETS, st.sampled_from([None, SECRET])),
    st.builds(
        lambda o, t, ok: OrderPriced(0, t, o, _order(o, t) if ok else None), ORDERS, TICKETS, st.booleans()
    ),
    st.builds(_money, ORDERS, TICKETS, st.sampled_from(PaymentState)),
)
TICKS = st.builds(Tick, st.integers(0, 900 * SECOND_US))
WALKS = st.lists(st.one_of(FACTS, WISHES, ANSWERS, TICKS), max_size=40)


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
        _basket_is_certain(visit)
        _forgotten_after_wipe(effects, visit, scene)
        moving = _one_try_at_a_time(moving, effects, visit)


def _nothing_foreign(before: Visit, event: Event, after: Visit, effects: tuple[Effect, ...]) -> None:
    if isinstance(event, StoreAnswer) and event.ticket != before.ticket:
        assert replace(after, now_us=0) == replace(before, now_us=0)
        assert effects == ()


def _basket_is_certain(visit: Visit) -> None:
    assert all(p.garment and (p.sure or p.confirmed) for p in visit.basket)


def _forgotten_after_wipe(effects: tuple[Effect, ...], visit: Visit, scene: Scene) -> None:
    if any(isinstance(e, WipeVisit) for e in effects):
        assert "Clara" not in str(asdict(visit))
        assert (visit.requests, visit.looks, visit.fit, visit.pay) == ((), Looks(), Fit(), Payment())
        assert (scene.first_name, scene.looks, scene.garment) == ("", (), None)


def _one_try_at_a_time(
    moving: CollectPayment | None, effects: tuple[Effect, ...], visit: Visit
) -> CollectPayment | None:
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
        GarmentArrived(0, PieceId("30A"), SHIRT),
        PaymentRequested(0),
        OrderPriced(0, ticket, order, _order(order, ticket)),
        _money(order, ticket, PaymentState.UNSURE),
        PaymentRequested(0),
    ]
    assert _falls(story, _tries_twice)
    assert not _falls(story, step)
