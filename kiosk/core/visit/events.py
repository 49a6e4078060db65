"""All that can happen to a visit: facts, wishes, answers and ticks. Each carries its time in microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import Epc, Gtin, OrderId, RequestId, Ticket
from kiosk.core.domain.payment import Order, PaymentState, Receipt
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.visit.touches import Touch


# Facts: what hardware and store notice.
@dataclass(frozen=True, slots=True)
class GarmentArrived:
    at_us: int
    epc: Epc
    garment: Garment | None
    """None where the tag is one of this house but the catalogue does not know it."""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class GarmentCertaintyChanged:
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
class ShopDescribed:
    """The name on the door, and what is spoken and paid with behind it."""

    at_us: int
    house: str
    language: str
    languages: tuple[str, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class CardTapped:
    """A credential of this house was laid on the mirror's own reader."""

    at_us: int
    kind: str
    uid: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class PieceScanned:
    """A piece's label was held before the mirror's scanner, or its own tag laid on the mirror's reader."""

    at_us: int
    epc: Epc


@unique
class TapFailure(Enum):
    TOO_SHORT = "too-short"
    PAYMENT_CARD = "payment-card"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    NOT_OURS = "not-ours"
    """A label, readable, of a piece that this house does not sell."""


@dataclass(frozen=True, slots=True)
class TapFailed:
    at_us: int
    trouble: TapFailure


# Answers: finished work. They carry the ticket of the visit that asked.
@dataclass(frozen=True, slots=True)
class SuggestionsReceived:
    at_us: int
    ticket: Ticket
    asked: int
    """Number of the question; an older one than the last is dropped."""
    suggestions: tuple[Suggestion, ...] | None
    """None where the store could not say."""


@dataclass(frozen=True, slots=True)
class SizeAdviceReceived:
    at_us: int
    ticket: Ticket
    gtin: Gtin
    advice: SizeAdvice | None
    learned: int = 0
    """How much stood behind the question; an answer to an older one than the last is dropped."""


@dataclass(frozen=True, slots=True)
class ShopperIdentified:
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
class PaymentChanged:
    at_us: int
    ticket: Ticket
    order_id: OrderId
    state: PaymentState
    why: str = ""
    receipt: Receipt | None = None


# Time.
@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; about four a second."""

    at_us: int


Fact = (
    GarmentArrived | GarmentCertaintyChanged | GarmentLeft | RadioLost | RadioBack
    | StoreLost | StoreBack | StaffChanged | ShopDescribed | CardTapped | TapFailed | PieceScanned
)  # fmt: skip
StoreAnswer = (
    SuggestionsReceived | SizeAdviceReceived | ShopperIdentified | RequestChanged | RequestUnsent | OrderPriced
    | PaymentChanged
)  # fmt: skip
Event = Fact | Touch | StoreAnswer | Tick
StoreEvent = (
    GarmentArrived | GarmentCertaintyChanged | GarmentLeft | RadioLost | RadioBack | StaffChanged | RequestChanged
    | PaymentChanged
)  # fmt: skip
"""What travels on a room's event stream from the store to its mirror."""
