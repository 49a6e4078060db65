"""Trains a model and writes it to a folder: train, golden answers, write, read back."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Bools
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.loss_check import history_facts
from recommender.looks.pipeline.model_card import catalogue_coverage, model_card
from recommender.looks.serving import artefact
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.size_coverage import shares
from recommender.looks.training.blend_choice import BlendChoice
from recommender.looks.training.build import build
from recommender.looks.training.hyperparameters import Hyperparameters

# Number of rooms whose answers are stored in the manifest.
_GOLDEN = 5


def make(
    items: Items,
    events: Events,
    parameters: Hyperparameters,
    folder: Path,
    progress: Callable[[str, float], None],
    key: bytes | None = None,
    bands: Bools | None = None,
) -> dict[str, Any]:
    """Trains, writes and verifies a model; returns its metadata.

    The metadata holds no time stamp: the same data give the same bytes. `bands`: the thirds of its sizes in
    which each item is made, for the model card (see `serving.size_coverage`).
    """
    model, chosen = build(items, events, parameters, progress)
    stated = {
        **events.sizes,
        **history_facts(events),
        "from": iso_day(events.at.min()),
        "until": iso_day(events.at.max()),
    }
    return write_model(items, model, chosen, stated, parameters, folder, progress, key, bands)


def write_model(
    items: Items,
    model: LooksModel,
    chosen: BlendChoice,
    stated: dict[str, Any],
    parameters: Hyperparameters,
    folder: Path,
    progress: Callable[[str, float], None],
    key: bytes | None = None,
    bands: Bools | None = None,
) -> dict[str, Any]:
    """Writes and verifies a trained model; returns its metadata. `stated`: what it was trained on."""
    progress("writing the model", 0.0)
    metadata = {
        "catalogue": items.digest,
        "items": len(items),
        "sold": len(model.items.sold),
        **stated,
        "recipe": parameters.as_json(),
        "chosen": chosen.name,
        "choice": {name: asdict(reached) for name, reached in chosen.table.items()},
        "intervals": {name: list(between) for name, between in chosen.intervals.items()},
        "weights": {name: round(weight, 6) for name, weight in chosen.weights.items()},
        "room_sizes": [
            {group: round(factor, 6) for group, factor in factors.items()} for factors in chosen.by_size
        ],
        "arrival_weights": [round(weight, 6) for weight in chosen.arrivals],
        "golden": artefact.golden_answers(model, golden_rooms(model, parameters.seed)),
    }
    card = model_card(metadata, catalogue_coverage(model), () if bands is None else shares(model, bands))
    artefact.write(model, folder, metadata, key, card)
    artefact.read(folder, key=key, catalogue=items.digest)
    return {name: value for name, value in metadata.items() if name != "golden"}


def golden_rooms(model: LooksModel, seed: int) -> list[list[int]]:
    """A few random rooms of one to three items (seeded), as rows."""
    rng = np.random.default_rng(seed)
    sold = model.items.sold
    return [
        rng.choice(sold, size=min(1 + at % 3, len(sold)), replace=False).tolist() for at in range(_GOLDEN)
    ]


def iso_day(at: Any) -> str:
    """The UTC day of a time in seconds since 1970."""
    return datetime.fromtimestamp(int(at), UTC).date().isoformat()
