"""Item factors: the equations against their definition, and the fold-in of rooms."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from recommender.inputs.baskets import Baskets
from recommender.looks.signals.item_factors import (
    FactorSettings,
    eigenbasis,
    fold_in,
    fold_in_vectors,
    solved,
    train_item_factors,
)

ITEMS, GROUPS = 40, 4
SETTINGS = FactorSettings(dimensions=8, iterations=8)


def baskets(seed: int = 3, weights: float = 1.0) -> Baskets:
    """Baskets of one to four items of one group; item `i` is in group `i % 4`."""
    rng = np.random.default_rng(seed)
    groups, sizes = rng.integers(GROUPS, size=400), rng.integers(1, 5, size=400)
    held = [
        np.sort(rng.choice(ITEMS // GROUPS, size, replace=False)) * GROUPS + group
        for group, size in zip(groups, sizes, strict=True)
    ]
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    cells = np.concatenate(held).astype(np.int32)
    ones, order = np.ones(len(cells), np.int32), np.arange(400)
    return Baskets(
        start, cells, ones.astype(np.float32) * np.float32(weights), ones, order, order.astype(np.int32)
    )


def expected(row: np.ndarray, other: np.ndarray, total: int, settings: FactorSettings) -> np.ndarray:
    """The minimum of the loss of the module docstring, by dense normal equations."""
    count = int((row > 0).sum())
    ridge = settings.regularisation * (count + settings.unobserved * total)
    system = settings.unobserved * other.T @ other + (other.T * row) @ other + ridge * np.eye(other.shape[1])
    return np.asarray(np.linalg.solve(system, other.T @ row))


@pytest.mark.parametrize("dimensions", [2, 5, 30])
def test_each_factor_is_the_minimum_of_its_loss(dimensions: int) -> None:
    """Rows with fewer cells than dimensions, and with more, are solved in different ways."""
    rng = np.random.default_rng(1)
    matrix = sparse.random(50, 20, 0.3, "csr", np.float32, random_state=2)
    other = rng.normal(size=(20, dimensions)).astype(np.float32)
    settings = replace(SETTINGS, unobserved=0.1, regularisation=0.2)
    found, (rotated, _) = solved(matrix, other, 17, settings), eigenbasis(other, settings)
    for row, factor in zip(matrix.toarray(), found, strict=True):
        assert rotated @ factor == pytest.approx(other @ expected(row, other, 17, settings), abs=5e-4)


def test_a_solution_for_another_weight_of_unobserved_items_is_caught() -> None:
    matrix = sparse.random(50, 20, 0.3, "csr", np.float32, random_state=2)
    other = np.random.default_rng(1).normal(size=(20, 5)).astype(np.float32)
    settings = replace(SETTINGS, unobserved=0.1, regularisation=0.2)
    rotated, _ = eigenbasis(other, settings)
    found = solved(matrix, other, 17, replace(settings, unobserved=0.3))
    differences = [
        np.abs(rotated @ factor - other @ expected(row, other, 17, settings)).max()
        for row, factor in zip(matrix.toarray(), found, strict=True)
    ]
    assert max(differences) > 1e-2


def test_a_room_is_completed_by_items_of_its_group() -> None:
    factors = train_item_factors(baskets(), ITEMS, SETTINGS)
    for room in ([0], [5, 9], [2, 6, 10]):
        scores = fold_in(factors, np.array(room), SETTINGS)
        scores[room] = -np.inf
        assert {int(item) % GROUPS for item in np.argsort(-scores)[:5]} == {room[0] % GROUPS}


def test_the_vectors_of_a_room_of_one_item_are_its_exact_fold_in() -> None:
    factors = train_item_factors(baskets(), ITEMS, SETTINGS)
    vectors = fold_in_vectors(factors, SETTINGS)
    for item in range(ITEMS):
        exact = fold_in(factors, np.array([item]), SETTINGS)
        assert vectors.target @ vectors.context[item] == pytest.approx(exact, abs=1e-4)


def test_the_sum_of_vectors_ranks_a_larger_room_much_as_the_exact_fold_in() -> None:
    factors = train_item_factors(baskets(), ITEMS, SETTINGS)
    vectors = fold_in_vectors(factors, SETTINGS)
    room = np.array([1, 5, 13])
    linear = vectors.target @ vectors.context[room].sum(axis=0)
    assert np.corrcoef(linear, fold_in(factors, room, SETTINGS))[0, 1] > 0.95


def test_training_is_repeatable_and_unknown_items_stay_at_zero() -> None:
    held = baskets()
    first, second = (train_item_factors(held, ITEMS + 3, SETTINGS) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert not first[ITEMS:].any()
    assert not fold_in_vectors(first, SETTINGS).context[ITEMS:].any()


def test_baskets_of_one_item_give_no_factors() -> None:
    one, code = np.ones(1, np.int32), np.zeros(1, np.int32)
    single = Baskets(
        np.array([0, 1]), np.array([2], np.int32), np.ones(1, np.float32), one, np.zeros(1, np.int64), code
    )
    assert not train_item_factors(single, 5, SETTINGS).any()
    assert not fold_in_vectors(train_item_factors(single, 5, SETTINGS), SETTINGS).context.any()
