"""Routes of the stands' card readers, below /api/v1/stands/{room}; a stand is paired like a mirror, by its name."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.domain.sales.stand import StandAnswer
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.store.api.auth import MirrorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.cards_routes import CardAnswer, FirstCommand, NextCommand, octets
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.payments.stands.stand_desk import StandDesk


class PurchaseAnswer(JsonObject):
    """What a tap has led to by now."""

    purchase: Wire[StandAnswer]


def stand_router(desk: StandDesk, auth: MirrorAuth) -> APIRouter:
    """The routes of all stands. The ticket of a question is the id of the tap, which the reader makes."""
    router = APIRouter(prefix="/api/v1/stands/{room}", tags=["stand"], route_class=LimitedRoute)

    @router.post("/meetings", summary="Begin a card authentication at a stand")
    def begin(room: Annotated[RoomId, Depends(auth)], body: Wire[IdentifyShopper]) -> FirstCommand:
        """The command is for the card. Refused (409) if this card does not support it; then send the tap to /taps."""
        meeting_id, command = desk.begin(room, body)
        return FirstCommand(meeting_id=meeting_id, command=command.hex())

    @router.post("/meetings/{meeting_id}", summary="Continue a card authentication at a stand")
    def proceed(
        meeting_id: str, room: Annotated[RoomId, Depends(auth)], body: Wire[CardAnswer]
    ) -> NextCommand | PurchaseAnswer:
        """The next command, or at the end the purchase: the garment of the stand is bought at once."""
        step = desk.proceed(room, meeting_id, octets(body.answer))
        return NextCommand(command=step.hex()) if isinstance(step, bytes) else PurchaseAnswer(purchase=step)

    @router.post("/taps", summary="Buy with a tap")
    def tap(room: Annotated[RoomId, Depends(auth)], body: Wire[IdentifyShopper]) -> PurchaseAnswer:
        """Buys if the signed link of the tap proves the card. A card that proves nothing is refused."""
        return PurchaseAnswer(purchase=desk.tap(room, body))

    @router.get("/orders/{order_id}", summary="The state of a purchase")
    def state(order_id: OrderId, room: Annotated[RoomId, Depends(auth)]) -> PurchaseAnswer:
        """By its order id: `stand-` and the id of the tap. 404 if that tap has made no order."""
        return PurchaseAnswer(purchase=desk.state(room, order_id))

    @router.put(
        "/orders/{order_id}/seen", summary="The result was shown", status_code=204, response_class=Response
    )
    def seen(order_id: OrderId, room: Annotated[RoomId, Depends(auth)]) -> None:
        """The reader has shown that the purchase is paid. Until then further taps of the card belong to it."""
        desk.seen(room, order_id)

    return router
