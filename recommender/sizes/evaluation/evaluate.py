"""Evaluates fit and size predictions against simpler methods on held-out answers: later ones, or a random
sample."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from recommender.arrays import AnyInts, Bools, Doubles, Longs
from recommender.bootstrap import Interval
from recommender.errors import TrainingError
from recommender.sizes.serving.fit_model import FitModel
from recommender.sizes.serving.fit_statistics import FitStatistics, take_rows
from recommender.sizes.serving.fit_table import FIT, FIT_CLASSES, FitAnswers
from recommender.sizes.serving.outcomes.outcome_trees import OutcomeTrees
from recommender.sizes.serving.size_choice import (
    MIN_STATED_CONFIDENCE,
    SizeRuns,
    choice_features,
    past_of,
    size_chances,
    states_of,
)
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials, concat_trials
from recommender.sizes.training.make import build

_ROUNDS = 200
Progress = Callable[[str, float], None]


def split_answers(fits: FitAnswers, split: str, share: float, seed: int) -> Bools:
    """Marks the answers to evaluate on: the latest (`time`) or a random sample (`random`)."""
    if split == "random":
        return np.random.default_rng(seed).random(len(fits)) < share
    if not len(fits) or fits.at.min() == fits.at.max():
        raise TrainingError("the answers carry no dates (review_date): only a random split can be evaluated")
    return fits.at > np.quantile(fits.at, 1 - share)


def auc(is_positive: Bools, score: Doubles) -> float:
    """Area under the ROC curve; equal scores count half. NaN if there is only one class."""
    yes, no = int(is_positive.sum()), int((~is_positive).sum())
    if not yes or not no:
        return float("nan")
    _, rank, count = np.unique(score, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(count) - (count - 1) / 2
    return float((mean_rank[rank][is_positive].sum() - yes * (yes + 1) / 2) / (yes * no))


def macro_auc(fit: AnyInts, chances: Doubles) -> float:
    """Mean of the three one-against-rest areas."""
    return float(np.mean([auc(fit == kind, chances[:, kind]) for kind in range(len(FIT_CLASSES))]))


def calibration_error(fit: AnyInts, chances: Doubles) -> float:
    """Expected calibration error over ten bins of the chance, the mean of the three outcomes."""
    errors = []
    for kind in range(len(FIT_CLASSES)):
        place = np.minimum((chances[:, kind] * 10).astype(int), 9)
        off = np.bincount(place, weights=(fit == kind) - chances[:, kind], minlength=10)
        errors.append(float(np.abs(off).sum() / len(fit)))
    return float(np.mean(errors))


@dataclass(frozen=True)
class FitEvaluation:
    """Predicted chances by method on the same answers, the simplest first; "model" is the last."""

    fit: AnyInts
    chances: dict[str, Doubles]

    def gain(self, over: str, seed: int = 7) -> Interval:
        """Macro AUC of the model minus that of another method, with its 95 % interval (paired bootstrap)."""
        rng, gains = np.random.default_rng(seed), np.empty(_ROUNDS)
        ours, theirs = self.chances["model"], self.chances[over]
        for at in range(_ROUNDS):
            drawn = rng.integers(len(self.fit), size=len(self.fit))
            fit = self.fit[drawn]
            gains[at] = macro_auc(fit, ours[drawn]) - macro_auc(fit, theirs[drawn])
        low, high = np.nanquantile(gains, [0.025, 0.975])
        mean = macro_auc(self.fit, ours) - macro_auc(self.fit, theirs)
        return Interval(mean, float(low), float(high))


def evaluate_fit(
    fits: FitAnswers, split: str, share: float, seed: int, progress: Progress
) -> tuple[FitEvaluation, FitModel]:
    """Trains on the rest and evaluates on the held-out answers."""
    held_out = split_answers(fits, split, share, seed)
    test = fits.where(held_out)
    if len(np.unique(test.fit)) < len(FIT_CLASSES):
        raise TrainingError(f"{len(test)} held-out answers, not of all three kinds: a larger share is needed")
    model = build(fits.where(~held_out), seed, progress)
    mask_bodies = replace(test, fit=np.full(len(test), -1, np.int32))
    odds = model.statistics.odds(model.vocabulary.code(mask_bodies))
    chances = {
        "product's rate": _chances(odds[:, 0:2]),
        "product x size, backed off": _chances(odds[:, 2:4]),
        "LightFM pair": _lightfm_chances(
            model.vectors.odds(model.vocabulary.code(mask_bodies), model.vocabulary)
        ),
        "model without trees": replace(model, trees=OutcomeTrees()).predict(mask_bodies),
        "model": model.predict(mask_bodies),
    }
    return FitEvaluation(test.fit, chances), model


def _chances(odds: Doubles) -> Doubles:
    e = np.exp(odds)
    found: Doubles = np.stack([e[:, 0], np.ones(len(e)), e[:, 1]], axis=1) / (
        1 + e.sum(axis=1, keepdims=True)
    )
    return found


def _lightfm_chances(odds: Doubles) -> Doubles:
    small, large = 1 / (1 + np.exp(odds[:, 0])), 1 / (1 + np.exp(odds[:, 1]))
    return np.stack([small, 1 - small - large, large], axis=1)


@dataclass(frozen=True)
class SizeEvaluation:
    """Hits by method for later trials that fitted, and the model's confidence."""

    hits: dict[str, Doubles]
    second: Doubles
    near: Doubles
    confidence: Doubles
    stated_alone: Bools

    def gain(self, over: str, seed: int = 7) -> Interval:
        """Hit rate of the model divided by that of another method, with its 95 % interval (paired bootstrap)."""
        rng, ratios = np.random.default_rng(seed), np.empty(_ROUNDS)
        ours, theirs = self.hits["model"], self.hits[over]
        for at in range(_ROUNDS):
            drawn = rng.integers(len(ours), size=len(ours))
            ratios[at] = ours[drawn].mean() / max(theirs[drawn].mean(), 1e-9)
        low, high = np.quantile(ratios, [0.025, 0.975])
        return Interval(float(ours.mean() / max(theirs.mean(), 1e-9)), float(low), float(high))

    @property
    def calibration(self) -> float:
        """Expected calibration error over ten bins of confidence."""
        place = np.minimum((self.confidence * 10).astype(int), 9)
        off = np.bincount(place, weights=self.hits["model"] - self.confidence, minlength=10)
        return float(np.abs(off).sum() / len(place))

    @property
    def stated(self) -> tuple[float, float]:
        """Share of cases in which one size is stated alone, and how often it is right."""
        hit = float(self.hits["model"][self.stated_alone].mean()) if self.stated_alone.any() else float("nan")
        return float(self.stated_alone.mean()), hit


