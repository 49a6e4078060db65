"""The models in answers of the API: when they were learned, and on how much."""

from kiosk.store.advice.learned import LooksLearned, SizesLearned
from kiosk.store.api.wire_types import JsonObject
from recommender.artefacts.freshness import ModelWarning
from recommender.artefacts.last_run import RunOutcome


class LooksModelAnswer(JsonObject):
    """The looks model in use. Times in microseconds since 1970, 0 for none; counts are 0 without a model."""

    version: str
    learned_at_us: int
    items: int
    events: int
    baskets: int
    matched_percent: int | None
    """Share of the history's events that name an item of the catalogue; null if it is not known."""
    last_run_at_us: int
    """End of the last training run, or its beginning while it runs."""
    last_run: RunOutcome | None
    warnings: tuple[ModelWarning, ...]


class SizesModelAnswer(JsonObject):
    """The sizes model. `learned_at_us` is 0 if there is none."""

    learned_at_us: int
    answers: int
    products: int


def looks_answer(looks: LooksLearned | None) -> LooksModelAnswer | None:
    """Without the message of the last run, which may name files."""
    if looks is None:
        return None
    return LooksModelAnswer(
        version=looks.version,
        learned_at_us=looks.learned_at_us,
        items=looks.items,
        events=looks.events,
        baskets=looks.baskets,
        matched_percent=None if looks.matched_percent < 0 else looks.matched_percent,
        last_run_at_us=looks.last_run_at_us,
        last_run=looks.last_run,
        warnings=looks.warnings,
    )


def sizes_answer(sizes: SizesLearned | None) -> SizesModelAnswer | None:
    """The same facts as an answer."""
    if sizes is None:
        return None
    return SizesModelAnswer(learned_at_us=sizes.learned_at_us, answers=sizes.answers, products=sizes.products)
