"""`cheval models train`: trains a looks model from table files, writes it as a sealed folder, does not publish it."""

import argparse
import json
import os
import sys
import time
from typing import Any

from recommender.commands import option_types, options


def add(commands: Any) -> None:
    """Adds `train`."""
    it = commands.add_parser("train", help="train a looks model on a catalogue and a history")
    options.catalogue(it)
    it.add_argument(
        "--events", type=option_types.table, required=True, metavar="EVENTS", help=options.EVENTS_HELP
    )
    it.add_argument(
        "--out", type=option_types.output_model, required=True, metavar="MODEL", help="model folder to write"
    )
    options.as_of(it)
    options.training(it)
    options.key_file(it, "seal the model")
    options.as_json(it, "the metadata of the model")
    it.set_defaults(run_command=run)


def run(chosen: argparse.Namespace) -> int:
    """Trains and writes; returns 0 when the model is written and verified."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.inputs.catalogue import read_items
    from recommender.inputs.history import read_events
    from recommender.looks.pipeline.make import make
    from recommender.looks.training.hyperparameters import Hyperparameters

    started = time.monotonic()
    items = read_items(chosen.catalogue)
    events = read_events(chosen.events, items, options.history_limits(chosen))
    for notice in (*items.notices, *events.notices):
        sys.stderr.write(f"note: {notice}\n")
    parameters = Hyperparameters(
        threads=chosen.threads, seed=chosen.seed, **({"epochs": chosen.epochs} if chosen.epochs else {})
    )
    key = options.read_key(chosen)
    metadata = make(items, events, parameters, chosen.out, Progress(), key)
    seconds = round(time.monotonic() - started, 1)
    if chosen.json:
        sys.stdout.write(json.dumps({**metadata, "seconds": seconds}) + "\n")
    else:
        sys.stdout.write(
            f"{chosen.out}: {metadata['items']} items, {metadata['sold']} of them sold, "
            f"from {metadata['events']} events in {metadata['baskets']} baskets; {seconds} s\n"
        )
    return 0
