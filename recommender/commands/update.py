"""`update`: adds new events to a looks model without training."""

import argparse
import json
import sys
from typing import Any

from recommender.commands import option_types, options


def add(commands: Any) -> None:
    """Adds `update`."""
    it = commands.add_parser("update", help="add new events to a model without training")
    it.add_argument(
        "--model", type=option_types.folder, required=True, metavar="MODEL", help=options.MODEL_HELP
    )
    it.add_argument(
        "--events",
        type=option_types.table,
        required=True,
        metavar="EVENTS",
        help=f"{options.EVENTS_HELP}; only baskets that the model has not counted yet",
    )
    it.add_argument(
        "--out", type=option_types.output_model, required=True, metavar="MODEL", help="model folder to write"
    )
    options.key_file(it, "verify and seal the model")
    options.as_json(it, "the counts")
    it.set_defaults(run_command=run)


def run(chosen: argparse.Namespace) -> int:
    """Updates; returns 0 when the new model is written and verified."""
    from recommender.artefacts.versions import resolve_model
    from recommender.inputs.history import read_events
    from recommender.looks.pipeline.incremental import items_of, update_model
    from recommender.looks.pipeline.make import golden_rooms
    from recommender.looks.serving import artefact

    key = options.read_key(chosen)
    folder = resolve_model(chosen.model)
    model = artefact.read(folder, key=key)
    events = read_events(chosen.events, items_of(model))
    updated = update_model(model, events)
    metadata = {**model.metadata, "updated_with": model.metadata.get("updated_with", 0) + len(events)}
    metadata["golden"] = artefact.golden_answers(updated, golden_rooms(updated, 7))
    card = folder / "MODEL_CARD.md"
    artefact.write(
        updated, chosen.out, metadata, key, card.read_text(encoding="utf-8") if card.exists() else ""
    )
    artefact.read(chosen.out, key=key)
    counts = {
        "events": len(events),
        "pairs": len(updated.pairs.columns),
        "pairs_before": len(model.pairs.columns),
    }
    sys.stdout.write(
        json.dumps(counts) + "\n" if chosen.json else f"{chosen.out}: {len(events)} events counted in\n"
    )
    return 0
