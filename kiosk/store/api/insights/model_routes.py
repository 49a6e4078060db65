"""Route of what the models were learned from."""

from fastapi import APIRouter

from kiosk.store.advice.learned import LearnedModels
from kiosk.store.api.model_answers import LooksModelAnswer, SizesModelAnswer, looks_answer, sizes_answer
from kiosk.store.api.wire_types import JsonObject


class ModelsAnswer(JsonObject):
    """What suggestions and sizes were learned from, and when; null for a model that is not configured."""

    looks: LooksModelAnswer | None
    looks_message: str
    """Why the last training run was refused or failed; empty if it was not."""
    sizes: SizesModelAnswer | None


def add_models(router: APIRouter, models: LearnedModels) -> None:
    """Adds the route."""

    @router.get("/models", summary="What was learned")
    def learned() -> ModelsAnswer:
        """When looks and sizes were last learned, on how much, and why the last run was refused."""
        looks = models.looks()
        return ModelsAnswer(
            looks=looks_answer(looks),
            looks_message=looks.message if looks is not None else "",
            sizes=sizes_answer(models.sizes()),
        )
