"""Multinomial model of a trial's outcome, one for each state of knowledge. Needs numpy only.

A missing body is not an average body, and an unknown shopper is not an average shopper; hence separate
models.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles
from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.softmax import softmax

KNOTS = (0.1, 0.5, 0.9)
"""Quantiles of each column at which its slope may change."""
INFINITE = 1e30


@dataclass(frozen=True)
class HingeFeatures:
    """Piecewise linear features: standardised columns with hinges at `knots` (knots x columns)."""

    knots: Doubles
    mean: Doubles
    spread: Doubles

    @staticmethod
    def of(columns: Doubles) -> "HingeFeatures":
        """Knots and scales from training columns; a constant column is left at zero."""
        knots = np.quantile(columns, KNOTS, axis=0)
        hinged = _hinged(columns, knots)
        spread = hinged.std(axis=0)
        return HingeFeatures(knots, hinged.mean(axis=0), np.where(spread > 1e-9, spread, INFINITE))

    def __call__(self, columns: Doubles) -> Doubles:
        z = (_hinged(columns, self.knots) - self.mean) / self.spread
        return np.hstack([np.ones((len(z), 1)), np.clip(z, -8.0, 8.0)])


def _hinged(columns: Doubles, knots: Doubles) -> Doubles:
    return np.hstack([columns, *(np.maximum(0.0, columns - knot) for knot in knots)])


@dataclass(frozen=True)
class OutcomeModel:
    """The model of one state of knowledge."""

    features: HingeFeatures
    weights: Doubles

    def __call__(self, columns: Doubles) -> Doubles:
        """Rows of (small, fit, large), each summing to 1."""
        return softmax(self.features(columns) @ self.weights)


def to_arrays(outcomes: tuple[OutcomeModel, ...]) -> dict[str, Any]:
    """All models as arrays with a first axis over `KNOWLEDGE_STATES`."""
    return {
        "knots": np.stack([it.features.knots for it in outcomes]),
        "mean": np.stack([it.features.mean for it in outcomes]),
        "spread": np.stack([it.features.spread for it in outcomes]),
        "weights": np.stack([it.weights for it in outcomes]),
    }


def from_arrays(arrays: Mapping[str, Any]) -> tuple[OutcomeModel, ...]:
    """From those arrays. Raises KeyError or IndexError if they are incomplete."""
    return tuple(
        OutcomeModel(
            HingeFeatures(arrays["knots"][at], arrays["mean"][at], arrays["spread"][at]),
            arrays["weights"][at],
        )
        for at in range(len(KNOWLEDGE_STATES))
    )
