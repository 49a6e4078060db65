"""Multinomial logistic regression by L-BFGS (numpy; scipy only for training)."""

from typing import Any

import numpy as np

from recommender.arrays import Doubles

_EPSILON = 1e-12


def softmax(scores: Doubles) -> Doubles:
    """Softmax of each row."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Doubles = e / e.sum(axis=1, keepdims=True)
    return found


def fit_softmax(x: Doubles, kind: Any, kinds: int, ridge: float, rounds: int = 120) -> Doubles:
    """Ridge-penalised maximum-likelihood weights (columns of `x` x kinds). The first column of `x` is the
    constant and is not penalised."""
    from scipy.optimize import minimize

    count, width = x.shape
    wanted = np.eye(kinds)[kind]
    penalty = np.full((width, 1), ridge / count)
    penalty[0] = 0.0

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(width, kinds)
        p = softmax(x @ weights)
        cost = -np.log(p[np.arange(count), kind] + _EPSILON).mean() + float((penalty * weights**2).sum()) / 2
        return cost, (x.T @ (p - wanted) / count + penalty * weights).ravel()

    start = np.zeros(width * kinds)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    weights: Doubles = found.x.reshape(width, kinds)
    return weights
