"""Effects: the actions that a visit asks the mirror to run. Each effect carries the visit's ticket, and so does its
answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.clues.dislikes import Dislike
from kiosk.core.domain.fit_feedback import NO_BODY_FACTS, BodyFacts, FitFeedback
from kiosk.core.domain.floor.staff_message import MessageStage
from kiosk.core.domain.ids import ArticleId, ItemId, OrderId, PieceId, RequestId, ScannedId, ShopperId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.visit.events import CardTapped


@dataclass(frozen=True, slots=True)
class ReportVisit:
    """The visit began, or is over: then the store deletes what it held for it."""

    ticket: Ticket
    began: bool
    at_us: int
    unattended: bool = False
    """Nobody has answered the mirror's question, and the visit goes on for an open request alone: the store forgets
    who the shopper is."""


@dataclass(frozen=True, slots=True)
class FindLooks:
    """Ask for items that go with those in `room`, except `without` and what `unwanted` means. Answer:
    SuggestionsReceived with the same `asked`."""

    ticket: Ticket
    asked: int
    room: tuple[ItemId, ...]
    without: tuple[ItemId, ...]
    shopper_id: ShopperId | None = field(repr=False)
    unwanted: tuple[Dislike, ...] = ()
    """Dislikes that associates have stated in this visit; the store does not know them any more after a restart."""


@dataclass(frozen=True, slots=True)
class AdviseSize:
    """Ask for size advice about a garment. Answer: SizeAdviceReceived with the same `learned`.

    `feels` and `told` are what the shopper said in this visit; the store does not save them.
    """

    ticket: Ticket
    article: ArticleId
    shopper_id: ShopperId | None = field(repr=False)
    learned: int = 0
    feels: tuple[FitFeedback, ...] = ()
    told: BodyFacts = NO_BODY_FACTS


@dataclass(frozen=True, slots=True)
class SaveFitFeedback:
    """Feedback of a proved shopper, saved by the store if she has agreed to that; `kept` False deletes it again."""

    ticket: Ticket
    shopper_id: ShopperId = field(repr=False)
    feel: FitFeedback
    kept: bool = True


@dataclass(frozen=True, slots=True)
class IdentifyShopper:
    """Identify the shopper of a tapped card. Answer: ShopperIdentified."""

    ticket: Ticket
    tap: CardTapped


@dataclass(frozen=True, slots=True)
class TogglePiece:
    """A scanned piece: take it into the room, or out of it if it was scanned before.

    Answer: TapFailed if this shop does not sell it; else the piece arrives or leaves like any other.
    """

    ticket: Ticket
    piece: ScannedId = field(repr=False)
    """The store also takes a tag's EPC in hex, the text of a label, or the shop's own code of an article."""


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Send a service request to the store; repeating it is harmless. Answer: RequestChanged or RequestUnsent."""

    ticket: Ticket
    request: ServiceRequest


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Cancel a service request. Answer: RequestChanged."""

    ticket: Ticket
    request_id: RequestId


@dataclass(frozen=True, slots=True)
class PutAside:
    """Put a piece aside; repeating it is harmless. `piece`: the one in the room, None for one of the shop's stock.
    Answer: AsideChanged."""

    ticket: Ticket
    aside_id: str
    article: ArticleId
    piece: PieceId | None = None


@dataclass(frozen=True, slots=True)
class TakeBackAside:
    """She does not want the piece to be put aside any more. Answer: AsideChanged."""

    ticket: Ticket
    aside_id: str


@dataclass(frozen=True, slots=True)
class ReportBasket:
    """The pieces that the shopper has chosen by now, for the associate who takes her basket over. A store that has
    promotions sends BasketPriced for those that are with her."""

    ticket: Ticket
    pieces: tuple[PieceId, ...]
    here: tuple[PieceId, ...] | None = None
    """Those of them that are with her, so that they are added up; None: not said, all of them."""


@dataclass(frozen=True, slots=True)
class FindDelivery:
    """Ask how the shopper can get these pieces, when, and for what fee; `zone`: where they are sent to, empty for the
    shop's first one. Answer: DeliveryOffered with the same `asked`."""

    ticket: Ticket
    asked: int
    pieces: tuple[tuple[PieceId, ArticleId], ...]
    zone: str


@dataclass(frozen=True, slots=True)
class PriceOrder:
    """Make an order of these pieces and price it. Answer: OrderPriced."""

    ticket: Ticket
    order_id: OrderId
    pieces: tuple[tuple[PieceId, ArticleId], ...]
    shopper_id: ShopperId | None = field(repr=False)
    ways: tuple[tuple[PieceId, DeliveryWay], ...] = ()
    """Of the pieces that she does not take with her."""
    zone: str = ""
    """Where they are sent to."""


@dataclass(frozen=True, slots=True)
class CollectPayment:
    """Collect the order's total; repeating it with the same `attempt` is harmless. Answers: PaymentChanged."""

    ticket: Ticket
    order_id: OrderId
    means: PaymentMeans
    attempt: int
    """Number of the try for this order, counted from 1; a new one only after the last try has ended."""
    asked_us: int = 0
    """When the shopper asked for it, by the mirror's clock; 0 from a mirror of an earlier version."""
    sent_us: int = 0
    """When this request was sent, by the same clock; the store refuses a request that was on its way for too long."""


@dataclass(frozen=True, slots=True)
class CancelPayment:
    """Stop collecting, if it is not too late. Answer: PaymentChanged."""

    ticket: Ticket
    order_id: OrderId


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Print the receipt of an order of this visit in this language. Answers: ReceiptPrintChanged."""

    ticket: Ticket
    order_id: OrderId
    language: str


@dataclass(frozen=True, slots=True)
class RecordItemEvent:
    """What happened to a suggested item ("opened", "not-this"), for the training of looks; not tied to a person."""

    ticket: Ticket
    item: ItemId
    kind: str


@dataclass(frozen=True, slots=True)
class ReportMessage:
    """What became of an associate's message: presented by the window, or closed by the shopper."""

    ticket: Ticket
    message_id: str
    stage: MessageStage


@dataclass(frozen=True, slots=True)
class PairMirror:
    """Pair this mirror with its store by a code. Answer: PairingAnswered."""

    ticket: Ticket
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WipeVisit:
    """Wipe the visit. The wiping has three parts: the core continues with a new Visit (`state.next_visit`), this effect
    clears the screen with its pictures (`screen.window_content`), and ReportVisit makes the store delete what it kept
    for the visit."""

    ticket: Ticket


Effect = (
    ReportVisit | FindLooks | AdviseSize | SaveFitFeedback | IdentifyShopper | TogglePiece | SendRequest
    | WithdrawRequest | PutAside | TakeBackAside | ReportBasket | PriceOrder | CollectPayment | CancelPayment
    | PrintReceipt | RecordItemEvent | ReportMessage | PairMirror | WipeVisit | FindDelivery
)  # fmt: skip
