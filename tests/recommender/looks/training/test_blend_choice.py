"""The choice of the blend."""

import numpy as np

from recommender.looks.training.blend_choice import SINGLE_METHODS, choose_blend
from recommender.looks.training.blend_weights import CandidateSignals


def test_the_chosen_blend_is_never_below_the_best_single_method() -> None:
    rng = np.random.default_rng(3)
    pairs = ("pair steep", "pair plain", "pair cosine", "pair ease")
    names = ("learned", "popular", "recent", *pairs, "habit colour")
    for strong in range(len(names)):
        signals = rng.normal(size=(900, 60, len(names))).astype(np.float32)
        hidden = rng.integers(60, size=900)
        signals[np.arange(900), hidden, strong] += 2
        asked = CandidateSignals(
            names,
            signals,
            hidden,
            np.ones(900),
            rng.random(900) < 0.5,
            np.arange(900),
            rng.integers(1, 5, 900),
        )
        chosen = choose_blend(asked)
        won = chosen.table[chosen.name]
        singles = [chosen.table[name].at_10 for name in SINGLE_METHODS]
        assert won.at_10 >= max(singles)
