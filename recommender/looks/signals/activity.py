"""Estimates whether an item without sales is still on sale: a logistic model on features of items sold around
it.

New arrivals and discontinued items both have no recent sales. The estimate uses the sales of items with the
same feature values, of other colours of the style, and of styles with nearby style numbers (which are usually
assigned in order of time).
"""

import numpy as np
from scipy import optimize

from recommender.arrays import Bools, Doubles, Floats
from recommender.inputs.features import Features
from recommender.inputs.tables import Items

# Neighbours on each side in the order of style numbers.
_WINDOW = 40


def activity_log_odds(items: Items, features: Features, sold: Bools) -> Floats:
    """Log odds that an item sells, clipped to [-6, 6]; the item's own sales are not used."""
    signals = np.column_stack(
        [_feature_sales(features, sold), _style_sales(items, sold), _neighbour_sales(items, sold)]
    )
    signals = (signals - signals.mean(axis=0)) / (signals.std(axis=0) + 1e-9)
    signals = np.column_stack([signals, np.ones(len(sold))])
    truth = sold.astype(np.float64)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = signals @ weights
        loss_value = float(np.logaddexp(0, odds).mean() - (truth * odds).mean()) + 1e-4 * float(
            weights @ weights
        )
        return loss_value, signals.T @ (1 / (1 + np.exp(-odds)) - truth) / len(truth) + 2e-4 * weights

    found = optimize.minimize(loss, np.zeros(signals.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(np.clip(signals @ found.x, -6, 6), np.float32)


def _feature_sales(features: Features, sold: Bools) -> Doubles:
    """Mean log odds of the item's feature values, without its own sales."""
    matrix = features.matrix
    if not matrix.shape[1]:
        return np.zeros(len(sold))
    held = matrix.astype(bool).astype(np.float64)
    sold_count = np.asarray(held.T @ sold.astype(np.float64)).ravel()
    item_count = np.asarray(held.sum(axis=0)).ravel()
    share = (float(sold.mean()) + 1e-6) * 4
    odds = np.zeros(len(sold))
    for own in (0, 1):
        rate = np.log((np.maximum(sold_count - own, 0) + share) / (np.maximum(item_count - 1, 0) + 4))
        odds = np.where(sold == bool(own), held @ rate, odds)
    return np.asarray(odds / np.maximum(np.diff(held.indptr), 1), np.float64)


def _style_sales(items: Items, sold: Bools) -> Doubles:
    """log(1 + number of other colours of the style that are sold)."""
    return np.log1p(np.bincount(items.styles, weights=sold)[items.styles] - sold)


def _neighbour_sales(items: Items, sold: Bools) -> Doubles:
    """Share of sold styles among the neighbours in the order of style numbers, without its own style."""
    styles = len(items.style_names)
    style_sold = (np.bincount(items.styles, weights=sold, minlength=styles) > 0).astype(np.float64)
    order = sorted(range(styles), key=lambda style: _by_number(items.style_names[style]))
    in_order = style_sold[order]
    total = np.concatenate([[0.0], np.cumsum(in_order)])
    at = np.arange(styles)
    lo, hi = np.maximum(at - _WINDOW, 0), np.minimum(at + _WINDOW + 1, styles)
    density = np.empty(styles)
    density[order] = (total[hi] - total[lo] - in_order) / np.maximum(hi - lo - 1, 1)
    return density[items.styles]


def _by_number(style: str) -> tuple[int, str]:
    return (len(style), style) if style.isdecimal() else (0, style)
