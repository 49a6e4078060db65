"""Multinomial logistic regression by L-BFGS, in numpy and scipy."""

from typing import Any

import numpy as np

from recommender.arrays import Doubles

_LEAST = 1e-12


def softmax(scores: Doubles) -> Doubles:
    """Rows that add up to one."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Doubles = e / e.sum(axis=1, keepdims=True)
    return found


def fit_softmax(x: Doubles, kind: Any, kinds: int, ridge: float, rounds: int = 120) -> Doubles:
    """Weights (columns of `x` x kinds) of the ridge-penalised most likely model. The first column of `x` is the
    constant and is not penalised."""
    from scipy.optimize import minimize

    many, width = x.shape
    wanted = np.eye(kinds)[kind]
    penalty = np.full((width, 1), ridge / many)
    penalty[0] = 0.0

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(width, kinds)
        p = softmax(x @ weights)
        cost = -np.log(p[np.arange(many), kind] + _LEAST).mean() + float((penalty * weights**2).sum()) / 2
        return cost, (x.T @ (p - wanted) / many + penalty * weights).ravel()

    start = np.zeros(width * kinds)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    weights: Doubles = found.x.reshape(width, kinds)
    return weights
