"""Routes of a manager's figures on the shop's items."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from kiosk.store.api.auth import ManagerAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.insights.insights import Insights, ItemInsight

_Since = Annotated[int, Query(ge=0)]


class ItemInsightsAnswer(JsonObject):
    """Counts for each item and size, the most tried first."""

    items: tuple[ItemInsight, ...]


def insights_router(insights: Insights, auth: ManagerAuth) -> APIRouter:
    """Counts by item and size; no persons, no single visits."""
    router = APIRouter(
        prefix="/api/v1/insights", tags=["managers"], dependencies=[Depends(auth)], route_class=LimitedRoute
    )

    @router.get("/items", summary="Tried and bought")
    def items(since_us: _Since = 0) -> ItemInsightsAnswer:
        """For each item and size: tried, bought, requested, requested while out of stock, not wanted."""
        return ItemInsightsAnswer(items=insights.items(since_us))

    @router.get("/items.csv", summary="The same as CSV", response_class=Response)
    def table(since_us: _Since = 0) -> Response:
        """With a header line; UTF-8."""
        headers = {"Content-Disposition": 'attachment; filename="items.csv"'}
        return Response(insights.table(since_us), media_type="text/csv; charset=utf-8", headers=headers)

    return router
