"""Table of the requests that a mirror sends to its store. The mirror's client and the effect runner are built from it;
a test compares the store's routes with it.

A new exchange is one effect in `kiosk.core.visit.effects` and one entry here. Not in the table: the event stream,
pictures, the shop's description, card authentication and the mirror's report of its state, which belong to no effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any, Final, Generic, TypeVar

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.payment import Order, PaymentState
from kiosk.core.domain.promise.values import DeliveryOffers
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.visit.asides.aside_event import AsideChanged
from kiosk.core.visit.delivery.delivery_event import DeliveryOffered
from kiosk.core.visit.effects import (
    AdviseSize,
    CancelPayment,
    CollectPayment,
    FindDelivery,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    PrintReceipt,
    PutAside,
    RecordItemEvent,
    ReportBasket,
    ReportMessage,
    ReportVisit,
    SaveFitFeedback,
    SendRequest,
    TakeBackAside,
    TogglePiece,
    WithdrawRequest,
)
from kiosk.core.visit.events import (
    Event,
    OrderPriced,
    PaymentChanged,
    ReceiptPrintChanged,
    RequestChanged,
    RequestUnsent,
    ShopperIdentified,
    SizeAdviceReceived,
    SuggestionsReceived,
    TapFailed,
    TapFailure,
)

E = TypeVar("E")
A = TypeVar("A")
PICTURE_HEADER: Final = "Cheval-Picture"
SILHOUETTE: Final = "silhouette"
"""Value of that header of a picture's answer: the file cannot be read, a silhouette stands in for it."""
ROOM_PREFIX = "/api/v1/rooms/{room}"
"""Prefix of the path of every exchange."""


@unique
class Delivery(Enum):
    """How long the mirror tries."""

    ONCE = "once"
    """One try, several of them at the same time. Without an answer the visit gets `unanswered`."""
    UNTIL_ANSWERED = "until-answered"
    """Tried again until the store answers, strictly one after the other. After the first failed try the visit gets
    `unanswered`, once."""


def _no_event(_effect: object, _at_us: int) -> None:
    return None


