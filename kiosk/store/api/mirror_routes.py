"""Routes of a room's mirror: visits, scanned pieces, suggestions, requests and payments."""

from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import StringConstraints

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.ids import OrderId, RequestId, RoomId, Ticket
from kiosk.core.domain.payment import Order
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.core.visit.asides.aside_event import AsideChanged, AsidesStated
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    RecordItemEvent,
    ReportBasket,
    ReportVisit,
    SaveFitFeedback,
    TogglePiece,
)
from kiosk.core.visit.events import (
    DislikesStated,
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    MemberErased,
    PaymentChanged,
    PieceExchanged,
    RadioBack,
    RadioLost,
    ReceiptPrintChanged,
    RequestChanged,
    StaffChanged,
)
from kiosk.core.visit.messages.dislike_event import DislikesWithdrawn
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.visit.prices.basket_event import BasketPriced, CouponScanned
from kiosk.core.wire import WireError
from kiosk.store.advice.advice_threads import AdviceThreads
from kiosk.store.api.auth import MirrorAuth, bearer
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.streaming import EventStreamResponse
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.floor.access_watch import owner_of_mirror
from kiosk.store.floor.event_hub import EventHub, room_topic
from kiosk.store.measuring.measured_advice import MeasuredAdvice
from kiosk.store.mirror_presence import MirrorPresence
from kiosk.store.service import MAX_ID_LENGTH, Service
from kiosk.store.staff.token_hash import token_hash

GtinText = Annotated[str, StringConstraints(pattern=r"^[0-9]{14}$")]
MAX_STAMP: Final = 2**62
MAX_ARTICLES: Final = 4
"""Articles in one question; the digits of a label mean two at most."""
RoomEvent = Wire[
    GarmentArrived
    | GarmentCertaintyChanged
    | GarmentLeft
    | MemberErased
    | PieceExchanged
    | RadioBack
    | RadioLost
    | RequestChanged
    | StaffChanged
    | PaymentChanged
    | ReceiptPrintChanged
    | DislikesStated
    | DislikesWithdrawn
    | StaffMessageShown
    | PreparedChanged
    | AsideChanged
    | AsidesStated
    | BasketPriced
    | CouponScanned
]
"""What the room's event stream carries after its `Snapshot`."""


class SuggestionsAnswer(JsonObject):
    """Suggested pieces, the best first."""

    suggestions: Wire[tuple[Suggestion, ...]]


class SizeAnswer(JsonObject):
    """The advised size; null if there is none."""

    advice: Wire[SizeAdvice | None]


class ShopperAnswer(JsonObject):
    """The owner of a card or ring; null if it is unknown or its proof does not hold."""

    shopper: Wire[Shopper | None]


class ScanAnswer(JsonObject):
    """Whether the scanned piece is sold by this shop."""

    ours: bool


class ArticlesAnswer(JsonObject):
    """The given articles that this shop sells."""

    sold: list[str]


def mirror_router(
    service: Service, presence: MirrorPresence, advice: MeasuredAdvice, auth: MirrorAuth, hub: EventHub
) -> APIRouter:
    """The routes below /api/v1/rooms/{room}; `auth` finds the room by the mirror's token."""
    router = APIRouter(prefix=ROOM_PREFIX, tags=["mirror"], route_class=LimitedRoute)
    _visit(router, service, presence, auth, hub)
    _advice(router, service, advice, auth)
    _requests(router, service, auth)
    _orders(router, service, auth)
    return router


def _visit(
    router: APIRouter, service: Service, presence: MirrorPresence, auth: MirrorAuth, hub: EventHub
) -> None:
    @router.get(
        "/stream",
        summary="The room's event stream",
        status_code=200,
        response_class=EventStreamResponse,
        responses={200: {"model": RoomEvent, "description": "Events"}},
    )
    async def stream(
        request: Request,
        room: Annotated[RoomId, Depends(auth)],
        visit: Annotated[str, Query(max_length=MAX_ID_LENGTH)] = "",
        at_us: Annotated[int, Query(ge=0, le=MAX_STAMP)] = 0,
    ) -> Response:
        """Server-sent events: first `Snapshot` (the whole state of the room), then each change. A comment line every
        2 s shows that the store is reachable. A subscriber that falls behind gets a new `Snapshot`.

        `visit`: the ticket of the mirror's present visit, `at_us`: its own clock. Another visit that the store has of
        this room is over then. A visit without a stream ends by itself after `lost_mirror_s`."""
        service.floor.room(room)
        return EventStreamResponse(
            hub.opener(room_topic(room), owner_of_mirror(token_hash(bearer(request)))),
            opened=partial(presence.opened, room, Ticket(visit), at_us), closed=partial(presence.closed, room),
        )  # fmt: skip

    @router.put("/visit", summary="A visit began or ended", status_code=204, response_class=Response)
    def report_visit(room: Annotated[RoomId, Depends(auth)], body: Wire[ReportVisit]) -> None:
        """The end of a visit cancels its open requests and unpaid orders; its shopper is no longer recognised."""
        service.report_visit(room, body)

    @router.post("/pieces", summary="A piece was scanned at the mirror")
    def toggle_piece(room: Annotated[RoomId, Depends(auth)], body: Wire[TogglePiece]) -> ScanAnswer:
        """Adds the piece to the room, or removes it if it was scanned before. False if this shop does not sell it.

        A coupon of a promotion counts in this visit; CouponScanned on the stream says so."""
        return ScanAnswer(ours=service.baskets.takes_coupon(room, body) or service.toggle_piece(room, body))

    @router.get("/articles", summary="Which of some articles the shop sells")
    def articles_sold(
        room: Annotated[RoomId, Depends(auth)],  # noqa: ARG001 the mirror's token is checked
        gtin: Annotated[list[GtinText], Query(min_length=1, max_length=MAX_ARTICLES)],
    ) -> ArticlesAnswer:
        """For a scanned label whose digits mean different articles as EAN-8 and as UPC-E."""
        return ArticlesAnswer(sold=list(service.articles_sold(gtin)))

    @router.post("/notes", summary="An event of a visit on an item", status_code=204, response_class=Response)
    def record_item_event(room: Annotated[RoomId, Depends(auth)], body: Wire[RecordItemEvent]) -> None:
        """Stored without person, room and ticket, for later advice."""
        service.record_item_event(room, body)


