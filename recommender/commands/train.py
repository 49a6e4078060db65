"""`train`: a catalogue and a history in, a sealed model folder out."""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Adds `train`."""
    it = commands.add_parser("train", help="learn looks from a catalogue and a history")
    it.add_argument(
        "--catalogue", type=Path, required=True, metavar="ITEMS", help="Parquet, CSV or JSON lines"
    )
    it.add_argument(
        "--events", type=Path, required=True, metavar="EVENTS", help="Parquet (file or folder), CSV, JSONL"
    )
    it.add_argument("--out", type=Path, required=True, metavar="MODEL", help="the folder to write")
    it.add_argument("--threads", type=int, default=1, help="1 (the default) gives the same bytes every time")
    it.add_argument("--seed", type=int, default=7)
    it.add_argument("--epochs", type=int, default=None)
    it.add_argument("--key-file", type=Path, default=None, help="seal the model with this key (HMAC)")
    it.add_argument("--json", action="store_true", help="print the facts of the model as one JSON line")
    it.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Trains and writes; 0 when the model was written, read back and proved."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.inputs.catalogue import read_items
    from recommender.inputs.history import read_events
    from recommender.looks.pipeline.make import make
    from recommender.looks.training.hyperparameters import Hyperparameters

    started = time.monotonic()
    items = read_items(chosen.catalogue)
    events = read_events(chosen.events, items)
    for notice in (*items.notices, *events.notices):
        sys.stderr.write(f"note: {notice}\n")
    parameters = Hyperparameters(
        threads=chosen.threads, seed=chosen.seed, **({"epochs": chosen.epochs} if chosen.epochs else {})
    )
    key = chosen.key_file.read_bytes() if chosen.key_file else None
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
