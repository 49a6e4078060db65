"""One shopper's visit of one room as a value, and the types of what is open on the glass.

The step that moves it lies in `step`; what the glass shows of it in `scene`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, unique

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.fit_feedback import NO_BODY_FACTS, BodyFacts, FitFeedback
from kiosk.core.domain.garment import Garment, Piece
from kiosk.core.domain.ids import Epc, Gtin, ItemId, OrderId, RequestId, RoomId, Ticket
from kiosk.core.domain.payment import Order, PaymentMeans, Receipt
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.visit.events import TapFailure
from kiosk.core.visit.fit_dials import FitForm

SECOND_US = 1_000_000


@unique
class Page(Enum):
    REST = "rest"
    WARDROBE = "wardrobe"
    GARMENT = "garment"
    LOOK = "look"
    SIZES = "sizes"
    FIT = "fit"
    ASK = "ask"
    REQUEST = "request"
    BASKET = "basket"
    PAY = "pay"
    RECEIPT = "receipt"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Focus:
    """The garment looked at: a piece of the room (with its EPC) or a suggestion, and the colour and size chosen."""

    garment: Garment
    epc: Epc | None
    colour: str
    size: str

    @property
    def gtin(self) -> Gtin | None:
        """The GTIN of colour and size chosen; None where that size does not come in that colour."""
        sizes = {o.size: o.gtin for o in self.garment.in_colour(self.colour).sizes}
        return sizes.get(self.size)


@unique
class PayStage(Enum):
    """Of paying, as the shopper sees it."""

    PRICING = "pricing"
    READY = "ready"
    CONFIRM = "confirm"
    STARTING = "starting"
    TAP = "tap"
    RESOLVING = "resolving"
    PAID = "paid"
    DECLINED = "declined"
    PARKED = "parked"
    UNPRICED = "unpriced"

    @property
    def may_drop(self) -> bool:
        """The shopper may go back to the pieces from here."""
        return self in (
            PayStage.PRICING, PayStage.READY, PayStage.CONFIRM, PayStage.TAP, PayStage.DECLINED, PayStage.UNPRICED,
        )  # fmt: skip

    @property
    def has_action(self) -> bool:
        """The payment page offers its button: pay, confirm, try again or call an associate."""
        return self in (
            PayStage.READY, PayStage.CONFIRM, PayStage.DECLINED, PayStage.PARKED, PayStage.UNPRICED,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaymentProgress:
    """The order under way. `attempt` counts the tries; a try is sent again under its own number, never a new one."""

    order_id: OrderId
    stage: PayStage
    order: Order | None = None
    means: PaymentMeans = PaymentMeans.TERMINAL
    attempt: int = 0
    why: str = ""

    @property
    def busy(self) -> bool:
        """Money may be moving: nothing that starts another try is allowed."""
        return self.stage in (PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING, PayStage.PARKED)


@dataclass(frozen=True, slots=True)
class StaffOnDuty:
    names: tuple[str, ...] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """How a room's mirror behaves; times in microseconds."""

    house: str = ""
    """The name on the door."""
    language: str = "en"
    languages: tuple[str, ...] = ("en", "de")
    currency: str = "EUR"
    idle_us: int = 120 * SECOND_US
    """Untouched for so long, an open page gives way to the wardrobe."""
    forget_us: int = 600 * SECOND_US
    """Untouched for so long, the visit ends, whatever hangs in the room."""
    empty_us: int = 45 * SECOND_US
    """The room empty and untouched for so long, the visit ends."""
    thanks_us: int = 8 * SECOND_US
    """The room empty after a payment for so long, the visit ends."""
    away_us: int = 6 * SECOND_US
    """How long the good-bye stays."""
    resend_us: int = 3 * SECOND_US
    """A request that did not arrive is sent again after so long."""
    notice_us: int = 6 * SECOND_US
    """How long a passing notice stays."""


