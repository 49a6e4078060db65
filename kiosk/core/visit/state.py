"""One shopper's visit of one room, as an immutable value. `step` moves it, `kiosk.core.scene` shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.core.clues.dislikes import Dislike
from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.fit_feedback import NO_BODY_FACTS, BodyFacts, FitFeedback
from kiosk.core.domain.floor.aside import Aside
from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.domain.garment import Garment, Piece, SizeStock
from kiosk.core.domain.ids import ArticleId, ItemId, PieceId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.visit.basket import WhyNot, why_not
from kiosk.core.visit.delivery.choices import DeliveryChoices
from kiosk.core.visit.effects import Effect, ReportBasket
from kiosk.core.visit.events import TapFailure
from kiosk.core.visit.fit_form import FitForm
from kiosk.core.visit.navigation import HOME, Focus, Navigation, Page
from kiosk.core.visit.pairing import Pairing
from kiosk.core.visit.payment_progress import Payment
from kiosk.core.visit.settings import MirrorSettings


@dataclass(frozen=True, slots=True)
class Times:
    """When things happened in a visit, in microseconds UTC; None where they did not."""

    began_us: int | None = None
    touched_us: int = 0
    """The last touch or tap."""
    emptied_us: int | None = None
    """When the last piece left the room."""
    unattended_us: int | None = None
    """When nothing of the shopper was left of the visit but its open requests: nobody had answered the question."""
    erased_us: int | None = None
    """When its member was erased: it goes on as a guest's, and answers about earlier taps are dropped."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Suggestions for the pieces in the room."""

    question: int = 0
    """Number of the last question; an answer to an older one is dropped."""
    suggestions: tuple[Suggestion, ...] = ()
    searching: bool = False
    dismissed: tuple[ItemId, ...] = ()
    unwanted: tuple[Dislike, ...] = ()
    """What she does not want to be offered, as associates have stated it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Advice on sizes, and what the shopper said about fit and about herself. Wiped with the visit."""

    advice: Mapping[ArticleId, SizeAdvice] = field(default_factory=dict)
    feedback: tuple[FitFeedback, ...] = ()
    """The latest of each size."""
    follows_advice: bool = False
    """The chosen size changes with the next advice, since the shopper said something that may change it."""
    body: BodyFacts = NO_BODY_FACTS
    form: FitForm | None = None
    """The fit question while it is being answered."""
    question_asked: bool = False
    """The fit question is asked once in a visit."""
    label_asked: bool = False
    """A size that fits was asked for, since the answer to the fit question left a doubt: once as well."""
    revision: int = 0
    """Counts what was learned; advice for an older revision is dropped."""


@dataclass(frozen=True, slots=True)
class Messages:
    """What associates show on this mirror. Wiped with the visit."""

    shown: StaffMessage | None = None
    closed: str = ""
    """Id of the last one that the shopper has closed."""
    presented: str = ""
    """Id of the last one that the window has presented."""


@dataclass(frozen=True, slots=True)
class TapNotice:
    """A card or label that could not be used, and since when the notice is shown."""

    failure: TapFailure
    since_us: int


