"""Trains a model on a history in Spark and writes it to a folder.

The blend is chosen and the model assembled by the code of the single machine, on what Spark has counted.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from recommender.errors import TrainingError
from recommender.inputs.history_limits import HistoryLimits
from recommender.inputs.row_checks import row_notices
from recommender.inputs.tables import Items
from recommender.looks.pipeline.loss_check import row_facts
from recommender.looks.pipeline.make import iso_day, write_model
from recommender.looks.signals.co_purchase_spark import CountSettings, SparkSettings, history
from recommender.looks.training.build import ARRIVAL_CASES, build_counted
from recommender.looks.training.hyperparameters import Hyperparameters


def make_with_spark(
    items: Items,
    events: Sequence[Path],
    settings: SparkSettings,
    parameters: Hyperparameters,
    folder: Path,
    limits: HistoryLimits,
    progress: Callable[[str, float], None],
    key: bytes | None = None,
) -> dict[str, Any]:
    """Trains, writes and verifies a model; returns its metadata. The item factors have the settings of `parameters`.

    `sampled_baskets` in it is the number of baskets that LightFM was trained on. Raises `RecommenderError` if Spark is
    missing or fails, `TableError` if more rows are unusable than `limits` allows; fewer are left out, with a note.
    """
    counting = CountSettings(
        parameters.factors,
        parameters.validation,
        ARRIVAL_CASES * parameters.max_cases,
        parameters.seed,
    )
    with history(items, events, settings, counting, limits, progress) as spark_history:
        facts = spark_history.facts()
        for notice in row_notices(facts.rows):
            progress(f"note: {notice}", 0.0)
        if facts.first is None:
            raise TrainingError("the history holds no event of an item of the catalogue with a readable time")
        model, chosen = build_counted(items, spark_history, parameters, progress)
        trained_on = spark_history.sampled
    stated = {
        "events": facts.events,
        "baskets": facts.baskets,
        **row_facts(facts.rows),
        "from": iso_day(facts.first),
        "until": iso_day(facts.last),
        "learned_with": "Spark",
        "sampled_baskets": trained_on,
    }
    return write_model(items, model, chosen, stated, parameters, folder, progress, key)
