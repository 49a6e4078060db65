"""Everything that can happen to a visit: facts, touches, answers and ticks, each with its time in microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RequestId, ScannedId, Ticket
from kiosk.core.domain.payment import Order, PaymentState, Receipt
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.visit.asides.aside_event import AsideChanged, AsidesStated
from kiosk.core.visit.delivery.delivery_event import DeliveryOffered
from kiosk.core.visit.messages.dislike_event import DislikesStated as DislikesStated
from kiosk.core.visit.messages.dislike_event import DislikesWithdrawn
from kiosk.core.visit.messages.message_event import MessagePresented, StaffMessageShown
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.pairing import PairingNeed, PairingProblem
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.visit.prices.basket_event import BasketPriced, CouponScanned
from kiosk.core.visit.touches import Touch


@dataclass(frozen=True, slots=True)
class GarmentArrived:
    """A piece hangs in the room, or one that hangs there has changed."""

    at_us: int
    piece: PieceId
    garment: Garment | None
    """None where the piece belongs to this shop but its article is not in the catalogue."""
    sure: bool = True
    replaces: PieceId | None = None
    """A piece that was scanned without a serial and is now known to be this one."""
    sold: bool = False
    """It is paid for, in this room, in another or at the desk."""


@dataclass(frozen=True, slots=True)
class GarmentCertaintyChanged:
    """Whether the readers are certain that the piece is in this room has changed."""

    at_us: int
    piece: PieceId
    sure: bool


@dataclass(frozen=True, slots=True)
class GarmentLeft:
    """A piece has left the room."""

    at_us: int
    piece: PieceId


@dataclass(frozen=True, slots=True)
class PieceExchanged:
    """A paid piece was changed for another size at no charge: `old` is the shop's again, `new` the shopper's."""

    at_us: int
    old: PieceId
    new: PieceId


@dataclass(frozen=True, slots=True)
class RadioLost:
    """No reader covers this room any more; the mirror shows what was last known."""

    at_us: int


@dataclass(frozen=True, slots=True)
class RadioBack:
    """A reader covers this room again."""

    at_us: int


@dataclass(frozen=True, slots=True)
class StoreLost:
    """The store cannot be reached, or must not be used before this mirror is paired (`need`)."""

    at_us: int
    need: PairingNeed | None = None


@dataclass(frozen=True, slots=True)
class StoreBack:
    """The store can be reached again, and its snapshot has been taken in."""

    at_us: int


@dataclass(frozen=True, slots=True)
class StaffChanged:
    """The signed-in associates: first names, and the minutes until one usually comes."""

    at_us: int
    names: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class ShopDescribed:
    """The shop's name, languages and currency, and whether it adds the tax to its prices."""

    at_us: int
    house: str
    language: str
    languages: tuple[str, ...]
    currency: str
    tax_added: bool = False


@dataclass(frozen=True, slots=True)
class CardTapped:
    """A card was laid on the mirror's own reader. `kind` and `link` as in `hardware.ports.CardTap`."""

    at_us: int
    kind: str
    uid: str = field(repr=False)
    link: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PieceScanned:
    """A piece's label was scanned at the mirror, or its own NFC tag was laid on the mirror's reader.

    `piece` is what the label identifies, or a text that the store has to look up because it may be the shop's own code.
    """

    at_us: int
    piece: ScannedId = field(repr=False)


@dataclass(frozen=True, slots=True)
class PairingAnswered:
    """What came of the code that was typed; None: the mirror is paired."""

    at_us: int
    problem: PairingProblem | None


@unique
class TapFailure(Enum):
    """Why a card or label could not be used; or that a coupon was taken."""

    TOO_SHORT = "too-short"
    PAYMENT_CARD = "payment-card"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    NOT_OURS = "not-ours"
    """A readable label of a piece that this shop does not sell."""
    NO_MEANS = "no-means"
    """A known card, laid on the reader to pay, of a shopper without stored means or without proof who she is."""
    COUPON = "coupon"
    """A coupon was taken: no failure."""
    COUPON_OVER = "coupon-over"
    """A coupon of this shop that does not hold now."""


