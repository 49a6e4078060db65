"""What a trial's columns say of its outcome: one multinomial model for each of `KNOWN`, since a missing body is no
average one, and a stranger nobody whom everything fits. Numpy only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles
from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.softmax import softmax

KNOTS = (0.1, 0.5, 0.9)
"""Quantiles of each column from which on its slope may change."""
_NEVER = 1e30


@dataclass(frozen=True)
class HingeFeatures:
    """Columns made piecewise straight: standardised, with hinges at `knots` (knots x columns)."""

    knots: Doubles
    mean: Doubles
    spread: Doubles

    @staticmethod
    def of(columns: Doubles) -> "HingeFeatures":
        """From training columns; a column that never changes is left at zero."""
        knots = np.quantile(columns, KNOTS, axis=0)
        bent = _bent(columns, knots)
        spread = bent.std(axis=0)
        return HingeFeatures(knots, bent.mean(axis=0), np.where(spread > 1e-9, spread, _NEVER))

    def __call__(self, columns: Doubles) -> Doubles:
        z = (_bent(columns, self.knots) - self.mean) / self.spread
        return np.hstack([np.ones((len(z), 1)), np.clip(z, -8.0, 8.0)])


def _bent(columns: Doubles, knots: Doubles) -> Doubles:
    return np.hstack([columns, *(np.maximum(0.0, columns - knot) for knot in knots)])


@dataclass(frozen=True)
class OutcomeModel:
    """The model of one level of knowledge: columns bent, then weighed."""

    features: HingeFeatures
    weights: Doubles

    def __call__(self, columns: Doubles) -> Doubles:
        """Rows of (small, fit, large), each adding up to one."""
        return softmax(self.features(columns) @ self.weights)


def to_arrays(outcomes: tuple[OutcomeModel, ...]) -> dict[str, Any]:
    """All of them as arrays with a first axis over `KNOWN`."""
    return {
        "knots": np.stack([it.features.knots for it in outcomes]),
        "mean": np.stack([it.features.mean for it in outcomes]),
        "spread": np.stack([it.features.spread for it in outcomes]),
        "weights": np.stack([it.weights for it in outcomes]),
    }


def from_arrays(arrays: Mapping[str, Any]) -> tuple[OutcomeModel, ...]:
    """From those arrays. Errors: KeyError, IndexError where they are not whole."""
    return tuple(
        OutcomeModel(
            HingeFeatures(arrays["knots"][at], arrays["mean"][at], arrays["spread"][at]),
            arrays["weights"][at],
        )
        for at in range(len(KNOWLEDGE_STATES))
    )
