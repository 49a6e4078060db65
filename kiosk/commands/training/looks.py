"""`cheval train`: retrains the looks model of a shop, in a process of its own beside the store.

Exports the shop's history, adds the retailer's own history if there is one, compares both with what the served model
was trained on, trains, evaluates, and publishes a model that is not worse than the served one; the store reloads it.
The result is recorded for the store's health and for `cheval doctor`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.configuration import checked_store, store_config
from kiosk.config import StoreConfig

if TYPE_CHECKING:
    from recommender.looks.pipeline.nightly import NightlyResult, TrainingInputs

DONE, REFUSED, UNUSABLE = 0, 1, 2


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 published or nothing new, 1 data or model refused, 2 unusable configuration."""
    file, config = store_config(args.config)
    root = config.recommender.model
    if root is None:
        print(
            f"{file}: recommender.model is not set: the folder into which looks models are published",
            file=sys.stderr,
        )
        return UNUSABLE
    if args.check:
        return checked_store(args.config, for_service=True).report()
    # set before numpy is loaded; one thread gives the same model every time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return _train(config, root, as_json=args.json, accept_loss=args.accept_loss)


def _train(config: StoreConfig, root: Path, *, as_json: bool, accept_loss: bool) -> int:
    from sqlalchemy.exc import SQLAlchemyError

    from recommender.commands.progress import Progress
    from recommender.errors import RecommenderError
    from recommender.looks.pipeline.nightly import renew_model
    from recommender.looks.pipeline.recorded_run import is_refusal, recorded_run, refusal_text
    from recommender.looks.training.hyperparameters import Hyperparameters

    key_file = config.recommender.key_file

    def train() -> NightlyResult:
        key = key_file.read_bytes() if key_file else None
        inputs = replace(_training_inputs(config), accept_loss=accept_loss)
        return renew_model(inputs, root, Hyperparameters(), Progress(), key)

    try:
        outcome = recorded_run(root, train, lambda: int(time.time()))
    except (RecommenderError, SQLAlchemyError, OSError) as error:
        if is_refusal(error):
            print(f"the looks model was not retrained: {refusal_text(error)}", file=sys.stderr)
            return REFUSED
        print(f"the looks model was not retrained: {error}", file=sys.stderr)
        return UNUSABLE
    print(json.dumps(_facts(outcome)) if as_json else _summary(outcome), flush=True)
    return REFUSED if outcome.refused else DONE


def _training_inputs(config: StoreConfig) -> TrainingInputs:
    """The shop's history from its database, the retailer's history, and stylists' looks."""
    from kiosk.store.advice.stylist_looks import StylistLooks
    from kiosk.store.db.database import Database
    from kiosk.store.insights.history_export import write_history
    from kiosk.store.settings import settings_of
    from recommender.commands.renew import read_training_inputs
    from recommender.inputs.history_limits import HistoryLimits

    settings = settings_of(config)
    database = Database(settings.database_url)
    try:
        written = write_history(database, settings.state / "training")
        looks = StylistLooks(database, settings.stylist_looks).all()
    finally:
        database.close()
    history = config.recommender.history
    events = [written.events, *([history] if history else [])]
    limits = HistoryLimits(config.recommender.max_loss_percent / 100)
    return replace(read_training_inputs(written.items, events, [], limits), looks=looks)


def _facts(outcome: NightlyResult) -> dict[str, object]:
    return {
        "version": outcome.version,
        "kind": outcome.kind,
        "published": outcome.published,
        "words": outcome.message,
        "verdict": outcome.evaluation,
    }


def _summary(outcome: NightlyResult) -> str:
    return f"looks model {outcome.version} is served ({outcome.kind}): {outcome.message}"