@dataclass(frozen=True, slots=True)
class Visit:
    """All that a mirror knows. A fresh one (`began_us` None) is a dark glass that may already have pieces before it."""

    room: RoomId
    boot: str
    """Tells the visits of this run of the mirror from those of all others."""
    number: int = 1
    manners: MirrorSettings = field(default_factory=MirrorSettings)
    began_us: int | None = None
    now_us: int = 0
    touched_us: int = 0
    emptied_us: int | None = None
    language: str = "en"
    page: Page = Page.REST
    trail: tuple[Page, ...] = ()
    """Pages to go back to, the last one last."""
    dark: bool = False
    """Just a mirror, by wish."""
    pieces: tuple[Piece, ...] = ()
    focus: Focus | None = None
    shopper: Shopper | None = None
    asked: int = 0
    """How many times looks were asked for."""
    suggestions: tuple[Suggestion, ...] = ()
    finding: bool = False
    unwanted: tuple[ItemId, ...] = ()
    advice: Mapping[Gtin, SizeAdvice] = field(default_factory=dict)
    feels: tuple[FitFeedback, ...] = ()
    """What was said of how pieces sit, the latest of each size."""
    follows: bool = False
    """The size chosen follows the next advice, since something was said that may change it."""
    told: BodyFacts = NO_BODY_FACTS
    dials: FitForm | None = None
    fit_asked: bool = False
    """The one question was asked; it is asked once in a visit."""
    learned: int = 0
    """How many times something new was known for advice on sizes."""
    requests: tuple[ServiceRequest, ...] = ()
    made: int = 0
    """Requests and orders made, for their numbers."""
    set_aside: frozenset[Epc] = frozenset()
    """Pieces taken out of the basket."""
    paying: PaymentProgress | None = None
    receipt: Receipt | None = None
    bought: frozenset[Epc] = frozenset()
    trouble: TapFailure | None = None
    trouble_us: int = 0
    radio: bool = True
    store: bool = True
    staff: StaffOnDuty = field(default_factory=StaffOnDuty)

    @property
    def ticket(self) -> Ticket:
        return Ticket(f"{self.room}.{self.boot}.{self.number}")

    @property
    def under_way(self) -> bool:
        return self.began_us is not None

    @property
    def basket(self) -> tuple[Piece, ...]:
        """Pieces that would be paid for: certain, not set aside, not bought yet."""
        return tuple(p for p in self.pieces if p.counts and p.epc not in self.set_aside | self.bought)

    def piece(self, epc: Epc) -> Piece | None:
        return next((p for p in self.pieces if p.epc == epc), None)

    def request(self, request_id: RequestId) -> ServiceRequest | None:
        return next((r for r in self.requests if r.request_id == request_id), None)

    @property
    def open_requests(self) -> tuple[ServiceRequest, ...]:
        return tuple(r for r in self.requests if r.state.open)

    def advice_of(self, garment: Garment) -> SizeAdvice | None:
        """The advice for a garment's style, asked for under whichever of its GTINs."""
        gtins = (garment.gtin, *(o.gtin for c in garment.colours for o in c.sizes))
        return next((self.advice[g] for g in gtins if g in self.advice), None)

    @property
    def items(self) -> tuple[ItemId, ...]:
        """Items certainly in the room, each once, in order of arrival."""
        return tuple(dict.fromkeys(p.garment.item for p in self.pieces if p.counts and p.garment))


def next_visit(visit: Visit) -> Visit:
    """The next visit after this one: nothing of the shopper stays; what hangs in the room and what works does."""
    return Visit(
        room=visit.room,
        boot=visit.boot,
        number=visit.number + 1,
        manners=visit.manners,
        now_us=visit.now_us,
        touched_us=visit.now_us,
        language=visit.manners.language,
        pieces=tuple(replace(p, mine=None) for p in visit.pieces if p.epc not in visit.bought),
        radio=visit.radio,
        store=visit.store,
        staff=visit.staff,
    )


def open_page(visit: Visit, page: Page) -> Visit:
    """The visit with that page open, and the way back to the one before it."""
    if page is visit.page:
        return visit
    trail = (*visit.trail, visit.page) if visit.page not in (Page.REST, Page.AWAY) else ()
    return replace(visit, page=page, trail=trail[-8:], dark=False)


def previous_page(visit: Visit) -> Visit:
    """One page back; the wardrobe where the way ends."""
    if not visit.trail:
        return replace(visit, page=Page.WARDROBE)
    return replace(visit, page=visit.trail[-1], trail=visit.trail[:-1])


def begin_visit(visit: Visit) -> Visit:
    """A visit that begins now, on the wardrobe."""
    return replace(visit, began_us=visit.now_us, touched_us=visit.now_us, page=Page.WARDROBE, dark=False)
