"""The invented customers behind the history: what they like, what they spend, and how they are built."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.demo.house.tastes import MOODS

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Clientele:
    """Columns over customers; `step` is the size on a ladder where 0 is XS, `height_in` and `weight_lbs` the body."""

    ids: tuple[str, ...]
    women: NDArray[np.bool_]
    taste: Doubles
    families: Doubles
    purse: Doubles
    zeal: Doubles
    step: Doubles
    shoe: Doubles
    height_in: Doubles
    weight_lbs: Doubles


def clientele(count: int, families: int, rng: np.random.Generator) -> Clientele:
    """Draw `count` customers: three in five from the women's line; taste is Dirichlet with two or three moods each.

    `families` is the number of colour families of which each customer favours a few. The body gives the size: a step
    up for every 6 kg beyond the median at one's height, with half a step of unexplained spread.
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
    return Clientele(
        ids=tuple(f"h-{n:05d}" for n in range(1, count + 1)),
        women=women,
        taste=rng.dirichlet(np.full(len(MOODS), 0.45), count),
        families=rng.dirichlet(np.full(families, 0.6), count),
        purse=rng.normal(0.0, 0.8, count),
        zeal=rng.gamma(0.9, 1.0, count) + 0.02,
        step=step,
        shoe=shoe,
        height_in=np.round(height).astype(np.float64),
        weight_lbs=np.round(middle + surplus).astype(np.float64),
    )
