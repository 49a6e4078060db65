"""Whether items or categories were bought together more, or less, often than chance gives.

Chance: both are bought independently of each other, so that of N baskets N * (a / N) * (b / N) hold both. The deviation
of the count from this expectation is the log-likelihood ratio of a Poisson count, as in Dunning, "Accurate Methods for
the Statistics of Surprise and Coincidence", Computational Linguistics 19(1), 1993; it also holds for counts of 2 or 3,
where a normal approximation does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recommender.arrays import Floats, Ints

# Quantile of chi-square with one degree of freedom at 99 %: a larger ratio is not chance.
SIGNIFICANT = 6.635


@dataclass(frozen=True, slots=True)
class PurchaseCounts:
    """Counts of what was bought and kept, to compare pairs with.

    `baskets`: number of baskets with something kept; `items` (by catalogue row): how many of them held the item;
    `categories` (square): expected number of baskets that hold both categories. A model that was trained by an earlier
    version has 0 baskets, and no pair of it is beyond chance.
    """

    baskets: int
    items: Ints
    categories: Floats

    def expected(self, row: int, other: int) -> float:
        """Expected number of baskets that hold both items."""
        if not self.baskets:
            return 0.0
        return float(self.items.item(row)) * self.items.item(other) / self.baskets

    def expected_categories(self, one: int, other: int) -> float:
        """The same for two categories."""
        return float(self.categories[one, other]) if self.baskets else 0.0


NO_PURCHASES = PurchaseCounts(0, np.zeros(0, np.int32), np.zeros((0, 0), np.float32))


def likelihood_ratio(count: float, expected: float) -> float:
    """Twice the log-likelihood ratio of a Poisson count against its expectation; 0 if nothing is expected."""
    if expected <= 0:
        return 0.0
    return 2 * ((count * log(count / expected) if count else 0.0) - (count - expected))


def beyond_chance(count: float, expected: float) -> bool:
    """Whether a count is significantly above its expectation. False if nothing is known to expect."""
    return count > expected > 0 and likelihood_ratio(count, expected) > SIGNIFICANT
