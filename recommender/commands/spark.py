"""`train-spark`: trains a looks model on the history of a chain, with Spark."""

import argparse
import os
import sys
import time
from typing import Any

from recommender.commands import option_types, options


def add(commands: Any) -> None:
    """Adds `train-spark`."""
    it = commands.add_parser(
        "train-spark",
        help="train looks with counts and item factors of Spark (extra `spark`), for a history that is too large "
        "for one machine",
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
        "--out", type=option_types.output_model, required=True, metavar="MODEL", help="model folder to write"
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
        "--rounds", type=option_types.passes, default=20, metavar="N", help="iterations of ALS (default: 20)"
    )
    it.add_argument(
        "--max-baskets",
        type=option_types.rows,
        default=1_000_000,
        metavar="N",
        help="baskets that LightFM is trained on, outside Spark; of more, a sample is drawn (default: 1000000)",
    )
    it.add_argument(
        "--scratch",
        type=option_types.folder,
        default=None,
        metavar="FOLDER",
        help="folder for passing files that all machines of the cluster can reach (default: a temporary folder of "
        "this machine)",
    )
    options.as_of(it)
    options.training(it)
    options.key_file(it, "seal the model")
    it.set_defaults(run_command=run)


def run(chosen: argparse.Namespace) -> int:
    """Trains and writes; returns 0 when the model is written and verified."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.inputs.catalogue import read_items
    from recommender.looks.pipeline.spark_model import make_with_spark
    from recommender.looks.signals.co_purchase_spark import SparkSettings
    from recommender.looks.training.hyperparameters import Hyperparameters

    started = time.monotonic()
    items = read_items(chosen.catalogue)
    for notice in items.notices:
        sys.stderr.write(f"note: {notice}\n")
    parameters = Hyperparameters(
        factor_dimensions=chosen.rank,
        factor_iterations=chosen.rounds,
        threads=chosen.threads,
        seed=chosen.seed,
        **({"epochs": chosen.epochs} if chosen.epochs else {}),
    )
    settings = SparkSettings(chosen.master, chosen.memory, chosen.max_baskets, chosen.scratch)
    key = options.read_key(chosen)
    limits = options.history_limits(chosen)
    metadata = make_with_spark(
        items, chosen.events, settings, parameters, chosen.out, limits, Progress(), key
    )
    sys.stdout.write(
        f"{chosen.out}: {metadata['items']} items, {metadata['sold']} of them sold, "
        f"from {metadata['events']} events in {metadata['baskets']} baskets; "
        f"LightFM on {metadata['sampled_baskets']} baskets of two items or more; "
        f"{time.monotonic() - started:.1f} s\n"
    )
    return 0
