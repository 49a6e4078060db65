"""Counts and item factors of Spark are those in memory; skipped without pyspark or Java."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.errors import TableError
from recommender.inputs.baskets import Baskets
from recommender.inputs.history import events_from
from recommender.inputs.tables import Events, Items
from recommender.looks.signals.history_counts import EventHistory, HistoryCounts
from recommender.looks.signals.item_factors import fold_in_vectors, train_item_factors
from tests.optional_values import present
from tests.recommender import toy_shop
from tests.recommender.spark_counts import FACTORS, LIMITS, VALIDATION, count_in_spark, refusals_in_spark
from tests.recommender.train_spark import ABSENT, WHY_ABSENT

pytestmark = [pytest.mark.timeout(1800), pytest.mark.skipif(ABSENT, reason=WHY_ABSENT)]
Files = tuple[Path, Path]
KINDS = ("purchase", "Sale", "tryon kept", "tryon-left", "not_this", "return")


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """Purchases, try-ons and returns, some of them with times that cannot be, and some rows twice: two pieces."""
    events = toy_shop.events(toy_shop.catalogue(), baskets=200, kinds=KINDS)
    wrong = ["2099-01-01", "9999-12-31", "1970-01-01", "soon"]
    dated = events.set_column(3, "at", pa.array([*wrong, *events["at"].to_pylist()[len(wrong) :]]))
    more = dated.slice(20, 3).to_pydict() | {
        "kind": ["given away", None, "sale"],
        "item_id": ["0000-navy"] * 2 + ["?"],
    }
    return pa.concat_tables([dated, dated.slice(20, 30), pa.table(more, dated.schema)])


@pytest.fixture(scope="module")
def in_memory(tables: tuple[Items, Events], table: pa.Table) -> EventHistory:
    return EventHistory(tables[0], events_from(table, tables[0]), VALIDATION)


@pytest.fixture(scope="module")
def files(shop: tuple[Path, Path], table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Files:
    events = tmp_path_factory.mktemp("history") / "events.parquet"
    pq.write_table(table, events)
    return shop[0], events


def held(baskets: Baskets) -> list[list[tuple[int, float, int]]]:
    """The baskets of two items or more in a fixed order: item, weight and whether it was kept."""
    cells = list(
        zip(
            baskets.items.tolist(),
            baskets.weights.round(4).tolist(),
            baskets.bought.tolist(),
            strict=True,
        )
    )
    found = (cells[low:high] for low, high in pairwise(baskets.start.tolist()))
    return sorted(each for each in found if len(each) >= 2)


def differences(counts: HistoryCounts, expected: HistoryCounts) -> list[str]:
    """The names of the counts that differ."""
    named = {
        "interactions": (counts.interactions, expected.interactions),
        "sales": (counts.sales, expected.sales),
        "last sales": (counts.last_sales, expected.last_sales),
        "category pairs": (counts.category_pairs, expected.category_pairs),
        "kept": (counts.bought.items, expected.bought.items),
        "kept baskets": (counts.bought.baskets, expected.bought.baskets),
        "chance": (counts.bought.categories, expected.bought.categories),
        "item weights": (counts.pairs.item_weights, expected.pairs.item_weights),
        "style weights": (counts.pairs.style_weights, expected.pairs.style_weights),
        "pairs": (counts.pairs.pair_weights.toarray(), expected.pairs.pair_weights.toarray()),
        "bought together": (counts.pairs.bought_together.toarray(), expected.pairs.bought_together.toarray()),
        "style pairs": (counts.pairs.styles.toarray(), expected.pairs.styles.toarray()),
    }
    found = [name for name, (one, two) in named.items() if not np.allclose(one, two, atol=1e-3)]
    return found if held(counts.baskets) == held(expected.baskets) else [*found, "baskets"]


def check_whole(counts: HistoryCounts, expected: HistoryCounts) -> None:
    assert differences(counts, expected) == []
    # a count that is wrong by one is found
    wrong = counts.last_sales + (np.arange(len(counts.last_sales)) == 3)
    assert differences(replace(counts, last_sales=wrong), expected) == ["last sales"]


def check_factors(counts: HistoryCounts, expected: HistoryCounts) -> None:
    factors = present(counts.item_factors)
    alone = train_item_factors(expected.baskets, len(factors), FACTORS)
    found, reference = (fold_in_vectors(each, FACTORS) for each in (factors, alone))
    scores, others = (each.context @ each.target.T for each in (found, reference))
    assert (factors.any(axis=1) == alone.any(axis=1)).all()
    assert np.corrcoef(scores.ravel(), others.ravel())[0, 1] > 0.9


def test_the_history_is_counted_as_in_memory(files: Files, in_memory: EventHistory, tmp_path: Path) -> None:
    """One test, since starting Spark takes seconds."""
    found = count_in_spark(*files, "whole", tmp_path)
    counts, expected = present(found.whole), in_memory.whole()
    check_whole(counts, expected)
    check_factors(counts, expected)
    rows = in_memory.events.counts
    assert found.facts.events == len(in_memory.events)
    assert rows.left_out.keys() == {"incomplete", "undated", "too_early", "too_late", "unknown_item"}
    assert replace(found.facts.rows, repeated=rows.repeated) == rows
    assert found.sampled == (expected.baskets.sizes >= 2).sum()


@pytest.mark.full
def test_the_history_is_split_as_in_memory(files: Files, in_memory: EventHistory, tmp_path: Path) -> None:
    found = present(count_in_spark(*files, "holdout", tmp_path).holdout)
    expected = present(in_memory.holdout())
    assert differences(found.older, expected.older) == []
    assert held(found.newer) == held(expected.newer)


@pytest.mark.full
def test_unusable_rows_are_refused_as_in_memory(
    files: Files, tables: tuple[Items, Events], table: pa.Table, tmp_path: Path
) -> None:
    """Counts and reasons; the example is one of the rows, not always the same."""
    found = refusals_in_spark(*files, tmp_path)
    for limits, text in zip(LIMITS, found, strict=True):
        try:
            events_from(table, tables[0], files[1].name, limits)
            expected = ""
        except TableError as error:
            expected = str(error)
        assert re.sub("such as '[^']*'", "", text) == re.sub("such as '[^']*'", "", expected)
    assert [bool(text) for text in found] == [True, True, False]
