"""What training promises: the numbers LightFM gives, the same bytes twice, counts that add up, a fair choice."""

import numpy as np
import pytest

from recommender.arrays import SparseRows
from recommender.bootstrap import bootstrap_interval
from recommender.errors import TrainingError
from recommender.inputs.baskets import baskets_of
from recommender.inputs.features import item_features
from recommender.inputs.history import events_from
from recommender.inputs.holdout import split_time
from recommender.inputs.leave_one_out import holdout_cases, recall
from recommender.looks.serving.top_k import descending, top_k
from recommender.looks.signals.attribute_affinity import attribute_affinities, fold_affinities
from recommender.looks.signals.co_purchase import count_pairs
from recommender.looks.signals.training_rows import training_rows
from recommender.looks.training.blend_choice import SINGLE_METHODS, choose_blend
from recommender.looks.training.blend_weights import CandidateSignals
from recommender.looks.training.hyperparameters import Hyperparameters
from recommender.looks.training.lightfm_training import fit_lightfm, train_vectors

SMALL = Hyperparameters(dimensions=16, epochs=3, arrival_dimensions=8, arrival_epochs=2)


def silent(*_):
    return None


def test_served_vectors_give_what_lightfm_predicts(tables):
    items, events = tables
    rows = training_rows(baskets_of(events), len(items), 7)
    features = item_features(items).matrix * np.float32(0.12)
    sold = np.bincount(events.item, minlength=len(items)) > 0
    model, described, learned = fit_lightfm(rows, features, sold, SMALL, silent)
    users = (rows.others @ described).tocsr().astype(np.float32)
    wanted = np.flatnonzero(sold)
    for row in (0, 5, 77):
        told = model.predict(
            np.full(len(wanted), row),
            np.arange(len(wanted)),
            item_features=described[wanted],
            user_features=users,
        )
        room = rows.others[row].indices
        ours = learned.target[wanted] @ learned.context[room].mean(axis=0) + learned.bias[wanted]
        assert np.ptp((told - ours).astype(np.float64)) < 1e-5


def test_one_thread_and_a_seed_give_the_same_vectors(tables):
    items, events = tables
    rows = training_rows(baskets_of(events), len(items), 7)
    features = item_features(items).matrix * np.float32(0.12)
    sold = np.bincount(events.item, minlength=len(items)) > 0
    a, b = (train_vectors(rows, features, sold, SMALL, silent) for _ in range(2))
    assert a.target.tobytes() == b.target.tobytes()
    other = train_vectors(rows, features, sold, Hyperparameters(dimensions=16, epochs=3, seed=8), silent)
    assert a.target.tobytes() != other.target.tobytes()


def test_counts_of_two_shops_add_up_exactly(tables):
    items, events = tables
    half = events.basket % 2 == 0
    whole, left, right = (
        count_pairs(baskets_of(part), items.styles, len(items.style_names))
        for part in (events, events.where(half), events.where(~half))
    )
    both = left + right
    assert (both.pair_weights != whole.pair_weights).nnz == 0
    assert (both.bought_together != whole.bought_together).nnz == 0
    assert np.array_equal(both.item_weights, whole.item_weights)


def test_baskets_heed_what_was_refused_and_what_came_back(tables):
    import pyarrow as pa

    rows = {
        "basket_id": ["b"] * 5,
        "shopper_id": [None] * 5,
        "item_id": ["0000-navy", "0001-navy", "0002-navy", "0001-navy", "0002-navy"],
        "at": ["2026-03-01"] * 5,
        "kind": ["purchase", "purchase", "purchase", "return", "not_this"],
        "channel": ["store"] * 5,
    }
    baskets = baskets_of(events_from(pa.table(rows), tables[0]))
    assert baskets.items.tolist() == [0, 3]
    assert baskets.weights.tolist() == pytest.approx([1.0, 0.3])


def test_a_history_without_wishes_teaches_nothing(tables):
    from recommender.looks.training.build import build

    items, events = tables
    refused = events.where(np.zeros(len(events), np.bool_))
    with pytest.raises(TrainingError):
        build(items, refused, SMALL, silent)


def test_baskets_of_one_still_make_a_model(tables, tmp_path):
    from recommender.looks.pipeline.make import make
    from recommender.looks.serving.looks import LooksRecommender

    items, events = tables
    _, first = np.unique(events.basket, return_index=True)
    alone = np.zeros(len(events), np.bool_)
    alone[first] = True
    make(items, events.where(alone), SMALL, tmp_path / "m", silent)
    assert len(LooksRecommender.open(tmp_path / "m").suggest(["0000-navy"], 5)) == 5


