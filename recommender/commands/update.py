"""`update`: the day's events into a model without training, in less time than it takes to read it."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Adds `update`."""
    it = commands.add_parser("update", help="count new events into a model without training")
    it.add_argument("--model", type=Path, required=True)
    it.add_argument("--events", type=Path, required=True, help="baskets that the model has not counted yet")
    it.add_argument("--out", type=Path, required=True)
    it.add_argument("--key-file", type=Path, default=None)
    it.add_argument("--json", action="store_true")
    it.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Updates; 0 when the new model was written and proved."""
    from recommender.artefacts.versions import resolve_model
    from recommender.inputs.history import read_events
    from recommender.looks.pipeline.incremental import items_of, update_model
    from recommender.looks.pipeline.make import golden_rooms
    from recommender.looks.serving import artefact

    key = chosen.key_file.read_bytes() if chosen.key_file else None
    folder = resolve_model(chosen.model)
    model = artefact.read(folder, key=key)
    events = read_events(chosen.events, items_of(model))
    fresh = update_model(model, events)
    metadata = {**model.metadata, "updated_with": model.metadata.get("updated_with", 0) + len(events)}
    metadata["golden"] = artefact.golden_answers(fresh, golden_rooms(fresh, 7))
    card = folder / "MODEL_CARD.md"
    artefact.write(
        fresh, chosen.out, metadata, key, card.read_text(encoding="utf-8") if card.exists() else ""
    )
    artefact.read(chosen.out, key=key)
    told = {
        "events": len(events),
        "pairs": len(fresh.pairs.columns),
        "pairs_before": len(model.pairs.columns),
    }
    sys.stdout.write(
        json.dumps(told) + "\n" if chosen.json else f"{chosen.out}: {len(events)} events counted in\n"
    )
    return 0
