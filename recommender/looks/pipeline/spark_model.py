"""Makes the served model from counts and ALS factors of Spark; the mix of both is chosen on held-out days.

ALS uses no item features, so new arrivals are ranked by text features. A mix is never chosen if its recall is
below that of a single method.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.arrays import AnyInts, Floats, Ints, SparseRows
from recommender.bootstrap import bootstrap_interval
from recommender.errors import TrainingError
from recommender.inputs.baskets import Baskets
from recommender.inputs.leave_one_out import HoldoutCase, Recall, holdout_cases, recall
from recommender.inputs.tables import Items
from recommender.looks.evaluation.evaluate import method_ranks
from recommender.looks.pipeline.cold_start import empty_rows, text_vectors
from recommender.looks.serving.column_roles import detect_roles, served_roles
from recommender.looks.serving.model import (
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
)
from recommender.looks.serving.score import scores
from recommender.looks.signals.co_purchase import SHRINK
from recommender.looks.signals.co_purchase_spark import SparkCounts, SparkHistory, SparkSettings, history

Progress = Callable[[str, float], None]
# Weight of co-purchase relative to the factors, both scaled to deviation 1; None: co-purchase alone.
MIX_WEIGHTS: dict[str, float | None] = {
    "learned": 0.0,
    "co-purchase": None,
    **{f"learned + {weight} co-purchase": weight for weight in (0.3, 0.5, 0.8, 1.5, 3.0)},
}
DEFAULT_MIX = "learned + 0.5 co-purchase"
_HOLDOUT_SHARE, _MAX_CASES, _ROOMS = 0.17, 3000, 200
# Weight of a method that only breaks ties.
_TIES = 1e-4


@dataclass(frozen=True, slots=True)
class MixChoice:
    """The chosen mix, and the recall of each mix on the held-out days; empty if there were none."""

    name: str
    table: dict[str, Recall]
    intervals: dict[str, tuple[float, float]]


def train_spark_model(
    items: Items, events: Sequence[Path], settings: SparkSettings, progress: Progress
) -> tuple[LooksModel, MixChoice, SparkCounts]:
    """A model as written by `serving.artefact`. Raises `RecommenderError` if Spark is missing or fails."""
    with history(items, events, settings) as spark_history:
        choice = _chosen(items, spark_history, progress)
        sums = spark_history.sums(progress)
    if not sums.interactions.any():
        raise TrainingError("the history holds no purchase, try-on or request to train on")
    return assemble_spark_model(items, sums, choice.name), choice, sums


def _chosen(items: Items, spark_history: SparkHistory, progress: Progress) -> MixChoice:
    since = _since(spark_history.days())
    if since is None:
        return MixChoice(DEFAULT_MIX, {}, {})
    cases = holdout_cases(
        _baskets(spark_history.baskets(since, _MAX_CASES)),
        items.styles,
        spark_history.settings.seed,
        _MAX_CASES,
    )
    training_counts = spark_history.sums(progress, before=since) if cases else None
    if training_counts is None or not training_counts.interactions.any():
        return MixChoice(DEFAULT_MIX, {}, {})
    return choose_mix(items, training_counts, cases)


def _since(days: dict[str, int]) -> str | None:
    """The day from which the newest share of a history begins; None if it has one day only."""
    names = list(days)
    share = np.cumsum(list(days.values())[::-1])[::-1] / max(sum(days.values()), 1)
    return min(names[1:], key=lambda day: abs(float(share[names.index(day)]) - _HOLDOUT_SHARE), default=None)


def _baskets(table: object) -> Baskets:
    """An Arrow table `basket, item, weight` as baskets."""
    import pyarrow.compute as compute

    rows = table.sort_by([("basket", "ascending"), ("item", "ascending")])  # type: ignore[attr-defined]
    code = compute.dictionary_encode(rows["basket"].combine_chunks()).indices.to_numpy()
    head = np.flatnonzero(np.diff(code, prepend=-1))
    return Baskets(
        np.append(head, len(code)).astype(np.int64),
        rows["item"].to_numpy().astype(np.int32),
        rows["weight"].to_numpy().astype(np.float32),
        np.ones(len(code), np.int32),
        np.zeros(len(head), np.int64),
        np.arange(len(head), dtype=np.int32),
    )


def choose_mix(items: Items, training_counts: SparkCounts, cases: list[HoldoutCase]) -> MixChoice:
    """Evaluates every mix, trained on the older days, on the holdout cases."""
    popular = np.log1p(training_counts.sales).astype(np.float32)
    ranks = {"popularity": method_ranks(lambda _room: popular, cases, items.styles)}
    for name in MIX_WEIGHTS:
        ranks[name] = method_ranks(
            _method(assemble_spark_model(items, training_counts, name)), cases, items.styles
        )
    category = detect_roles(items).get("category")
    codes = category.codes if category else np.zeros(len(items), np.int32)
    case_weights = np.array([case.weight for case in cases])
    basket = np.array([case.basket for case in cases])
    complement = np.array([codes[case.hidden] not in codes[case.room] for case in cases])
    table = {name: recall(found, case_weights, complement) for name, found in ranks.items()}
    minimum = max(table[name].at_10 for name in ("popularity", "learned", "co-purchase"))
    best = max(
        (name for name in MIX_WEIGHTS if table[name].at_10 >= minimum),
        key=lambda n: _selection_score(table[n]),
        default="",
    )
    within = {
        name: bootstrap_interval((found < 10).astype(float), case_weights, basket)
        for name, found in ranks.items()
    }
    # if nothing beats popularity, co-purchase is closest to it, since popularity breaks its ties
    return MixChoice(
        best or "co-purchase", table, {name: (each.low, each.high) for name, each in within.items()}
    )


def _selection_score(reached: Recall) -> float:
    """As in `looks.training.blend_choice`: recall at 10 counts most; recall at 50 and complements count half."""
    return reached.at_10 + 0.5 * reached.at_50 + 0.5 * reached.complement_at_10


def _method(model: LooksModel) -> Callable[[AnyInts], Floats]:
    def score(room: AnyInts) -> Floats:
        found = np.full(len(model.items), -np.inf, np.float32)
        found[model.items.sold] = scores(model, room.tolist())
        return found

    return score


def assemble_spark_model(items: Items, sums: SparkCounts, mix: str = DEFAULT_MIX) -> LooksModel:
    """The counts and factors as the arrays that are served, with co-purchase rows weighted as the mix
    requires."""
    sold = np.flatnonzero(sums.interactions).astype(np.int32)
    sold_position = np.full(len(items), -1, np.int32)
    sold_position[sold] = np.arange(len(sold), dtype=np.int32)
    rows = _rows(sums, sold_position, len(items))
    one = np.ones((len(items), 1), np.float32)
    bias = (_TIES * np.log1p(sums.sales[sold])).astype(np.float32)[:, None]
    co_purchase_weight = MIX_WEIGHTS[mix]
    scale = _deviation(sums.factors, sold) / (_TIES if co_purchase_weight is None else 1)
    weights = (
        CoPurchaseWeights(linear=1.0)
        if co_purchase_weight is None
        else CoPurchaseWeights(log_1000=co_purchase_weight / _co_purchase_deviation(rows, sold))
    )
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    item_index = ItemIndex(
        items.ids, items.styles, price, sums.sales, sums.weight.astype(np.float32), sold, served_roles(items),
        items.numeric_ids,
    )  # fmt: skip
    return LooksModel(
        item_index,
        np.ascontiguousarray(np.hstack([sums.factors / np.float32(scale), one]), np.float32),
        np.ascontiguousarray(np.hstack([sums.factors[sold], bias]), np.float32),
        rows,
        empty_rows(len(items.style_names)),
        _arrivals(items, sums),
        BlendWeights(f"ALS: {mix}", weights, CoPurchaseWeights()),
        sums.category_pairs,
        bought=sums.bought,
    )


def _rows(sums: SparkCounts, sold_position: Ints, items: int) -> SparseRows:
    item, other = sums.pairs["item"].to_numpy(), sums.pairs["other"].to_numpy()
    order = np.lexsort((sold_position[other], item))
    item, column = item[order], sold_position[other][order]
    pair_weights = sums.pairs["together"].to_numpy()[order]
    values = (pair_weights / (sums.weight[item] + SHRINK)).astype(np.float32)
    counts = sums.pairs["baskets"].to_numpy()[order].astype(np.int32)
    start = np.searchsorted(item, np.arange(items + 1)).astype(np.int64)
    return SparseRows(start, column.astype(np.int64), values, np.zeros(len(values), np.float32), counts)


def _deviation(factors: Floats, sold: Ints) -> float:
    """Mean deviation of the factor scores over single-item rooms."""
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    return max(float((factors[rooms] @ factors[sold].T).std(axis=1).mean()), 1e-6)


def _co_purchase_deviation(rows: SparseRows, sold: Ints) -> float:
    """The same for log(1 + 1000 p), zeros included."""
    deviations = []
    for room in sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]:
        values = np.zeros(len(sold))
        values[rows.columns_of(int(room))] = np.log1p(1000 * rows.values_of(int(room)))
        deviations.append(values.std())
    return max(float(np.mean(deviations)), 1e-6)


def _arrivals(items: Items, sums: SparkCounts) -> NewArrivals:
    rows = np.flatnonzero(sums.interactions == 0).astype(np.int32)
    vectors = text_vectors(items)
    zeros = np.zeros(len(rows), np.float32)
    target = np.ascontiguousarray(vectors.target[rows])
    return NewArrivals(
        rows, vectors.context, target, zeros, empty_rows(len(items.style_names)), CoPurchaseWeights()
    )
