"""Chooses the blend weights on the validation part; a blend below the best single method is never chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from recommender.arrays import Doubles
from recommender.bootstrap import bootstrap_interval
from recommender.inputs.leave_one_out import Recall
from recommender.looks.signals.signals import FACTORS
from recommender.looks.training.blend_weights import CandidateSignals, fit_blend_weights
from recommender.looks.training.room_size_weights import fit_size_factors, weights_of

# With fewer cases, fitted weights would be noise; only fixed mixes compete.
MIN_FIT_CASES = 400
# Weight of popularity where it only breaks ties.
_TIES = 1e-3
# Names of the fitted blends.
FITTED, BY_SIZE = "fitted", "fitted by room size"
# Single methods; the chosen blend must not have a lower recall at 10 than the best of them.
SINGLE_METHODS = ("popularity", "learned", "item factors", "co-purchase", "co-purchase, cosine", "EASE")
_MIXES = (0.3, 0.5, 0.8)


@dataclass(frozen=True, slots=True)
class BlendChoice:
    """The chosen blend: weights by signal name, and the recall of each candidate on the held-out cases.

    `intervals` are the 95 % intervals of recall at 10; `arrivals` the weights of new arrivals, once fitted;
    `by_size` the factors on the weights for each class of rooms (see `room_size_weights`), empty if they are the same.
    """

    name: str
    weights: dict[str, float]
    table: dict[str, Recall]
    arrivals: tuple[float, ...] = ()
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    by_size: tuple[dict[str, float], ...] = ()


def choose_blend(cases: CandidateSignals) -> BlendChoice:
    """Fits on even baskets, compares on odd baskets, and fits the winner again on all."""
    odd = cases.basket % 2 == 1
    fit_part, comparison = cases.where(~odd), cases.where(odd)
    if not len(comparison.case_weights) or not len(fit_part.case_weights):
        fit_part = comparison = cases
    candidates = _fixed(cases)
    if int((fit_part.hidden >= 0).sum()) >= MIN_FIT_CASES // 2:
        candidates |= _fitted(fit_part, comparison)
    table = {name: comparison.recall(weights) for name, weights in candidates.items()}
    minimum = max(table[name].at_10 for name in SINGLE_METHODS if name in table)
    best = max(
        (name for name in candidates if table[name].at_10 >= minimum),
        key=lambda name: _selection_score(table[name]),
    )
    weights = fit_blend_weights(cases) if best in {FITTED, BY_SIZE} else candidates[best]
    intervals = {name: _between(comparison, weights) for name, weights in candidates.items()}
    return BlendChoice(
        best,
        dict(zip(cases.names, weights.tolist(), strict=True)),
        table,
        intervals=intervals,
        by_size=fit_size_factors(cases, weights) if best == BY_SIZE else (),
    )


def _fitted(fit_part: CandidateSignals, comparison: CandidateSignals) -> dict[str, Doubles]:
    """Fitted weights: the same for every room, or by room size if that predicts the compared cases better.

    The likelihood decides, since it depends on every case; recall depends on the few near the tenth place.
    """
    common = fit_blend_weights(fit_part)
    factors = fit_size_factors(fit_part, common)
    if not any(factors):
        return {FITTED: common}
    by_size = weights_of(comparison.names, common, factors, comparison.room_sizes)
    better = comparison.log_likelihood(by_size) > comparison.log_likelihood(common)
    return {BY_SIZE: by_size} if better else {FITTED: common}


def _between(comparison: CandidateSignals, weights: Doubles) -> tuple[float, float]:
    found = (comparison.ranks(weights) < 10).astype(float)
    within = bootstrap_interval(found, comparison.case_weights, comparison.basket)
    return round(within.low, 6), round(within.high, 6)


def _selection_score(reached: Recall) -> float:
    """Selection criterion: recall at 10 counts most; recall at 50 and complements count half."""
    return reached.at_10 + 0.5 * reached.at_50 + 0.5 * reached.complement_at_10


def _fixed(cases: CandidateSignals) -> dict[str, Doubles]:
    """Single methods and mixes of two; each signal is scaled to unit deviation among the candidates."""
    at = {name: place for place, name in enumerate(cases.names)}
    deviation = (
        cases.signals.std(axis=(0, 1)).astype(np.float64) if len(cases.case_weights) else np.ones(len(at))
    )

    def mix(**weight: float) -> Doubles:
        weights = np.zeros(len(at))
        for name, value in weight.items():
            signal = at[name.replace("_", " ")]
            weights[signal] = value / max(float(deviation[signal]), 1e-6)
        return weights

    ties = _TIES
    found = {
        "popularity": mix(popular=1.0),
        "learned": mix(learned=1.0),
        "co-purchase": _plain(at, "pair plain", ties),
        "co-purchase, cosine": _plain(at, "pair cosine", ties),
        "EASE": _plain(at, "pair ease", ties),
    }
    if FACTORS in at:
        found["item factors"] = mix(item_factors=1.0, popular=ties)
    for weight in _MIXES:
        found[f"learned + {weight} co-purchase"] = mix(learned=1.0, pair_steep=weight, popular=ties)
    # for shops where vectors do not help (gifts, tools): two pair signals
    found["EASE + 0.2 co-purchase, cosine"] = mix(pair_ease=1.0, pair_cosine=0.2, popular=ties)
    found["EASE + 0.4 co-purchase"] = mix(pair_ease=1.0, pair_plain=0.4, popular=ties)
    return found


def _plain(at: dict[str, int], name: str, ties: float) -> Doubles:
    weights = np.zeros(len(at))
    weights[at[name]], weights[at["popular"]] = 1.0, ties * 1e-3
    return weights
