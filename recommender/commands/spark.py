"""`train-spark`: a chain's history, learned on many machines, as the model that shops serve."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Adds `train-spark`."""
    it = commands.add_parser(
        "train-spark", help="learn looks with Spark's ALS (extra `spark`), for more than one machine holds"
    )
    it.add_argument("--catalogue", type=Path, required=True, metavar="ITEMS")
    it.add_argument("--events", type=Path, required=True, nargs="+", metavar="PARQUET")
    it.add_argument("--out", type=Path, required=True, metavar="MODEL")
    it.add_argument("--master", default="local[*]", help="where Spark runs (default: this machine)")
    it.add_argument("--memory", default="2g", help="what Spark's driver may take")
    it.add_argument("--rank", type=int, default=128)
    it.add_argument("--rounds", type=int, default=10)
    it.add_argument("--key-file", type=Path, default=None)
    it.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Learns and writes; 0 when the model was written, read back and proved."""
    from recommender.commands.progress import Progress
    from recommender.inputs.catalogue import read_items
    from recommender.looks.pipeline.make import golden_rooms
    from recommender.looks.pipeline.model_card import catalogue_coverage, model_card
    from recommender.looks.pipeline.spark_model import train_spark_model
    from recommender.looks.serving import artefact
    from recommender.looks.signals.co_purchase_spark import SparkSettings

    items = read_items(chosen.catalogue)
    settings = SparkSettings(
        rank=chosen.rank, rounds=chosen.rounds, master=chosen.master, memory=chosen.memory
    )
    model, choice, sums = train_spark_model(items, chosen.events, settings, Progress())
    metadata: dict[str, Any] = {
        "catalogue": items.digest,
        "items": len(items),
        "sold": len(model.items.sold),
        "events": sums.events,
        "baskets": sums.baskets,
        "from": sums.first,
        "until": sums.last,
        "chosen": choice.name,
        "choice": {name: asdict(reached) for name, reached in choice.table.items()},
        "intervals": {name: list(between) for name, between in choice.intervals.items()},
        "learned_with": "ALS",
        "weights": {"pair steep": model.blend.pairs.log_1000},
    }
    card = model_card(metadata, catalogue_coverage(model))
    metadata["golden"] = artefact.golden_answers(model, golden_rooms(model, settings.seed))
    key = chosen.key_file.read_bytes() if chosen.key_file else None
    artefact.write(model, chosen.out, metadata, key, card)
    artefact.read(chosen.out, key=key, catalogue=items.digest)
    sys.stdout.write(f"{chosen.out}: {len(items)} items, {sums.events} events in {sums.baskets} baskets\n")
    return 0
