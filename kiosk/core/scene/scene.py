"""What the mirror shows, as values: every word that depends on the visit, in the shopper's language.

Fixed texts are the screen's; where one depends on the visit, the scene carries the choice (an enum) and its facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.advice import LookReason, SizeReason
from kiosk.core.domain.fit_feedback import AdviceBasis, FitArea, FitRating, SizeQuestion
from kiosk.core.domain.ids import Epc, Gtin, ItemId, RequestId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import AssociateReply, RequestKind, RequestState
from kiosk.core.visit.fit_form import FitMethod
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage


def _derive(card: object, **values: object) -> None:
    """Set the fields of a frozen card that follow from its other fields."""
    for name, value in values.items():
        object.__setattr__(card, name, value)


@dataclass(frozen=True, slots=True)
class PieceCard:
    """A piece of the room. `faint` while not certain to be here; `unknown` where the catalogue has no word of it."""

    epc: Epc
    name: str
    price: str
    colour: str
    size: str
    picture: str
    faint: bool
    unknown: bool
    bought: bool
    advised: str
    """The one size advised, where it is another than this piece's; else empty."""


@unique
class SizeLocation(Enum):
    IN_ROOM = "in-room"
    HERE = "here"
    STOCKROOM = "stockroom"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class SizeCard:
    size: str
    gtin: Gtin
    chosen: bool
    advised: bool
    place: SizeLocation
    count: int
    elsewhere: str
    """Name of the other house that has it; empty where that is not what `place` says."""
    also: str = ""
    """The size as the shopper reads it at home, where a table says so."""


@dataclass(frozen=True, slots=True)
class ColourSwatch:
    code: str
    name: str
    hex: str
    chosen: bool
    picture: str


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """One size, or two to choose between; `sure` where one may be stated alone."""

    sizes: tuple[str, ...]
    sure: bool
    reason: SizeReason
    usual: str
    kept: int
    of: int
    best: str = ""
    """The one of them that is advised first; `sizes` stand in the order in which they hang."""
    ask: SizeQuestion = SizeQuestion.NONE
    """The one question that would help, as long as it was not asked in this visit."""
    basis: AdviceBasis = AdviceBasis.ANSWERS
    felt: FitRating | None = None
    """What was said of the size `tried`, and the advice has taken in."""
    tried: str = ""
    taken_up: bool = False
    """The size is right; a tailor takes it up."""


@dataclass(frozen=True, slots=True)
class FitFeedbackCard:
    """How does it feel? `felt` is None as long as nothing was said; `spots` are where it may sit so."""

    size: str
    felt: FitRating | None
    spot: FitArea | None
    spots: tuple[FitArea, ...]


@dataclass(frozen=True, slots=True)
class FitFormCard:
    """The one question of a visit, as its dials stand."""

    way: FitMethod
    imperial: bool
    height: str
    weight: str
    systems: tuple[str, ...]
    """Empty where no table knows labels of such pieces."""
    system: str
    size: str


@unique
class Availability(Enum):
    """What can be done about the colour and size chosen."""

    IN_ROOM = "in-room"
    BRING = "bring"
    ASKED = "asked"
    NOBODY = "nobody"
    """It is here but nobody is signed in who could bring it."""
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GarmentCard:
    epc: Epc | None
    item: ItemId
    name: str
    price: str
    colour: str
    size: str
    picture: str
    story: str
    material: str
    care: str
    origin: str
    swatches: tuple[ColourSwatch, ...]
    sizes: tuple[SizeCard, ...]
    advice: AdviceCard | None
    offer: Availability
    gtin: Gtin | None
    kind: RequestKind
    elsewhere: str
    reason: LookReason | None
    about: str
    count: int
    stock_minutes: int
    """Age of the stock count in minutes."""
    feel: FitFeedbackCard | None = None
    also: str = ""
    """The size chosen as the shopper reads it at home, where a table says so."""


@dataclass(frozen=True, slots=True)
class LookCard:
    item: ItemId
    name: str
    price: str
    colour: str
    size: str
    picture: str
    reason: LookReason
    about: str
    count: int
    asked: bool


_STEPS_DONE = {
    RequestState.RECEIVED: 1,
    RequestState.CLAIMED: 2,
    RequestState.AT_THE_DOOR: 3,
    RequestState.DONE: 3,
}


