"""What training promises: the numbers LightFM gives, the same bytes twice, counts that add up, a fair choice."""

import numpy as np
import pytest

from recommender.arrays import Rows
from recommender.bootstrap import interval
from recommender.errors import TrainingError
from recommender.inputs.baskets import baskets_of
from recommender.inputs.features import features_of
from recommender.inputs.history import events_from
from recommender.inputs.holdout import cut
from recommender.inputs.leave_one_out import questions, recall
from recommender.looks.serving.top_k import best, falling
from recommender.looks.signals.attribute_affinity import fold, habits_of
from recommender.looks.signals.co_purchase import count_pairs
from recommender.looks.signals.training_rows import room_rows
from recommender.looks.training.blend_choice import SINGLE, choose
from recommender.looks.training.blend_weights import Asked
from recommender.looks.training.hyperparameters import Recipe
from recommender.looks.training.lightfm_door import fitted, learn

SMALL = Recipe(dimensions=16, epochs=3, arrival_dimensions=8, arrival_epochs=2)


def silent(*_):
    return None


def test_served_vectors_give_what_lightfm_predicts(tables):
    items, events = tables
    rows = room_rows(baskets_of(events), len(items), 7)
    features = features_of(items).matrix * np.float32(0.12)
    sold = np.bincount(events.item, minlength=len(items)) > 0
    model, described, learned = fitted(rows, features, sold, SMALL, silent)
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
    rows = room_rows(baskets_of(events), len(items), 7)
    features = features_of(items).matrix * np.float32(0.12)
    sold = np.bincount(events.item, minlength=len(items)) > 0
    a, b = (learn(rows, features, sold, SMALL, silent) for _ in range(2))
    assert a.target.tobytes() == b.target.tobytes()
    other = learn(rows, features, sold, Recipe(dimensions=16, epochs=3, seed=8), silent)
    assert a.target.tobytes() != other.target.tobytes()


def test_counts_of_two_shops_add_up_exactly(tables):
    items, events = tables
    half = events.basket % 2 == 0
    whole, left, right = (
        count_pairs(baskets_of(part), items.styles, len(items.style_names))
        for part in (events, events.where(half), events.where(~half))
    )
    both = left + right
    assert (both.together != whole.together).nnz == 0
    assert (both.proof != whole.proof).nnz == 0
    assert np.array_equal(both.alone, whole.alone)


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
    from recommender.looks.serving.looks import Looks

    items, events = tables
    _, first = np.unique(events.basket, return_index=True)
    alone = np.zeros(len(events), np.bool_)
    alone[first] = True
    make(items, events.where(alone), SMALL, tmp_path / "m", silent)
    assert len(Looks.open(tmp_path / "m").suggest(["0000-navy"], 5)) == 5


def test_the_chosen_blend_is_never_below_the_best_single_method():
    rng = np.random.default_rng(3)
    pairs = ("pair steep", "pair plain", "pair cosine", "pair ease")
    names = ("learned", "popular", "recent", *pairs, "habit colour")
    for strong in range(len(names)):
        signals = rng.normal(size=(900, 60, len(names))).astype(np.float32)
        hidden = rng.integers(60, size=900)
        signals[np.arange(900), hidden, strong] += 2
        asked = Asked(names, signals, hidden, np.ones(900), rng.random(900) < 0.5, np.arange(900))
        chosen = choose(asked)
        won = chosen.table[chosen.name]
        singles = [chosen.table[name].at_10 for name in SINGLE]
        assert won.at_10 >= max(singles)


def test_habits_fold_into_vectors_without_loss_where_there_is_room(tables):
    items, events = tables
    habits = habits_of(items, count_pairs(baskets_of(events), items.styles, len(items.style_names)).together)
    loud = np.linspace(0.2, 1, len(habits))
    sales = np.bincount(events.item, minlength=len(items))
    told = sum(
        weight * habit.table[habit.codes][:, habit.codes] for weight, habit in zip(loud, habits, strict=True)
    )
    share = np.sqrt((sales + 1) / (sales + 1).sum())

    def lost(dimensions):
        folded = fold(habits, loud, sales, dimensions)
        assert folded.context.shape[1] <= dimensions
        return np.linalg.norm(share[:, None] * (folded.context @ folded.target.T - told) * share)

    assert lost(400) < 1e-5
    assert lost(400) < lost(4) < lost(2) < lost(1)


def test_questions_hide_no_colour_of_the_room_and_share_one_vote(tables):
    items, events = tables
    asked = questions(baskets_of(events), items.styles, 7, 300)
    votes = {}
    for one in asked:
        assert items.styles[one.hidden] not in items.styles[one.room]
        votes[one.basket] = votes.get(one.basket, 0) + one.vote
    assert list(votes.values()) == pytest.approx([1.0] * len(votes))


def test_ties_are_no_hits():
    ranks = np.array([(180 - 1) / 2] * 5)
    assert recall(ranks, np.ones(5), np.ones(5, np.bool_)).at_10 == 0


def test_the_best_of_many_scores_is_what_sorting_gives():
    rng = np.random.default_rng(5)
    for size in (1, 7, 100, 5000):
        scores = rng.integers(0, 400, size).astype(np.float32)
        scores[rng.random(size) < 0.1] = -np.inf
        order = [at for at in np.argsort(-scores, kind="stable") if scores[at] > -np.inf]
        assert [scores[at] for at in falling(scores, 16)] == [scores[at] for at in order]
        assert sorted(falling(scores, 16)) == sorted(order)
        assert scores[best(scores, 10)[:10]].tolist() == scores[order[:10]].tolist()


def test_intervals_hold_the_truth():
    rng = np.random.default_rng(1)
    values = (rng.random(2000) < 0.3).astype(float)
    found = interval(values, np.ones(2000), np.arange(2000))
    assert found.low < 0.3 < found.high
    assert found.high - found.low < 0.06


def test_the_newest_share_begins_with_a_day():
    day = 86_400
    at = np.repeat(np.arange(6) * day, 100) + np.tile(np.arange(100), 6)
    assert cut(at, 0.17) == 5 * day
    assert cut(np.array([5, 6, 7]), 0.17) == 7


def test_a_pair_that_never_met_counts_nothing():
    rows = Rows(
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
    assert len(model.shelf.sold)
