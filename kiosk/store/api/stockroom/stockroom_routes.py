"""Routes of the stockroom: what is to be brought and to be bagged."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from kiosk.core.domain.service_request import ServiceRequest
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.streaming import BEAT, EventStreamResponse
from kiosk.store.api.wire_types import JsonObject, Wire, WireForm
from kiosk.store.floor.bag_tasks import BagTask
from kiosk.store.floor.event_hub import STOCKROOM_TOPIC, EventHub
from kiosk.store.floor.request_view import RequestStatus
from kiosk.store.floor.stockroom.stockroom_view import request_for_stockroom

StockroomRequest = Annotated[ServiceRequest, WireForm(request_for_stockroom, RequestStatus)]
"""A request for which a garment is brought; `actions` is empty."""


class StockroomAnswer(JsonObject):
    """Open requests for which a garment is brought, paid pieces to be bagged, and the titles of rooms and stands."""

    class_name: Annotated[Literal["Stockroom"], Field(alias="is")]
    now_us: int
    """The store's clock, by which the page shows ages."""
    requests: tuple[StockroomRequest, ...]
    bags: Wire[tuple[BagTask, ...]]
    titles: dict[str, str]


def stockroom_router(
    snapshot: Callable[[], dict[str, object]], auth: AssociateAuth, hub: EventHub
) -> APIRouter:
    """The routes. Who asks them is not on the floor."""
    router = APIRouter(prefix="/api/v1/stockroom", tags=["stockroom"], route_class=LimitedRoute)

    @router.get("", summary="What is to be brought and bagged", dependencies=[Depends(auth)])
    def stockroom() -> StockroomAnswer:
        """No shopper, no garments of rooms, no clues."""
        return StockroomAnswer.model_validate(snapshot())

    @router.get(
        "/stream", summary="Changes of the stockroom", status_code=200, response_class=EventStreamResponse
    )
    def stream(session: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Server-sent events: first `Stockroom`, then `RequestChanged`, `BagTask`, `BagDone`, `AsidesChanged`;
        `Beat` as on `/api/v1/floor/stream`."""
        return EventStreamResponse(hub.opener(STOCKROOM_TOPIC, session.owner), heartbeat=BEAT)

    return router
