"""What managers read of the shop's items."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from kiosk.store.api.auth import AssociateSession, ManagerAuth
from kiosk.store.api.wire_bodies import json_answer
from kiosk.store.insights.insights import Insights


def insights_router(insights: Insights, auth: ManagerAuth) -> APIRouter:
    """Counts by item and size; no persons, no single visits."""
    router = APIRouter(prefix="/api/v1/insights", tags=["managers"])

    @router.get("/items", summary="Tried against bought", response_class=Response)
    def items(
        me: Annotated[AssociateSession, Depends(auth)], since_us: Annotated[int, Query(ge=0)] = 0
    ) -> Response:
        """Per item and size: tried, bought, asked for, asked for in vain, not wanted."""
        del me
        return json_answer({"items": [asdict(i) for i in insights.items(since_us)]})

    @router.get("/items.csv", summary="The same as CSV", response_class=Response)
    def table(
        me: Annotated[AssociateSession, Depends(auth)], since_us: Annotated[int, Query(ge=0)] = 0
    ) -> Response:
        """With a header line; UTF-8."""
        del me
        headers = {"Content-Disposition": 'attachment; filename="items.csv"'}
        return Response(insights.table(since_us), media_type="text/csv; charset=utf-8", headers=headers)

    return router
