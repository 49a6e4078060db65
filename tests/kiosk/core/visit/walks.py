"""Random walks through visits: strategies for their events, from the beginning of a visit or from its pay page."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from kiosk.core.domain.advice import LookReason, SizeAdvice, SizeReason, Suggestion
from kiosk.core.domain.fit_feedback import FitArea, FitRating, SizeQuestion, SizeRun
from kiosk.core.domain.floor.aside import Aside, AsideOffer, AsideState
from kiosk.core.domain.floor.prepared import Prepared, PreparedPiece
from kiosk.core.domain.floor.services import USUAL_SERVICES
from kiosk.core.domain.floor.staff_message import LookPiece, StaffMessage
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, ShopperId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import REPRICED, Order, OrderLine, PaymentState, Receipt
from kiosk.core.domain.promotions.discount import Discount
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.visit.asides.aside_event import AsideChanged, AsidesStated
from kiosk.core.visit.effects import Effect
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
    StoreBack,
    StoreLost,
    SuggestionsReceived,
    TapFailed,
    TapFailure,
    Tick,
)
from kiosk.core.visit.messages.message_event import MessagePresented, StaffMessageShown
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.visit.prices.basket_event import BasketPriced, CouponScanned
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    AsideRequested,
    AsideWithdrawn,
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
    MessageClosed,
    MessageOpened,
    PageOpened,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
    PieceConfirmed,
    PreparedOpened,
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
MESSAGES = st.sampled_from(["m1", "m2"])
ASIDES = st.sampled_from([f"1.boot.{n}.a{k}" for n in (1, 2) for k in (1, 2)])
ORDERS = st.sampled_from([OrderId(f"1.boot.{n}.o{k}") for n in (1, 2) for k in (1, 2)])
HERS = Prepared("p1", "Inès", (PreparedPiece(COAT, lies="floor"), PreparedPiece(SHIRT, look=1, ready=True)))
KEPT = Aside(
    "0.a1", RoomId("2"), Ticket("0"), SHIRT.article, AsideState.TAKEN, code="H4WV", until="2026-12-01T19:00"
)
SECRET = Shopper(ShopperId("s"), Tier.PROVED, "Clara", "de", (), "card ending in 42", HERS, asides=(KEPT,))
OPEN = SizeAdvice((), 0.0, SizeReason.NOT_SURE, ask=SizeQuestion.BODY, runs=(SizeRun("FR", ("38", "40")),))
LINE = OrderLine(PieceId("30A"), SHIRT.article, SHIRT.name, SHIRT.name, "M", SHIRT.price)


def order_of(order_id: OrderId, ticket: Ticket) -> Order:
    return Order(order_id, RoomId("1"), ticket, (LINE,), Money(12000, "EUR"), Money(1916, "EUR"), 190)


def payment_at(order_id: OrderId, ticket: Ticket, state: PaymentState) -> PaymentChanged:
    receipt = Receipt(order_id, "1", Money(1, "EUR"), Money(0, "EUR"), "terminal", "http://x", 0)  # type: ignore[arg-type]
    return PaymentChanged(0, ticket, order_id, state, receipt=receipt if state is PaymentState.PAID else None)


FACTS = st.one_of(
    st.builds(GarmentArrived, st.just(0), EPCS, st.sampled_from([SHIRT, COAT, None]), st.booleans()),
    st.builds(
        GarmentArrived,
        st.just(0),
        EPCS,
        st.just(SHIRT),
        st.booleans(),
        st.sampled_from([None, "30A"]),
        st.booleans(),
    ),
    st.builds(GarmentCertaintyChanged, st.just(0), EPCS, st.booleans()),
    st.builds(GarmentLeft, st.just(0), EPCS),
    st.sampled_from([RadioLost(0), RadioBack(0), StoreLost(0), StoreBack(0), StaffChanged(0, ("Inès",), 2)]),
    st.builds(ServicesOffered, st.just(0), st.just(USUAL_SERVICES), st.sampled_from(AsideOffer)),
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
            AllPiecesChosen(0),
        ]
    ),
    st.sampled_from(
        [PaymentCancelRequested(0), PaymentRequested(0), ColourChosen(0, "SKY"), LanguageChosen(0, "ar")]
    ),
    st.builds(PageOpened, st.just(0), st.sampled_from(Destination)),
    st.builds(GarmentOpened, st.just(0), EPCS),
    st.builds(SizeChosen, st.just(0), st.sampled_from(["S", "L", "XL", "?"])),
    st.builds(PieceConfirmed, st.just(0), EPCS, st.booleans()),
    st.builds(BasketToggled, st.just(0), EPCS, st.sampled_from([None, True, False])),
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
    st.builds(MessageOpened, st.just(0), MESSAGES),
    st.builds(
        AsideRequested, st.just(0), st.sampled_from([SHIRT.article, COAT.article]), st.one_of(st.none(), EPCS)
    ),
    st.builds(AsideWithdrawn, st.just(0), ASIDES),
    st.builds(PreparedOpened, st.just(0), st.sampled_from([SHIRT.article, COAT.article])),
    st.builds(MessageClosed, st.just(0), MESSAGES),
    st.builds(FitFieldChanged, st.just(0), st.sampled_from(FitField), st.integers(-20, 20)),
)


def lowered(off: int) -> OrderLine:
    """The line of a shirt that a promotion lowers by so much."""
    discount = Discount("p1", LocalizedText.of("3 for 2"), Money(off, "EUR"))
    return replace(LINE, price=Money(LINE.price.minor - off, "EUR"), before=LINE.price, discounts=(discount,))


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
        lambda o, t, ok: OrderPriced(0, t, o, order_of(o, t) if ok else None), ORDERS, TICKETS, st.booleans()
    ),
    st.builds(payment_at, ORDERS, TICKETS, st.sampled_from(PaymentState)),
    st.builds(
        lambda o, t: PaymentChanged(0, t, o, PaymentState.DECLINED, REPRICED, attempt=1), ORDERS, TICKETS
    ),
    st.builds(lambda t, off: BasketPriced(0, t, (lowered(off),)), TICKETS, st.integers(0, 12_000)),
    st.builds(CouponScanned, st.just(0), TICKETS, st.booleans()),
    st.builds(
        lambda t, m, piece, look: StaffMessageShown(0, t, StaffMessage(m, "Inès", "for Clara", piece, look)),
        TICKETS,
        MESSAGES,
        st.sampled_from([None, COAT]),
        st.sampled_from([(), (LookPiece(COAT), LookPiece(SHIRT, sized=False))]),
    ),
    st.builds(MessagePresented, st.just(0), MESSAGES),
    st.builds(
        AsideChanged,
        st.just(0),
        TICKETS,
        st.builds(
            Aside,
            ASIDES,
            st.just(RoomId("1")),
            TICKETS,
            st.just(SHIRT.article),
            st.sampled_from(AsideState),
            code=st.just("K7PX"),
            until=st.just("2026-12-01T19:00"),
            revision=st.integers(0, 4),
        ),
    ),
    st.builds(PreparedChanged, st.just(0), TICKETS, st.just("p1"), st.sampled_from([None, HERS])),
    st.builds(
        AsidesStated, st.just(0), TICKETS, st.sampled_from(["s", "other"]), st.sampled_from([(), (KEPT,)])
    ),
)
TICKS = st.builds(Tick, st.integers(0, 900 * SECOND_US))
FIRST, PAY_PAGE = Ticket("1.boot.1"), OrderId("1.boot.1.o1")
TAPPED: list[Event] = [CardTapped(0, "uid", "04"), ShopperIdentified(0, FIRST, SECRET)]
ON_THE_PAY_PAGE: list[Event] = [
    GarmentArrived(0, PieceId("30A"), SHIRT),
    AllPiecesChosen(0),
    PaymentRequested(0),
    OrderPriced(0, FIRST, PAY_PAGE, order_of(PAY_PAGE, FIRST)),
]
"""A guest's first order: the terminal waits for a card."""
BEGINNINGS = st.sampled_from([[], ON_THE_PAY_PAGE, TAPPED + ON_THE_PAY_PAGE, ON_THE_PAY_PAGE + TAPPED])
_STEPS: st.SearchStrategy[Event] = st.one_of(FACTS, WISHES, ANSWERS, TICKS)
WALKS = st.builds(lambda first, then: [*first, *then], BEGINNINGS, st.lists(_STEPS, max_size=40))
"""A visit from its beginning, or from a point at which money may move."""
