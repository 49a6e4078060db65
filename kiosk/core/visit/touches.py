"""What a shopper wishes by touching the glass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.fit_feedback import FitArea, FitRating
from kiosk.core.domain.ids import Epc, Gtin, ItemId, RequestId
from kiosk.core.domain.service_request import RequestKind


@unique
class Destination(Enum):
    """Where a touch leads directly."""

    WARDROBE = "wardrobe"
    LOOK = "look"
    ASK = "ask"
    REQUESTS = "requests"
    BASKET = "basket"


@dataclass(frozen=True, slots=True)
class ScreenWoken:
    """The dark glass was touched, or somebody was noticed."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PageOpened:
    at_us: int
    place: Destination


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
class FitRated:
    """How the piece in focus sits, in the size that hangs here; `felt` None takes back what was said."""

    at_us: int
    felt: FitRating | None
    spot: FitArea | None = None


@dataclass(frozen=True, slots=True)
class FitQuestionOpened:
    """The shopper lets us ask the one question that would help; once in a visit."""

    at_us: int


@unique
class FitField(Enum):
    """What is turned while the question is answered."""

    HEIGHT = "height"
    WEIGHT = "weight"
    SYSTEM = "system"
    SIZE = "size"
    UNITS = "units"
    WAY = "way"
    """Height and weight, or a size that fits."""


@dataclass(frozen=True, slots=True)
class FitFieldChanged:
    """A dial was turned by so many of its steps."""

    at_us: int
    dial: FitField
    by: int = 1


@dataclass(frozen=True, slots=True)
class FitAnswered:
    """The answer as the dials stand; `said` False skips it."""

    at_us: int
    said: bool = True


@dataclass(frozen=True, slots=True)
class BackPressed:
    at_us: int


@dataclass(frozen=True, slots=True)
class PieceConfirmed:
    """The shopper says whether a doubtful piece is hers."""

    at_us: int
    epc: Epc
    mine: bool


@dataclass(frozen=True, slots=True)
class SuggestionDismissed:
    """A suggestion is not wanted; its style is not suggested again in this visit."""

    at_us: int
    item: ItemId


@dataclass(frozen=True, slots=True)
class ServiceRequested:
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
class PaymentRequested:
    at_us: int


@dataclass(frozen=True, slots=True)
class PaymentConfirmed:
    """Yes on the glass to paying with the stored means after the ring was laid."""

    at_us: int


@dataclass(frozen=True, slots=True)
class PaymentCancelRequested:
    at_us: int


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    at_us: int
    language: str


@dataclass(frozen=True, slots=True)
class ScreenDarkened:
    """Show nothing until touched again."""

    at_us: int


@dataclass(frozen=True, slots=True)
class VisitClosed:
    """Finish now and forget me."""

    at_us: int


Touch = (
    ScreenWoken | PageOpened | GarmentOpened | SuggestionOpened | SizesOpened | SizeChosen | ColourChosen
    | BackPressed | PieceConfirmed | SuggestionDismissed | ServiceRequested | RequestWithdrawn | BasketToggled
    | PaymentRequested | PaymentConfirmed | PaymentCancelRequested | LanguageChosen | ScreenDarkened | VisitClosed
    | FitRated | FitQuestionOpened | FitFieldChanged | FitAnswered
)  # fmt: skip
