"""Routes of figures on the shop's items, for managers and analysts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from kiosk.store.advice.learned import LearnedModels
from kiosk.store.api.auth import AssociateAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.model_answers import LooksModelAnswer, SizesModelAnswer, looks_answer, sizes_answer
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.insights.insights import Insights, ItemInsight

_Since = Annotated[int, Query(ge=0, lt=2**63)]


class ItemInsightsAnswer(JsonObject):
    """Counts for each item and size, the most tried first."""

    items: tuple[ItemInsight, ...]


class ModelsAnswer(JsonObject):
    """What suggestions and sizes were learned from, and when; null for a model that is not configured."""

    looks: LooksModelAnswer | None
    looks_message: str
    """Why the last training run was refused or failed; empty if it was not."""
    sizes: SizesModelAnswer | None


def insights_router(insights: Insights, models: LearnedModels, auth: AssociateAuth) -> APIRouter:
    """Counts by item and size; no persons, no single visits."""
    router = APIRouter(
        prefix="/api/v1/insights", tags=["insights"], dependencies=[Depends(auth)], route_class=LimitedRoute
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

    @router.get("/models", summary="What was learned")
    def learned() -> ModelsAnswer:
        """When looks and sizes were last learned, on how much, and why the last run was refused."""
        looks = models.looks()
        return ModelsAnswer(
            looks=looks_answer(looks),
            looks_message=looks.message if looks is not None else "",
            sizes=sizes_answer(models.sizes()),
        )

    return router
