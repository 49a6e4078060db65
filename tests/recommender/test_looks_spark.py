"""A model learned in Spark is the same artefact, and is shown by the same rules: the tests of serving, once more."""

import shutil
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest
import toy_shop
from test_looks import (  # noqa: F401 - collected here once more, on another model
    test_an_empty_room_and_unknown_garments_get_best_sellers,
    test_candidates_begin_with_the_suggestions_and_go_on_with_everything_else,
    test_dislikes_and_owned_are_respected_at_once,
    test_in_short_lists_rooms_take_turns_with_new_arrivals,
    test_only_what_is_in_stock,
    test_opening_twice_gives_the_same,
    test_reasons_are_true,
    test_suggestions_never_repeat_the_room_in_any_colour,
    test_the_bare_ranking_falls_and_gives_new_arrivals_their_place,
    test_the_hidden_taste_is_found,
    truth,
)

from recommender.inputs.baskets import baskets_of
from recommender.inputs.history import events_from
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model_reloader import ModelReloader, ModelSource
from recommender.looks.signals.co_purchase import count_pairs
from recommender.looks.signals.popularity import sales_of

ABSENT = find_spec("pyspark") is None or shutil.which("java") is None
pytestmark = [
    pytest.mark.skipif(ABSENT, reason="pyspark (extra 'spark') or Java 17 is not installed"),
    pytest.mark.timeout(600),
]


def learned(items, events, out, rank=16):
    """The command in a process of its own: Java and what it leaves open stay outside."""
    words = ["-m", "recommender", "train-spark", "--catalogue", items, "--events", events, "--out", out]
    done = subprocess.run(
        [sys.executable, *map(str, words), "--rank", str(rank), "--memory", "1g"],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return out


@pytest.fixture(scope="module")
def model_folder(shop, tmp_path_factory):
    return learned(*shop, tmp_path_factory.mktemp("spark") / "looks")


@pytest.fixture(scope="module")
def looks(model_folder):
    return LooksRecommender.open(model_folder)


def test_what_spark_counted_is_what_is_counted_in_memory(tables, looks):
    items, events = tables
    model, baskets = looks.model, baskets_of(events)
    counts = count_pairs(baskets, items.styles, len(items.style_names))
    assert np.array_equal(model.items.sales, sales_of(events, len(items)))
    assert np.allclose(model.items.weight, counts.item_weights, atol=1e-3)
    for row in range(0, len(items), 7):
        kept = {int(model.items.sold[column]) for column in model.pairs.columns_of(row)}
        assert kept == set(counts.pair_weights[row].indices.tolist())
        for other in kept:
            assert (
                model.pairs.count(row, model.items.sold_position[other]) == counts.bought_together[row, other]
            )


def test_refused_and_returned_pieces_are_counted_as_in_memory(tables, tmp_path):
    import pyarrow.parquet as pq

    items, _ = tables
    kinds = ("purchase", "Sale", "tryon kept", "tryon-left", "not_this", "return")
    table = toy_shop.events(toy_shop.catalogue(), baskets=200, kinds=kinds)
    pq.write_table(table, tmp_path / "events.parquet")
    pq.write_table(toy_shop.catalogue(), tmp_path / "items.parquet")
    model = LooksRecommender.open(
        learned(tmp_path / "items.parquet", tmp_path / "events.parquet", tmp_path / "m", 4)
    ).model
    events = events_from(table, items)
    counts = count_pairs(baskets_of(events), items.styles, len(items.style_names))
    assert np.allclose(model.items.weight, counts.item_weights, atol=1e-3)
    assert np.array_equal(model.items.sales, sales_of(events, len(items)))
    for row in range(len(items)):
        for column in model.pairs.columns_of(row):
            assert model.pairs.count(row, column) == counts.bought_together[row, model.items.sold[column]]


def test_it_is_published_and_served_like_any_other(model_folder, tmp_path):
    version = publish(model_folder, tmp_path / "served", None)
    advice = ModelReloader(tmp_path / "served")
    assert advice.source is ModelSource.SERVED
    assert advice.version == version
    metadata = artefact.read(model_folder).metadata
    assert metadata["learned_with"] == "ALS"
    singles = [metadata["choice"][name]["at_10"] for name in ("popularity", "learned", "co-purchase")]
    assert metadata["choice"][metadata["chosen"]]["at_10"] >= max(singles)
    assert metadata["chosen"] in (model_folder / "MODEL_CARD.md").read_text()
