"""What a room's mirror asks of its store."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from kiosk.core.domain.ids import OrderId, RequestId, RoomId
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    RecordItemEvent,
    ReportVisit,
    SaveFitFeedback,
    TogglePiece,
)
from kiosk.core.wire import WireError
from kiosk.store.api.auth import MirrorAuth
from kiosk.store.api.openapi import speaks
from kiosk.store.api.streaming import EventStreamResponse
from kiosk.store.api.wire_bodies import wire_answer, wire_body
from kiosk.store.floor.event_hub import EventHub, room_topic
from kiosk.store.service import Service


def mirror_router(service: Service, auth: MirrorAuth, hub: EventHub) -> APIRouter:
    """The routes below /api/v1/rooms/{room}; the gate knows the room by the mirror's token."""
    router = APIRouter(prefix="/api/v1/rooms/{room}", tags=["mirror"])
    _visit(router, service, auth, hub)
    _questions(router, service, auth)
    _requests(router, service, auth)
    _orders(router, service, auth)
    return router


def _visit(router: APIRouter, service: Service, auth: MirrorAuth, hub: EventHub) -> None:
    @router.get(
        "/stream",
        summary="The room's event stream",
        response_class=Response,
        openapi_extra=speaks(stream=True),
    )
    async def stream(room: Annotated[RoomId, Depends(auth)]) -> Response:
        """Server-sent events: first `Snapshot`, the whole truth of the room, then every change as it comes. A comment
        line each 2 s shows that the store lives. A reader that falls behind gets a fresh `Snapshot`."""
        service.floor.room(room)
        return EventStreamResponse(hub, room_topic(room))

    @router.put(
        "/visit", summary="A visit began, or is over", status_code=204, openapi_extra=speaks(ReportVisit)
    )
    def tell_visit(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(ReportVisit))]
    ) -> Response:
        """With a visit's end its open requests are cancelled, its unpaid orders given up, its shopper forgotten."""
        service.tell_visit(room, body)
        return Response(status_code=204)

    @router.post(
        "/pieces", summary="A piece was scanned at the mirror", openapi_extra=speaks(TogglePiece, "ours")
    )
    def bring(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(TogglePiece))]
    ) -> Response:
        """Brought into the room, or out of it where it was scanned before; false where this house does not sell it."""
        return wire_answer({"ours": service.scan_piece(room, body)})

    @router.post(
        "/notes",
        summary="What a visit says of an item",
        status_code=204,
        openapi_extra=speaks(RecordItemEvent),
    )
    def note(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(RecordItemEvent))]
    ) -> Response:
        """Kept without person, room and ticket, for later advice."""
        service.record_note(room, body)
        return Response(status_code=204)


def _questions(router: APIRouter, service: Service, auth: MirrorAuth) -> None:
    @router.post("/looks", summary="What goes with the room", openapi_extra=speaks(FindLooks, "suggestions"))
    def looks(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(FindLooks))]
    ) -> Response:
        """Up to six pieces that are in stock, each with a reason, in the size to bring."""
        return wire_answer({"suggestions": service.suggest_looks(room, body)})

    @router.post("/size", summary="Which size to take", openapi_extra=speaks(AdviseSize, "advice"))
    def size(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(AdviseSize))]
    ) -> Response:
        """One size, two to choose between, or none; null where there is nothing to say."""
        return wire_answer({"advice": service.advise_size(room, body)})

    @router.put(
        "/feels",
        summary="How a size sits on a member",
        status_code=204,
        openapi_extra=speaks(SaveFitFeedback),
    )
    def keep_feel(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(SaveFitFeedback))]
    ) -> Response:
        """Kept for her next visits where she proved who she is and lets her sizes be kept; otherwise nothing is."""
        service.keep_fit_feedback(room, body)
        return Response(status_code=204)

    @router.post(
        "/identify", summary="Whose credential it is", openapi_extra=speaks(IdentifyShopper, "shopper")
    )
    def identify(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(IdentifyShopper))]
    ) -> Response:
        """Null where no such credential is known, or its proof does not hold."""
        return wire_answer({"shopper": service.identify(room, body)})


def _requests(router: APIRouter, service: Service, auth: MirrorAuth) -> None:
    @router.put(
        "/requests/{request_id}",
        summary="Ask for something",
        openapi_extra=speaks(ServiceRequest, ServiceRequest),
    )
    def ask(
        request_id: RequestId,
        room: Annotated[RoomId, Depends(auth)],
        body: Annotated[Any, Depends(wire_body(ServiceRequest))],
    ) -> Response:
        """May be sent again: it is answered as it stands, and asked once."""
        if body.request_id != request_id:
            raise WireError("$.request_id: is not the one in the address")
        return wire_answer(service.submit_request(room, body))

    @router.post(
        "/requests/{request_id}/withdraw",
        summary="Take a request back",
        openapi_extra=speaks(None, ServiceRequest),
    )
    def withdraw(request_id: RequestId, room: Annotated[RoomId, Depends(auth)]) -> Response:
        """Taking back what is over changes nothing."""
        return wire_answer(service.withdraw_request(room, request_id))


def _orders(router: APIRouter, service: Service, auth: MirrorAuth) -> None:
    @router.put("/orders/{order_id}", summary="Price an order", openapi_extra=speaks(PriceOrder, "order"))
    def price(
        order_id: OrderId,
        room: Annotated[RoomId, Depends(auth)],
        body: Annotated[Any, Depends(wire_body(PriceOrder))],
    ) -> Response:
        """Prices come from the catalogue. The same question twice is one order; another under its id is refused."""
        if body.order_id != order_id:
            raise WireError("$.order_id: is not the one in the address")
        return wire_answer(service.price_order(room, body))

    @router.put(
        "/orders/{order_id}/payment",
        summary="Collect",
        status_code=202,
        openapi_extra=speaks(CollectPayment, "payment"),
    )
    def collect(
        order_id: OrderId,
        room: Annotated[RoomId, Depends(auth)],
        body: Annotated[Any, Depends(wire_body(CollectPayment))],
    ) -> Response:
        """Starts collecting, once for each (order, attempt); progress comes by the stream as PaymentMoved."""
        if body.order_id != order_id:
            raise WireError("$.order_id: is not the one in the address")
        return wire_answer(service.collect_payment(room, body), 202)

    @router.delete(
        "/orders/{order_id}/payment",
        summary="Give a payment up",
        status_code=202,
        openapi_extra=speaks(None, "payment"),
    )
    def drop(order_id: OrderId, room: Annotated[RoomId, Depends(auth)]) -> Response:
        """Asks the terminal to stop waiting; it may still end paid."""
        return wire_answer(service.till.drop(room, order_id), 202)
