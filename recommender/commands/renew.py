"""`renew`: one training run from table files: train, evaluate, publish if it is not worse. Without new days to
evaluate on, a model for a changed catalogue is published without an evaluation."""

import argparse
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.commands import option_types, options

if TYPE_CHECKING:
    from recommender.inputs.history_limits import HistoryLimits
    from recommender.looks.pipeline.nightly import TrainingInputs


def add(commands: Any) -> None:
    """Adds `renew`."""
    it = commands.add_parser(
        "renew",
        help="train, evaluate and publish in one step",
        description="Compares the tables with what the served model was trained on, trains, evaluates and publishes. "
        "Exit codes: 0 published, or too few new events to evaluate; 1 the tables or the new model were refused and "
        "the served one stays; 2 wrong arguments, a missing file, or another run works there.",
    )
    options.catalogue(it)
    it.add_argument(
        "--events",
        type=option_types.table,
        nargs="*",
        default=[],
        metavar="EVENTS",
        help=f"{options.EVENTS_HELP} (default: none, for a shop without sales)",
    )
    it.add_argument(
        "--looks",
        type=option_types.input_file,
        nargs="*",
        default=[],
        metavar="YAML",
        help="files of stylists' looks (default: none)",
    )
    options.published_root(it)
    options.as_of(it)
    options.training(it)
    options.key_file(it, "seal and verify models")
    it.add_argument(
        "--max-loss",
        type=option_types.loss,
        default=None,
        metavar="SHARE",
        help="share of items, events or baskets, 0 to 1, that may be missing or unusable before the tables are refused "
        "(default: 0.2)",
    )
    it.add_argument(
        "--accept-loss",
        action="store_true",
        help="publish although more was lost: the loss is intended (default: refuse)",
    )
    options.as_json(it, "the result")
    it.set_defaults(run_command=run)


def run(chosen: argparse.Namespace) -> int:
    """Runs the training once and prints the result; returns 1 if the tables or the model were refused."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.errors import RecommenderError
    from recommender.looks.pipeline.nightly import NightlyResult, renew_model
    from recommender.looks.pipeline.recorded_run import is_refusal, recorded_run, refusal_text
    from recommender.looks.training.hyperparameters import Hyperparameters

    more = {"epochs": chosen.epochs} if chosen.epochs else {}
    parameters = Hyperparameters(threads=chosen.threads, seed=chosen.seed, **more)
    key = options.read_key(chosen)
    limits = options.history_limits(chosen, chosen.max_loss)

    def train() -> NightlyResult:
        inputs = read_training_inputs(chosen.catalogue, chosen.events, chosen.looks, limits)
        inputs = replace(inputs, accept_loss=chosen.accept_loss)
        return renew_model(inputs, chosen.to, parameters, Progress(), key)

    try:
        outcome = recorded_run(chosen.to, train, lambda: int(time.time()))
    except RecommenderError as error:
        if not is_refusal(error):
            raise
        sys.stderr.write(f"recommender: {refusal_text(error)}\n")
        return 1
    result = {
        "version": outcome.version,
        "kind": outcome.kind,
        "published": outcome.published,
        "words": outcome.message,
        "verdict": outcome.evaluation,
    }
    sys.stdout.write(
        json.dumps(result) + "\n"
        if chosen.json
        else f"{outcome.version} is served; {outcome.kind}: {outcome.message}\n"
    )
    return 1 if outcome.refused else 0


def read_training_inputs(
    catalogue: Path, events: list[Path], looks: list[Path], limits: "HistoryLimits | None" = None
) -> "TrainingInputs":
    """The tables of one run, read from files. Histories without events are ignored. Raises `TableError`."""
    from recommender.inputs import table_files
    from recommender.inputs.catalogue import items_from
    from recommender.inputs.history import concat_events, events_from
    from recommender.inputs.history_limits import HistoryLimits
    from recommender.inputs.stylist_looks import read_stylist_looks
    from recommender.looks.pipeline.nightly import TrainingInputs
    from recommender.looks.serving.size_coverage import size_bands

    table = table_files.read_table(catalogue)
    items = items_from(table, catalogue.name)
    read = [(table_files.read_table(path), path.name) for path in events]
    within = limits or HistoryLimits()
    histories = [events_from(one, items, name, within) for one, name in read if one.num_rows]
    for notice in (*items.notices, *(notice for each in histories for notice in each.notices)):
        sys.stderr.write(f"note: {notice}\n")
    bands = None
    if "sizes" in table.column_names and table.num_rows == len(items):
        systems = (
            table["size_system"].to_pylist() if "size_system" in table.column_names else [None] * len(items)
        )
        runs = [_run(sizes) for sizes in table["sizes"].to_pylist()]
        bands = size_bands(runs, systems)
    made = tuple(look for path in looks for look in read_stylist_looks(path))
    return TrainingInputs(items, concat_events(*histories) if histories else None, made, bands, within)


def _run(sizes: Any) -> list[str]:
    """The sizes of an item, ascending, from a list or from a text separated by spaces."""
    return sizes.split() if isinstance(sizes, str) else [str(size) for size in sizes or ()]
