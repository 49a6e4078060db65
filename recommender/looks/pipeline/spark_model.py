"""The model that shops serve, made of what Spark has counted and learned; how loud each speaks is chosen by asking.

ALS knows no features, so new arrivals go by the catalogue's words. With some houses ALS and kNN together find more than
either, with others kNN alone is better. So a share of the newest days is held back, one piece of each basket is hidden,
and no mix is chosen that finds fewer than a single method.
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
from recommender.looks.serving.column_roles import detect_roles
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
# How loud co-purchase is beside the factors, both brought to deviation 1; None: it speaks alone.
MIX_WEIGHTS: dict[str, float | None] = {
    "learned": 0.0,
    "co-purchase": None,
    **{f"learned + {loud} co-purchase": loud for loud in (0.3, 0.5, 0.8, 1.5, 3.0)},
}
DEFAULT_MIX = "learned + 0.5 co-purchase"
_HELD_BACK, _QUESTIONS, _ROOMS = 0.17, 3000, 200
# What keeps a silent method breaking ties.
_TIES = 1e-4


@dataclass(frozen=True, slots=True)
class MixChoice:
    """The mix that won, and what each achieved on the days held back; empty where there were none."""

    name: str
    table: dict[str, Recall]
    intervals: dict[str, tuple[float, float]]


def train_spark_model(
    items: Items, events: Sequence[Path], settings: SparkSettings, progress: Progress
) -> tuple[LooksModel, MixChoice, SparkCounts]:
    """A model as `serving.artefact` writes it. Raises `RecommenderError` where Spark is not there or fails."""
    with history(items, events, settings) as work:
        choice = _chosen(items, work, progress)
        sums = work.sums(progress)
    if not sums.met.any():
        raise TrainingError(
            "the history holds no purchase, try-on or request, so there is nothing to learn from"
        )
    return assemble_spark_model(items, sums, choice.name), choice, sums


def _chosen(items: Items, work: SparkHistory, progress: Progress) -> MixChoice:
    since = _since(work.days())
    if since is None:
        return MixChoice(DEFAULT_MIX, {}, {})
    asked = holdout_cases(
        _baskets(work.baskets(since, _QUESTIONS)), items.styles, work.settings.seed, _QUESTIONS
    )
    older = work.sums(progress, before=since) if asked else None
    if older is None or not older.met.any():
        return MixChoice(DEFAULT_MIX, {}, {})
    return choose_mix(items, older, asked)


def _since(days: dict[str, int]) -> str | None:
    """The day from which the newest share of a history begins; None where it has one day only."""
    names = list(days)
    share = np.cumsum(list(days.values())[::-1])[::-1] / max(sum(days.values()), 1)
    return min(names[1:], key=lambda day: abs(float(share[names.index(day)]) - _HELD_BACK), default=None)


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


def choose_mix(items: Items, older: SparkCounts, asked: list[HoldoutCase]) -> MixChoice:
    """Asks every mix of the older days for the hidden pieces."""
    popular = np.log1p(older.sales).astype(np.float32)
    ranks = {"popularity": method_ranks(lambda _room: popular, asked, items.styles)}
    for name in MIX_WEIGHTS:
        ranks[name] = method_ranks(_method(assemble_spark_model(items, older, name)), asked, items.styles)
    category = detect_roles(items).get("category")
    codes = category.codes if category else np.zeros(len(items), np.int32)
    case_weights = np.array([question.weight for question in asked])
    basket = np.array([question.basket for question in asked])
    complement = np.array([codes[question.hidden] not in codes[question.room] for question in asked])
    table = {name: recall(found, case_weights, complement) for name, found in ranks.items()}
    floor = max(table[name].at_10 for name in ("popularity", "learned", "co-purchase"))
    best = max(
        (name for name in MIX_WEIGHTS if table[name].at_10 >= floor),
        key=lambda n: _worth(table[n]),
        default="",
    )
    within = {
        name: bootstrap_interval((found < 10).astype(float), case_weights, basket)
        for name, found in ranks.items()
    }
    # where nothing beats what sells best, co-purchase is nearest to it, since popularity breaks its ties
    return MixChoice(
        best or "co-purchase", table, {name: (each.low, each.high) for name, each in within.items()}
    )


def _worth(reached: Recall) -> float:
    """As in `looks.training.blend_choice`: the first screen counts most; half of it must be complements."""
    return reached.at_10 + 0.5 * reached.at_50 + 0.5 * reached.complement_at_10


def _method(model: LooksModel) -> Callable[[AnyInts], Floats]:
    def ask(room: AnyInts) -> Floats:
        found = np.full(len(model.items), -np.inf, np.float32)
        found[model.items.sold] = scores(model, room.tolist())
        return found

    return ask


def assemble_spark_model(items: Items, sums: SparkCounts, mix: str = DEFAULT_MIX) -> LooksModel:
    """The sums as the arrays that shops serve: factors on one scale, co-purchase rows beside them as loud as the mix
    says."""
    sold = np.flatnonzero(sums.met).astype(np.int32)
    place = np.full(len(items), -1, np.int32)
    place[sold] = np.arange(len(sold), dtype=np.int32)
    rows = _rows(sums, place, len(items))
    one = np.ones((len(items), 1), np.float32)
    bias = (_TIES * np.log1p(sums.sales[sold])).astype(np.float32)[:, None]
    beside = MIX_WEIGHTS[mix]
    scale = _deviation(sums.factors, sold) / (_TIES if beside is None else 1)
    weights = (
        CoPurchaseWeights(linear=1.0)
        if beside is None
        else CoPurchaseWeights(log_1000=beside / _heard(rows, sold))
    )
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    shelf = ItemIndex(
        items.ids, items.styles, price, sums.sales, sums.weight.astype(np.float32), sold, detect_roles(items),
        items.numeric_ids,
    )  # fmt: skip
    return LooksModel(
        shelf,
        np.ascontiguousarray(np.hstack([sums.factors / np.float32(scale), one]), np.float32),
        np.ascontiguousarray(np.hstack([sums.factors[sold], bias]), np.float32),
        rows,
        empty_rows(len(items.style_names)),
        _arrivals(items, sums),
        BlendWeights(f"ALS: {mix}", weights, CoPurchaseWeights()),
        sums.category_pairs,
    )


def _rows(sums: SparkCounts, place: Ints, items: int) -> SparseRows:
    item, other = sums.pairs["item"].to_numpy(), sums.pairs["other"].to_numpy()
    order = np.lexsort((place[other], item))
    item, column = item[order], place[other][order]
    pair_weights = sums.pairs["together"].to_numpy()[order]
    values = (pair_weights / (sums.weight[item] + SHRINK)).astype(np.float32)
    counts = sums.pairs["baskets"].to_numpy()[order].astype(np.int32)
    start = np.searchsorted(item, np.arange(items + 1)).astype(np.int64)
    return SparseRows(start, column.astype(np.int64), values, np.zeros(len(values), np.float32), counts)


def _deviation(factors: Floats, sold: Ints) -> float:
    """How far scores of rooms with one garment lie apart."""
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    return max(float((factors[rooms] @ factors[sold].T).std(axis=1).mean()), 1e-6)


def _heard(rows: SparseRows, sold: Ints) -> float:
    """The same for log(1 + 1000 p), with all the zeros."""
    sum_rows = []
    for room in sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]:
        said = np.zeros(len(sold))
        said[rows.columns_of(int(room))] = np.log1p(1000 * rows.values_of(int(room)))
        sum_rows.append(said.std())
    return max(float(np.mean(sum_rows)), 1e-6)


def _arrivals(items: Items, sums: SparkCounts) -> NewArrivals:
    rows = np.flatnonzero(sums.met == 0).astype(np.int32)
    words = text_vectors(items)
    quiet = np.zeros(len(rows), np.float32)
    target = np.ascontiguousarray(words.target[rows])
    return NewArrivals(
        rows, words.context, target, quiet, empty_rows(len(items.style_names)), CoPurchaseWeights()
    )
