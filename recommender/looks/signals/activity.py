"""How alive an item's corner of the catalogue is, for telling new arrivals from what was discontinued years ago.

Both were never sold lately. So this asks whether the garment's words, its style and its neighbours in the order of
style numbers (which retailers give out in time) are selling.
"""

import numpy as np
from scipy import optimize

from recommender.arrays import Bools, Doubles, Floats
from recommender.inputs.features import Features
from recommender.inputs.tables import Items

# Neighbours to either side in the order of style numbers.
_WINDOW = 40


def activity_log_odds(items: Items, features: Features, sold: Bools) -> Floats:
    """Log odds that an item sells, from what is sold around it (its own sale is not counted)."""
    signs = np.column_stack([_words(features, sold), _style(items, sold), _neighbours(items, sold)])
    signs = (signs - signs.mean(axis=0)) / (signs.std(axis=0) + 1e-9)
    signs = np.column_stack([signs, np.ones(len(sold))])
    truth = sold.astype(np.float64)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = signs @ weights
        wrong = float(np.logaddexp(0, odds).mean() - (truth * odds).mean()) + 1e-4 * float(weights @ weights)
        return wrong, signs.T @ (1 / (1 + np.exp(-odds)) - truth) / len(truth) + 2e-4 * weights

    found = optimize.minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(np.clip(signs @ found.x, -6, 6), np.float32)


def _words(features: Features, sold: Bools) -> Doubles:
    """Mean log odds of an item's words, its own sale taken out."""
    matrix = features.matrix
    if not matrix.shape[1]:
        return np.zeros(len(sold))
    held = matrix.astype(bool).astype(np.float64)
    alive = np.asarray(held.T @ sold.astype(np.float64)).ravel()
    borne = np.asarray(held.sum(axis=0)).ravel()
    share = (float(sold.mean()) + 1e-6) * 4
    odds = np.zeros(len(sold))
    for own in (0, 1):
        rate = np.log((np.maximum(alive - own, 0) + share) / (np.maximum(borne - 1, 0) + 4))
        odds = np.where(sold == bool(own), held @ rate, odds)
    return np.asarray(odds / np.maximum(np.diff(held.indptr), 1), np.float64)


def _style(items: Items, sold: Bools) -> Doubles:
    """How many other colours of its style are sold, log."""
    return np.log1p(np.bincount(items.styles, weights=sold)[items.styles] - sold)


def _neighbours(items: Items, sold: Bools) -> Doubles:
    """Share of sold styles among the neighbours in the order of style numbers, its own style left out."""
    styles = len(items.style_names)
    live = (np.bincount(items.styles, weights=sold, minlength=styles) > 0).astype(np.float64)
    order = sorted(range(styles), key=lambda style: _by_number(items.style_names[style]))
    in_order = live[order]
    total = np.concatenate([[0.0], np.cumsum(in_order)])
    at = np.arange(styles)
    lo, hi = np.maximum(at - _WINDOW, 0), np.minimum(at + _WINDOW + 1, styles)
    density = np.empty(styles)
    density[order] = (total[hi] - total[lo] - in_order) / np.maximum(hi - lo - 1, 1)
    return density[items.styles]


def _by_number(style: str) -> tuple[int, str]:
    return (len(style), style) if style.isdecimal() else (0, style)
