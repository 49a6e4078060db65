"""Draws the invented customers behind the purchase history: preferences, budget and body measures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.demo.invented_shop.preferences import MOODS

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Customers:
    """Columns over customers.

    `step`: size on a scale where 0 is XS; `shoe`: EU shoe size; `height_in`: inches; `weight_lbs`: pounds;
    `budget`: log of the price level; `visit_rate`: relative frequency of visits."""

    ids: tuple[str, ...]
    women: NDArray[np.bool_]
    taste: Doubles
    families: Doubles
    budget: Doubles
    visit_rate: Doubles
    step: Doubles
    shoe: Doubles
    height_in: Doubles
    weight_lbs: Doubles


def draw_customers(count: int, families: int, rng: np.random.Generator) -> Customers:
    """Draw `count` customers: three in five from the women's line; `taste` is Dirichlet over moods.

    `families` is the number of colour families; each customer prefers a few. The body gives the size: one step
    for every 6 kg above the median at that height, with a standard deviation of half a step.
    """
    women = rng.random(count) < 0.6
    height = np.where(women, rng.normal(65.2, 2.6, count), rng.normal(70.3, 2.8, count))
    middle = np.where(women, 134.0, 176.0) + 3.6 * (height - np.where(women, 65.2, 70.3))
    surplus = rng.normal(0.0, 21.0, count)
    step = np.clip(2.1 + surplus / 14.5 + rng.normal(0.0, 0.45, count), -0.4, 5.4)
    shoe = (
        np.where(women, 38.6, 42.8)
        + 0.42 * (height - np.where(women, 65.2, 70.3))
        + rng.normal(0, 0.7, count)
    )
    return Customers(
        ids=tuple(f"h-{n:05d}" for n in range(1, count + 1)),
        women=women,
        taste=rng.dirichlet(np.full(len(MOODS), 0.45), count),
        families=rng.dirichlet(np.full(families, 0.6), count),
        budget=rng.normal(0.0, 0.8, count),
        visit_rate=rng.gamma(0.9, 1.0, count) + 0.02,
        step=step,
        shoe=shoe,
        height_in=np.round(height).astype(np.float64),
        weight_lbs=np.round(middle + surplus).astype(np.float64),
    )