def _ignore_answer(_effect: object, _answer: object, _at_us: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Exchange(Generic[E, A]):
    """One request and its answer: an effect on the way there, an event on the way back. Times are the mirror's, in
    microseconds."""

    effect: type[E]
    method: str
    path: str
    """Below ROOM_PREFIX. `{name}` is a field of the effect or of its body."""
    answer: Any = None
    """Type of the answer, as `kiosk.core.wire` reads it; None where the store answers with an empty body."""
    key: str = ""
    """The answer's field in the JSON object; empty where the object itself is the answer."""
    body: str | None = ""
    """The effect's field that is sent; empty for the whole effect, None for an empty body."""
    body_type: type | None = None
    """Type of that field; None for the effect's own type."""
    delivery: Delivery = Delivery.ONCE
    answered: Callable[[E, A, int], Event | None] = _ignore_answer
    """The event for an answer."""
    unanswered: Callable[[E, int], Event | None] = _no_event
    """The event where the store could not be reached or failed."""
    refused: Callable[[E, int], Event | None] = _no_event
    """The event where the store understood and refused."""

    def body_of(self, effect: E) -> object | None:
        """What is sent; None for an empty body."""
        if self.body is None:
            return None
        return getattr(effect, self.body) if self.body else effect


# What the visit gets back. Each function takes (effect, answer, time) or (effect, time).
def _looks(effect: FindLooks, answer: tuple[Suggestion, ...], at_us: int) -> Event:
    return SuggestionsReceived(at_us, effect.ticket, effect.asked, answer)


def _no_looks(effect: FindLooks, at_us: int) -> Event:
    return SuggestionsReceived(at_us, effect.ticket, effect.asked, None)


def _advice(effect: AdviseSize, answer: SizeAdvice | None, at_us: int) -> Event:
    return SizeAdviceReceived(at_us, effect.ticket, effect.article, answer, effect.learned)


def _no_advice(effect: AdviseSize, at_us: int) -> Event:
    return SizeAdviceReceived(at_us, effect.ticket, effect.article, None, effect.learned)


def _identified(effect: IdentifyShopper, answer: Shopper | None, at_us: int) -> Event:
    return ShopperIdentified(at_us, effect.ticket, answer, tapped_us=effect.tap.at_us)


def _not_identified(effect: IdentifyShopper, at_us: int) -> Event:
    return ShopperIdentified(at_us, effect.ticket, None, answered=False)


def _toggled(_effect: TogglePiece, ours: bool, at_us: int) -> Event | None:
    # A piece of this shop arrives or leaves on the event stream, like any other.
    return None if ours else TapFailed(at_us, TapFailure.NOT_OURS)


def _not_toggled(_effect: TogglePiece, at_us: int) -> Event:
    return TapFailed(at_us, TapFailure.UNREADABLE)


def _request_sent(effect: SendRequest, answer: ServiceRequest, at_us: int) -> Event:
    return RequestChanged(at_us, effect.ticket, answer)


def _request_unsent(effect: SendRequest, at_us: int) -> Event:
    return RequestUnsent(at_us, effect.ticket, effect.request.request_id)


def _withdrawn(effect: WithdrawRequest, answer: ServiceRequest, at_us: int) -> Event:
    return RequestChanged(at_us, effect.ticket, answer)


def _aside(effect: PutAside | TakeBackAside, answer: Aside, at_us: int) -> Event:
    return AsideChanged(at_us, effect.ticket, answer)


def _not_put_aside(effect: PutAside, at_us: int) -> Event:
    refused = Aside(effect.aside_id, RoomId(""), effect.ticket, effect.article, AsideState.REFUSED)
    return AsideChanged(at_us, effect.ticket, refused)


def _delivery(effect: FindDelivery, answer: DeliveryOffers, at_us: int) -> Event:
    return DeliveryOffered(at_us, effect.ticket, effect.asked, answer)


def _no_delivery(effect: FindDelivery, at_us: int) -> Event:
    return DeliveryOffered(at_us, effect.ticket, effect.asked, None)


def _priced(effect: PriceOrder, answer: Order, at_us: int) -> Event:
    return OrderPriced(at_us, effect.ticket, effect.order_id, answer)


def _not_priced(effect: PriceOrder, at_us: int) -> Event:
    return OrderPriced(at_us, effect.ticket, effect.order_id, None)


def _payment(_effect: object, answer: PaymentChanged | ReceiptPrintChanged, _at_us: int) -> Event:
    return answer


def _not_printed(effect: PrintReceipt, at_us: int) -> Event:
    return ReceiptPrintChanged(at_us, effect.ticket, effect.order_id, PrintState.LOST)


def _payment_unsure(effect: CollectPayment, at_us: int) -> Event:
    # The try may have arrived: the shopper reads that it is being checked, not that it failed.
    return PaymentChanged(at_us, effect.ticket, effect.order_id, PaymentState.UNSURE, attempt=effect.attempt)


def _payment_refused(effect: CollectPayment, at_us: int) -> Event:
    # The store understood and started nothing, so nothing was collected and another try is safe.
    return PaymentChanged(at_us, effect.ticket, effect.order_id, PaymentState.DECLINED, "refused")


TABLE: tuple[Exchange[Any, Any], ...] = (
    Exchange(ReportVisit, "PUT", "/visit", delivery=Delivery.UNTIL_ANSWERED),
    Exchange(
        FindLooks, "POST", "/looks", tuple[Suggestion, ...], "suggestions",
        answered=_looks, unanswered=_no_looks, refused=_no_looks,
    ),
    Exchange(
        AdviseSize, "POST", "/size", SizeAdvice | None, "advice",
        answered=_advice, unanswered=_no_advice, refused=_no_advice,
    ),
    Exchange(SaveFitFeedback, "PUT", "/feels", delivery=Delivery.UNTIL_ANSWERED),
    Exchange(
        IdentifyShopper, "POST", "/identify", Shopper | None, "shopper",
        answered=_identified, unanswered=_not_identified, refused=_not_identified,
    ),
    Exchange(
        TogglePiece, "POST", "/pieces", bool, "ours",
        answered=_toggled, unanswered=_not_toggled, refused=_not_toggled,
    ),
    Exchange(
        SendRequest, "PUT", "/requests/{request_id}", ServiceRequest, body="request", body_type=ServiceRequest,
        answered=_request_sent, unanswered=_request_unsent, refused=_request_unsent,
    ),
    Exchange(
        WithdrawRequest, "POST", "/requests/{request_id}/withdraw", ServiceRequest, body=None,
        delivery=Delivery.UNTIL_ANSWERED, answered=_withdrawn,
    ),
    # A store of an earlier version does not offer it.
    Exchange(
        PutAside, "PUT", "/asides/{aside_id}", Aside, delivery=Delivery.UNTIL_ANSWERED,
        answered=_aside, refused=_not_put_aside,
    ),
    Exchange(
        TakeBackAside, "DELETE", "/asides/{aside_id}", Aside, body=None, delivery=Delivery.UNTIL_ANSWERED,
        answered=_aside,
    ),
    # A store of an earlier version refuses it (404): then its associates choose the pieces themselves.
    Exchange(ReportBasket, "PUT", "/basket", delivery=Delivery.UNTIL_ANSWERED),
    # A store of an earlier version does not offer it (404).
    Exchange(
        FindDelivery, "POST", "/delivery", DeliveryOffers,
        answered=_delivery, unanswered=_no_delivery, refused=_no_delivery,
    ),
    Exchange(
        PriceOrder, "PUT", "/orders/{order_id}", Order,
        answered=_priced, unanswered=_not_priced, refused=_not_priced,
    ),
    Exchange(
        CollectPayment, "PUT", "/orders/{order_id}/payment", PaymentChanged, delivery=Delivery.UNTIL_ANSWERED,
        answered=_payment, unanswered=_payment_unsure, refused=_payment_refused,
    ),
    Exchange(
        CancelPayment, "DELETE", "/orders/{order_id}/payment", PaymentChanged, body=None,
        delivery=Delivery.UNTIL_ANSWERED, answered=_payment,
    ),
    # A store of an earlier version, or without a printer, refuses it.
    Exchange(
        PrintReceipt, "PUT", "/orders/{order_id}/print", ReceiptPrintChanged,
        answered=_payment, unanswered=_not_printed, refused=_not_printed,
    ),
    # A store of an earlier version refuses it (404): its associates do not see what became of a message.
    Exchange(ReportMessage, "PUT", "/messages/{message_id}", delivery=Delivery.UNTIL_ANSWERED),
    Exchange(RecordItemEvent, "POST", "/notes"),
)  # fmt: skip

EXCHANGES: dict[type, Exchange[Any, Any]] = {exchange.effect: exchange for exchange in TABLE}
"""Each exchange by the type of its effect. Only WipeVisit and PairMirror have none: the mirror runs them itself."""
