"""CPU time of adding a day's events to a served model, relative to a training epoch on a million interactions."""

import time
from dataclasses import replace

import numpy as np
import pytest

from recommender.inputs.baskets import Baskets, baskets_of
from recommender.inputs.tables import Events
from recommender.looks.pipeline.incremental import update_model
from recommender.looks.serving.model import (
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
)
from recommender.looks.signals.co_purchase import count_pairs, item_pair_signals
from recommender.looks.signals.training_rows import training_rows
from recommender.looks.training.hyperparameters import Hyperparameters

ITEMS, BASKETS, DAY = 20_000, 333_000, 10_000
BAR = 0.02


def history(baskets: int, seed: int) -> Events:
    """Baskets of three items with a long-tail distribution of sales."""
    rng = np.random.default_rng(seed)
    chance = 1 / np.arange(1, ITEMS + 1) ** 0.7
    edges = np.cumsum(chance / chance.sum())
    item = np.minimum(np.searchsorted(edges, rng.random(3 * baskets)), ITEMS - 1).astype(np.int32)
    basket = np.repeat(np.arange(baskets, dtype=np.int32), 3)
    zero = np.zeros(3 * baskets, np.int32)
    at = np.arange(3 * baskets, dtype=np.int64)
    return Events(basket, zero - 1, item, at, zero, zero, tuple(map(str, range(baskets))), (), ("store",))


def served(baskets: Baskets) -> LooksModel:
    """A model with everything an update changes; its vectors are random."""
    everything = np.arange(ITEMS, dtype=np.int32)
    counts = count_pairs(baskets, everything, ITEMS)
    pairs = item_pair_signals(counts, everything)
    rng = np.random.default_rng(3)
    noise = rng.normal(size=(ITEMS, 65)).astype(np.float32)
    shelf = ItemIndex(
        tuple(map(str, range(ITEMS))),
        everything,
        np.full(ITEMS, 50, np.float32),
        np.bincount(baskets.items, minlength=ITEMS).astype(np.int32),
        counts.item_weights.astype(np.float32),
        everything,
        {},
        numeric_ids=True,
    )
    pair_scores = (0.05 * pairs.log_count + 0.01 * pairs.lift + 0.02 * pairs.log_lift).astype(np.float32)
    rows = replace(pairs.rows, columns=pairs.rows.columns.astype(np.int64), pair_scores=pair_scores)
    nothing = np.zeros((0, 1), np.float32)
    empty = replace(
        rows, start=np.zeros(ITEMS + 1, np.int64), columns=rows.columns[:0], values=rows.values[:0],
        pair_scores=rows.pair_scores[:0], counts=rows.counts[:0],
    )  # fmt: skip
    arrivals = NewArrivals(everything[:0], noise[:, :1], nothing, nothing[:, 0], empty, CoPurchaseWeights())
    metadata = {"weights": {"pair count": 0.05, "pair lift": 0.01, "pair log lift": 0.02}}
    blend = BlendWeights("bench", CoPurchaseWeights(log_1000=0.3, pair_scores=1.0), CoPurchaseWeights())
    return LooksModel(shelf, noise, noise, rows, empty, arrivals, blend, np.zeros((0, 0), np.int64), metadata)


def epoch_s(baskets: Baskets) -> float:
    from scipy import sparse

    from recommender.looks.training.lightfm_training import train_vectors

    rows = training_rows(baskets, ITEMS, 7)
    words = sparse.random(ITEMS, 400, density=0.015, format="csr", dtype=np.float32, random_state=7)
    parameters = Hyperparameters(epochs=1)
    started = time.process_time()
    train_vectors(
        rows, words * np.float32(parameters.feature_weight), np.ones(ITEMS, bool), parameters, lambda *_: None
    )
    return time.process_time() - started


@pytest.mark.full
@pytest.mark.timeout(600)
def test_ten_thousand_events_cost_a_fiftieth_of_an_epoch() -> None:
    before = baskets_of(history(BASKETS, 7))
    model, day = served(before), history(DAY // 3, 11)
    update_model(model, day)
    times = []
    for _ in range(5):
        started = time.process_time()
        update_model(model, day)
        times.append(time.process_time() - started)
    epoch, update = epoch_s(before), min(times)
    print(
        f"\nupdate of {len(day)} events {1000 * update:.0f} ms beside {len(model.pairs.columns)} pairs; "
        f"epoch of {len(before.items)} interactions {epoch:.1f} s: {update / epoch:.4f} (bar {BAR})"
    )
    assert update <= BAR * epoch
