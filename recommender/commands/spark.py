"""`train-spark`: trains a looks model on the history of a chain, with Spark."""

import argparse
import sys
from dataclasses import asdict
from typing import Any

from recommender.commands import option_types, options


def add(commands: Any) -> None:
    """Adds `train-spark`."""
    it = commands.add_parser(
        "train-spark",
        help="train looks with ALS in Spark (extra `spark`), for a history that does not fit one machine",
    )
    options.catalogue(it)
    it.add_argument(
        "--events",
        type=option_types.table,
        required=True,
        nargs="+",
        metavar="PARQUET",
        help=options.EVENTS_HELP,
    )
    it.add_argument(
        "--out", type=option_types.output_folder, required=True, metavar="MODEL", help="model folder to write"
    )
    it.add_argument(
        "--master",
        type=option_types.spark_master,
        default="local[*]",
        metavar="URL",
        help="Spark master (default: local[*], this machine)",
    )
    it.add_argument(
        "--memory",
        type=option_types.java_memory,
        default="2g",
        metavar="SIZE",
        help="memory of Spark's driver (default: 2g)",
    )
    it.add_argument(
        "--rank",
        type=option_types.passes,
        default=128,
        metavar="N",
        help="dimensions of the factors (default: 128)",
    )
    it.add_argument(
        "--rounds", type=option_types.passes, default=10, metavar="N", help="iterations of ALS (default: 10)"
    )
    options.key_file(it, "seal the model")
    it.set_defaults(run_command=run)


def run(chosen: argparse.Namespace) -> int:
    """Trains and writes; returns 0 when the model is written and verified."""
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
    key = options.read_key(chosen)
    artefact.write(model, chosen.out, metadata, key, card)
    artefact.read(chosen.out, key=key, catalogue=items.digest)
    sys.stdout.write(f"{chosen.out}: {len(items)} items, {sums.events} events in {sums.baskets} baskets\n")
    return 0
