"""The choice of the blend."""

import numpy as np

from recommender.looks.training.blend_choice import BY_SIZE, SINGLE_METHODS, choose_blend
from recommender.looks.training.blend_weights import CandidateSignals


def test_the_chosen_blend_is_never_below_the_best_single_method() -> None:
    rng = np.random.default_rng(3)
    pairs = ("pair steep", "pair plain", "pair cosine", "pair ease")
    names = ("learned", "popular", "recent", *pairs, "item factors", "habit colour")
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


def cases_by_size(strength: tuple[float, float]) -> CandidateSignals:
    """Cases of rooms of one and of four items, in which `learned` tells as much as `strength` states."""
    rng = np.random.default_rng(3)
    names = ("learned", "popular", "recent", "pair steep", "pair plain", "pair cosine", "pair ease")
    signals = rng.normal(size=(1600, 60, len(names))).astype(np.float32)
    hidden, sizes = rng.integers(60, size=1600), rng.choice([1, 4], 1600)
    signals[np.arange(1600), hidden, 0] += np.where(sizes == 1, *strength).astype(np.float32)
    signals[np.arange(1600), hidden, 3] += 1
    return CandidateSignals(
        names, signals, hidden, np.ones(1600), np.ones(1600, bool), np.arange(1600), sizes
    )


def test_weights_by_room_size_are_chosen_where_rooms_differ() -> None:
    chosen = choose_blend(cases_by_size((0.0, 2.5)))
    assert chosen.name == BY_SIZE
    one, _, four, _ = chosen.by_size
    assert one["learned"] < 0.5 < 1 < four["learned"]


def test_a_blend_of_a_history_without_item_factors_has_no_such_method() -> None:
    assert "item factors" not in choose_blend(cases_by_size((1.0, 1.0))).table
