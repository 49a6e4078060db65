"""What a shopper can do by touching the mirror. Each touch carries its time in microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.fit_feedback import FitArea, FitRating
from kiosk.core.domain.ids import ArticleId, ItemId, PieceId, RequestId
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.visit.delivery.delivery_touches import DeliveryTouch
from kiosk.core.visit.pairing import PairingKey


@unique
class Destination(Enum):
    """Pages that can be opened from anywhere."""

    WARDROBE = "wardrobe"
    LOOK = "look"
    ASK = "ask"
    REQUESTS = "requests"
    BASKET = "basket"
    RECEIPT = "receipt"
    """Only while the visit has one."""
    PREPARED = "prepared"
    """Only while something waits for the shopper."""


@dataclass(frozen=True, slots=True)
class ScreenWoken:
    """The dark mirror was touched."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PageOpened:
    """A page was opened directly."""

    at_us: int
    place: Destination


@dataclass(frozen=True, slots=True)
class GarmentOpened:
    """The page of a piece in the room was opened."""

    at_us: int
    piece: PieceId


@dataclass(frozen=True, slots=True)
class SuggestionOpened:
    """The page of a suggestion was opened."""

    at_us: int
    item: ItemId


@dataclass(frozen=True, slots=True)
class SizesOpened:
    """The page with all sizes and colours of the garment in focus was opened."""

    at_us: int


@dataclass(frozen=True, slots=True)
class SizeChosen:
    """A size of the garment in focus was chosen."""

    at_us: int
    size: str


@dataclass(frozen=True, slots=True)
class ColourChosen:
    """A colour of the garment in focus was chosen, by its code."""

    at_us: int
    colour: str


@dataclass(frozen=True, slots=True)
class FitRated:
    """The shopper rated how the piece in focus sits; `felt` None withdraws her rating."""

    at_us: int
    felt: FitRating | None
    spot: FitArea | None = None


@dataclass(frozen=True, slots=True)
class FitQuestionOpened:
    """The fit question was opened; possible once in a visit."""

    at_us: int


@unique
class FitField(Enum):
    """A field of the fit question's form."""

    HEIGHT = "height"
    WEIGHT = "weight"
    SYSTEM = "system"
    SIZE = "size"
    UNITS = "units"
    WAY = "way"
    """Switches between height and weight, and the label of a size that fits."""


@dataclass(frozen=True, slots=True)
class FitFieldChanged:
    """A field was changed by `by` of its steps."""

    at_us: int
    dial: FitField
    by: int = 1


@dataclass(frozen=True, slots=True)
class FitAnswered:
    """The form was submitted with its current values; `said` False skips the question."""

    at_us: int
    said: bool = True


@dataclass(frozen=True, slots=True)
class BackPressed:
    """Back to the page before."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PieceConfirmed:
    """The shopper answered whether an uncertain piece is hers."""

    at_us: int
    piece: PieceId
    mine: bool


@dataclass(frozen=True, slots=True)
class SuggestionDismissed:
    """A suggestion is not wanted; its item is not suggested again in this visit."""

    at_us: int
    item: ItemId


@dataclass(frozen=True, slots=True)
class ServiceRequested:
    """A service was asked for: SIZE and PIECE bring `article`, and `second` with it, another size of the same garment;
    the others need none. `service`: which service of the shop, for SERVICE."""

    at_us: int
    kind: RequestKind
    article: ArticleId | None = None
    at_door: bool = False
    service: str = ""
    second: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    """A service request was withdrawn."""

    at_us: int
    request_id: RequestId


@dataclass(frozen=True, slots=True)
class AsideRequested:
    """A piece is to be put aside: the one in the room, or one of the shop's stock."""

    at_us: int
    article: ArticleId
    piece: PieceId | None = None


@dataclass(frozen=True, slots=True)
class AsideWithdrawn:
    """It need not be put aside any more."""

    at_us: int
    aside_id: str


@dataclass(frozen=True, slots=True)
class BasketToggled:
    """A piece was put into the basket, or taken out of it. `wanted` None: the opposite of what it is now."""

    at_us: int
    piece: PieceId
    wanted: bool | None = None


@dataclass(frozen=True, slots=True)
class AllPiecesChosen:
    """Every piece in the room that can be bought was put into the basket."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PaymentRequested:
    """The shopper wants to pay."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PaymentConfirmed:
    """The shopper confirmed to pay with the stored means, after her card was recognised."""

    at_us: int


@dataclass(frozen=True, slots=True)
class ReceiptPrintRequested:
    """The shopper wants her receipt on paper."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PaymentCancelRequested:
    """The shopper wants to leave the payment."""

    at_us: int


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """A language was chosen, by its ISO 639-1 code."""

    at_us: int
    language: str


@dataclass(frozen=True, slots=True)
class MessageOpened:
    """A piece of an associate's message was touched: its page opens. `article`: which one of a look."""

    at_us: int
    message_id: str
    article: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class MessageClosed:
    """An associate's message was closed."""

    at_us: int
    message_id: str


@dataclass(frozen=True, slots=True)
class PreparedOpened:
    """A piece that was prepared for the shopper's appointment was touched: its page opens."""

    at_us: int
    article: ArticleId


@dataclass(frozen=True, slots=True)
class PairingKeyPressed:
    """A key of the page on which a technician connects the mirror with its store."""

    at_us: int
    key: PairingKey


@dataclass(frozen=True, slots=True)
class ScreenDarkened:
    """Show nothing until the next touch."""

    at_us: int


@dataclass(frozen=True, slots=True)
class VisitClosed:
    """The shopper ends her visit."""

    at_us: int


Touch = (
    ScreenWoken | PageOpened | GarmentOpened | SuggestionOpened | SizesOpened | SizeChosen | ColourChosen
    | BackPressed | PieceConfirmed | SuggestionDismissed | ServiceRequested | RequestWithdrawn | BasketToggled
    | AllPiecesChosen | PaymentRequested | PaymentConfirmed | PaymentCancelRequested | LanguageChosen
    | ReceiptPrintRequested | PairingKeyPressed | MessageOpened | MessageClosed
    | PreparedOpened | AsideRequested | AsideWithdrawn | ScreenDarkened | VisitClosed | FitRated | FitQuestionOpened
    | FitFieldChanged | FitAnswered | DeliveryTouch
)  # fmt: skip
