"""All that can happen to a visit: facts, wishes, answers and ticks. Each carries its time in microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.advice import SizeAdvice, Suggestion
from kiosk.core.garment import Garment
from kiosk.core.ids import Epc, Gtin, ItemId, OrderId, RequestId, Ticket
from kiosk.core.payment import Order, PayState, Receipt
from kiosk.core.service_request import RequestKind, ServiceRequest
from kiosk.core.shopper import Shopper


# Facts: what hardware and store notice.
@dataclass(frozen=True, slots=True)
class GarmentArrived:
    at_us: int
    epc: Epc
    garment: Garment | None
    """None where the tag is one of this house but the catalogue does not know it."""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class GarmentDoubt:
    """The store has become sure or unsure that the piece hangs in this room."""

    at_us: int
    epc: Epc
    sure: bool


@dataclass(frozen=True, slots=True)
class GarmentLeft:
    at_us: int
    epc: Epc


@dataclass(frozen=True, slots=True)
class RadioLost:
    """No reader hears this room; what is shown is what was last known."""

    at_us: int


@dataclass(frozen=True, slots=True)
class RadioBack:
    at_us: int


@dataclass(frozen=True, slots=True)
class StoreLost:
    at_us: int


@dataclass(frozen=True, slots=True)
class StoreBack:
    at_us: int


@dataclass(frozen=True, slots=True)
class StaffChanged:
    """Who is signed in on the floor: first names, and the minutes an answer takes just now."""

    at_us: int
    names: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Tapped:
    """A credential of this house was laid on the mirror's own reader."""

    at_us: int
    kind: str
    uid: str
    link: str | None = None


@unique
class TapTrouble(Enum):
    TOO_SHORT = "too-short"
    PAYMENT_CARD = "payment-card"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TapFailed:
    at_us: int
    trouble: TapTrouble


# Wishes: what the shopper touches.
@unique
class Place(Enum):
    """Where a touch leads directly."""

    WARDROBE = "wardrobe"
    LOOK = "look"
    ASK = "ask"
    REQUESTS = "requests"
    BASKET = "basket"


@dataclass(frozen=True, slots=True)
class Woken:
    """The dark glass was touched, or somebody was noticed."""

    at_us: int


@dataclass(frozen=True, slots=True)
class WentTo:
    at_us: int
    place: Place


@dataclass(frozen=True, slots=True)
class GarmentOpened:
    at_us: int
    epc: Epc


@dataclass(frozen=True, slots=True)
class SuggestionOpened:
    at_us: int
    item: ItemId


@dataclass(frozen=True, slots=True)
class SizesOpened:
    """All sizes and colours of the garment in focus."""

    at_us: int


@dataclass(frozen=True, slots=True)
class SizeChosen:
    at_us: int
    size: str


@dataclass(frozen=True, slots=True)
class ColourChosen:
    at_us: int
    colour: str


@dataclass(frozen=True, slots=True)
class WentBack:
    at_us: int


@dataclass(frozen=True, slots=True)
class SaidMine:
    """The shopper says whether a doubtful piece is hers."""

    at_us: int
    epc: Epc
    mine: bool


@dataclass(frozen=True, slots=True)
class NotThis:
    """A suggestion is not wanted; its style is not suggested again in this visit."""

    at_us: int
    item: ItemId


@dataclass(frozen=True, slots=True)
class Asked:
    """Bring me what is in focus (SIZE, PIECE: the chosen GTIN), or send somebody (HELP, ALTERATION, DRINK)."""

    at_us: int
    kind: RequestKind
    gtin: Gtin | None = None
    at_door: bool = False


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    at_us: int
    request_id: RequestId


@dataclass(frozen=True, slots=True)
class BasketToggled:
    """Take a piece out of the basket, or put it back."""

    at_us: int
    epc: Epc


@dataclass(frozen=True, slots=True)
class PayWished:
    at_us: int


@dataclass(frozen=True, slots=True)
class PayConfirmed:
    """Yes on the glass to paying with the stored means after the ring was laid."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PayDropped:
    at_us: int


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    at_us: int
    language: str


@dataclass(frozen=True, slots=True)
class JustMirror:
    """Show nothing until touched again."""

    at_us: int


@dataclass(frozen=True, slots=True)
class VisitClosed:
    """Finish now and forget me."""

    at_us: int


# Answers: finished work. They carry the ticket of the visit that asked.
@dataclass(frozen=True, slots=True)
class SuggestionsCame:
    at_us: int
    ticket: Ticket
    asked: int
    """Number of the question; an older one than the last is dropped."""
    suggestions: tuple[Suggestion, ...] | None
    """None where the store could not say."""


@dataclass(frozen=True, slots=True)
class AdviceCame:
    at_us: int
    ticket: Ticket
    gtin: Gtin
    advice: SizeAdvice | None


@dataclass(frozen=True, slots=True)
class ShopperCame:
    """Who was recognised by a tap; None where the store knows no such credential or did not answer."""

    at_us: int
    ticket: Ticket
    shopper: Shopper | None
    answered: bool = True


@dataclass(frozen=True, slots=True)
class RequestChanged:
    at_us: int
    ticket: Ticket
    request: ServiceRequest


@dataclass(frozen=True, slots=True)
class RequestUnsent:
    """The store did not take the request; the mirror goes on trying and says so."""

    at_us: int
    ticket: Ticket
    request_id: RequestId


@dataclass(frozen=True, slots=True)
class OrderPriced:
    """The order as the store prices it; None where it could not."""

    at_us: int
    ticket: Ticket
    order_id: OrderId
    order: Order | None


@dataclass(frozen=True, slots=True)
class PaymentMoved:
    at_us: int
    ticket: Ticket
    order_id: OrderId
    state: PayState
    why: str = ""
    receipt: Receipt | None = None


# Time.
@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; about four a second."""

    at_us: int


Fact = (
    GarmentArrived | GarmentDoubt | GarmentLeft | RadioLost | RadioBack
    | StoreLost | StoreBack | StaffChanged | Tapped | TapFailed
)  # fmt: skip
Wish = (
    Woken | WentTo | GarmentOpened | SuggestionOpened | SizesOpened | SizeChosen | ColourChosen | WentBack
    | SaidMine | NotThis | Asked | RequestWithdrawn | BasketToggled | PayWished | PayConfirmed | PayDropped
    | LanguageChosen | JustMirror | VisitClosed
)  # fmt: skip
VisitAnswer = (
    SuggestionsCame | AdviceCame | ShopperCame | RequestChanged | RequestUnsent | OrderPriced | PaymentMoved
)  # fmt: skip
Event = Fact | Wish | VisitAnswer | Tick
StoreSays = (
    GarmentArrived | GarmentDoubt | GarmentLeft | RadioLost | RadioBack | StaffChanged | RequestChanged | PaymentMoved
)  # fmt: skip
"""What travels on a room's event stream from the store to its mirror."""
