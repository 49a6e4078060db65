"""Route of a mirror that asks in which ways its shopper can get what she has chosen."""

from typing import Annotated

from fastapi import APIRouter, Depends

from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.promise.values import DeliveryOffers
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.core.visit.effects import FindDelivery
from kiosk.store.api.auth import MirrorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import Wire
from kiosk.store.payments.promises.promised_delivery import PromisedDelivery


def mirror_delivery_router(delivery: PromisedDelivery, auth: MirrorAuth) -> APIRouter:
    """The route below /api/v1/rooms/{room}; `auth` finds the room by the mirror's token."""
    router = APIRouter(prefix=ROOM_PREFIX, tags=["mirror"], route_class=LimitedRoute)

    @router.post("/delivery", summary="How the shopper can get her pieces")
    def find_delivery(
        room: Annotated[RoomId, Depends(auth)], body: Wire[FindDelivery]
    ) -> Wire[DeliveryOffers]:
        """One promise for each way: day, fee, and until when it holds. A member who has proved her card is promised one
        day, a guest is told the first possible one. Nothing is stored; the order is decided again when it is priced."""
        return delivery.offers(room, body)

    return router
