"""Chances of the sizes of a run, for one shopper with one body or with several, before any answer in the room.

Several bodies are answered at once, with arrays: a request covers all lighter bodies (see `body_support`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.sizes.serving.body_measures import INCH_CM, POUND_KG
from recommender.sizes.serving.fit_counts import FitCounts
from recommender.sizes.serving.fit_model import FitModel
from recommender.sizes.serving.fit_statistics import FELT_OFFSETS
from recommender.sizes.serving.fit_table import BODY, FIT, FIT_CLASSES, LARGE, SMALL, FitAnswers
from recommender.sizes.serving.size_answer import Body, FitTrial
from recommender.sizes.serving.size_choice import (
    MIN_STATED_CONFIDENCE,
    PastFits,
    choice_features,
    size_chances,
    states_of,
    wanted_offsets,
)
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials, concat_trials

MIN_CHANCE = 0.02
"""Minimum chance of any size before an answer in the room, so that a shopper can always correct the model."""
Bodies = Sequence[Body | None]


@dataclass(frozen=True)
class Offer:
    """The sizes of a product by several bodies, encoded: the rows of one body follow each other."""

    item: str
    run: tuple[str, ...]
    bodies: Bodies
    sizes: EncodedTrials
    columns: TrialColumns


class SizePrior:
    """Chances from a model; immutable."""

    def __init__(self, model: FitModel, counts: FitCounts) -> None:
        self._model, self._counts = model, counts
        # a model without any choice to learn from has no columns, and no state is trained
        self._trained = [bool(weights.any()) for weights in model.choice]

    def offer(self, item: str, run: Sequence[str], bodies: Bodies) -> Offer:
        """The sizes of `run`, as the bodies would try them."""
        trials = [FitTrial(size, item=item, category=self.category(item)) for size in run]
        sizes, model = self._coded(trials, bodies), self._model
        columns = TrialColumns.of_grid(sizes, len(run), model.vocabulary, model.statistics, model.vectors)
        return Offer(item, tuple(run), bodies, sizes, columns)

    def from_answers(
        self, offer: Offer, usual: str = "", past: Sequence[FitTrial] = ()
    ) -> tuple[Doubles, float]:
        """The chance of each size (bodies x sizes) from the usual size, the past and the body, and the confidence from
        which one size may be stated alone."""
        bodies, run, sizes = offer.bodies, offer.run, offer.sizes
        past_fits = self._past(offer, usual, past)
        case = np.repeat(np.arange(len(bodies)), len(run))
        state = states_of(sizes.where(slice(0, None, len(run))), past_fits)
        if not self._is_trained(int(state[0])):
            return np.tile(self._counted(offer.item, run, usual), (len(bodies), 1)), MIN_STATED_CONFIDENCE
        statistics, vocabulary = self._model.statistics, self._model.vocabulary
        features = choice_features(sizes, offer.columns, case, past_fits, statistics, vocabulary)
        chances = size_chances(features, case, state, self._model.choice).reshape(len(bodies), len(run))
        return chances, max(float(self._model.stated_from[int(state[0])]), MIN_STATED_CONFIDENCE)

    def from_carried(self, offer: Offer, carried: str, prior: Doubles) -> Doubles:
        """Chances from the predicted outcome of the size a guest carried in: it fits, or one above or below does.

        The `prior` (bodies x sizes) only distributes the chance among the sizes above, and among those below.
        """
        at, found = offer.run.index(carried), np.zeros(prior.shape)
        rows = slice(at, None, len(offer.run))
        outcome = self._model.predict_coded(offer.sizes.where(rows), offer.columns.where(rows))
        found[:, at] = outcome[:, FIT]
        distance = np.abs(np.arange(len(offer.run)) - at)
        for side, kind in ((slice(at + 1, None), SMALL), (slice(0, at), LARGE)):
            near = 0.5 ** distance[side] * (prior[:, side] + MIN_CHANCE)
            if near.shape[1]:
                found[:, side] = outcome[:, [kind]] * near / near.sum(axis=1, keepdims=True)
        return found

    def gaps(self, offer: Offer) -> Doubles:
        """By how many standard deviations each size is above the one that the last body suggests; 0 if unknown."""
        return offer.columns.gap[-len(offer.run) :]

    def category(self, item: str) -> str:
        """The category of a product; "" if it is unknown."""
        row = self._model.vocabulary.row["items"].get(item, -1)
        at = int(self._model.item_category[row]) if row >= 0 else -1
        return self._model.vocabulary.categories[at] if at >= 0 else ""

    def _is_trained(self, state: int) -> bool:
        return bool(self._trained) and self._trained[state]

    def _past(self, offer: Offer, usual: str, past: Sequence[FitTrial]) -> PastFits:
        """The past of one shopper, as seen with each body: the same sizes were kept, but other ones wanted. The usual
        size counts as an answer, that it fits in the product's category."""
        cases, bodies, run = np.zeros(len(offer.bodies)), offer.bodies, offer.run
        seen: list[EncodedTrials] = []
        offsets: list[Doubles] = []
        if past:
            others = self._coded([self._with_category(trial) for trial in past], bodies)
            seen.append(others.where(slice(0, len(past))))
            offsets.append(wanted_offsets(others, self._model.statistics).reshape(len(bodies), len(past)))
        if usual:
            at = run.index(usual)
            seen.append(offer.sizes.where(slice(at, at + 1)))
            offsets.append(offer.columns.gap[at :: len(run), None] + FELT_OFFSETS[FIT])
        if not seen:
            nothing = np.zeros(0, np.int64)
            return PastFits(cases, cases, cases + np.nan, cases.astype(np.int64), nothing, np.zeros(0))
        own = reduce(concat_trials, seen)
        kept = (own.size_scale == offer.sizes.size_scale[0]) & (own.fit == FIT) & ~np.isnan(own.position)
        keys, times = _kept_sizes(own)
        return PastFits(
            np.hstack(offsets).mean(axis=1),
            cases + len(own),
            cases + (own.position[kept][-1] if kept.any() else np.nan),
            cases.astype(np.int64),
            keys,
            times,
        )

    def _coded(self, trials: Sequence[FitTrial], bodies: Bodies) -> EncodedTrials:
        """Every trial by every body, encoded; the rows of one body follow each other."""
        coded = self._model.vocabulary.code(_rows(trials))
        tiled = coded.where(np.tile(np.arange(len(trials)), len(bodies)))
        return replace(tiled, body=_measures(bodies, len(trials)))

    def _counted(self, item: str, run: Sequence[str], usual: str) -> Doubles:
        at = run.index(usual) if usual else len(run) // 2
        found = np.array([self._counts.share(item, size - at) for size in range(len(run))])
        chances: Doubles = found / found.sum()
        return chances

    def _with_category(self, trial: FitTrial) -> FitTrial:
        if trial.category:
            return trial
        return FitTrial(trial.size, trial.outcome, trial.item, self.category(trial.item))


