"""The reduction of vector pairs, compared with the truncated singular value decomposition of the products."""

import numpy as np
import pytest

from recommender.looks.signals.vector_pair import reduced


def test_all_dimensions_keep_every_product() -> None:
    rng = np.random.default_rng(1)
    context, target = rng.normal(size=(30, 6)), rng.normal(size=(20, 6))
    found = reduced(context, target, np.full(30, 1 / 30), np.full(20, 1 / 20), 6)
    assert found.context @ found.target.T == pytest.approx(context @ target.T, abs=1e-5)


@pytest.mark.parametrize("dimensions", [1, 3])
def test_fewer_dimensions_are_the_best_approximation(dimensions: int) -> None:
    rng = np.random.default_rng(1)
    context, target = rng.normal(size=(30, 6)), rng.normal(size=(20, 6))
    shares = rng.dirichlet(np.ones(30)), rng.dirichlet(np.ones(20))
    found = reduced(context, target, *shares, dimensions)
    roots = np.sqrt(shares[0])[:, None], np.sqrt(shares[1])
    left, singular, right = np.linalg.svd(roots[0] * (context @ target.T) * roots[1])
    best = (left[:, :dimensions] * singular[:dimensions]) @ right[:dimensions]
    assert found.context.shape == (30, dimensions)
    assert roots[0] * (found.context @ found.target.T) * roots[1] == pytest.approx(best, abs=1e-5)


def test_vectors_of_lower_rank_lose_nothing() -> None:
    rng = np.random.default_rng(1)
    context, target = rng.normal(size=(30, 2)) @ rng.normal(size=(2, 6)), rng.normal(size=(20, 6))
    found = reduced(context, target, np.ones(30), np.ones(20), 5)
    assert found.context.shape[1] == 2
    assert found.context @ found.target.T == pytest.approx(context @ target.T, abs=1e-4)
