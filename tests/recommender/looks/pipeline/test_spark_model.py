"""A model trained with Spark: counts as in memory, the same files, and published like any other.

The tests of serving run on it as well (see `tests/recommender/looks/serving/test_looks.py`).
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.history import events_from
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model_reloader import ModelReloader, ModelSource
from recommender.looks.signals.co_purchase import count_pairs
from recommender.looks.signals.popularity import sales_of
from recommender.looks.signals.purchase_counts import category_pairs, purchase_counts
from tests.recommender import toy_shop

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def looks(spark_model_folder: Path) -> LooksRecommender:
    return LooksRecommender.open(spark_model_folder)


def test_spark_counts_the_same_as_in_memory(tables: tuple[Items, Events], looks: LooksRecommender) -> None:
    items, events = tables
    model, baskets = looks.model, baskets_of(events)
    counts = count_pairs(baskets, items.styles, len(items.style_names))
    assert np.array_equal(model.items.sales, sales_of(events, len(items)))
    assert np.allclose(model.items.weight, counts.item_weights, atol=1e-3)
    category = model.items.attributes["category"]
    bought = purchase_counts(baskets, len(items), category)
    assert model.bought.baskets == bought.baskets
    assert np.array_equal(model.bought.items, bought.items)
    assert np.allclose(model.bought.categories, bought.categories)
    assert np.array_equal(model.category_pairs, category_pairs(baskets, category))
    for row in range(0, len(items), 7):
        kept = {int(model.items.sold[column]) for column in model.pairs.columns_of(row)}
        assert kept == set(counts.pair_weights[row].indices.tolist())
        for other in kept:
            assert (
                model.pairs.count(row, model.items.sold_position[other]) == counts.bought_together[row, other]
            )


def test_refused_and_returned_pieces_are_counted_as_in_memory(
    tables: tuple[Items, Events], tmp_path: Path, train_spark: Callable[..., Path]
) -> None:
    import pyarrow.parquet as pq

    items, _ = tables
    kinds = ("purchase", "Sale", "tryon kept", "tryon-left", "not_this", "return")
    table = toy_shop.events(toy_shop.catalogue(), baskets=200, kinds=kinds)
    wrong = ["2099-01-01", "9999-12-31", "1970-01-01"]
    table = table.set_column(3, "at", pa.array([*wrong, *table["at"].to_pylist()[3:]]))
    pq.write_table(table, tmp_path / "events.parquet")
    pq.write_table(toy_shop.catalogue(), tmp_path / "items.parquet")
    model = LooksRecommender.open(
        train_spark(tmp_path / "items.parquet", tmp_path / "events.parquet", tmp_path / "m", 4)
    ).model
    events = events_from(table, items)
    counts = count_pairs(baskets_of(events), items.styles, len(items.style_names))
    assert np.allclose(model.items.weight, counts.item_weights, atol=1e-3)
    assert np.array_equal(model.items.sales, sales_of(events, len(items)))
    bought = purchase_counts(baskets_of(events), len(items), model.items.attributes["category"])
    assert np.array_equal(model.bought.items, bought.items)
    assert np.allclose(model.bought.categories, bought.categories)
    for row in range(len(items)):
        for column in model.pairs.columns_of(row):
            assert model.pairs.count(row, column) == counts.bought_together[row, model.items.sold[column]]


def test_the_cold_start_model_is_published_and_served_like_any_other(
    spark_model_folder: Path, tmp_path: Path
) -> None:
    version = publish(spark_model_folder, tmp_path / "served", None)
    advice = ModelReloader(tmp_path / "served")
    assert advice.source is ModelSource.SERVED
    assert advice.version == version
    metadata = artefact.read(spark_model_folder).metadata
    assert metadata["learned_with"] == "ALS"
    singles = [metadata["choice"][name]["at_10"] for name in ("popularity", "learned", "co-purchase")]
    assert metadata["choice"][metadata["chosen"]]["at_10"] >= max(singles)
    assert metadata["chosen"] in (spark_model_folder / "MODEL_CARD.md").read_text()
