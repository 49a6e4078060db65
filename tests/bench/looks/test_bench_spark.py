"""A model trained with Spark is as good as the single machine's, at rank 128; prints how much longer it takes."""

import time
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.catalogue import items_from
from recommender.inputs.history import events_from
from recommender.inputs.leave_one_out import Recall, holdout_cases
from recommender.looks.evaluation.evaluate import evaluation_of, served_ranks
from recommender.looks.pipeline.make import make
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.signals.popularity import interaction_counts
from recommender.looks.training.hyperparameters import Hyperparameters
from tests.recommender import toy_shop
from tests.recommender.quick import silent
from tests.recommender.train_spark import ABSENT, WHY_ABSENT, train_spark

pytestmark = [pytest.mark.full, pytest.mark.timeout(3600), pytest.mark.skipif(ABSENT, reason=WHY_ABSENT)]
# Recall of the Spark model relative to the single machine's, at 10 and at 50.
PARITY = 0.97
# A style has three items; the baskets take 52 days.
STYLES, BASKETS, APART = 500, 15_000, timedelta(minutes=5)


def test_recall_is_that_of_the_single_machine(tmp_path: Path) -> None:
    """A shop whose baskets follow a taste; the last fifth of the events is not trained on."""
    catalogue = toy_shop.catalogue(STYLES)
    table = toy_shop.events(catalogue, BASKETS)
    at = [(toy_shop.DAY + int(basket[1:]) * APART).isoformat() for basket in table["basket_id"].to_pylist()]
    table = table.set_column(table.column_names.index("at"), "at", pa.array(at))
    items, trained = items_from(catalogue), table.num_rows * 4 // 5
    older, newer = table.slice(0, trained), table.slice(trained)
    pq.write_table(catalogue, tmp_path / "items.parquet")
    pq.write_table(older, tmp_path / "events.parquet")
    started = time.monotonic()
    make(items, events_from(older, items), Hyperparameters(), tmp_path / "alone", silent)
    alone = time.monotonic() - started
    started = time.monotonic()
    train_spark(tmp_path / "items.parquet", tmp_path / "events.parquet", tmp_path / "spark")
    ratio = (time.monotonic() - started) / alone
    print(f"\ntrain-spark at rank 128: {ratio:.1f} x the time of the single machine")
    cases = holdout_cases(baskets_of(events_from(newer, items)), items.styles, 7, 4000)
    interactions = interaction_counts(events_from(older, items), len(items))

    def recall(name: str) -> Recall:
        looks = LooksRecommender.open(tmp_path / name)
        ranks = {"model": served_ranks(looks, items, cases)}
        return evaluation_of(ranks, cases, None, interactions).recall("model")

    spark, single = recall("spark"), recall("alone")
    print(f"its recall: {spark.at_10 / single.at_10:.3f} x at 10, {spark.at_50 / single.at_50:.3f} x at 50")
    assert spark.at_10 >= PARITY * single.at_10
    assert spark.at_50 >= PARITY * single.at_50
