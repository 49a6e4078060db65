"""Feature numbers of both sides, and the log odds of their vectors."""

import numpy as np
import pytest

from recommender.sizes.serving.fit_table import FIT
from recommender.sizes.serving.fit_vectors import FitVectors, item_features, user_features
from recommender.sizes.serving.vocabulary import Vocabulary
from tests.recommender.fit_answers import answers

FITS = answers([("u", "a", "M", FIT), ("", "b", "L", FIT)], [65.0, float("nan")])
VOCABULARY = Vocabulary.of(FITS)
CODED = VOCABULARY.code(FITS)


def test_each_kind_has_numbers_of_its_own_and_unknown_ones_have_none() -> None:
    items, count = item_features(CODED, VOCABULARY)
    assert count == 2 + 1 + 2
    assert items.tolist() == [[0, 2, 4], [1, 2, 3]]
    users, total = user_features(CODED, VOCABULARY)
    assert users[1, 0] == -1, "a guest"
    assert (users[:, 1:] >= 0).all(), "what is not stated has a bucket of its own"
    assert users.max() < total
    assert users[0, 3] != users[1, 3], "height"


def test_log_odds_are_the_product_of_summed_vectors_plus_biases() -> None:
    rng = np.random.default_rng(2)
    (users, many_users), (items, many_items) = (
        user_features(CODED, VOCABULARY),
        item_features(CODED, VOCABULARY),
    )
    vectors = FitVectors(
        *(rng.normal(size=shape).astype(np.float32) for shape in ((2, many_users, 3), (2, many_users))),
        *(rng.normal(size=shape).astype(np.float32) for shape in ((2, many_items, 3), (2, many_items))),
    )
    found = vectors.odds(CODED, VOCABULARY)
    for trial in range(2):
        mine, its = users[trial][users[trial] >= 0], items[trial][items[trial] >= 0]
        for side in range(2):
            expected = vectors.users[side][mine].sum(axis=0) @ vectors.items[side][its].sum(axis=0)
            expected += vectors.user_bias[side][mine].sum() + vectors.item_bias[side][its].sum()
            assert found[trial, side] == pytest.approx(float(expected), abs=1e-4)


def test_odds_of_a_trial_do_not_depend_on_how_many_are_asked_at_once() -> None:
    rng = np.random.default_rng(3)
    counts = (user_features(CODED, VOCABULARY)[1], item_features(CODED, VOCABULARY)[1])
    vectors = FitVectors(
        *(
            rng.normal(size=shape).astype(np.float32)
            for count in counts
            for shape in ((2, count, 3), (2, count))
        )
    )
    alone = vectors.odds(CODED, VOCABULARY)
    many = vectors.odds(CODED.where(np.arange(9001) % 2), VOCABULARY)
    assert np.allclose(many, alone[np.arange(9001) % 2], atol=1e-5)
    assert vectors.odds(CODED.where(np.zeros(0, int)), VOCABULARY).shape == (0, 2)
