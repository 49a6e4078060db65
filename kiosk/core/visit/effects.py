"""What a visit wants done; each that expects an answer carries the visit's ticket."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.fit_feedback import NO_BODY_FACTS, BodyFacts, FitFeedback
from kiosk.core.domain.ids import Epc, Gtin, ItemId, OrderId, RequestId, ShopperId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.visit.events import CardTapped


@dataclass(frozen=True, slots=True)
class ReportVisit:
    """The visit of this ticket began, or is over: the store drops what it held for it."""

    ticket: Ticket
    began: bool
    at_us: int


@dataclass(frozen=True, slots=True)
class FindLooks:
    """What goes with these items? Answer: SuggestionsCame with the same `asked`."""

    ticket: Ticket
    asked: int
    room: tuple[ItemId, ...]
    without: tuple[ItemId, ...]
    shopper_id: ShopperId | None


@dataclass(frozen=True, slots=True)
class AdviseSize:
    """Which size of this garment? Answer: AdviceCame with the same `learned`.

    `feels` is all that was said in this visit of how pieces sit, the latest of each size; the store keeps none of it.
    """

    ticket: Ticket
    gtin: Gtin
    shopper_id: ShopperId | None
    learned: int = 0
    feels: tuple[FitFeedback, ...] = ()
    told: BodyFacts = NO_BODY_FACTS


@dataclass(frozen=True, slots=True)
class SaveFitFeedback:
    """How a size sits on a shopper who proved who she is, kept where she consented; `kept` False takes it back."""

    ticket: Ticket
    shopper_id: ShopperId
    feel: FitFeedback
    kept: bool = True


@dataclass(frozen=True, slots=True)
class IdentifyShopper:
    """Whose credential is it? Answer: ShopperCame."""

    ticket: Ticket
    tap: CardTapped


@dataclass(frozen=True, slots=True)
class TogglePiece:
    """Take this piece into the room, or out of it where it was brought before. Answer: TapFailed, where it is not of
    this house; else the piece arrives or leaves like any other."""

    ticket: Ticket
    epc: Epc


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Hand a request to the store; sending it again is harmless. Answer: RequestChanged or RequestUnsent."""

    ticket: Ticket
    request: ServiceRequest


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    ticket: Ticket
    request_id: RequestId


@dataclass(frozen=True, slots=True)
class PriceOrder:
    """Price these pieces as an order. Answer: OrderPriced."""

    ticket: Ticket
    order_id: OrderId
    pieces: tuple[tuple[Epc, Gtin], ...]
    shopper_id: ShopperId | None


@dataclass(frozen=True, slots=True)
class CollectPayment:
    """Collect the order's total; sending it again is harmless. Answers: PaymentChanged."""

    ticket: Ticket
    order_id: OrderId
    means: PaymentMeans
    attempt: int
    """Number of the try within the order: a new one after a decline, the same one when sent again."""


@dataclass(frozen=True, slots=True)
class CancelPayment:
    ticket: Ticket
    order_id: OrderId


@dataclass(frozen=True, slots=True)
class RecordItemEvent:
    """What this visit says of an item, for later advice: "not-this", "opened"; no person attached."""

    ticket: Ticket
    item: ItemId
    kind: str


@dataclass(frozen=True, slots=True)
class WipeVisit:
    """Forget the visit of this ticket: pictures, answers under way, everything."""

    ticket: Ticket


Effect = (
    ReportVisit | FindLooks | AdviseSize | SaveFitFeedback | IdentifyShopper | TogglePiece | SendRequest
    | WithdrawRequest | PriceOrder | CollectPayment | CancelPayment | RecordItemEvent | WipeVisit
)  # fmt: skip