@dataclass(frozen=True, slots=True)
class StaffOnDuty:
    """First names of the associates who are signed in, and the minutes until one usually comes."""

    names: tuple[str, ...] = field(default=(), repr=False)
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ShopStatus:
    """What works around the mirror. Not part of the shopper's visit: it is kept after the visit."""

    radio: bool = True
    """A reader reads this room."""
    store: bool = True
    """The store can be reached."""
    staff: StaffOnDuty = field(default_factory=StaffOnDuty)
    pairing: Pairing | None = None
    """The mirror must be paired before it can use the store; None: it need not."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The whole state of a mirror. Between visits `times.began_us` is None; pieces may already hang in the room."""

    room: RoomId
    boot: str
    """Random text of this run of the mirror: makes its tickets unique."""
    number: int = 1
    settings: MirrorSettings = field(default_factory=MirrorSettings)
    now_us: int = 0
    times: Times = field(default_factory=Times)
    language: str = "en"
    language_chosen: bool = False
    """The shopper has chosen it by touch: a card's language does not change it."""
    navigation: Navigation = field(default_factory=Navigation)
    pieces: tuple[Piece, ...] = ()
    focus: Focus | None = None
    shopper: Shopper | None = None
    looks: Looks = field(default_factory=Looks)
    fit: Fit = field(default_factory=Fit)
    requests: tuple[ServiceRequest, ...] = ()
    asides: tuple[Aside, ...] = ()
    """What is put aside for her."""
    last_number: int = 0
    """Counts requests, pieces put aside and orders, for their ids."""
    pay: Payment = field(default_factory=Payment)
    delivery: DeliveryChoices = field(default_factory=DeliveryChoices)
    """How she gets what she buys."""
    notice: TapNotice | None = None
    messages: Messages = field(default_factory=Messages)
    shop: ShopStatus = field(default_factory=ShopStatus)

    @property
    def ticket(self) -> Ticket:
        """The id of this visit."""
        return Ticket(f"{self.room}.{self.boot}.{self.number}")

    @property
    def under_way(self) -> bool:
        """Whether a shopper is here."""
        return self.times.began_us is not None

    @property
    def pairing(self) -> Pairing | None:
        """What the page of the pairing shows. A shopper who is here is not disturbed by it."""
        return None if self.under_way else self.shop.pairing

    @property
    def page(self) -> Page:
        """The open page."""
        return self.navigation.page

    @property
    def untouched_us(self) -> int:
        """Time since the last touch or tap."""
        return self.now_us - self.times.touched_us

    @property
    def basket(self) -> tuple[Piece, ...]:
        """Pieces that would be paid for: chosen by the shopper, with her, and for sale."""
        return tuple(p for p in self.pieces if p.piece_id in self.pay.chosen and self.why_not(p) is None)

    @property
    def wanted(self) -> tuple[PieceId, ...]:
        """What she chose: the pieces of the basket, and those that are not in the room any more."""
        return tuple(p.piece_id for p in (*self.basket, *self.pay.left))

    def why_not(self, piece: Piece) -> WhyNot | None:
        """Why a piece cannot be bought; None if it can."""
        return why_not(piece, self.pay, self.settings.currency)

    @property
    def open_requests(self) -> tuple[ServiceRequest, ...]:
        """Requests that are neither done nor declined nor withdrawn."""
        return tuple(r for r in self.requests if r.state.open)

    @property
    def items(self) -> tuple[ItemId, ...]:
        """Items that are certainly in the room, each once, in order of arrival."""
        return tuple(dict.fromkeys(p.garment.item for p in self.pieces if p.certain and p.garment))

    @property
    def in_room(self) -> frozenset[ArticleId]:
        """Articles that are certainly in the room."""
        return frozenset(p.garment.article for p in self.pieces if p.garment and p.certain)

    def can_be_had(self, stock: SizeStock) -> bool:
        """Whether a size is anywhere: in the room, in this shop or another one, or on its way."""
        return stock.article in self.in_room or bool(stock.here or stock.elsewhere or stock.incoming)

    def can_be_brought(self, stock: SizeStock) -> bool:
        """Whether a size is in the room, or somebody can bring it from this shop."""
        return stock.article in self.in_room or bool(stock.here and self.shop.staff.names)

    def piece(self, piece_id: PieceId) -> Piece | None:
        """The piece with that id."""
        return next((p for p in self.pieces if p.piece_id == piece_id), None)

    def request(self, request_id: RequestId) -> ServiceRequest | None:
        """The request with that id."""
        return next((r for r in self.requests if r.request_id == request_id), None)

    def advice_of(self, garment: Garment) -> SizeAdvice | None:
        """The size advice for a garment's style, whichever of its articles was asked about."""
        articles = (garment.article, *(o.article for c in garment.colours for o in c.sizes))
        return next((self.fit.advice[a] for a in articles if a in self.fit.advice), None)


StepResult = tuple[Visit, tuple[Effect, ...]]
"""The visit after an event, and the actions (effects) to run."""


def basket_report(visit: Visit) -> ReportBasket:
    """What the store is told of the basket."""
    return ReportBasket(visit.ticket, visit.wanted, tuple(piece.piece_id for piece in visit.basket))


def begin_visit(visit: Visit) -> Visit:
    """A visit that begins now, on the wardrobe page."""
    times = replace(visit.times, began_us=visit.now_us, touched_us=visit.now_us)
    return replace(visit, times=times, navigation=replace(visit.navigation, page=Page.WARDROBE, dark=False))


def next_visit(visit: Visit) -> Visit:
    """The visit after this one: nothing of the shopper stays, the pieces that were not bought do."""
    return Visit(
        room=visit.room,
        boot=visit.boot,
        number=visit.number + 1,
        settings=visit.settings,
        now_us=visit.now_us,
        times=Times(touched_us=visit.now_us),
        language=visit.settings.language,
        pieces=tuple(replace(p, confirmed=None) for p in visit.pieces if p.piece_id not in visit.pay.bought),
        shop=visit.shop,
    )


def open_page(visit: Visit, page: Page) -> Visit:
    """That page opened, with a way back to the page before it."""
    return replace(visit, navigation=visit.navigation.to(page))


def previous_page(visit: Visit) -> Visit:
    """One page back."""
    return replace(visit, navigation=visit.navigation.back())


def home_page(visit: Visit) -> Visit:
    """The wardrobe page, without a way back."""
    return replace(visit, navigation=HOME)


def touched(visit: Visit) -> Visit:
    """The visit with the present as its last touch."""
    return replace(visit, times=replace(visit.times, touched_us=visit.now_us))


def with_notice(visit: Visit, failure: TapFailure) -> Visit:
    """The visit with a notice about a card or label that could not be used."""
    return replace(visit, notice=TapNotice(failure, visit.now_us))
