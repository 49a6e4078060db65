"""The route by which a shopper has her receipt printed at the mirror."""

from typing import Annotated

from fastapi import APIRouter, Depends

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.core.visit.effects import PrintReceipt
from kiosk.core.visit.events import ReceiptPrintChanged
from kiosk.core.wire import WireError
from kiosk.store.api.auth import MirrorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import Wire
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.receipts.sales import ReceiptSales
from kiosk.store.receipts.print_desk import PrintDesk
from kiosk.store.service import Service


def mirror_print_router(
    service: Service, printing: PrintDesk, sales: ReceiptSales, auth: MirrorAuth
) -> APIRouter:
    """The route below /api/v1/rooms/{room}."""
    router = APIRouter(prefix=ROOM_PREFIX, tags=["mirror"], route_class=LimitedRoute)

    @router.put("/orders/{order_id}/print", summary="Print a receipt", status_code=202)
    def print_receipt(
        order_id: OrderId, room: Annotated[RoomId, Depends(auth)], body: Wire[PrintReceipt]
    ) -> Wire[ReceiptPrintChanged]:
        """Of an order of the present visit, at the room's printer. How it goes arrives on the stream as
        ReceiptPrintChanged; while it is being printed, asking again changes nothing."""
        if body.order_id != order_id:
            raise WireError("$.order_id: is not the one in the address")
        service.visits.require_not_ended(room, body.ticket)
        order = sales.of_order(order_id).order
        if (order.room, order.ticket) != (room, body.ticket):
            raise NotFoundError("there is no such order in this visit")
        wanted = printing.print_receipt(order_id, printing.printer_of(room), body.language)
        return ReceiptPrintChanged(service.now_us(), body.ticket, order_id, wanted.state)

    return router