@dataclass(frozen=True, slots=True)
class RequestCard:
    """One request, as far as it has come. The fields from `open` on follow from state and kind."""

    request_id: RequestId
    kind: RequestKind
    state: RequestState
    name: str
    size: str
    colour: str
    picture: str
    by: str
    answer: AssociateReply | None
    minutes: int
    at_door: bool
    waited_s: int
    escalated: int
    open: bool = field(init=False)
    """Neither done nor declined nor taken back."""
    current: bool = field(init=False)
    """Open, or declined: still worth a place beside the pieces."""
    can_withdraw: bool = field(init=False)
    """Open, and nobody stands at the door yet."""
    for_piece: bool = field(init=False)
    """Whether a piece was asked for, not a person or a drink."""
    steps_done: int = field(init=False)
    """0 to 3: received, claimed, at the door."""

    def __post_init__(self) -> None:
        _derive(
            self,
            open=self.state.open,
            current=self.state.open or self.state is RequestState.DECLINED,
            can_withdraw=self.state.open and self.state is not RequestState.AT_THE_DOOR,
            for_piece=self.kind in (RequestKind.SIZE, RequestKind.PIECE),
            steps_done=_STEPS_DONE.get(self.state, 0),
        )


@dataclass(frozen=True, slots=True)
class BasketLineCard:
    epc: Epc
    name: str
    colour: str
    size: str
    price: str
    picture: str
    taken: bool


@dataclass(frozen=True, slots=True)
class BasketCard:
    lines: tuple[BasketLineCard, ...]
    total: str
    count: int
    """Pieces that are taken."""
    uncertain: int
    """Pieces shown faint, which are not in the basket."""


@unique
class PayAction(Enum):
    """What a touch of the pay page's large button does."""

    NONE = "none"
    PAY = "pay"
    CONFIRM = "confirm"
    HELP = "help"
    """Calls an associate."""


_PAY_ACTIONS = {
    PayStage.READY: PayAction.PAY,
    PayStage.DECLINED: PayAction.PAY,
    PayStage.CONFIRM: PayAction.CONFIRM,
    PayStage.PARKED: PayAction.HELP,
    PayStage.UNPRICED: PayAction.HELP,
}
_IDLE_STAGES = frozenset(
    {PayStage.PRICING, PayStage.READY, PayStage.CONFIRM, PayStage.DECLINED, PayStage.UNPRICED}
)


@dataclass(frozen=True, slots=True)
class PayCard:
    """Paying, as far as it has come. The fields from `action` on follow from stage and means."""

    stage: PayStage
    total: str
    tax: str
    tax_percent: str
    pieces: tuple[str, ...]
    means: PaymentMeans
    stored_means: str
    why: str
    action: PayAction = field(init=False)
    """What the large button does."""
    can_cancel: bool = field(init=False)
    """Whether "back to the pieces" is offered."""
    waits_for_card: bool = field(init=False)
    """The terminal waits for a card: the page shows where to hold it."""
    working: bool = field(init=False)
    """Something goes on that needs nobody's hand."""
    shows_pieces: bool = field(init=False)
    """Nothing goes on yet, or no more: the page shows what is paid for."""

    def __post_init__(self) -> None:
        waits = self.stage is PayStage.TAP and self.means is PaymentMeans.TERMINAL
        idle = self.stage in _IDLE_STAGES
        _derive(
            self,
            action=_PAY_ACTIONS.get(self.stage, PayAction.NONE),
            can_cancel=idle or self.stage is PayStage.TAP,
            waits_for_card=waits,
            working=self.stage in (PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING) and not waits,
            shows_pieces=idle,
        )


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    number: str
    total: str
    tax: str
    link: str
    means: PaymentMeans


@unique
class Notice(Enum):
    """The one line that tells of trouble, kindly; the gravest first."""

    STORE_LOST = "store-lost"
    RADIO_LOST = "radio-lost"
    TAP_TOO_SHORT = "too-short"
    TAP_PAYMENT_CARD = "payment-card"
    TAP_UNREADABLE = "unreadable"
    TAP_UNKNOWN = "unknown"
    NOT_OURS = "not-ours"


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on the glass at one moment."""

    page: Page
    dark: bool
    house: str
    language: str
    languages: tuple[str, ...]
    right_to_left: bool
    first_name: str
    known: bool
    pieces: tuple[PieceCard, ...]
    garment: GarmentCard | None
    looks: tuple[LookCard, ...]
    finding: bool
    requests: tuple[RequestCard, ...]
    basket: BasketCard
    pay: PayCard | None
    receipt: ReceiptCard | None
    notice: Notice | None
    staff: tuple[str, ...]
    staff_minutes: int
    can_go_back: bool
    fit: FitFormCard | None = None
