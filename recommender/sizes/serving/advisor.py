"""Recommends a size from the usual size, the product's size offset, the body, past answers and answers in the
room.

One size is stated alone from a confidence of .6; below it two sizes are named, the more likely first. If even
that is uncertain, one question is suggested. Needs numpy only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, unique
from pathlib import Path

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.sealed_arrays import read_sealed
from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.fit_counts import FitCounts, FitTendency
from recommender.sizes.serving.fit_model import KIND, FitModel, model_of
from recommender.sizes.serving.fit_table import BODY, FIT, FIT_CLASSES, LARGE, SMALL, FitAnswers
from recommender.sizes.serving.size_choice import (
    MIN_STATED_CONFIDENCE,
    NEVER_STATED,
    PastFits,
    choice_features,
    size_chances,
    states_of,
    wanted_offsets,
)
from recommender.sizes.serving.vocabulary import EncodedTrials

# A follow-up question is suggested below this confidence.
_ASK_BELOW = 0.45
# Minimum chance of any size before an answer in the room, so that a shopper can always correct the model.
_MIN_CHANCE = 0.02
# Chance that a tried size is small, fits, is large if the fitting size is the same, a larger or a smaller one (index
# 0, 1, -1). Set by hand, because few shoppers answer twice about one product.
_OUTCOME_CHANCES = np.array([[0.005, 0.9, 0.005], [0.99, 0.095, 0.095], [0.005, 0.005, 0.9]])

__all__ = [
    "MIN_STATED_CONFIDENCE",
    "Body",
    "FitTendency",
    "FitTrial",
    "FollowUpQuestion",
    "SizeAdvisor",
    "SizeChoice",
]


@unique
class FollowUpQuestion(Enum):
    """The question whose answer would help most."""

    NONE = "none"
    BODY = "height-and-weight"
    KNOWN_FIT = "a-brand-and-size-that-fits"


@dataclass(frozen=True, slots=True)
class Body:
    """What a shopper stated about herself; None if not stated."""

    height_cm: float | None = None
    weight_kg: float | None = None
    age: float | None = None


@dataclass(frozen=True, slots=True)
class FitTrial:
    """A past answer: `outcome` is small, fit or large; `item` and `category` may be unknown ("")."""

    size: str
    outcome: str = FIT_CLASSES[FIT]
    item: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class SizeChoice:
    """Recommended sizes, the most likely first. Of `of` people with the same usual size who tried the first
    one, `kept` found that it fits.

    `confidence` is the chance that the first size fits; `stated_from` is the confidence from which it may be stated
    alone; `ask` is the question that would raise it.
    """

    sizes: tuple[str, ...] = ()
    confidence: float = 0.0
    tendency: FitTendency = FitTendency.UNKNOWN
    kept: int = 0
    of: int = 0
    ask: FollowUpQuestion = FollowUpQuestion.NONE
    stated_from: float = MIN_STATED_CONFIDENCE

    @property
    def stated(self) -> bool:
        """Whether the first size may be stated alone."""
        return bool(self.sizes) and self.confidence >= self.stated_from


class SizeAdvisor:
    """A loaded sizes model; immutable, and safe for several threads. Made by `open`."""

    def __init__(self, model: FitModel, counts: FitCounts) -> None:
        self._model, self._counts = model, counts
        self._trained = [bool(weights.any()) for weights in model.choice] or [False] * len(KNOWLEDGE_STATES)

    @staticmethod
    def open(folder: Path) -> "SizeAdvisor":
        """The verified model of a folder. Raises `ModelError` if it must not be served."""
        arrays = read_sealed(folder, KIND).arrays
        return SizeAdvisor(model_of(arrays, folder), FitCounts.of(arrays.get("rates", {}), folder))

    def tendency(self, item: str) -> FitTendency:
        """Whether a product runs small or large for people who took their usual size."""
        return self._counts.tendency(item)

    def choose(
        self,
        item: str,
        run: Sequence[str],
        usual: str = "",
        *,
        carried: str = "",
        body: Body | None = None,
        past: Sequence[FitTrial] = (),
        here: Sequence[FitTrial] = (),
    ) -> SizeChoice:
        """Sizes of `run` (ascending) for a shopper whose usual size is `usual` and whose answers are `past`.

        `carried` is the size a guest brought into the room, used if there is neither `usual` nor `past`.
        `here` are answers about this product in the room ("a little tight at the shoulder" is small). No size
        is chosen if there is no answer about the product, or no data of the shopper.
        """
        if item not in self._counts or len(run) < 2:
            return SizeChoice()
        usual, carried = usual if usual in run else "", carried if carried in run else ""
        known = bool(usual or carried or past or here or (body and (body.height_cm or body.weight_kg)))
        if not known:
            return SizeChoice((), 0.0, self.tendency(item), ask=FollowUpQuestion.BODY)
        prior, stated_from = self._chances(item, run, usual, body, past)
        is_carried = bool(carried and not usual and not past)
        if is_carried:
            prior, stated_from = self._carried_chances(item, run, carried, body, prior), MIN_STATED_CONFIDENCE
            usual = carried
        chances = _posterior(run, prior, here)
        use_tendency = not here and not is_carried
        choice = self._choice(item, run, usual, chances, use_tendency=use_tendency)
        ask = _next_question(body, usual, past) if choice.confidence < _ASK_BELOW else FollowUpQuestion.NONE
        # answers in the room are more reliable than a threshold learned without them
        return replace(
            choice,
            ask=ask,
            stated_from=max(choice.stated_from, MIN_STATED_CONFIDENCE if here else stated_from),
        )

    def _chances(
        self, item: str, run: Sequence[str], usual: str, body: Body | None, past: Sequence[FitTrial]
    ) -> tuple[Doubles, float]:
        """The chance of each size, and the confidence from which one size may be stated alone."""
        category = self._category(item)
        answers = [*past, *([FitTrial(usual, category=category)] if usual else [])]
        vocabulary, statistics = self._model.vocabulary, self._model.statistics
        sizes = vocabulary.code(_rows([FitTrial(size, item=item, category=category) for size in run], body))
        others = vocabulary.code(_rows([self._with_category(trial) for trial in answers], body))
        kept = others.where(
            (others.size_scale == sizes.size_scale[0]) & (others.fit == FIT) & ~np.isnan(others.position)
        )
        offsets = wanted_offsets(others, statistics)
        past_fits = PastFits(
            np.array([offsets.mean() if len(offsets) else 0.0]),
            np.array([float(len(offsets))]),
            np.array([kept.position[-1] if len(kept) else np.nan]),
            *_kept_sizes(others),
        )
        state = states_of(sizes.where(np.zeros(1, np.int64)), past_fits)
        if not self._trained[int(state[0])]:
            return self._counted_chances(item, run, usual), MIN_STATED_CONFIDENCE
        case = np.zeros(len(run), np.int64)
        features = choice_features(sizes, case, past_fits, statistics, self._model.vectors, vocabulary)
        stated_from = max(float(self._model.stated_from[int(state[0])]), MIN_STATED_CONFIDENCE)
        return size_chances(features, case, state, self._model.choice), stated_from

    def _carried_chances(
        self, item: str, run: Sequence[str], carried: str, body: Body | None, prior: Doubles
    ) -> Doubles:
        """Chances from the predicted outcome of the size a guest carried in: it fits, or one above or below
        does.

        The `prior` only distributes the chance among the sizes above, and among those below.
        """
        trial = [FitTrial(carried, item=item, category=self._category(item))]
        outcome = self._model.predict(replace(_rows(trial, body), fit=np.full(1, -1, np.int32)))[0]
        at, found = run.index(carried), np.zeros(len(run))
        found[at] = outcome[FIT]
        for side, chance in ((slice(at + 1, None), outcome[SMALL]), (slice(0, at), outcome[LARGE])):
            near = 0.5 ** np.abs(np.arange(len(run)) - at)[side] * (prior[side] + _MIN_CHANCE)
            found[side] = chance * near / near.sum() if len(near) else 0.0
        return found

    def _counted_chances(self, item: str, run: Sequence[str], usual: str) -> Doubles:
        at = run.index(usual) if usual else len(run) // 2
        found = np.array([self._counts.share(item, size - at) for size in range(len(run))])
        chances: Doubles = found / found.sum()
        return chances

    def _choice(
        self, item: str, run: Sequence[str], usual: str, chances: Doubles, *, use_tendency: bool
    ) -> SizeChoice:
        order = [int(at) for at in np.argsort(-chances, kind="stable")]
        neighbour = self._neighbour(item, run, usual) if use_tendency and usual == run[order[0]] else None
        if neighbour is not None:
            at = run.index(usual)
            fits_more = self._counts.share(item, neighbour - at) > self._counts.share(item, 0)
            order = [neighbour, at] if fits_more else [at, neighbour]
        confidence, stated_from = (
            float(chances[order[0]]),
            MIN_STATED_CONFIDENCE if neighbour is None else NEVER_STATED,
        )
        kept, of = self._counts.kept(item, order[0] - run.index(usual)) if usual else (0, 0)
        sizes = tuple(run[at] for at in order[:2])
        return SizeChoice(sizes, round(confidence, 3), self.tendency(item), kept, of, stated_from=stated_from)

    def _neighbour(self, item: str, run: Sequence[str], usual: str) -> int | None:
        """The size next to the usual one in the direction the product deviates; None if it runs true to size.

        Most people try their usual size, so it leads among kept sizes even if another fitted more of those
        who tried it. If a product runs small or large, two sizes are named.
        """
        step = {FitTendency.SMALL: 1, FitTendency.LARGE: -1}.get(self.tendency(item), 0)
        at = run.index(usual) + step
        return at if step and 0 <= at < len(run) else None

    def _category(self, item: str) -> str:
        row = self._model.vocabulary.row["items"].get(item, -1)
        at = int(self._model.item_category[row]) if row >= 0 else -1
        return self._model.vocabulary.categories[at] if at >= 0 else ""

    def _with_category(self, trial: FitTrial) -> FitTrial:
        return (
            trial
            if trial.category
            else FitTrial(trial.size, trial.outcome, trial.item, self._category(trial.item))
        )


def _posterior(run: Sequence[str], chances: Doubles, here: Sequence[FitTrial]) -> Doubles:
    """Chances after the answers in the room (Bayes' rule)."""
    if not here:
        return chances
    for trial in here:
        if trial.size in run and trial.outcome in FIT_CLASSES:
            side = np.sign(np.arange(len(run)) - run.index(trial.size)).astype(int)
            chances = (chances + _MIN_CHANCE) * _OUTCOME_CHANCES[FIT_CLASSES.index(trial.outcome)][side]
    total = float(chances.sum())
    return chances / total if total > 0 else np.full(len(run), 1.0 / len(run))


def _kept_sizes(others: EncodedTrials) -> tuple[Longs, Longs, Doubles]:
    kept = others.where((others.fit == FIT) & (others.size >= 0)).size
    keys, times = np.unique(kept, return_counts=True)
    return np.zeros(1, np.int64), keys, times.astype(float)


def _next_question(body: Body | None, usual: str, past: Sequence[FitTrial]) -> FollowUpQuestion:
    if body is None or body.height_cm is None or body.weight_kg is None:
        return FollowUpQuestion.BODY
    return FollowUpQuestion.NONE if usual or past else FollowUpQuestion.KNOWN_FIT


def _rows(trials: Sequence[FitTrial], body: Body | None) -> FitAnswers:
    many = len(trials)
    empty = np.array([""] * many, dtype=object)
    outcome = np.array([FIT_CLASSES.index(trial.outcome) for trial in trials], np.int32)
    texts = (
        np.array([getattr(t, name) for t in trials], dtype=object) for name in ("item", "category", "size")
    )
    item, category, size = texts
    return FitAnswers(
        empty,
        item,
        category,
        size,
        empty,
        np.tile(_measures(body), (many, 1)),
        outcome,
        np.zeros(many, np.int64),
    )


def _measures(body: Body | None) -> Doubles:
    measures = {
        "height_in": body.height_cm / 2.54 if body and body.height_cm else np.nan,
        "weight_lbs": body.weight_kg / 0.45359237 if body and body.weight_kg else np.nan,
        "age": body.age if body and body.age else np.nan,
    }
    return np.array([measures.get(name, np.nan) for name in BODY])
