"""The question a model is judged by: from each basket one garment is hidden, the others hang in the room."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import Bools, Doubles, Ints
from recommender.inputs.baskets import Baskets

# A basket is asked about at most so often; its questions share one vote.
_PER_BASKET = 5


@dataclass(frozen=True, slots=True)
class HoldoutCase:
    """`room` rows, the `hidden` row, the basket it came from and its share of that basket's one vote."""

    room: Ints
    hidden: int
    basket: int
    weight: float


def holdout_cases(
    baskets: Baskets, styles: Ints, seed: int, most: int, per_basket: int = _PER_BASKET
) -> list[HoldoutCase]:
    """About `most` questions from seeded baskets; a piece whose style hangs in the room is not asked for, since no
    shopper is shown what she already holds in another colour."""
    rng = np.random.default_rng(seed)
    found: list[HoldoutCase] = []
    for basket in rng.permutation(np.flatnonzero(baskets.sizes >= 2)):
        if len(found) >= most:
            break
        held = baskets.items[baskets.start[basket] : baskets.start[basket + 1]]
        good = [at for at in range(len(held)) if (styles[held] == styles[held[at]]).sum() == 1]
        picked = rng.permutation(good)[:per_basket].tolist()
        found += [
            HoldoutCase(np.delete(held, at), int(held[at]), int(basket), 1 / len(picked)) for at in picked
        ]
    return found


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of questions answered among the first 10 and 50, and among the first 10 when the hidden piece is of a
    category the room lacks."""

    at_10: float
    at_50: float
    complement_at_10: float


def recall(ranks: Doubles, case_weights: Doubles, complement: Bools) -> Recall:
    """Recalls of ranks counted from 0 (a tie counts half a place, so that equal scores are no hits)."""
    total, other = max(float(case_weights.sum()), 1e-9), max(float(case_weights[complement].sum()), 1e-9)
    return Recall(
        float(case_weights[ranks < 10].sum()) / total,
        float(case_weights[ranks < 50].sum()) / total,
        float(case_weights[complement & (ranks < 10)].sum()) / other,
    )
