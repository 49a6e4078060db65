"""Makes a model from tables and puts it on disk: build, golden answers, write, read back."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Bools
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.model_card import card_of, coverage_of
from recommender.looks.serving import artefact
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.size_coverage import shares
from recommender.looks.training.build import build
from recommender.looks.training.hyperparameters import Recipe

# So many rooms are kept with their answers in the manifest.
_GOLDEN = 5


def make(
    items: Items,
    events: Events,
    recipe: Recipe,
    folder: Path,
    told: Callable[[str, float], None],
    key: bytes | None = None,
    bands: Bools | None = None,
) -> dict[str, Any]:
    """Builds, writes and proves a model; returns its facts (without time of making: same data, same bytes).

    `bands`: in which thirds of its sizes each item is made, for the card (see `serving.size_coverage`).
    """
    model, chosen = build(items, events, recipe, told)
    told("writing the model", 0.0)
    facts = {
        "catalogue": items.digest,
        "items": len(items),
        "sold": len(model.shelf.sold),
        "events": len(events),
        "baskets": len(np.unique(events.basket)),
        "from": day_of(events.at.min()),
        "until": day_of(events.at.max()),
        "recipe": {name: getattr(recipe, name) for name in Recipe.__dataclass_fields__ if name != "threads"},
        "chosen": chosen.name,
        "choice": {name: asdict(reached) for name, reached in chosen.table.items()},
        "intervals": {name: list(between) for name, between in chosen.intervals.items()},
        "weights": {name: round(weight, 6) for name, weight in chosen.weights.items()},
        "arrival_weights": [round(weight, 6) for weight in chosen.arrivals],
        "golden": artefact.golden(model, rooms_of(model, recipe.seed)),
    }
    card = card_of(facts, coverage_of(model), () if bands is None else shares(model, bands))
    artefact.write(model, folder, facts, key, card)
    artefact.read(folder, key=key, catalogue=items.digest)
    return {name: value for name, value in facts.items() if name != "golden"}


def rooms_of(model: LooksModel, seed: int) -> list[list[int]]:
    """A few seeded rooms of one to three garments, as rows."""
    rng = np.random.default_rng(seed)
    sold = model.shelf.sold
    return [
        rng.choice(sold, size=min(1 + at % 3, len(sold)), replace=False).tolist() for at in range(_GOLDEN)
    ]


def day_of(at: Any) -> str:
    """The day of a second since 1970, UTC."""
    return datetime.fromtimestamp(int(at), UTC).date().isoformat()
