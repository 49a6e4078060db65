"""Selection of the highest scores."""

import numpy as np

from recommender.looks.serving.top_k import descending, top_k


def test_the_highest_scores_are_those_of_a_full_sort() -> None:
    rng = np.random.default_rng(5)
    for size in (1, 7, 100, 5000):
        scores = rng.integers(0, 400, size).astype(np.float32)
        scores[rng.random(size) < 0.1] = -np.inf
        order = [at for at in np.argsort(-scores, kind="stable") if scores[at] > -np.inf]
        assert [scores[at] for at in descending(scores, 16)] == [scores[at] for at in order]
        assert sorted(descending(scores, 16)) == sorted(order)
        assert scores[top_k(scores, 10)[:10]].tolist() == scores[order[:10]].tolist()
