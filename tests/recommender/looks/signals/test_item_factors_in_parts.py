"""Item factors of baskets in parts: those of one machine, however the baskets are spread."""

from itertools import pairwise

import numpy as np
import pytest

from recommender.arrays import Floats
from recommender.inputs.baskets import Baskets
from recommender.looks.signals.item_factors import (
    FactorSettings,
    basket_matrix,
    fold_in_vectors,
    train_item_factors,
)
from recommender.looks.signals.item_factors_in_parts import LocalParts, train_in_parts
from tests.recommender.looks.signals.test_item_factors import GROUPS, ITEMS, SETTINGS, baskets

# Enough for the exact solution of as many equations as there are dimensions.
MANY = 40


def scores(factors: Floats, settings: FactorSettings = SETTINGS) -> Floats:
    """The score of each item for a room of each item."""
    vectors = fold_in_vectors(factors, settings)
    return np.asarray(vectors.context @ vectors.target.T)


def parts_of(held: Baskets, *cuts: int) -> LocalParts:
    whole = basket_matrix(held, ITEMS + 2)
    bounds = [0, *cuts, whole.shape[0]]
    return LocalParts([whole[low:high] for low, high in pairwise(bounds)])


@pytest.mark.parametrize("cuts", [(), (50,), (0, 100, 180)])
@pytest.mark.parametrize("weights", [1.0, 0.3])
def test_with_many_steps_they_are_those_of_one_machine(cuts: tuple[int, ...], weights: float) -> None:
    held = baskets(weights=weights)
    alone = train_item_factors(held, ITEMS + 2, SETTINGS)
    spread = train_in_parts(parts_of(held, *cuts), SETTINGS, steps=MANY)
    assert scores(spread) == pytest.approx(scores(alone), abs=1e-3)
    assert not spread[ITEMS:].any()


def test_with_few_steps_rooms_are_completed_by_items_of_their_group() -> None:
    found = scores(train_in_parts(parts_of(baskets(), 70), SETTINGS))[:ITEMS, :ITEMS]
    np.fill_diagonal(found, -np.inf)
    best = np.argsort(-found, axis=1)[:, :5]
    assert (best % GROUPS == np.arange(ITEMS)[:, None] % GROUPS).all()


def test_baskets_of_one_item_give_no_factors() -> None:
    assert not train_in_parts(LocalParts([basket_matrix(baskets(), ITEMS)[:0]]), SETTINGS).any()


class FirstPartOnly(LocalParts):
    """A fault: the products of the other parts are left out."""

    def products(self, direction: Floats) -> Floats:
        self._matrices, self._factors = self._matrices[:1], self._factors[:1]
        return super().products(direction)


def test_a_part_that_is_left_out_is_caught() -> None:
    whole = basket_matrix(baskets(), ITEMS)
    alone = scores(train_item_factors(baskets(), ITEMS, SETTINGS))
    wrong = scores(train_in_parts(FirstPartOnly([whole[:90], whole[90:]]), SETTINGS, steps=MANY))
    assert np.abs(wrong - alone).max() > 0.1