@dataclass(frozen=True, slots=True)
class TapFailed:
    """A card or label could not be used."""

    at_us: int
    trouble: TapFailure


# Answers of the store. They carry the ticket of the visit that asked.
@dataclass(frozen=True, slots=True)
class SuggestionsReceived:
    """Looks for the pieces in the room."""

    at_us: int
    ticket: Ticket
    asked: int
    """Number of the question; only the answer to the last one counts."""
    suggestions: tuple[Suggestion, ...] | None
    """None where the store did not answer."""


@dataclass(frozen=True, slots=True)
class SizeAdviceReceived:
    """Size advice for one garment; None where there is none."""

    at_us: int
    ticket: Ticket
    article: ArticleId
    advice: SizeAdvice | None
    learned: int = 0
    """Revision of what was known when the question was asked; only the answer for the last one counts."""


@dataclass(frozen=True, slots=True)
class ShopperIdentified:
    """The owner of a tapped card; None where the store does not know it, or did not answer (`answered` False)."""

    at_us: int
    ticket: Ticket
    shopper: Shopper | None
    answered: bool = True
    tapped_us: int = 0
    """When the card was tapped, by the mirror's clock."""


@dataclass(frozen=True, slots=True)
class RequestChanged:
    """A service request as the store has it now."""

    at_us: int
    ticket: Ticket
    request: ServiceRequest


@dataclass(frozen=True, slots=True)
class RequestUnsent:
    """The store did not receive the request; the mirror shows it and sends it again later."""

    at_us: int
    ticket: Ticket
    request_id: RequestId


@dataclass(frozen=True, slots=True)
class OrderPriced:
    """The order with the store's prices; None where it could not be priced."""

    at_us: int
    ticket: Ticket
    order_id: OrderId
    order: Order | None
    why: str = ""
    """Code of the reason why it could not be priced."""


@dataclass(frozen=True, slots=True)
class PaymentChanged:
    """A payment has reached this state; with PAID comes the receipt."""

    at_us: int
    ticket: Ticket
    order_id: OrderId
    state: PaymentState
    why: str = ""
    receipt: Receipt | None = None
    can_print: bool = False
    """The room has a printer, so that the shopper may ask for the receipt on paper."""
    attempt: int = 0
    """Number of the attempt; 0: it is about the whole order, or comes from a store of an earlier version."""


@dataclass(frozen=True, slots=True)
class ReceiptPrintChanged:
    """The print of a receipt has come to this state."""

    at_us: int
    ticket: Ticket
    order_id: OrderId
    state: PrintState


@dataclass(frozen=True, slots=True)
class MemberErased:
    """The member who proved her card in this visit was erased from the shop's records: nothing of her may stay."""

    at_us: int
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; sent about four times a second."""

    at_us: int


Fact = (
    GarmentArrived | GarmentCertaintyChanged | GarmentLeft | PieceExchanged | StaffChanged | RadioBack | StoreLost
    | StoreBack | RadioLost | ShopDescribed | CardTapped | TapFailed | PieceScanned | PairingAnswered | ServicesOffered
)  # fmt: skip
StoreAnswer = (
    SuggestionsReceived | SizeAdviceReceived | ShopperIdentified | RequestChanged | RequestUnsent | OrderPriced
    | PaymentChanged | ReceiptPrintChanged | DislikesStated | DislikesWithdrawn | StaffMessageShown | PreparedChanged
    | AsideChanged | AsidesStated | BasketPriced | CouponScanned | DeliveryOffered
)  # fmt: skip
Event = Fact | Touch | StoreAnswer | MemberErased | MessagePresented | Tick
StoreEvent = (
    GarmentArrived | GarmentCertaintyChanged | GarmentLeft | PieceExchanged | RadioLost | RadioBack | StaffChanged
    | RequestChanged | PaymentChanged | ReceiptPrintChanged | MemberErased | DislikesStated | DislikesWithdrawn
    | StaffMessageShown | PreparedChanged | AsideChanged | AsidesStated | BasketPriced
    | CouponScanned
)  # fmt: skip
"""What the store sends on a room's event stream, after the first snapshot."""