def test_the_chosen_blend_is_never_below_the_best_single_method():
    rng = np.random.default_rng(3)
    pairs = ("pair steep", "pair plain", "pair cosine", "pair ease")
    names = ("learned", "popular", "recent", *pairs, "habit colour")
    for strong in range(len(names)):
        signals = rng.normal(size=(900, 60, len(names))).astype(np.float32)
        hidden = rng.integers(60, size=900)
        signals[np.arange(900), hidden, strong] += 2
        asked = CandidateSignals(names, signals, hidden, np.ones(900), rng.random(900) < 0.5, np.arange(900))
        chosen = choose_blend(asked)
        won = chosen.table[chosen.name]
        singles = [chosen.table[name].at_10 for name in SINGLE_METHODS]
        assert won.at_10 >= max(singles)


def test_habits_fold_into_vectors_without_loss_where_there_is_room(tables):
    items, events = tables
    affinities = attribute_affinities(
        items, count_pairs(baskets_of(events), items.styles, len(items.style_names)).pair_weights
    )
    loud = np.linspace(0.2, 1, len(affinities))
    sales = np.bincount(events.item, minlength=len(items))
    told = sum(
        weight * habit.table[habit.codes][:, habit.codes]
        for weight, habit in zip(loud, affinities, strict=True)
    )
    share = np.sqrt((sales + 1) / (sales + 1).sum())

    def lost(dimensions):
        folded = fold_affinities(affinities, loud, sales, dimensions)
        assert folded.context.shape[1] <= dimensions
        return np.linalg.norm(share[:, None] * (folded.context @ folded.target.T - told) * share)

    assert lost(400) < 1e-5
    assert lost(400) < lost(4) < lost(2) < lost(1)


def test_questions_hide_no_colour_of_the_room_and_share_one_vote(tables):
    items, events = tables
    asked = holdout_cases(baskets_of(events), items.styles, 7, 300)
    case_weights = {}
    for one in asked:
        assert items.styles[one.hidden] not in items.styles[one.room]
        case_weights[one.basket] = case_weights.get(one.basket, 0) + one.weight
    assert list(case_weights.values()) == pytest.approx([1.0] * len(case_weights))


def test_ties_are_no_hits():
    ranks = np.array([(180 - 1) / 2] * 5)
    assert recall(ranks, np.ones(5), np.ones(5, np.bool_)).at_10 == 0


def test_the_best_of_many_scores_is_what_sorting_gives():
    rng = np.random.default_rng(5)
    for size in (1, 7, 100, 5000):
        scores = rng.integers(0, 400, size).astype(np.float32)
        scores[rng.random(size) < 0.1] = -np.inf
        order = [at for at in np.argsort(-scores, kind="stable") if scores[at] > -np.inf]
        assert [scores[at] for at in descending(scores, 16)] == [scores[at] for at in order]
        assert sorted(descending(scores, 16)) == sorted(order)
        assert scores[top_k(scores, 10)[:10]].tolist() == scores[order[:10]].tolist()


def test_intervals_hold_the_truth():
    rng = np.random.default_rng(1)
    values = (rng.random(2000) < 0.3).astype(float)
    found = bootstrap_interval(values, np.ones(2000), np.arange(2000))
    assert found.low < 0.3 < found.high
    assert found.high - found.low < 0.06


def test_the_newest_share_begins_with_a_day():
    day = 86_400
    at = np.repeat(np.arange(6) * day, 100) + np.tile(np.arange(100), 6)
    assert split_time(at, 0.17) == 5 * day
    assert split_time(np.array([5, 6, 7]), 0.17) == 7


def test_a_pair_that_never_met_counts_nothing():
    rows = SparseRows(
        np.array([0, 2, 2]),
        np.array([1, 4], np.int32),
        np.ones(2, np.float32),
        np.zeros(2, np.float32),
        np.array([3, 9], np.int32),
    )
    assert [rows.count(0, column) for column in range(6)] == [0, 3, 0, 0, 9, 0]
    assert rows.count(1, 1) == 0


def test_a_history_of_one_moment_is_still_judged(tables):
    import dataclasses

    from recommender.looks.training.build import build

    items, events = tables
    model, chosen = build(items, dataclasses.replace(events, at=np.zeros_like(events.at)), SMALL, silent)
    assert chosen.table
    assert len(model.items.sold)