def _advice(router: APIRouter, service: Service, advice: MeasuredAdvice, auth: MirrorAuth) -> None:
    threads = AdviceThreads()

    @router.post("/looks", summary="Suggest pieces to combine")
    async def find_looks(room: Annotated[RoomId, Depends(auth)], body: Wire[FindLooks]) -> SuggestionsAnswer:
        """Up to six pieces in stock, each with a reason and in the size to bring. 503 if too many questions wait."""
        found = await threads.run(partial(advice.find_looks, room, body))
        return SuggestionsAnswer(suggestions=found)

    @router.post("/size", summary="Advise a size")
    async def advise_size(room: Annotated[RoomId, Depends(auth)], body: Wire[AdviseSize]) -> SizeAnswer:
        """One size, two sizes to choose between, or none; null if nothing is known. 503 if too many questions wait."""
        return SizeAnswer(advice=await threads.run(partial(advice.advise_size, room, body)))

    @router.put("/feels", summary="How a size fits a member", status_code=204, response_class=Response)
    def save_fit_feedback(room: Annotated[RoomId, Depends(auth)], body: Wire[SaveFitFeedback]) -> None:
        """Stored for the next visits of a member who proved her identity and agreed to it; otherwise discarded."""
        service.save_fit_feedback(room, body)

    @router.post("/identify", summary="Identify the owner of a card or ring")
    def identify_shopper(
        room: Annotated[RoomId, Depends(auth)], body: Wire[IdentifyShopper]
    ) -> ShopperAnswer:
        """Null if the credential is unknown or its proof does not hold."""
        shopper = service.identify_shopper(room, body)
        service.baskets.publish(room)
        return ShopperAnswer(shopper=shopper)


def _requests(router: APIRouter, service: Service, auth: MirrorAuth) -> None:
    @router.put("/requests/{request_id}", summary="Send a request")
    def submit_request(
        request_id: RequestId, room: Annotated[RoomId, Depends(auth)], body: Wire[ServiceRequest]
    ) -> Wire[ServiceRequest]:
        """May be sent again: the answer is its present state, and it is registered once."""
        if body.request_id != request_id:
            raise WireError("$.request_id: is not the one in the address")
        return service.submit_request(room, body)

    @router.post("/requests/{request_id}/withdraw", summary="Withdraw a request")
    def withdraw_request(
        request_id: RequestId, room: Annotated[RoomId, Depends(auth)]
    ) -> Wire[ServiceRequest]:
        """Withdrawing a finished request changes nothing."""
        return service.withdraw_request(room, request_id)


def _orders(router: APIRouter, service: Service, auth: MirrorAuth) -> None:
    @router.put("/basket", summary="What the shopper has chosen", status_code=204, response_class=Response)
    def report_basket(room: Annotated[RoomId, Depends(auth)], body: Wire[ReportBasket]) -> None:
        """All pieces that she wants to buy by now; the associate who takes her basket over begins with them.

        If the shop has promotions, what they cost together comes on the stream as BasketPriced."""
        service.report_basket(room, body)
        service.baskets.publish(room)

    @router.put("/orders/{order_id}", summary="Price an order")
    def price_order(
        order_id: OrderId, room: Annotated[RoomId, Depends(auth)], body: Wire[PriceOrder]
    ) -> Wire[Order]:
        """Prices come from the catalogue. Sending the same order again gives one order; another under its id is
        refused (409)."""
        if body.order_id != order_id:
            raise WireError("$.order_id: is not the one in the address")
        return service.price_order(room, body)

    @router.put("/orders/{order_id}/payment", summary="Collect a payment", status_code=202)
    def collect_payment(
        order_id: OrderId, room: Annotated[RoomId, Depends(auth)], body: Wire[CollectPayment]
    ) -> Wire[PaymentChanged]:
        """Starts collecting, once for each (order, attempt); progress arrives on the stream as PaymentMoved."""
        if body.order_id != order_id:
            raise WireError("$.order_id: is not the one in the address")
        return service.collect_payment(room, body)

    @router.delete("/orders/{order_id}/payment", summary="Drop a payment", status_code=202)
    def drop_payment(order_id: OrderId, room: Annotated[RoomId, Depends(auth)]) -> Wire[PaymentChanged]:
        """Asks the terminal to stop waiting; the payment may still end as paid."""
        return service.till.cancel(room, order_id)