def _kept_sizes(own: EncodedTrials) -> tuple[Longs, Doubles]:
    keys, times = np.unique(own.size[(own.fit == FIT) & (own.size >= 0)], return_counts=True)
    return keys, times.astype(float)


def _rows(trials: Sequence[FitTrial]) -> FitAnswers:
    """Trials without a shopper, as a table."""
    count = len(trials)
    item, category, size = (
        np.array([getattr(trial, name) for trial in trials], dtype=object)
        for name in ("item", "category", "size")
    )
    empty = np.array([""] * count, dtype=object)
    outcome = np.array([FIT_CLASSES.index(trial.outcome) for trial in trials], np.int32)
    return FitAnswers(
        empty,
        item,
        category,
        size,
        empty,
        np.full((count, len(BODY)), np.nan),
        outcome,
        np.zeros(count, np.int64),
        empty,
    )


def _measures(bodies: Bodies, trials: int) -> Doubles:
    found = np.full((len(bodies), len(BODY)), np.nan)
    stated = [body or Body() for body in bodies]
    found[:, BODY.index("height_in")] = [(body.height_cm or np.nan) / INCH_CM for body in stated]
    found[:, BODY.index("weight_lbs")] = [(body.weight_kg or np.nan) / POUND_KG for body in stated]
    found[:, BODY.index("age")] = [body.age or np.nan for body in stated]
    repeated: Doubles = np.repeat(found, trials, axis=0)
    return repeated
