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

from recommender.arrays import Floats, Ints, Rows, Whole
from recommender.bootstrap import interval
from recommender.errors import TrainingError
from recommender.inputs.baskets import Baskets
from recommender.inputs.leave_one_out import Question, Recall, questions, recall
from recommender.inputs.tables import Items
from recommender.looks.evaluation.evaluate import ranks_of
from recommender.looks.pipeline.cold_start import by_words, no_rows
from recommender.looks.serving.column_roles import roles_of
from recommender.looks.serving.model import Arrivals, Blend, LooksModel, Shelf, Voice
from recommender.looks.serving.score import scores
from recommender.looks.signals.co_purchase import SHRINK
from recommender.looks.signals.co_purchase_spark import Settings, Sums, Work, history

Progress = Callable[[str, float], None]
# How loud co-purchase is beside the factors, both brought to deviation 1; None: it speaks alone.
MIXES: dict[str, float | None] = {
    "learned": 0.0,
    "co-purchase": None,
    **{f"learned + {loud} co-purchase": loud for loud in (0.3, 0.5, 0.8, 1.5, 3.0)},
}
UNPROVED = "learned + 0.5 co-purchase"
_HELD_BACK, _QUESTIONS, _ROOMS = 0.17, 3000, 200
# What keeps a silent method breaking ties.
_TIES = 1e-4


@dataclass(frozen=True, slots=True)
class Choice:
    """The mix that won, and what each achieved on the days held back; empty where there were none."""

    name: str
    table: dict[str, Recall]
    intervals: dict[str, tuple[float, float]]


def learn(
    items: Items, events: Sequence[Path], settings: Settings, told: Progress
) -> tuple[LooksModel, Choice, Sums]:
    """A model as `serving.artefact` writes it. Raises `RecommenderError` where Spark is not there or fails."""
    with history(items, events, settings) as work:
        choice = _chosen(items, work, told)
        sums = work.sums(told)
    if not sums.met.any():
        raise TrainingError(
            "the history holds no purchase, try-on or request, so there is nothing to learn from"
        )
    return assembled(items, sums, choice.name), choice, sums


def _chosen(items: Items, work: Work, told: Progress) -> Choice:
    since = _since(work.days())
    if since is None:
        return Choice(UNPROVED, {}, {})
    asked = questions(_baskets(work.baskets(since, _QUESTIONS)), items.styles, work.settings.seed, _QUESTIONS)
    older = work.sums(told, before=since) if asked else None
    if older is None or not older.met.any():
        return Choice(UNPROVED, {}, {})
    return choose(items, older, asked)


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


def choose(items: Items, older: Sums, asked: list[Question]) -> Choice:
    """Asks every mix of the older days for the hidden pieces."""
    popular = np.log1p(older.sales).astype(np.float32)
    ranks = {"popularity": ranks_of(lambda _room: popular, asked, items.styles)}
    for name in MIXES:
        ranks[name] = ranks_of(_method(assembled(items, older, name)), asked, items.styles)
    category = roles_of(items).get("category")
    codes = category.codes if category else np.zeros(len(items), np.int32)
    votes = np.array([question.vote for question in asked])
    basket = np.array([question.basket for question in asked])
    complement = np.array([codes[question.hidden] not in codes[question.room] for question in asked])
    table = {name: recall(found, votes, complement) for name, found in ranks.items()}
    floor = max(table[name].at_10 for name in ("popularity", "learned", "co-purchase"))
    best = max(
        (name for name in MIXES if table[name].at_10 >= floor), key=lambda n: _worth(table[n]), default=""
    )
    within = {name: interval((found < 10).astype(float), votes, basket) for name, found in ranks.items()}
    # where nothing beats what sells best, co-purchase is nearest to it, since popularity breaks its ties
    return Choice(
        best or "co-purchase", table, {name: (each.low, each.high) for name, each in within.items()}
    )


def _worth(reached: Recall) -> float:
    """As in `looks.training.blend_choice`: the first screen counts most; half of it must be complements."""
    return reached.at_10 + 0.5 * reached.at_50 + 0.5 * reached.complement_at_10


def _method(model: LooksModel) -> Callable[[Whole], Floats]:
    def ask(room: Whole) -> Floats:
        found = np.full(len(model.shelf), -np.inf, np.float32)
        found[model.shelf.sold] = scores(model, room.tolist())
        return found

    return ask


def assembled(items: Items, sums: Sums, mix: str = UNPROVED) -> LooksModel:
    """The sums as the arrays that shops serve: factors on one scale, co-purchase rows beside them as loud as the mix
    says."""
    sold = np.flatnonzero(sums.met).astype(np.int32)
    place = np.full(len(items), -1, np.int32)
    place[sold] = np.arange(len(sold), dtype=np.int32)
    rows = _rows(sums, place, len(items))
    one = np.ones((len(items), 1), np.float32)
    bias = (_TIES * np.log1p(sums.sales[sold])).astype(np.float32)[:, None]
    beside = MIXES[mix]
    scale = _deviation(sums.factors, sold) / (_TIES if beside is None else 1)
    voice = Voice(plain=1.0) if beside is None else Voice(steep=beside / _heard(rows, sold))
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    shelf = Shelf(
        items.ids, items.styles, price, sums.sales, sums.weight.astype(np.float32), sold, roles_of(items),
        items.numeric_ids,
    )  # fmt: skip
    return LooksModel(
        shelf,
        np.ascontiguousarray(np.hstack([sums.factors / np.float32(scale), one]), np.float32),
        np.ascontiguousarray(np.hstack([sums.factors[sold], bias]), np.float32),
        rows,
        no_rows(len(items.style_names)),
        _arrivals(items, sums),
        Blend(f"ALS: {mix}", voice, Voice()),
        sums.category_pairs,
    )


def _rows(sums: Sums, place: Ints, items: int) -> Rows:
    item, other = sums.pairs["item"].to_numpy(), sums.pairs["other"].to_numpy()
    order = np.lexsort((place[other], item))
    item, column = item[order], place[other][order]
    together = sums.pairs["together"].to_numpy()[order]
    values = (together / (sums.weight[item] + SHRINK)).astype(np.float32)
    counts = sums.pairs["baskets"].to_numpy()[order].astype(np.int32)
    start = np.searchsorted(item, np.arange(items + 1)).astype(np.int64)
    return Rows(start, column.astype(np.int64), values, np.zeros(len(values), np.float32), counts)


def _deviation(factors: Floats, sold: Ints) -> float:
    """How far scores of rooms with one garment lie apart."""
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    return max(float((factors[rooms] @ factors[sold].T).std(axis=1).mean()), 1e-6)


def _heard(rows: Rows, sold: Ints) -> float:
    """The same for log(1 + 1000 p), with all the zeros."""
    spread = []
    for room in sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]:
        said = np.zeros(len(sold))
        said[rows.columns_of(int(room))] = np.log1p(1000 * rows.values_of(int(room)))
        spread.append(said.std())
    return max(float(np.mean(spread)), 1e-6)


def _arrivals(items: Items, sums: Sums) -> Arrivals:
    rows = np.flatnonzero(sums.met == 0).astype(np.int32)
    words = by_words(items)
    quiet = np.zeros(len(rows), np.float32)
    target = np.ascontiguousarray(words.target[rows])
    return Arrivals(rows, words.context, target, quiet, no_rows(len(items.style_names)), Voice())