def evaluate_size(model: FitModel, before: FitAnswers, later: FitAnswers) -> SizeEvaluation:
    """Predicts the size of later trials that fitted, for known products made in two sizes or more.

    The sizes of a product are not in the tables; they are taken to be the sizes in which it was seen at any time.
    """
    before = before.where(np.argsort(before.at, kind="stable"))
    known, test = model.vocabulary.code(before), model.vocabulary.code(later)
    runs = SizeRuns.of(concat_trials(known, test))
    many = np.diff(runs.start)
    usable = (test.fit == FIT) & (test.item >= 0) & (test.size >= 0)
    cases = test.where(usable & (np.append(many, 0)[test.item] >= 2))
    if not len(cases):
        raise TrainingError("no later trial that fitted is of a product seen before")
    past = past_of(cases, known, model.statistics, model.vocabulary)
    sizes, case, tried = runs.unroll(replace(cases, user=np.full(len(cases), -1)))
    columns = TrialColumns.of(sizes, model.vocabulary, model.statistics, model.vectors)
    features = choice_features(sizes, columns, case, past, model.statistics, model.vocabulary)
    state = states_of(cases, past)
    chance = size_chances(features, case, state, model.choice)
    rules = _simple(cases, known, sizes, case, model.statistics)
    return _size_evaluation(
        case, tried, chance, rules, np.maximum(model.stated_from[state], MIN_STATED_CONFIDENCE)
    )


def _simple(
    cases: EncodedTrials, known: EncodedTrials, sizes: EncodedTrials, case: Longs, statistics: FitStatistics
) -> dict[str, Doubles]:
    """Scores of two simple rules: the size that fitted most often in this product; the shopper's last size,
    else that."""
    often = take_rows(statistics.pairs[:, FIT], sizes.pair)
    kept = known.where((known.fit == FIT) & (known.user >= 0))
    last = np.full(len(statistics.user_shift), -1, np.int64)
    last[kept.user] = kept.size
    mine = np.where(cases.user >= 0, last[cases.user], -1)
    same = (sizes.size == mine[case]).astype(float)
    return {
        "most common size": often,
        "last fitting size, else most common": often + same * (often.max() + 1),
    }


def _size_evaluation(
    case: Longs, tried: Longs, chance: Doubles, rules: dict[str, Doubles], stated_alone: Doubles
) -> SizeEvaluation:
    first = np.searchsorted(case, np.arange(len(tried)))
    hits = {name: (_best(score, case, first) == tried).astype(float) for name, score in rules.items()}
    best = _best(chance, case, first)
    second = _best(np.where(np.isin(np.arange(len(case)), best), -1.0, chance), case, first)
    hits["model"] = (best == tried).astype(float)
    seen = tried >= 0
    return SizeEvaluation(
        hits,
        ((best == tried) | (second == tried)).astype(float),
        (seen & (np.abs(best - tried) <= 1)).astype(float),
        chance[best],
        chance[best] >= stated_alone,
    )


def _best(score: Doubles, case: Longs, first: Longs) -> Longs:
    order = np.lexsort((-score, case))
    return order[first]


def fit_table(evaluation: FitEvaluation) -> str:
    """The evaluation as text."""
    lines = [f"{'method':28} macro AUC   small     fit   large  calibration error"]
    for name, chances in evaluation.chances.items():
        each = [auc(evaluation.fit == kind, chances[:, kind]) for kind in range(len(FIT_CLASSES))]
        lines.append(f"{name:28} {np.mean(each):9.4f} " + " ".join(f"{area:7.4f}" for area in each))
        lines[-1] += f"  {calibration_error(evaluation.fit, chances):17.4f}"
    others = [name for name in evaluation.chances if name != "model"]
    lines += [f"model less {name}: {evaluation.gain(name)}" for name in others]
    return "\n".join([*lines, f"{len(evaluation.fit)} answers"]) + "\n"


def size_table(evaluation: SizeEvaluation) -> str:
    """The evaluation as text."""
    lines = [f"{'method':36} top-1"]
    lines += [f"{name:36} {hits.mean():.4f}" for name, hits in evaluation.hits.items()]
    share, hit = evaluation.stated
    lines.append(f"model: top-2 {evaluation.second.mean():.4f}, within one size {evaluation.near.mean():.4f}")
    lines.append(f"model: calibration error {evaluation.calibration:.4f}")
    lines.append(f"model: one size stated in {share:.1%} of cases, right in {hit:.1%}")
    others: Sequence[str] = [name for name in evaluation.hits if name != "model"]
    for name in others:
        gain = evaluation.gain(name)
        lines.append(f"model by {name}: x {gain.mean:.3f} [{gain.low:.3f}, {gain.high:.3f}]")
    return "\n".join([*lines, f"{len(evaluation.confidence)} trials"]) + "\n"
