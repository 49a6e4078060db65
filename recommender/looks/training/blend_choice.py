"""Chooses the blend of a retailer on a validation slice; no blend is chosen that is below the best single method."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from recommender.arrays import Doubles
from recommender.bootstrap import bootstrap_interval
from recommender.inputs.leave_one_out import Recall
from recommender.looks.training.blend_weights import CandidateSignals, fit_blend_weights

# With fewer questions than this, fitted weights would be noise; fixed mixes compete alone.
ENOUGH = 400
# What popularity adds to break ties where a method says nothing.
_TIES = 1e-3
# The methods that need no blend; the chosen one may not find fewer hidden pieces than the best of them.
SINGLE_METHODS = ("popularity", "learned", "co-purchase", "co-purchase, cosine", "EASE")
_MIXES = (0.3, 0.5, 0.8)


@dataclass(frozen=True, slots=True)
class BlendChoice:
    """The blend that won: its weights by signal, and what each candidate achieved on the questions held back;
    `intervals` are the 95 % intervals of their recall at 10, `arrivals` the weights for new arrivals, once fitted."""

    name: str
    weights: dict[str, float]
    table: dict[str, Recall]
    arrivals: tuple[float, ...] = ()
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def choose_blend(asked: CandidateSignals) -> BlendChoice:
    """Fits on the even baskets, compares on the odd ones, and fits the winner once more on all."""
    odd = asked.basket % 2 == 1
    learn, evaluate_makers = asked.where(~odd), asked.where(odd)
    if not len(evaluate_makers.case_weights) or not len(learn.case_weights):
        learn = evaluate_makers = asked
    candidates = _fixed(asked)
    if int((learn.hidden >= 0).sum()) >= ENOUGH // 2:
        candidates["fitted"] = fit_blend_weights(learn)
    table = {name: evaluate_makers.recall(weights) for name, weights in candidates.items()}
    floor = max(table[name].at_10 for name in SINGLE_METHODS)
    best = max(
        (name for name in candidates if table[name].at_10 >= floor), key=lambda name: _worth(table[name])
    )
    weights = fit_blend_weights(asked) if best == "fitted" else candidates[best]
    sure = {name: _between(evaluate_makers, weights) for name, weights in candidates.items()}
    return BlendChoice(best, dict(zip(asked.names, weights.tolist(), strict=True)), table, intervals=sure)


def _between(evaluate_makers: CandidateSignals, weights: Doubles) -> tuple[float, float]:
    found = (evaluate_makers.ranks(weights) < 10).astype(float)
    within = bootstrap_interval(found, evaluate_makers.case_weights, evaluate_makers.basket)
    return round(within.low, 6), round(within.high, 6)


def _worth(reached: Recall) -> float:
    """What a blend is chosen by: the first screen counts most, and half of it must be complements."""
    return reached.at_10 + 0.5 * reached.at_50 + 0.5 * reached.complement_at_10


def _fixed(asked: CandidateSignals) -> dict[str, Doubles]:
    """Single methods and mixes of two; each signal brought to the deviation it has among the candidates."""
    at = {name: place for place, name in enumerate(asked.names)}
    deviation = (
        asked.signals.std(axis=(0, 1)).astype(np.float64) if len(asked.case_weights) else np.ones(len(at))
    )

    def mix(**loud: float) -> Doubles:
        weights = np.zeros(len(at))
        for name, value in loud.items():
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
    for loud in _MIXES:
        found[f"learned + {loud} co-purchase"] = mix(learned=1.0, pair_steep=loud, popular=ties)
    # where the vectors have nothing to tell (gifts, tools): what pairs say in two ways
    found["EASE + 0.2 co-purchase, cosine"] = mix(pair_ease=1.0, pair_cosine=0.2, popular=ties)
    found["EASE + 0.4 co-purchase"] = mix(pair_ease=1.0, pair_plain=0.4, popular=ties)
    return found


def _plain(at: dict[str, int], name: str, ties: float) -> Doubles:
    weights = np.zeros(len(at))
    weights[at[name]], weights[at["popular"]] = 1.0, ties * 1e-3
    return weights
