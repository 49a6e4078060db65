"""Leave-one-out evaluation cases: one item of each basket is hidden, the other items are the query."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import Bools, Doubles, Ints
from recommender.inputs.baskets import Baskets

# Maximum number of cases of one basket; their weights sum to 1.
_PER_BASKET = 5


@dataclass(frozen=True, slots=True)
class HoldoutCase:
    """`room`: rows of the visible items; `hidden`: row of the hidden item; `basket`: its index; `weight`: its
    share of the basket's total weight of 1."""

    room: Ints
    hidden: int
    basket: int
    weight: float


def holdout_cases(
    baskets: Baskets, styles: Ints, seed: int, most: int, per_basket: int = _PER_BASKET
) -> list[HoldoutCase]:
    """About `most` cases from randomly drawn baskets of two or more items.

    Items whose style occurs twice in the basket are not hidden, because no shopper is shown another colour of
    an item she already has.
    """
    rng = np.random.default_rng(seed)
    found: list[HoldoutCase] = []
    for basket in rng.permutation(np.flatnonzero(baskets.sizes >= 2)):
        if len(found) >= most:
            break
        held = baskets.items[baskets.start[basket] : baskets.start[basket + 1]]
        usable = [at for at in range(len(held)) if (styles[held] == styles[held[at]]).sum() == 1]
        picked = rng.permutation(usable)[:per_basket].tolist()
        found += [
            HoldoutCase(np.delete(held, at), int(held[at]), int(basket), 1 / len(picked)) for at in picked
        ]
    return found


@dataclass(frozen=True, slots=True)
class Recall:
    """Weighted recall at 10 and at 50; `complement_at_10` is recall at 10 of items whose category is not in
    the room."""

    at_10: float
    at_50: float
    complement_at_10: float


def recall(ranks: Doubles, case_weights: Doubles, complement: Bools) -> Recall:
    """Recall from ranks counted from 0. A tie counts as half a rank, so that equal scores are not hits."""
    total, other = max(float(case_weights.sum()), 1e-9), max(float(case_weights[complement].sum()), 1e-9)
    return Recall(
        float(case_weights[ranks < 10].sum()) / total,
        float(case_weights[ranks < 50].sum()) / total,
        float(case_weights[complement & (ranks < 10)].sum()) / other,
    )
